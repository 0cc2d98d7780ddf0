"""A dump over our own connection, where the server's own program is not there: the same SQL, read as a stream."""

from collections.abc import Iterator

from avenrae_desktop.db.backup.core import named
from avenrae_desktop.db.backup.snapshot import Column, Frozen
from avenrae_desktop.db.backup.sql_text import Cell, quoted
from avenrae_desktop.db.backup.sums import Summing, TableSum
from avenrae_desktop.db.backup.watch import Step, Watch

NAME = "Avenrae Desktop"
_LARGEST = 512 * 1024
COMPLETED = b"-- Dump completed"
_HEAD = b"""\
-- A practice of Avenrae Desktop
SET NAMES utf8mb4;
SET SESSION time_zone = '+00:00', foreign_key_checks = 0, unique_checks = 0, sql_mode = 'NO_AUTO_VALUE_ON_ZERO';
"""


def dump(state: Frozen, watch: Watch, sums: dict[str, TableSum]) -> Iterator[bytes]:
    """The dump in parts. The sums of what was read are in `sums` when it has ended."""
    yield _HEAD
    for done, table in enumerate(state.tables):
        watch.at(Step.COPY, done, len(state.tables))
        created = state.shown(f"SHOW CREATE TABLE {named(table)}")[1]
        yield b"\nDROP TABLE IF EXISTS `%b`;\n%b;\n\n" % (table.encode(), created)
        summing = Summing()
        for part in state.rows(table):
            watch.at(Step.COPY, done, len(state.tables))
            summing.add(part)
            yield from inserts(table, state.tables[table], part)
        sums[table] = summing.result()
    yield b"\nDELIMITER ;;\n"
    for name in state.programs.triggers:
        yield state.shown(f"SHOW CREATE TRIGGER {named(name)}")[2] + b";;\n"
    for name in state.programs.routines:
        yield state.shown(f"SHOW CREATE PROCEDURE {named(name)}")[2] + b";;\n"
    yield b"DELIMITER ;\n" + COMPLETED + b"\n"


def inserts(table: str, columns: tuple[Column, ...], rows: list[tuple[Cell, ...]]) -> Iterator[bytes]:
    """Statements for these rows, each on one line, and not larger than every server takes unless one row is."""
    kinds = [column.kind for column in columns]
    names = ", ".join(f"`{column.name}`" for column in columns)
    head = f"INSERT INTO `{table}` ({names}) VALUES ".encode()
    waiting: list[bytes] = []
    size = 0
    for row in rows:
        text = b"(" + b",".join(_literal(cell, kind) for cell, kind in zip(row, kinds, strict=True)) + b")"
        if waiting and size + len(text) > _LARGEST:
            yield head + b",".join(waiting) + b";\n"
            waiting, size = [], 0
        waiting.append(text)
        size += len(text)
    yield head + b",".join(waiting) + b";\n"


def _literal(cell: Cell, kind: str) -> bytes:
    if cell is None:
        return b"NULL"
    if kind == "number":
        return cell
    if kind == "binary" and cell:
        return b"0x" + cell.hex().encode()
    return quoted(cell)
