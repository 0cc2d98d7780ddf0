"""What an error of a server means for the command that was under way: the one table."""

from enum import StrEnum


class Verdict(StrEnum):
    """What may be done after an error."""

    RETRY = "retry"
    """Certainly not done: the same command may be sent again at once."""
    UNKNOWN = "unknown"
    """May have been done: look its uuid up before anything else."""
    ANSWER = "answer"
    """The server's final word: asking again changes nothing."""
    READ_ONLY = "read_only"
    """Certainly not done, and not by this host: find the one that takes writes."""


_TABLE = {
    Verdict.RETRY: (
        1020,  # MariaDB: the row changed since it was read
        1205,  # a lock was waited for too long; only the statement was undone, so roll back first
        1213,  # deadlock
        1467,  # MariaDB's name for a deadlock over the next AUTO_INCREMENT value
        1040,  # as many connections as the server takes
        1203,  # ... or as the account may have
        1226,  # ... or has used up in this hour
    ),
    Verdict.UNKNOWN: (
        1053,  # the server shuts down
        1077,  # ... has begun to
        1079,  # ... has ended
        1080,  # ... forces this thread to end
        1158,  # the server could not read from the connection
        1159,  # ... in time
        1160,  # ... or write to it
        1161,  # ... in time
        1184,  # the connection was broken off
        1927,  # MariaDB: this connection was killed
        2002,  # nothing answers at the socket
        2003,  # ... at the port
        2005,  # ... under this name
        2006,  # the connection was lost while sending
        2013,  # ... while waiting for the answer, or the answer took too long
        2014,  # the conversation is out of step
        2055,  # as 2013
        3100,  # a group of servers could not agree on the COMMIT
        3101,  # ... and rolled it back
        3169,  # this session was killed
        4031,  # the server closed the connection because it was idle
    ),
    Verdict.READ_ONLY: (
        1047,  # Galera: this host has lost its group
        1290,  # --read-only, --super-read-only; the same code stands for other options, see below
        1792,  # the transaction is read-only
        1836,  # the server runs in read-only mode
        3032,  # the host is in offline mode
        4166,  # MariaDB: the host is leaving its group
    ),
}
_BY_CODE = {code: verdict for verdict, codes in _TABLE.items() for code in codes}


def verdict_of(error: BaseException) -> Verdict | None:
    """The verdict on what the driver raised, wrapped by SQLAlchemy or not; None when no server said it.

    A server's error that is not in the table is its final answer.
    """
    original = getattr(error, "orig", None) or error
    if not type(original).__module__.startswith("pymysql") or not original.args:
        return None
    code = original.args[0]
    if not isinstance(code, int) or code == 0:
        return Verdict.UNKNOWN if _says_lost(original) else None
    text = str(original.args[1]) if len(original.args) > 1 else ""
    if code == 1290 and "read-only" not in text and "read_only" not in text:
        return Verdict.ANSWER
    return _BY_CODE.get(code, Verdict.ANSWER)


def _says_lost(error: BaseException) -> bool:
    """Of what PyMySQL says by itself: whether the connection is closed already, or its packets make no sense."""
    kind = type(error).__name__
    return kind in ("InterfaceError", "InternalError", "OperationalError") or "Already closed" in str(error)


def verdict_of_code(code: object) -> Verdict | None:
    """The verdict on a bare error code; None for one that is not in the table."""
    return _BY_CODE.get(code) if isinstance(code, int) else None
