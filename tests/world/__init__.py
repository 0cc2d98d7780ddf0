"""The world as it should not be: the program started where something is missing, full, gone or wrong."""
