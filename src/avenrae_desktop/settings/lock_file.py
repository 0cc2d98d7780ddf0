"""One program at a time on one practice: a lock that the system itself lets go when its holder dies."""

import contextlib
import os
import sys
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class FileLock:
    """A lock on a file of its own, held until `release` or the end of the process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held: IO[bytes] | None = None

    def acquire(self) -> bool:
        """Whether the lock is now ours. Never waits. Raises OSError where the file cannot be made."""
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        file = open(handle, "r+b")  # noqa: PTH123, SIM115 - it stays open as long as the lock is held
        try:
            _lock(file)
        except OSError:
            file.close()
            return False
        self._held = file
        return True

    def release(self) -> None:
        """Let it go; the file stays, because deleting it would race with the next one who wants it."""
        if self._held is not None:
            with contextlib.suppress(OSError):
                self._held.close()
            self._held = None


def _lock(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
