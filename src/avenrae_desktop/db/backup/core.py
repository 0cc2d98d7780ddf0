"""Statements over tables whose names and columns are known only at run time, compiled by SQLAlchemy's Core."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.engine import Dialect

_FILE: Dialect = sqlite.dialect()
_SERVER: Dialect = mysql.dialect()


def select_whole(table: str) -> str:
    """Every column of a table of a file."""
    return _text(sa.select(sa.literal_column("*")).select_from(sa.table(table)), _FILE)


def select_from_file(table: str, columns: Sequence[str]) -> str:
    return _text(sa.select(*(sa.column(name) for name in columns)).select_from(sa.table(table)), _FILE)


def select_from_server(table: str, columns: Sequence[str]) -> str:
    return _text(sa.select(*(sa.column(name) for name in columns)).select_from(sa.table(table)), _SERVER)


def insert_into_file(table: str, columns: Sequence[str]) -> str:
    """With a question mark for each column, in this order."""
    return _text(sa.table(table, *(sa.column(name) for name in columns)).insert(), _FILE)


def named(name: str) -> str:
    """The name of a table, trigger or database, quoted for a server."""
    return _SERVER.identifier_preparer.quote_identifier(name)


def _text(statement: sa.sql.ClauseElement, dialect: Dialect) -> str:
    return str(statement.compile(dialect=dialect))
