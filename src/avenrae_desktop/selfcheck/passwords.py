"""Passwords are hashed with bcrypt, and told apart."""

from pathlib import Path

from avenrae_desktop.areas.accounts.passwords import fits, hashed
from avenrae_desktop.selfcheck.finding import Found, expect

_WORDS = "four calm wörds here"


def check(_folder: Path) -> Found:
    """The kind and cost of a hash."""
    stored = hashed(_WORDS)
    expect(stored.startswith("$2b$12$"), "a password is not hashed by bcrypt with cost 12")
    expect(fits(_WORDS, stored), "a password does not fit its own hash")
    expect(not fits(_WORDS + "!", stored), "another password fits as well")
    return {"kind": stored[:7]}
