"""The command line's words: `avenrae server ...`. No Qt; what is heavy is loaded by the word that needs it."""
