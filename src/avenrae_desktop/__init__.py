"""Practice management for healers, on one computer or on a practice server."""

__version__ = "0.1.0"
