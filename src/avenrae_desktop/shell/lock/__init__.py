"""The lock: when it falls, what it covers, what lifts it."""
