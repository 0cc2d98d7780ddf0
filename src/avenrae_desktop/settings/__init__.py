"""Where things lie on this machine and what is remembered between starts."""
