"""A practice on a server, held still for a moment: its tables, and one state that two readers see."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pymysql
import sqlalchemy as sa
from pymysql.cursors import SSCursor

from avenrae_desktop.db.backup.core import named, select_from_server
from avenrae_desktop.db.backup.faults import telling_driver
from avenrae_desktop.db.backup.problems import NO_RIGHT
from avenrae_desktop.db.backup.sql_text import Cell
from avenrae_desktop.db.backup.sums import Summing, TableSum
from avenrae_desktop.db.backup.watch import Step, Watch
from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.kernel.errors import NotAllowed

_LOCK_SECONDS = 10
_TRIES, _DEADLOCK = 10, 1213
_IDLE_SECONDS = 8 * 60 * 60
_ROWS = 2_000
_BINARY = {"binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob"}
_NUMBERS = {"tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "float", "double", "year"}


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` is "binary", "number" or "text": how a value is written down."""

    name: str
    kind: str


Tables = Mapping[str, tuple[Column, ...]]
"""Every table of the database with its stored columns, in their order; generated ones are made anew."""


@dataclass(frozen=True, slots=True)
class Programs:
    """What else is in the database, by name."""

    triggers: tuple[str, ...]
    routines: tuple[str, ...]


class Frozen:
    """The state of one moment, read with one connection."""

    def __init__(self, link: Any, tables: Tables, programs: Programs) -> None:
        # What is read is what the server wrote, byte by byte.
        link.decoders, link.use_unicode = {}, False
        self._link = link
        self.tables, self.programs = tables, programs

    def rows(self, table: str) -> Iterator[list[tuple[Cell, ...]]]:
        """All rows in parts, each value as the server writes it."""
        statement = select_from_server(table, [column.name for column in self.tables[table]])
        with telling_driver(), contextlib.closing(self._link.cursor(SSCursor)) as cursor:
            cursor.execute(statement)
            while part := cursor.fetchmany(_ROWS):
                yield list(part)

    def sums(self, watch: Watch, step: Step) -> dict[str, TableSum]:
        """Rows and checksums of every table."""
        found = {}
        for done, table in enumerate(self.tables):
            summing = Summing()
            for part in self.rows(table):
                watch.at(step, done, len(self.tables))
                summing.add(part)
            found[table] = summing.result()
        return found

    def shown(self, statement: str) -> tuple[bytes, ...]:
        """The row of a SHOW statement."""
        with telling_driver(), contextlib.closing(self._link.cursor()) as cursor:
            cursor.execute(statement)
            row = cursor.fetchone()
        if row is None or any(cell is None for cell in row[:3]):
            raise NotAllowed(NO_RIGHT, detail=f"nothing for {statement}")
        return tuple(bytes(cell) if cell is not None else b"" for cell in row)


@contextlib.contextmanager
def frozen(engine: sa.Engine, database: str) -> Iterator[tuple[Frozen, Any]]:
    """The state of one moment, and a function that lets others write again.

    Until it is called nobody can write: whoever else shall read the same state begins in between. Raises
    TryAgain when the moment did not come, NotAllowed where the account may not.
    """
    with own_link(engine) as guard, own_link(engine) as reader:
        with telling_faults(), engine.connect() as connection:
            tables, programs = describe(connection, database)
        with telling_driver():
            _run(guard, f"SET SESSION lock_wait_timeout = {_LOCK_SECONDS}")
            _lock(guard, "LOCK TABLES " + ", ".join(f"{named(name)} READ" for name in tables))
            _run(reader, f"SET SESSION wait_timeout = {_IDLE_SECONDS}")
            _run(reader, "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            _run(reader, "START TRANSACTION WITH CONSISTENT SNAPSHOT")

        def let_go() -> None:
            with telling_driver():
                _run(guard, "UNLOCK TABLES")

        yield Frozen(reader, tables, programs), let_go


@contextlib.contextmanager
def as_it_is(engine: sa.Engine, database: str) -> Iterator[Frozen]:
    """The database as it is now, where nobody writes to it."""
    with telling_faults(), engine.connect() as connection:
        tables, programs = describe(connection, database)
    with own_link(engine) as reader:
        yield Frozen(reader, tables, programs)


def describe(connection: sa.Connection, database: str) -> tuple[Tables, Programs]:
    """What is in the database."""
    asked = {"database": database}
    tables: dict[str, list[Column]] = {}
    for table, name, kind, generated in connection.execute(_COLUMNS, asked):
        columns = tables.setdefault(str(table), [])
        if not generated:
            columns.append(Column(str(name), _kind(str(kind).lower())))
    triggers = tuple(str(name) for name in connection.execute(_TRIGGERS, asked).scalars())
    routines = tuple(str(name) for name in connection.execute(_ROUTINES, asked).scalars())
    return {name: tuple(columns) for name, columns in tables.items()}, Programs(triggers, routines)


def _kind(data_type: str) -> str:
    if data_type in _BINARY:
        return "binary"
    return "number" if data_type in _NUMBERS else "text"


@contextlib.contextmanager
def own_link(engine: sa.Engine) -> Iterator[Any]:
    """A connection of its own, thrown away afterwards: its settings are not those of the others."""
    with telling_faults():
        pooled = engine.raw_connection()
    try:
        yield pooled.driver_connection
    finally:
        pooled.invalidate()


def _lock(link: Any, statement: str) -> None:
    """Whoever writes to two tables at this moment may stand in each other's way: one of them tries again."""
    for _ in range(_TRIES - 1):
        try:
            _run(link, statement)
        except pymysql.err.OperationalError as error:
            if error.args[0] != _DEADLOCK:
                raise
        else:
            return
    _run(link, statement)


def _run(link: Any, statement: str) -> None:
    with contextlib.closing(link.cursor()) as cursor:
        cursor.execute(statement)


_COLUMNS = sa.text(
    "SELECT c.table_name, c.column_name, c.data_type, c.generation_expression"
    " FROM information_schema.columns c"
    " JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name"
    " WHERE c.table_schema = :database AND t.table_type = 'BASE TABLE'"
    " ORDER BY c.table_name, c.ordinal_position"
)
_TRIGGERS = sa.text(
    "SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = :database ORDER BY trigger_name"
)
_ROUTINES = sa.text(
    "SELECT routine_name FROM information_schema.routines WHERE routine_schema = :database ORDER BY routine_name"
)
