"""What the database refuses or suffers, told apart: lost races, the world's faults, our own bugs."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from avenrae_desktop.db.problems import EDITED_MEANWHILE
from avenrae_desktop.db.server.problems import (
    NO_RIGHT,
    PASSWORD_EXPIRED,
    READ_ONLY,
    SERVER_AWAY,
    SERVER_DISK_FULL,
    SERVER_FULL,
    TOO_LARGE,
)
from avenrae_desktop.db.server.verdicts import Verdict, verdict_of
from avenrae_desktop.kernel.errors import (
    AppError,
    Conflict,
    LinkLost,
    MustChoosePassword,
    NotAllowed,
    Problem,
    RuleBroken,
    TryAgain,
    Unavailable,
    noop,
)

DISK_FULL = Problem(
    "db.disk_full",
    noop("The disk is full"),
    noop("There was no room left to save. Nothing was changed; what you typed is still here."),
    noop("Free some space on the disk, then save again."),
)
DAMAGED = Problem(
    "db.damaged",
    noop("The practice file is damaged"),
    noop("The file cannot be read as it is: {detail}."),
    noop("Close the program and put back a copy of the practice folder from your last backup."),
)
DISK_FAILED = Problem(
    "db.disk_failed",
    noop("The disk did not answer as it should"),
    noop("The system could not read or write the practice folder. Nothing was changed by this."),
    noop("Check that the disk is connected and has free space, then try again. If it stays so, copy the folder."),
)
NOT_WRITABLE = Problem(
    "db.not_writable",
    noop("The practice file cannot be written"),
    noop("The system refused to write to the practice folder."),
    noop("Check that the folder is not read-only and that the disk is connected, then try again."),
)
BUSY = Problem(
    "db.busy",
    noop("The practice is busy"),
    noop("Somebody else was writing for a long time. Nothing was changed."),
    noop("Wait a moment and save again."),
)
# Somebody committed the same uuid, sign-in name or e-mail address a moment ago: done again, the use case sees it
# and says so, or the bus finds that it is the same command.
_MOMENT_AGO = re.compile(r"Duplicate entry .* for key '(\w+\.)?uq_\w+'")
_SERVER_FULL = {1040, 1203, 1226}
# Final answers of a server that a person has to be told; every other one is our own bug.
_ANSWERS: dict[object, tuple[type[AppError], Problem]] = {
    1021: (Unavailable, SERVER_DISK_FULL),
    1026: (Unavailable, SERVER_DISK_FULL),
    1114: (Unavailable, SERVER_DISK_FULL),
    1142: (NotAllowed, NO_RIGHT),
    1143: (NotAllowed, NO_RIGHT),
    1153: (RuleBroken, TOO_LARGE),
    1370: (NotAllowed, NO_RIGHT),
    1820: (MustChoosePassword, PASSWORD_EXPIRED),
}
_TEXTS = (
    ("database or disk is full", DISK_FULL, Unavailable),
    ("file is not a database", DAMAGED, Unavailable),
    ("malformed", DAMAGED, Unavailable),
    # A disk that is full to the last block gives this too, so it says nothing about damage.
    ("disk i/o error", DISK_FAILED, Unavailable),
    ("readonly database", NOT_WRITABLE, Unavailable),
    ("unable to open database file", NOT_WRITABLE, Unavailable),
    ("locked", BUSY, TryAgain),
    ("busy", BUSY, TryAgain),
)


def is_slot_taken(error: BaseException) -> bool:
    """Whether the database refused a booking because its time is taken."""
    text = str(getattr(error, "orig", error))
    return "avenrae:slot_taken" in text or "booking_slots.PRIMARY" in text or _is_duplicate_slot(text)


def _is_duplicate_slot(text: str) -> bool:
    # MariaDB names the key only; no other table has a primary key of three numbers.
    return "Duplicate entry" in text and "for key 'PRIMARY'" in text


def translate(error: sa.exc.DBAPIError) -> AppError | None:
    """The error for people, or None where it is our own bug."""
    text = str(error.orig)
    if is_slot_taken(error) or _MOMENT_AGO.search(text):
        return TryAgain(BUSY)
    verdict = verdict_of(error)
    if verdict is not None:
        code = error.orig.args[0] if error.orig is not None else None
        return _from_server(code, verdict)
    for part, problem, kind in _TEXTS:
        if part in text.lower():
            return kind(problem, detail=text)
    return None


def _from_server(code: object, verdict: Verdict) -> AppError | None:
    match verdict:
        case Verdict.RETRY:
            return TryAgain(SERVER_FULL if code in _SERVER_FULL else BUSY)
        case Verdict.UNKNOWN:
            return LinkLost(SERVER_AWAY)
        case Verdict.READ_ONLY:
            return LinkLost(READ_ONLY)
    kind, problem = _ANSWERS.get(code, (None, None))
    return kind(problem) if kind is not None and problem is not None else None


@contextmanager
def telling_faults() -> Iterator[None]:
    """Turn what the driver raises into errors for people; bugs pass unchanged."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        told = translate(error)
        if told is None:
            raise
        raise told from error


def check_updated(rows: int) -> None:
    """After `UPDATE ... WHERE version`: raise Conflict when somebody was faster."""
    if rows != 1:
        raise Conflict(EDITED_MEANWHILE)
