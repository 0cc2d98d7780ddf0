"""The recovery key as people see it: 160 random bits in six groups of six characters.

Crockford's base 32 (no I, L, O, U); the last four characters are a check, so that a slip of the pen is told
from a key that belongs to another practice.
"""

import hashlib
import os
import unicodedata

from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SECRET_BYTES = 20
GROUP = 6
_SECRET_CHARS = SECRET_BYTES * 8 // 5
_CHECK_CHARS = 4
_LOOKALIKES = str.maketrans("OIL", "011")

TYPO = Problem(
    "keys.recovery_typo",
    noop("The recovery key has a typing mistake"),
    noop("A recovery key has 36 letters and digits, and these do not fit together."),
    noop("Compare it with your sheet, group by group; spaces and small letters do not matter."),
)


def new_secret() -> bytes:
    return os.urandom(SECRET_BYTES)


def spell(secret: bytes) -> str:
    """The key to print: "ABCDEF-GHJKMN-..."."""
    text = _base32(int.from_bytes(secret, "big"), _SECRET_CHARS)
    text += _check(secret)
    return "-".join(text[i : i + GROUP] for i in range(0, len(text), GROUP))


def read(typed: str) -> bytes:
    """The secret in what a person typed, whatever its spaces, dashes, case, O for 0 and I or L for 1.

    Raises RuleBroken (field "recovery_key") if it cannot be a recovery key at all.
    """
    wide = unicodedata.normalize("NFKC", typed).upper()
    bare = "".join(c for c in wide if c.isalnum()).translate(_LOOKALIKES)
    if len(bare) != _SECRET_CHARS + _CHECK_CHARS or any(c not in ALPHABET for c in bare):
        raise RuleBroken(TYPO, field="recovery_key")
    number = 0
    for char in bare[:_SECRET_CHARS]:
        number = number * 32 + ALPHABET.index(char)
    secret = number.to_bytes(SECRET_BYTES, "big")
    if bare[_SECRET_CHARS:] != _check(secret):
        raise RuleBroken(TYPO, field="recovery_key")
    return secret


def _check(secret: bytes) -> str:
    digest = hashlib.sha256(b"avenrae recovery key" + secret).digest()
    return _base32(int.from_bytes(digest[:4], "big") >> 12, _CHECK_CHARS)


def _base32(number: int, length: int) -> str:
    digits = []
    for _ in range(length):
        number, digit = divmod(number, 32)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))
