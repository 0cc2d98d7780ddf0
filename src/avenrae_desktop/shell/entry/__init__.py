"""Coming in: welcome, a new practice, its recovery key, sign-in, recovery, and faults on the way."""
