"""Making the database: tables from the models, then routines and triggers from `database/`."""

import re
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.schema import CreateTable

from avenrae_desktop.db.engine import WRITES
from avenrae_desktop.db.tables import metadata, settings
from avenrae_desktop.kernel.errors import Problem, Unavailable, noop
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.shipped import shipped
from avenrae_desktop.kernel.time import utc_now

_MYSQL = mysql.dialect()

SCHEMA_VERSION = 3
VERSION_SETTING = "schema_version"

TOO_NEW = Problem(
    "db.too_new",
    noop("This practice needs a newer program"),
    noop(
        "The practice file was last used by a newer version of Avenrae Desktop (format {found}, this is {known})."
    ),
    noop("Install the newest version of the program; the file was not touched."),
)
TOO_OLD = Problem(
    "db.too_old",
    noop("This practice was made by an early trial version"),
    noop("It has format {found}, from before the first release; this program works with format {known}."),
    noop("Open it with the version that made it, or make a new practice; nothing was changed in it."),
)


def create_schema(engine: sa.Engine) -> None:
    """Everything that an empty database needs. One transaction on a file; servers commit each statement."""
    with engine.execution_options(**WRITES).begin() as connection:
        if engine.dialect.name == "sqlite":
            metadata.create_all(connection, checkfirst=False)
        else:
            for table in metadata.sorted_tables:
                connection.exec_driver_sql(server_table(table))
        for statement in programs(engine.dialect.name):
            connection.exec_driver_sql(statement)
        connection.execute(
            settings.insert().values(
                uuid=new_uuid(),
                setting_name=VERSION_SETTING,
                setting_value=str(SCHEMA_VERSION),
                created_at=utc_now(),
            )
        )


def server_table(table: sa.Table) -> str:
    """The statement that makes a table with its indexes on a server, where each statement costs a commit."""
    made = "\n".join(
        line.rstrip() for line in str(CreateTable(table).compile(dialect=_MYSQL)).strip().splitlines()
    )
    head, end = made.rsplit("\n)", 1)
    columns = (
        f",\n\tINDEX {index.name} ({', '.join(column.name for column in index.columns)})"
        for index in sorted(table.indexes, key=lambda index: str(index.name))
    )
    return f"{head}{''.join(columns)}\n){end}"


def check_version(connection: sa.Connection) -> None:
    """Raise Unavailable when a newer program made this database, or one from before the first release."""
    query = sa.select(settings.c.setting_value).where(settings.c.setting_name == VERSION_SETTING)
    found = int(connection.execute(query).scalar_one())
    if found > SCHEMA_VERSION:
        raise Unavailable(TOO_NEW, found=found, known=SCHEMA_VERSION)
    if found < SCHEMA_VERSION:
        raise Unavailable(TOO_OLD, found=found, known=SCHEMA_VERSION)


def programs(dialect: str, *kinds: str) -> Iterator[str]:
    """Routines, then triggers, of the dialect ("sqlite", else the servers' own) as single statements."""
    folder = "sqlite" if dialect == "sqlite" else "mysql"
    for kind in kinds or ("routines", "triggers"):
        for file in sorted((shipped("database") / kind / folder).glob("*.sql")):
            yield _without_comment(file)


def program_name(statement: str) -> str:
    """What a routine or trigger of `programs` is called."""
    return re.split(r"[\s(]", statement, maxsplit=3)[2]


def _without_comment(file: Path) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    body = [line for line in lines if not line.lstrip().startswith("--")]
    return "\n".join(body).strip()
