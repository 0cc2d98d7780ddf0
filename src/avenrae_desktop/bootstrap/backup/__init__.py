"""Backups of an opened practice: made, proven, kept for a year, and restored into a new place."""
