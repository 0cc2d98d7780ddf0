"""The people of the practice, how they come in, and the practice's own settings."""
