"""The engine of the encrypted file on this computer.

One library (SQLCipher's own SQLite) serves every file. Write transactions begin IMMEDIATE: an upgrade from
a read lock fails at once under contention, whatever the busy timeout.
"""

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

WRITES_OPTION = "avenrae_writes"
WRITES = {WRITES_OPTION: True}
"""Of every transaction that writes: it counts whole or not at all. Without it a server keeps each statement."""
SQL_MODE = "STRICT_TRANS_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO"

_PRAGMAS = (
    "PRAGMA busy_timeout = 10000",
    "PRAGMA journal_mode = WAL",
    # Anything less loses acknowledged commits at a power cut (research/trust.md F6).
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Without it REPLACE deletes rows behind the back of their delete triggers.
    "PRAGMA recursive_triggers = ON",
    "PRAGMA cache_size = -65536",
    "PRAGMA temp_store = MEMORY",
)


def open_sqlcipher(path: Path, key: bytes) -> Any:
    """A raw DB-API connection to the encrypted file; `key` is the raw 32-byte key (no derivation here).

    Raises sqlcipher3's DatabaseError ("file is not a database") for a wrong key or a damaged file.
    """
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False, timeout=10)
    try:
        # The key goes by PRAGMA and not through a URL, where logs would show it.
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("PRAGMA cipher_log_level = NONE")
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def sqlcipher_engine(path: Path, key: bytes) -> sa.Engine:
    """The engine of a practice file. The file is made when it does not exist."""
    # Not the pysqlcipher dialect: it keys connections itself, from the URL.
    engine = sa.create_engine(
        "sqlite+pysqlite://",
        creator=lambda: open_sqlcipher(path, key),
        poolclass=QueuePool,
        pool_size=5,
        module=sqlcipher,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get(WRITES_OPTION)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
