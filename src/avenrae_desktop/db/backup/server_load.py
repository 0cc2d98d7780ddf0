"""The rows of a server's backup, put into an empty database of the same version, and compared."""

from collections.abc import Iterable

import sqlalchemy as sa

from avenrae_desktop.db.backup.core import named
from avenrae_desktop.db.backup.faults import telling_driver
from avenrae_desktop.db.backup.manifest import Manifest
from avenrae_desktop.db.backup.problems import ALREADY_THERE, DIFFERS
from avenrae_desktop.db.backup.scratch import telling_bad_dump
from avenrae_desktop.db.backup.snapshot import as_it_is, own_link
from avenrae_desktop.db.backup.sql_text import INSERT, statements
from avenrae_desktop.db.backup.sums import difference
from avenrae_desktop.db.backup.watch import Step, Watch
from avenrae_desktop.db.server.rights import roles_of
from avenrae_desktop.kernel.errors import RuleBroken, Unavailable

MARKER = "avenrae_restoring"
"""A table that is in the database as long as a restore has not come to its end."""
_SETTINGS = (
    "SET NAMES utf8mb4",
    # As in the dump: rows come in the order of the tables' names, and a 0 is a 0.
    "SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', foreign_key_checks = 0, unique_checks = 0",
)
_AT_ONCE = 50


def begin(connection: sa.Connection, database: str) -> None:
    """An empty database with the mark of a restore, in place of what an interrupted one left.

    Raises RuleBroken where there is anything else: nothing is overwritten.
    """
    tables = set(connection.execute(_TABLES, {"database": database}).scalars())
    if tables and MARKER not in tables:
        raise RuleBroken(ALREADY_THERE, field="database", name=database)
    name = named(database)
    _run(
        connection,
        f"DROP DATABASE IF EXISTS {name}",
        f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci",
        f"CREATE TABLE {name}.{named(MARKER)} (id INT PRIMARY KEY)",
    )


def end(connection: sa.Connection, database: str) -> None:
    """The restore has come to its end."""
    _run(connection, f"DROP TABLE {named(database)}.{named(MARKER)}")


def throw_away(connection: sa.Connection, database: str) -> None:
    """Database and roles of a restore that failed."""
    _run(connection, f"DROP DATABASE IF EXISTS {named(database)}")
    _run(connection, *(f"DROP ROLE IF EXISTS {named(role)}" for role, _ in roles_of(database)))


def load(engine: sa.Engine, parts: Iterable[bytes], watch: Watch) -> None:
    """Run the INSERTs of the dump; everything else of it is made by the program itself. Raises AppError."""
    with own_link(engine) as link, telling_driver(), telling_bad_dump():
        for setting in _SETTINGS:
            link.query(setting)
        link.begin()
        done = waiting = 0
        for statement in statements(parts):
            done += len(statement)
            if not statement.startswith(INSERT):
                continue
            watch.at(Step.RESTORE, done, 0)
            link.query(statement.rstrip(b";\n"))
            waiting += 1
            if waiting >= _AT_ONCE:
                link.commit()
                link.begin()
                waiting = 0
        link.commit()


def compare(engine: sa.Engine, database: str, manifest: Manifest, watch: Watch) -> None:
    """Raises Unavailable where the database does not hold what the manifest says."""
    with as_it_is(engine, database) as state:
        found = state.sums(watch, Step.COMPARE)
    detail = difference(manifest.tables, {name: found[name] for name in found if name != MARKER})
    if detail:
        raise Unavailable(DIFFERS, detail=detail)


def _run(connection: sa.Connection, *statements: str) -> None:
    for statement in statements:
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})


_TABLES = sa.text("SELECT table_name FROM information_schema.tables WHERE table_schema = :database")
