"""A database of each kind for a test, and the way for another process to open the same one."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPICursor, ExecutionContext

from avenrae_desktop.db.engine import sqlcipher_engine
from avenrae_desktop.db.schema import create_schema
from tests.support.places import ServerKind
from tests.support.servers import fresh_database, server_engine, server_url

TEST_KEY = bytes(range(32))


class EngineKind(StrEnum):
    SQLCIPHER = "sqlcipher"
    MYSQL = "mysql"
    MARIADB = "mariadb"


@dataclass(frozen=True)
class Place:
    """Where one test's database is: plain values, so that another process can be sent it and `open` the same."""

    kind: EngineKind
    where: Path | URL

    def open(self) -> Engine:
        """A new engine on this database; the caller disposes of it."""
        if isinstance(self.where, Path):
            return sqlcipher_engine(self.where, TEST_KEY)
        return server_engine(self.where)


@contextlib.contextmanager
def empty_place(kind: EngineKind, run: Path, folder: Path) -> Iterator[Place]:
    """A database without a single table."""
    if kind is EngineKind.SQLCIPHER:
        yield Place(kind, folder / "practice.db")
        return
    with fresh_database(server_url(ServerKind(kind.value), run)) as url:
        yield Place(kind, url)


def fill(place: Place, template: Path) -> None:
    """Makes the schema; a SQLCipher file is copied from `template`, which the first caller makes."""
    if isinstance(place.where, URL):
        _create(place)
        return
    if not template.exists():
        _create(Place(place.kind, template))
    shutil.copyfile(template, place.where)


def _create(place: Place) -> None:
    engine = place.open()
    try:
        create_schema(engine)
    finally:
        engine.dispose()


@contextlib.contextmanager
def count_statements(engine: Engine) -> Iterator[list[str]]:
    """Collects the SQL that runs inside the block: a test says how many round trips a screen may cost."""
    seen: list[str] = []

    def note(
        _connection: Connection,
        _cursor: DBAPICursor,
        statement: str,
        _parameters: object,
        _context: ExecutionContext | None,
        _many: bool,
    ) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
