"""Locks, and the world's faults told as errors for people."""

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from avenrae_desktop.bootstrap.places import ALREADY_OPEN, NO_PLACE
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.settings.lock_file import FileLock

_FULL = {errno.ENOSPC, errno.EDQUOT}


@contextlib.contextmanager
def telling_world(parent: Path | None = None) -> Iterator[None]:
    """Turn what the system raises (disk full, read-only, gone) into Unavailable.

    `parent` is where a new practice shall lie: then there is none yet that could not be written.
    """
    try:
        yield
    except OSError as error:
        from avenrae_desktop.db.faults import DISK_FULL, NOT_WRITABLE

        if error.errno in _FULL:
            raise Unavailable(DISK_FULL) from error
        if parent is not None:
            raise Unavailable(NO_PLACE, folder=str(parent)) from error
        raise Unavailable(NOT_WRITABLE) from error


def taken_lock(path: Path) -> FileLock:
    """The lock, held; raises Unavailable if another program holds it, OSError if there is nowhere to lock."""
    lock = FileLock(path)
    if not lock.acquire():
        raise Unavailable(ALREADY_OPEN)
    return lock


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock for the block; raises as `taken_lock`."""
    lock = taken_lock(path)
    try:
        yield
    finally:
        lock.release()
