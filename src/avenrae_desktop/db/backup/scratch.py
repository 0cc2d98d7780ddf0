"""A server's dump restored into an encrypted file of this computer, with the same models, and compared.

It needs no right on the server and leaves nothing there. Foreign keys and checks of the models hold in it; the key
of the file is forgotten with it.
"""

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from avenrae_desktop.db.backup.core import insert_into_file, select_from_file
from avenrae_desktop.db.backup.faults import telling_driver
from avenrae_desktop.db.backup.file_copy import opened
from avenrae_desktop.db.backup.manifest import Manifest
from avenrae_desktop.db.backup.problems import DIFFERS
from avenrae_desktop.db.backup.sql_text import INSERT, BadDump, Cell, Rows, rows_of, statements
from avenrae_desktop.db.backup.sums import Summing, TableSum, difference
from avenrae_desktop.db.backup.watch import Step, Watch
from avenrae_desktop.db.engine import sqlcipher_engine
from avenrae_desktop.db.tables import metadata
from avenrae_desktop.db.types import Hash, Hundredths, Uid, Wall
from avenrae_desktop.kernel.errors import Unavailable

_COMPLETED = b"-- Dump completed"
_ROWS = 2_000
# Nobody needs the scratch file after a power cut; rows come in the order of the tables' names.
_PRAGMAS = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA temp_store = MEMORY",
)

ToFile = Callable[[Cell], Any]
ToText = Callable[[Any], Cell]


@dataclass
class Seen:
    """What was met in the dump beside rows."""

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    triggers: int = 0
    routines: int = 0
    completed: bool = False


def check_dump(parts: Iterable[bytes], folder: Path, watch: Watch, manifest: Callable[[], Manifest]) -> None:
    """Restore the dump into a file in `folder` and compare it. Raises Unavailable where it is not the same.

    `manifest` is asked when the dump has been read to its end.
    """
    path, key = folder / "scratch.db", os.urandom(32)
    engine = sqlcipher_engine(path, key)
    try:
        with telling_driver(folder):
            metadata.create_all(engine, checkfirst=False)
    finally:
        engine.dispose()
    with opened(path, key) as connection:
        seen = _load(connection, parts, watch)
        wanted = manifest()
        detail = _against(connection, wanted, seen, watch)
    if detail:
        raise Unavailable(DIFFERS, detail=detail)


def _load(connection: Any, parts: Iterable[bytes], watch: Watch) -> Seen:
    seen, done = Seen(), 0
    for pragma in _PRAGMAS:
        connection.execute(pragma)
    connection.execute("BEGIN")
    with telling_bad_dump():
        for statement in statements(parts):
            done += len(statement)
            watch.at(Step.CHECK, done, 0)
            if statement.startswith(INSERT):
                _insert(connection, rows_of(statement), seen)
            else:
                _note(statement, seen)
    connection.execute("COMMIT")
    return seen


@contextlib.contextmanager
def telling_bad_dump() -> Iterator[None]:
    """Turn what cannot be read as a dump into Unavailable."""
    try:
        yield
    except (BadDump, KeyError, UnicodeDecodeError, sqlcipher.IntegrityError) as error:
        raise Unavailable(DIFFERS, detail=f"the dump cannot be read ({error})") from error


def _insert(connection: Any, rows: Rows, seen: Seen) -> None:
    seen.columns[rows.table] = rows.columns
    table = metadata.tables[rows.table]
    convert = [_to_file(table.c[name].type) for name in rows.columns]
    connection.executemany(
        insert_into_file(rows.table, rows.columns),
        [
            [None if cell is None else make(cell) for make, cell in zip(convert, row, strict=True)]
            for row in rows.cells
        ],
    )


def _note(line: bytes, seen: Seen) -> None:
    seen.completed = seen.completed or line.startswith(_COMPLETED)
    if not line.startswith((b"CREATE ", b"/*!50003 CREATE")):
        return
    seen.triggers += b" TRIGGER " in line
    seen.routines += b" PROCEDURE " in line or b" FUNCTION " in line


def _against(connection: Any, wanted: Manifest, seen: Seen, watch: Watch) -> str:
    found = {}
    for done, name in enumerate(wanted.tables):
        if name not in metadata.tables:
            return f"the table “{name}” is none of Avenrae Desktop"
        watch.at(Step.COMPARE, done, len(wanted.tables))
        found[name] = _sum(connection, name, seen.columns.get(name, ()), watch, (done, len(wanted.tables)))
    detail = difference(wanted.tables, found)
    if detail:
        return detail
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        return "a row refers to one that is not there"
    if not seen.completed:
        return "the dump does not come to its end"
    programs = {"triggers": (wanted.triggers, seen.triggers), "routines": (wanted.routines, seen.routines)}
    missing = (f"{there} of {all_} {kind}" for kind, (all_, there) in programs.items() if all_ != there)
    return next(missing, "")


def _sum(connection: Any, table: str, columns: tuple[str, ...], watch: Watch, place: tuple[int, int]) -> TableSum:
    summing = Summing()
    if not columns:
        return summing.result()
    convert = [_to_text(metadata.tables[table].c[name].type) for name in columns]
    cursor = connection.execute(select_from_file(table, columns))
    while rows := cursor.fetchmany(_ROWS):
        watch.at(Step.COMPARE, *place)
        summing.add(_texts(rows, convert))
    return summing.result()


def _texts(rows: Iterable[tuple[Any, ...]], convert: list[ToText]) -> Iterator[tuple[Cell, ...]]:
    for row in rows:
        yield tuple([None if value is None else make(value) for make, value in zip(convert, row, strict=True)])


def _text(cell: Cell) -> str:
    return (cell or b"").decode()


def _bytes_of(value: Any) -> bytes:
    return str(value).encode()


def _cents(cell: Cell) -> int:
    # Servers always write both decimals.
    return int((cell or b"").replace(b".", b""))


def _amount(value: int) -> bytes:
    return str(Decimal(value).scaleb(-2)).encode()


def _to_file(kind: sa.types.TypeEngine[Any]) -> ToFile:
    match kind:
        case Hundredths():
            return _cents
        case Uid() | Hash() | sa.LargeBinary():
            return lambda cell: cell
        case Wall():
            return lambda cell: f"{_text(cell)}.000000"
        case sa.Integer() | sa.Boolean():
            return lambda cell: int(cell or 0)
        case _:
            return _text


def _to_text(kind: sa.types.TypeEngine[Any]) -> ToText:
    match kind:
        case Hundredths():
            return _amount
        case Uid() | Hash() | sa.LargeBinary():
            return bytes
        case Wall():
            return lambda value: str(value).removesuffix(".000000").encode()
        case _:
            return _bytes_of
