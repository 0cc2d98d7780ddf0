"""Plain values and rules that every ring may use; imports nothing of ours."""
