"""A practice server: where it is, how it is trusted, how it is reached."""
