"""One-time codes: with one a person comes in for the first time, or after forgetting the password."""

import secrets

# Without letters and digits that are taken for each other on paper: 0 O o, 1 l I, 5 S s, 2 Z z ...
_UPPER = "ABCDEFGHJKLMNPQRTUVWXY"
_LOWER = "abcdefghjkmnpqrtuvwxy"
_DIGITS = "346789"
_GROUPS, _GROUP = 4, 4


def new_code() -> str:
    """A code like "Kd7m-Wq3x-Tz9p-Hf4n": 90 bits; upper, lower, digit and sign in it, as servers may demand."""
    every = _UPPER + _LOWER + _DIGITS
    while True:
        letters = "".join(secrets.choice(every) for _ in range(_GROUPS * _GROUP))
        if all(set(letters) & set(kind) for kind in (_UPPER, _LOWER, _DIGITS)):
            return "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))
