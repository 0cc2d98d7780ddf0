"""What keeps the window from opening at all: found out and told before there is a window to tell it in."""
