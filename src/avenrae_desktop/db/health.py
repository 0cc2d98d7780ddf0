"""Whether a practice file can be opened by this program, and whether it is whole."""

from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2 as sqlcipher

from avenrae_desktop.db.faults import DAMAGED, telling_faults
from avenrae_desktop.db.schema import check_version
from avenrae_desktop.db.tables import commands
from avenrae_desktop.kernel.errors import Problem, Unavailable, noop

# Every page has a checksum that is checked whenever it is read. Reading them all takes 2.5 ms for 1 MB, so
# that up to this size it is done at each opening, and damage shows before anybody works on.
CHECK_WHOLE_UP_TO = 64 * 1024 * 1024

MISSING = Problem(
    "db.missing",
    noop("The practice file is missing"),
    noop("There is no file “{name}” in {folder}."),
    noop("If the folder is on another disk, connect it. Else put the file back from your last backup."),
)


def check_readable(path: Path, key: bytes) -> None:
    """Raise Unavailable if the file is missing, damaged, or of another format than ours. Writes nothing to it."""
    if not path.is_file():
        raise Unavailable(MISSING, name=path.name, folder=str(path.parent))

    journal = path.with_name(f"{path.name}-wal")
    # Not even a left-over journal may be worked in by a program that is too old for it; and where there is
    # none, none is begun.
    how = "mode=ro" if journal.is_file() and journal.stat().st_size else "immutable=1"

    def connect() -> object:
        connection = sqlcipher.connect(f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        return connection

    engine = sa.create_engine("sqlite+pysqlite://", creator=connect, poolclass=NullPool, module=sqlcipher)
    try:
        with telling_faults(), engine.connect() as connection:
            check_version(connection)
    except (sa.exc.NoResultFound, ValueError):
        raise Unavailable(DAMAGED, detail="it holds no practice") from None
    except sa.exc.OperationalError as error:
        if "no such table" not in str(error.orig):
            raise
        raise Unavailable(DAMAGED, detail="it holds no practice") from error


def check_whole(engine: sa.Engine, path: Path) -> None:
    """Raise Unavailable if a page of the file was altered; large files are only checked as they are read."""
    if path.stat().st_size > CHECK_WHOLE_UP_TO:
        return
    with telling_faults(), engine.connect() as connection:
        # What a power cut left in the journal goes into the file first: a half-written page is no damage then.
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        bad = connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall()
    if bad:
        raise Unavailable(DAMAGED, detail=str(bad[0][0]))


def last_entry(engine: sa.Engine) -> datetime | None:
    """When the last command was carried out, by the clock of that day; None in a practice without any."""
    # The last one written, not the one with the latest time: a clock that was wrong once must not count for ever.
    query = sa.select(commands.c.created_at).order_by(commands.c.id.desc()).limit(1)
    with telling_faults(), engine.connect() as connection:
        return connection.execute(query).scalar()
