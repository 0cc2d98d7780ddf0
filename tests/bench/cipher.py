"""The encrypted file beside the same practice in the clear, read by the same library, both warm."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2 as sqlcipher

from avenrae_desktop.db.engine import _PRAGMAS, open_sqlcipher
from tests.bench.data import Data, plain_copy
from tests.bench.measure import CPU, Figure, compare
from tests.bench.screens import screens_of
from tests.support.engines import TEST_KEY

BUDGET, REOPENING = "1.1x", "5 ms"


def measure(data: Data, rounds: int) -> Iterator[Figure]:
    """Every screen on both files, and opening them again."""
    plain = plain_copy(data)
    ours, theirs = data.open(), _plain_engine(plain)
    try:
        mine, others = screens_of(data, ours), screens_of(data, theirs)
        for what, call in mine.calls.items():
            times = compare(call, others.calls[what], rounds, CPU)
            yield Figure.of(f"SQLCipher against plain: {what}", *times, BUDGET)
    finally:
        ours.dispose()
        theirs.dispose()
    file = data.folder / "practice.db"
    times = compare(
        lambda: open_sqlcipher(file, TEST_KEY).close(), lambda: _open_plain(plain).close(), rounds, CPU
    )
    yield Figure.of("SQLCipher: opened again with the key", *times, REOPENING)


def _open_plain(file: Path) -> Any:
    connection = sqlcipher.connect(str(file), isolation_level=None, check_same_thread=False)
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return connection


def _plain_engine(file: Path) -> sa.Engine:
    engine = sa.create_engine(
        "sqlite+pysqlite://",
        creator=lambda: _open_plain(file),
        poolclass=QueuePool,
        pool_size=5,
        module=sqlcipher,
    )
    # As the program's own engine.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine
