"""What was typed and not saved outlives the program: kept while it is typed, offered after the next sign-in."""
