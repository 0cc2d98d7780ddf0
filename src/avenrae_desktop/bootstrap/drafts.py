"""What a person typed and did not save, on this computer's disk: sealed, one file for each practice and person.

It is there only while a form is open with something in it, and after a program that died with one.
"""

import hashlib
import hmac
import os
import threading
from collections.abc import Callable
from pathlib import Path

from avenrae_desktop.bootstrap.guards import telling_world
from avenrae_desktop.db.sealing import derived, seal, secret_bytes, unseal
from avenrae_desktop.kernel.files import write_whole

SUFFIX = ".draft"
_HEAD = b"avenrae-draft-1\n"
_SALT_BYTES = 16
_WORK = {"memory_kib": 64 * 1024, "passes": 3, "lanes": 4}
KeyFor = Callable[[bytes], bytes]
"""The key for a salt."""


def key_from_practice(practice_key: bytes) -> KeyFor:
    """From the key of an encrypted practice file, which nobody can guess."""
    return lambda salt: hmac.new(practice_key, b"drafts|" + salt, hashlib.sha256).digest()


def key_from_password(password: Callable[[], str]) -> KeyFor:
    """From the person's password: all that a program has that signs in to a server. 0.2 s for each guess.

    `password` is asked each time: it may be changed meanwhile.
    """
    known: dict[tuple[str, bytes], bytes] = {}

    def key(salt: bytes) -> bytes:
        now = password()
        if (now, salt) not in known:
            known.clear()
            known[(now, salt)] = derived(secret_bytes(now), salt, **_WORK)
        return known[(now, salt)]

    return key


class DraftBox:
    """Blocking; safe from any thread. Faults of the disk come out as Unavailable."""

    def __init__(self, file: Path, owner: str, key_for: KeyFor) -> None:
        """`owner` names practice and person: sealed for one, it opens for nobody else."""
        self._file, self._owner, self._key_for = file, owner.encode(), key_for
        self._salt: bytes | None = None
        self._lock = threading.Lock()

    def keep(self, text: str) -> None:
        """Replace what is kept; it is on the disk when this returns."""
        with self._lock, telling_world():
            if self._salt is None:
                self._salt = os.urandom(_SALT_BYTES)
            sealed = seal(self._key_for(self._salt), text.encode("utf-8", "surrogatepass"), self._owner)
            write_whole(self._file, _HEAD + self._salt + sealed)

    def read(self) -> str | None:
        """What was kept; None for nothing, and for what this person's key no longer opens."""
        with self._lock, telling_world():
            try:
                raw = self._file.read_bytes()
            except FileNotFoundError:
                return None
            if not raw.startswith(_HEAD):
                return None
            salt, sealed = raw[len(_HEAD) :][:_SALT_BYTES], raw[len(_HEAD) + _SALT_BYTES :]
            plain = unseal(self._key_for(salt), sealed, self._owner)
            if plain is None:
                return None
            self._salt = salt
            return plain.decode("utf-8", "surrogatepass")

    def forget(self) -> None:
        """Nothing is unsaved any more."""
        with self._lock, telling_world():
            self._file.unlink(missing_ok=True)
