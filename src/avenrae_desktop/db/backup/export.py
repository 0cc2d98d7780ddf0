"""One table as a file for other programs: CSV, XLSX or SQL, written whole or not at all, never over another."""

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from avenrae_desktop.db.backup.csv_file import write_csv
from avenrae_desktop.db.backup.problems import ALREADY_THERE, UNKNOWN_TABLE, refused_by_system
from avenrae_desktop.db.backup.sql_file import write_sql
from avenrae_desktop.db.backup.watch import Step, Watch
from avenrae_desktop.db.backup.xlsx_file import write_xlsx
from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.tables import metadata
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.files import sync_folder

Rows = Iterator[Sequence[tuple[Any, ...]]]
Write = Callable[[Path, sa.Table, Sequence[sa.Column[Any]], Rows], None]

SECRETS = frozenset({"password_hash", "pin_hash"})
"""Never exported: whoever has them can guess passwords at leisure."""
_AT_ONCE = 1_000


class ExportFormat(StrEnum):
    """How the file is written; the value is its ending."""

    CSV = "csv"
    XLSX = "xlsx"
    SQL = "sql"


_WRITERS: dict[ExportFormat, Write] = {
    ExportFormat.CSV: write_csv,
    ExportFormat.XLSX: write_xlsx,
    ExportFormat.SQL: write_sql,
}


def table_named(name: str) -> sa.Table:
    """Raises RuleBroken (field "table")."""
    found = metadata.tables.get(name.strip().casefold())
    if found is None:
        raise RuleBroken(UNKNOWN_TABLE, field="table", name=name, tables=", ".join(sorted(metadata.tables)))
    return found


def export_table(
    engine: sa.Engine,
    table: sa.Table,
    readable: Callable[[str], bool],
    target: Path,
    kind: ExportFormat,
    watch: Watch,
) -> int:
    """Write the columns that are `readable`; returns how many rows there are. Raises AppError."""
    columns = [c for c in table.c if c.name not in SECRETS and readable(c.name)]
    done = 0

    def rows(connection: sa.Connection) -> Rows:
        nonlocal done
        ordered = sa.select(*columns).order_by(*table.primary_key.columns)
        for part in connection.execution_options(stream_results=True).execute(ordered).partitions(_AT_ONCE):
            done += len(part)
            watch.at(Step.EXPORT, done, of)
            yield [tuple(row) for row in part]

    with telling_faults(), engine.connect() as connection, new_file(target) as part:
        of = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
        _WRITERS[kind](part, table, columns, rows(connection))
    return done


@contextlib.contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its name when the block has ended well; only its owner can read it.

    Raises RuleBroken if the target is there, Unavailable where the system refuses.
    """
    target = target.absolute()
    if target.exists():
        raise RuleBroken(ALREADY_THERE, name=str(target))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        part.touch(mode=0o600, exist_ok=False)
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        # A link fails where a name was taken meanwhile, and renaming would not; some file systems have no links.
        _take_name(part, target)
        sync_folder(target.parent)
    except OSError as error:
        raise refused_by_system(error, target.parent) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _take_name(part: Path, target: Path) -> None:
    try:
        target.hardlink_to(part)
    except FileExistsError:
        raise RuleBroken(ALREADY_THERE, name=str(target)) from None
    except OSError:
        if target.exists():
            raise RuleBroken(ALREADY_THERE, name=str(target)) from None
        part.replace(target)
