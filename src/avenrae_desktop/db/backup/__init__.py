"""Backups: a sealed copy of the whole practice, and the proof that it can be read back."""
