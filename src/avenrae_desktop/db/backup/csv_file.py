"""A table as CSV: UTF-8 with a mark that spreadsheets look for, commas, everything quoted that needs it."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from avenrae_desktop.db.backup.plain import harmless


def write_csv(
    path: Path, _table: sa.Table, columns: Sequence[sa.Column[Any]], rows: Iterator[Sequence[tuple[Any, ...]]]
) -> None:
    """Raises OSError."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in columns)
        for part in rows:
            writer.writerows([harmless(value) for value in row] for row in part)
