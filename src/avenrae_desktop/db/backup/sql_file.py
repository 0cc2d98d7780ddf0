"""A table as SQL that runs on a stranger's MySQL or MariaDB: it needs no other table and no account of ours."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.schema import CreateTable

from avenrae_desktop.db.backup.sql_text import quoted_text

_HEAD = """\
-- The table {table} of Avenrae Desktop; instants are in UTC. It refers to no other table.
SET NAMES utf8mb4;
SET SESSION sql_mode = 'STRICT_TRANS_TABLES,NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00';
"""


def write_sql(
    path: Path, table: sa.Table, columns: Sequence[sa.Column[Any]], rows: Iterator[Sequence[tuple[Any, ...]]]
) -> None:
    """Raises OSError."""
    names = ", ".join(f"`{column.name}`" for column in columns)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD.format(table=table.name))
        file.write(f"{_created(table, columns)};\n")
        for part in rows:
            values = ",\n".join("(" + ", ".join(literal(value) for value in row) + ")" for row in part)
            file.write(f"INSERT INTO `{table.name}` ({names}) VALUES\n{values};\n")


def literal(value: Any) -> str:
    """The value as MySQL and MariaDB read it."""
    match value:
        case None:
            return "NULL"
        case bool():
            return "1" if value else "0"
        case Enum():
            return quoted_text(str(value.value))
        case UUID():
            return f"0x{value.hex}"
        case bytes():
            return f"0x{value.hex()}" if value else "''"
        case datetime():
            naive = value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
            return f"'{naive:%Y-%m-%d %H:%M:%S.%f}'"
        case date():
            return f"'{value.isoformat()}'"
        case Decimal():
            return f"{value:f}"
        case int() | float():
            return str(value)
    return quoted_text(str(value))


def _created(table: sa.Table, columns: Sequence[sa.Column[Any]]) -> str:
    bare = sa.Table(
        table.name,
        sa.MetaData(),
        *(
            sa.Column(c.name, c.type, primary_key=c.primary_key, nullable=c.nullable, autoincrement=False)
            for c in columns
        ),
        mysql_charset="utf8mb4",
        mysql_collate="utf8mb4_unicode_520_ci",
    )
    text = str(CreateTable(bare).compile(dialect=mysql.dialect())).strip()
    return "\n".join(line.rstrip() for line in text.splitlines())
