"""Databases on servers that one test after another uses: making all tables takes longer than most tests do.

Between two tests the rows go and numbers begin at 1 again; a database whose structure a test altered goes too.
"""

import contextlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymysql
from sqlalchemy import URL

from tests.support.engines import EngineKind, Place, fill
from tests.support.places import ServerKind
from tests.support.servers import execute, new_database, server_url

_HERE = "WHERE TABLE_SCHEMA = DATABASE()"
_STRUCTURE = (
    f"SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, COLUMN_DEFAULT FROM information_schema.COLUMNS {_HERE}",
    f"SELECT TABLE_NAME, INDEX_NAME, COLUMN_NAME FROM information_schema.STATISTICS {_HERE}",
    f"SELECT TABLE_NAME, CONSTRAINT_NAME FROM information_schema.TABLE_CONSTRAINTS {_HERE}",
    "SELECT TRIGGER_NAME, CRC32(ACTION_STATEMENT) FROM information_schema.TRIGGERS "
    + _HERE.replace("TABLE", "TRIGGER"),
    "SELECT ROUTINE_NAME, CRC32(ROUTINE_DEFINITION) FROM information_schema.ROUTINES "
    + _HERE.replace("TABLE", "ROUTINE"),
)
_COUNTED = f"SELECT TABLE_NAME FROM information_schema.TABLES {_HERE} AND AUTO_INCREMENT > 1"
_PATIENCE_S = 3
Rows = tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class _Made:
    url: URL
    tables: tuple[str, ...]
    structure: tuple[Rows, ...]
    settings: Rows


class Recycler:
    """The databases of one worker."""

    def __init__(self, run: Path) -> None:
        self._run = run
        self._free: defaultdict[ServerKind, list[_Made]] = defaultdict(list)

    @contextlib.contextmanager
    def place(self, kind: ServerKind) -> Iterator[Place]:
        """A database with the whole schema and no rows."""
        free = self._free[kind]
        made = free.pop() if free else _make(server_url(kind, self._run), kind)
        yield Place(EngineKind(kind.value), made.url)
        if _as_new(made):
            free.append(made)
        else:
            execute(made.url, f"DROP DATABASE {made.url.database}")


def _make(server: URL, kind: ServerKind) -> _Made:
    url = new_database(server)
    fill(Place(EngineKind(kind.value), url), Path())
    with _connected(url) as cursor:
        structure = _structure(cursor)
        tables = tuple(sorted({row[0] for row in structure[0]}))
        return _Made(url, tables, structure, _rows(cursor, "SELECT * FROM settings"))


def _as_new(made: _Made) -> bool:
    """Whether it is again as it was made. A test may have left something that holds a lock for good."""
    try:
        with _connected(made.url) as cursor:
            if _structure(cursor) != made.structure:
                return False
            for table in _used(cursor, made.tables):
                cursor.execute(f"TRUNCATE TABLE {table}")
            for row in made.settings:
                cursor.execute(f"INSERT INTO settings VALUES ({', '.join(['%s'] * len(row))})", row)
    except pymysql.err.Error:
        return False
    return True


def _used(cursor: Any, tables: tuple[str, ...]) -> set[str]:
    """Tables that hold rows, or held some."""
    any_row = " UNION ALL ".join(f"SELECT '{t}' FROM DUAL WHERE EXISTS (SELECT 1 FROM {t})" for t in tables)
    return {str(row[0]) for query in (_COUNTED, any_row) for row in _rows(cursor, query)}


def _structure(cursor: Any) -> tuple[Rows, ...]:
    return tuple(tuple(sorted(_rows(cursor, query), key=repr)) for query in _STRUCTURE)


def _rows(cursor: Any, query: str) -> Rows:
    cursor.execute(query)
    return tuple(cursor.fetchall())


@contextlib.contextmanager
def _connected(url: URL) -> Iterator[Any]:
    connection = pymysql.connect(
        host=url.host or "",
        port=url.port or 0,
        user=url.username,
        password=str(url.password or ""),
        database=url.database,
        autocommit=True,
        ssl_disabled=True,
    )
    with connection, connection.cursor() as cursor:
        cursor.execute(f"SET SESSION lock_wait_timeout = {_PATIENCE_S}, foreign_key_checks = 0")
        if "MariaDB" not in connection.get_server_info():
            cursor.execute("SET SESSION information_schema_stats_expiry = 0")
        yield cursor
