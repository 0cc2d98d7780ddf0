"""`avenrae selfcheck`: every part of the program is really used once, and what happened is told as JSON."""
