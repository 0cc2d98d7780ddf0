"""A practice file on a disk that goes away while it is open, and comes back: a stick, a network drive."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry

from avenrae_desktop.db.faults import DISK_FAILED, NOT_WRITABLE
from avenrae_desktop.kernel.errors import AppError, Problem, TryAgain, Unavailable, noop

GONE = Problem(
    "db.gone",
    noop("The practice folder cannot be reached"),
    noop("{folder} is not there now, or its disk does not answer. What was saved is on it."),
    noop("Connect the disk again, then try again. What you typed is still here."),
)
FULL_AT_OPENING = Problem(
    "db.full_at_opening",
    noop("The disk is full"),
    noop("There is no room left where the practice lies, not even to open it. Nothing was changed."),
    noop("Free some space on that disk, then try again."),
)
ROOM_TO_OPEN = 256 * 1024
_OPENED_AFTER = "avenrae_faults"
# A disk that is gone looks like damage too. The file was whole when it was opened, so it is not called damaged
# before it was opened once more.
_DEAD = ("disk i/o error", "malformed", "not a database", "unable to open database file", "readonly database")


def watch_disk(engine: sa.Engine, path: Path) -> None:
    """From now on tell a disk that is gone from other faults, and open the file anew after each.

    What was open when a disk went stays dead when it is back: another file stands behind the same name then. All
    of it is closed before anything is opened anew, because the last of the dead ones to be closed takes the
    journal away by its name, and that must not be a new one.
    """
    disk = _Disk(engine, path)
    event.listen(engine, "connect", disk.opened)
    event.listen(engine, "checkin", disk.returned)
    event.listen(engine, "handle_error", disk.failed, retval=True)


class _Disk:
    """Knows which connections were opened since the last fault."""

    def __init__(self, engine: sa.Engine, path: Path) -> None:
        self._engine, self._path = engine, path
        self._faults = 0

    def opened(self, _connection: object, record: ConnectionPoolEntry) -> None:
        record.info[_OPENED_AFTER] = self._faults

    def returned(self, _connection: object, record: ConnectionPoolEntry) -> None:
        # One without a number is from the opening of the practice.
        if record.info.get(_OPENED_AFTER, 0) != self._faults:
            record.invalidate()

    def failed(self, context: ExceptionContext) -> AppError | None:
        text = str(context.original_exception).lower()
        if not any(each in text for each in _DEAD):
            return None
        context.is_disconnect = True
        self._faults += 1
        self._engine.dispose()
        return _told(text, self._path)


@contextmanager
def telling_full_disk(folder: Path) -> Iterator[None]:
    """Around opening: a file that cannot be opened because the disk is full is not called a failing disk."""
    try:
        yield
    except Unavailable as error:
        if error.problem is DISK_FAILED and _is_full(folder):
            raise Unavailable(FULL_AT_OPENING) from error
        raise


def _told(text: str, path: Path) -> AppError:
    if not _answers(path):
        return Unavailable(GONE, folder=str(path.parent))
    if "readonly" in text and not os.access(path, os.W_OK):
        return Unavailable(NOT_WRITABLE)
    # It is there: with the file opened anew the same command may go well at once.
    return TryAgain(DISK_FAILED)


def _answers(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return bool(file.read(1))
    except OSError:
        return False


def _is_full(folder: Path) -> bool:
    try:
        return shutil.disk_usage(folder).free < ROOM_TO_OPEN
    except OSError:
        return False
