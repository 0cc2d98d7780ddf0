"""A practice on a server: setting it up, signing in, and working with it."""
