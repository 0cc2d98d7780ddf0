"""A practice file: its state at one moment, copied while others write, and a copy compared with it."""

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from avenrae_desktop.db.backup.core import select_whole
from avenrae_desktop.db.backup.faults import telling_driver
from avenrae_desktop.db.backup.manifest import Manifest
from avenrae_desktop.db.backup.problems import DIFFERS
from avenrae_desktop.db.backup.sums import Summing, TableSum, difference
from avenrae_desktop.db.backup.watch import Step, Watch
from avenrae_desktop.db.schema import VERSION_SETTING
from avenrae_desktop.kernel.errors import Unavailable

_PAGES = 2_000
_ROWS = 2_000
_PRAGMAS = ("PRAGMA cipher_integrity_check", "PRAGMA quick_check")


@dataclass(frozen=True, slots=True)
class FileState:
    """What was in the file at the moment of the copy."""

    schema_version: int
    triggers: int
    structure: str
    tables: dict[str, TableSum]

    def manifest(self, payload_bytes: int) -> Manifest:
        return Manifest(
            schema_version=self.schema_version,
            made_with=f"SQLCipher {sqlcipher.sqlite_version}",
            payload_bytes=payload_bytes,
            triggers=self.triggers,
            routines=0,
            tables=self.tables,
            structure=self.structure,
        )


@contextlib.contextmanager
def opened(path: Path, key: bytes, *, read_only: bool = False) -> Iterator[Any]:
    """A plain connection to an encrypted file, with the driver's faults in words."""
    where = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    with telling_driver():
        connection = sqlcipher.connect(where, uri=True, isolation_level=None, check_same_thread=False, timeout=10)
        try:
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            yield connection
        finally:
            connection.close()


def copy(source: Path, target: Path, key: bytes, watch: Watch) -> FileState:
    """Copy the file as it is at this moment; others may write meanwhile. Raises AppError."""
    with opened(source, key) as there:
        # The copy is read in this one transaction: writes of others neither get in nor make it begin again.
        there.execute("BEGIN")
        there.execute("SELECT count(*) FROM sqlite_master").fetchone()
        with opened(target, key) as here:

            def told(_status: int, remaining: int, total: int) -> None:
                watch.at(Step.COPY, total - remaining, total)

            there.backup(here, pages=_PAGES, progress=told)
        return state_of(there, watch, Step.COUNT)


def state_of(connection: Any, watch: Watch, step: Step) -> FileState:
    """What an open file holds."""
    master = connection.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    ).fetchall()
    names = [name for kind, name, _, _ in master if kind == "table" and not name.startswith("sqlite_")]
    tables = {}
    for done, name in enumerate(names):
        watch.at(step, done, len(names))
        tables[name] = _sum(connection, name, watch, step, (done, len(names)))
    found = connection.execute(
        "SELECT setting_value FROM settings WHERE setting_name = ?", (VERSION_SETTING,)
    ).fetchone()
    structure = hashlib.sha256(ascii(master).encode()).hexdigest()
    triggers = sum(kind == "trigger" for kind, *_ in master)
    return FileState(int(found[0]) if found else 0, triggers, structure, tables)


def check_copy(path: Path, key: bytes, manifest: Manifest, watch: Watch) -> None:
    """Compare a restored file with what the manifest says. Raises Unavailable where it is not the same."""
    with opened(path, key) as connection:
        watch.at(Step.CHECK)
        for pragma in _PRAGMAS:
            told = [row[0] for row in connection.execute(pragma).fetchmany(1)]
            if told not in ([], ["ok"]):
                raise Unavailable(DIFFERS, detail=str(told[0]))
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise Unavailable(DIFFERS, detail="a row refers to one that is not there")
        state = state_of(connection, watch, Step.COMPARE)
    detail = difference(manifest.tables, state.tables)
    if not detail and (state.structure, state.triggers) != (manifest.structure, manifest.triggers):
        detail = "the structure is another one"
    if detail:
        raise Unavailable(DIFFERS, detail=detail)


def _sum(connection: Any, table: str, watch: Watch, step: Step, place: tuple[int, int]) -> TableSum:
    summing = Summing()
    cursor = connection.execute(select_whole(table))
    while rows := cursor.fetchmany(_ROWS):
        summing.add(rows)
        watch.at(step, *place)
    return summing.result()
