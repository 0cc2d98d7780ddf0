"""Backups of a practice on a server: what one computer needs for them, making them, restoring one."""
