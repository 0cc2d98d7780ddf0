"""The tables as diagrams (mermaid), one for each group of the document, for `database/README.md`."""

from collections.abc import Iterator
from types import ModuleType

import sqlalchemy as sa
from sqlalchemy.dialects import mysql

from avenrae_desktop.db.tables import (
    accounts,
    commerce,
    communication,
    community,
    offerings,
    operations,
)

BEGINS = "<!-- Generated from the models by scripts/schema. -->"
ENDS = "<!-- End of what is generated. -->"
_GROUPS: tuple[ModuleType, ...] = (accounts, offerings, commerce, communication, community, operations)
_DIALECT = mysql.dialect()


def with_diagrams(readme: str) -> str:
    """The text with its generated part made anew."""
    head, rest = readme.split(BEGINS)
    return f"{head}{BEGINS}\n{_diagrams()}{ENDS}{rest.split(ENDS)[1]}"


def _diagrams() -> str:
    return "".join(f"\n{line}" if line.startswith("###") else f"{line}\n" for line in _lines())


def _lines() -> Iterator[str]:
    for group in _GROUPS:
        title, _, said = str(group.__doc__).strip().rstrip(".").partition(": ")
        tables = [each for each in vars(group).values() if isinstance(each, sa.Table)]
        yield f"### {title}\n\n{said[:1].upper()}{said[1:]}.\n\n"
        yield "```mermaid\nerDiagram"
        for table in sorted(tables, key=lambda each: each.name):
            yield from _entity(table)
        for table in sorted(tables, key=lambda each: each.name):
            yield from _relations(table)
        yield "```\n"


def _entity(table: sa.Table) -> Iterator[str]:
    yield f"    {table.name} {{"
    for column in table.columns:
        marks = ", ".join(_marks(column))
        note = ' "may be empty"' if column.nullable else ""
        yield f"        {_type(column)} {column.name}{' ' if marks else ''}{marks}{note}"
    yield "    }"


def _type(column: sa.Column[object]) -> str:
    """As on a server, as far as a diagram can say it."""
    if isinstance(column.type, sa.Enum):
        return "ENUM"
    said = str(column.type.compile(dialect=_DIALECT)).split(" COLLATE")[0]
    return said.replace("NUMERIC", "DECIMAL").replace("INTEGER", "INT").replace(", ", "-").replace(" ", "_")


def _marks(column: sa.Column[object]) -> Iterator[str]:
    if column.primary_key:
        yield "PK"
    if column.foreign_keys:
        yield "FK"
    if _is_unique(column):
        yield "UK"


def _is_unique(column: sa.Column[object]) -> bool:
    keys = (key for key in column.table.constraints if isinstance(key, sa.UniqueConstraint))
    return any(list(key.columns) == [column] for key in keys)


def _relations(table: sa.Table) -> Iterator[str]:
    for column in table.columns:
        for key in sorted(column.foreign_keys, key=lambda each: each.target_fullname):
            # Keys of two columns repeat what their parts say.
            if key.constraint is not None and len(key.constraint.columns) > 1:
                continue
            one = "|o" if column.nullable else "||"
            many = "o|" if _is_unique(column) else "o{"
            yield f"    {key.column.table.name} {one}--{many} {table.name} : {column.name}"
