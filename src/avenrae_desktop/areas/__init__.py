"""The areas of a practice; each folder has the same file names."""
