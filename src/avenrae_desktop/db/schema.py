"""Making the database: tables from the models, then routines and triggers from `database/`."""

import io
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.schema import CreateIndex, CreateTable

from avenrae_desktop.db.engine import WRITES
from avenrae_desktop.db.tables import metadata, settings
from avenrae_desktop.kernel.errors import Problem, Unavailable, noop
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.shipped import shipped
from avenrae_desktop.kernel.time import utc_now

SCHEMA_VERSION = 2
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
        metadata.create_all(connection, checkfirst=False)
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


def check_version(connection: sa.Connection) -> None:
    """Raise Unavailable when a newer program made this database, or one from before the first release."""
    query = sa.select(settings.c.setting_value).where(settings.c.setting_name == VERSION_SETTING)
    found = int(connection.execute(query).scalar_one())
    if found > SCHEMA_VERSION:
        raise Unavailable(TOO_NEW, found=found, known=SCHEMA_VERSION)
    if found < SCHEMA_VERSION:
        raise Unavailable(TOO_OLD, found=found, known=SCHEMA_VERSION)


def programs(dialect: str) -> Iterator[str]:
    """Routines, then triggers, of the dialect ("sqlite", else the servers' own) as single statements."""
    folder = "sqlite" if dialect == "sqlite" else "mysql"
    for kind in ("routines", "triggers"):
        for file in sorted((shipped("database") / kind / folder).glob("*.sql")):
            yield _without_comment(file)


def _without_comment(file: Path) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    body = [line for line in lines if not line.lstrip().startswith("--")]
    return "\n".join(body).strip()


def server_script() -> str:
    """`database/schema.sql`: makes `avenrae_db` whole on MySQL and MariaDB with their command line client."""
    out = io.StringIO()
    out.write(_HEAD)
    dialect = mysql.dialect()
    for table in metadata.sorted_tables:
        out.write(f"{_sql(CreateTable(table).compile(dialect=dialect))};\n\n")
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            out.write(f"{_sql(CreateIndex(index).compile(dialect=dialect))};\n")
        if table.indexes:
            out.write("\n")
    out.write("DELIMITER ;;\n\n")
    for statement in programs("mysql"):
        out.write(f"{statement};;\n\n")
    out.write("DELIMITER ;\n\n")
    out.write(
        "INSERT INTO settings (uuid, setting_name, setting_value, created_at)\n"
        f"VALUES (UNHEX(REPLACE(UUID(), '-', '')), '{VERSION_SETTING}', '{SCHEMA_VERSION}', UTC_TIMESTAMP(6));\n"
    )
    return out.getvalue()


_HEAD = """\
-- Generated from the models and database/{routines,triggers}/mysql by scripts/schema: do not edit.
-- mysql -u root -p < database/schema.sql
CREATE DATABASE IF NOT EXISTS avenrae_db CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
USE avenrae_db;
SET NAMES utf8mb4;

"""


def _sql(compiled: object) -> str:
    return "\n".join(line.rstrip() for line in str(compiled).strip().splitlines())
