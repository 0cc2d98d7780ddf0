"""Coming in to a practice on a server: joining, signing in, a first password, and setting a server up."""
