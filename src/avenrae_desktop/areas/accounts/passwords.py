"""Passwords and PINs: what is good enough, and their bcrypt hashes."""

import unicodedata
from collections.abc import Iterable

from avenrae_desktop.areas.accounts.problems import (
    BAD_PIN,
    PASSWORD_IS_NAME,
    PASSWORD_TOO_LONG,
    PASSWORD_TOO_SHORT,
    PASSWORD_TOO_SIMPLE,
    PASSWORD_UNTYPABLE,
)
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.text import search_key

MIN_CHARACTERS = 12
MAX_BYTES = 72  # bcrypt reads no further, and a password is never cut
MIN_DIFFERENT = 5
ROUNDS = 12
PIN_DIGITS = range(4, 9)


def checked_password(password: str, names: Iterable[str] = (), field: str = "password") -> str:
    """The password in its normal form (NFC); raises RuleBroken with the reason; no name is a password."""
    normal = unicodedata.normalize("NFC", password)
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in normal):
        raise RuleBroken(PASSWORD_UNTYPABLE, field=field)
    if len(normal) < MIN_CHARACTERS:
        raise RuleBroken(PASSWORD_TOO_SHORT, field=field, limit=MIN_CHARACTERS, length=len(normal))
    size = len(normal.encode())
    if size > MAX_BYTES:
        raise RuleBroken(PASSWORD_TOO_LONG, field=field, limit=MAX_BYTES, length=size)
    if _bare(normal) in {_bare(name) for name in names}:
        raise RuleBroken(PASSWORD_IS_NAME, field=field)
    if len(set(normal.casefold())) < MIN_DIFFERENT:
        raise RuleBroken(PASSWORD_TOO_SIMPLE, field=field)
    return normal


def checked_pin(pin: str) -> str:
    """The PIN; raises RuleBroken unless it is 4 to 8 digits and not one digit over and over."""
    if not (pin.isascii() and pin.isdigit() and len(pin) in PIN_DIGITS and len(set(pin)) > 1):
        raise RuleBroken(BAD_PIN, field="pin")
    return pin


def hashed(secret: str) -> str:
    """The bcrypt hash to store. Takes about 0.3 s: never on the screen's thread."""
    from passlib.hash import bcrypt

    return str(bcrypt.using(rounds=ROUNDS, truncate_error=True).hash(secret))


def fits(secret: str, stored: str | None) -> bool:
    """Whether the secret is the one that was hashed. Takes about 0.3 s: never on the screen's thread."""
    from passlib.hash import bcrypt

    normal = unicodedata.normalize("NFC", secret)
    possible = len(normal.encode("utf-8", "replace")) <= MAX_BYTES and "\0" not in normal
    return stored is not None and possible and bool(bcrypt.verify(normal, stored))


def _bare(text: str) -> str:
    return search_key(text).replace(" ", "")
