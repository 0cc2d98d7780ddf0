"""`database/schema.sql`: what `make_whole` makes, as one file for the servers' command line clients."""

from collections.abc import Iterator

from avenrae_desktop.db.engine import SQL_MODE
from avenrae_desktop.db.schema import SCHEMA_VERSION, VERSION_SETTING, programs, server_table
from avenrae_desktop.db.server.grants import Grantee, granting
from avenrae_desktop.db.server.owner import grant_owner, lock_owner, make_owner, make_role, owned
from avenrae_desktop.db.server.rights import OWNER, OWNERS, roles_of
from avenrae_desktop.db.tables import metadata

DATABASE = "avenrae_db"
_HEAD = f"""\
-- Generated from the models, database/{{routines,triggers}}/mysql and db/server/rights.py by scripts/schema.
-- mysql -u root -p < database/schema.sql
SET NAMES utf8mb4;
-- Routines keep it; with other modes of quoting they would put statements together wrongly.
SET SESSION sql_mode = '{SQL_MODE}';
CREATE DATABASE IF NOT EXISTS {DATABASE} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci;
USE {DATABASE};

-- A database that holds something is left as it is: the message, and an error on which the client stops.
SET @avenrae_holds = (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '{DATABASE}');
SET @avenrae_say = IF(@avenrae_holds = 0, 'DO 0', CONCAT('SELECT ', QUOTE(CONCAT(
    '{DATABASE} holds ', @avenrae_holds, ' tables already. Nothing was changed. To begin anew, drop it first;'
    ' to make a practice in it whole, run: avenrae server init')), ' AS stopped'));
PREPARE avenrae_statement FROM @avenrae_say;
EXECUTE avenrae_statement;
SET @avenrae_stop = IF(@avenrae_holds = 0, 'DO 0', 'SELECT 1 FROM `holds tables already. Nothing was changed`');
PREPARE avenrae_statement FROM @avenrae_stop;
EXECUTE avenrae_statement;
DEALLOCATE PREPARE avenrae_statement;
"""


def server_script() -> str:
    """The whole file."""
    parts = [_HEAD, *_tables(), *_owner(), *_programs(), *_roles(), _VERSION]
    return "\n".join(parts)


def _tables() -> Iterator[str]:
    for table in metadata.sorted_tables:
        yield f"{server_table(table)};\n"


def _owner() -> Iterator[str]:
    yield "-- Triggers and routines run as an account that nobody can sign in to."
    yield from _each([make_owner(is_mariadb=False)], [make_owner(is_mariadb=True)])
    yield f"{lock_owner()};"
    for role, _ in roles_of(DATABASE):
        yield from _each([make_role(role, is_mariadb=False)], [make_role(role, is_mariadb=True)])
    yield from _each([*grant_owner(DATABASE, is_mariadb=False)], [*grant_owner(DATABASE, is_mariadb=True)])
    yield ""


def _programs() -> Iterator[str]:
    yield "DELIMITER ;;\n"
    for statement in programs("mysql"):
        yield f"{owned(statement)};;\n"
    yield "DELIMITER ;\n"


def _roles() -> Iterator[str]:
    for statement in granting(DATABASE, Grantee(OWNER, "localhost"), OWNERS):
        yield f"{statement};"
    for role, rights in roles_of(DATABASE):
        yield ""
        for statement in granting(DATABASE, Grantee(role, None), rights):
            yield f"{statement};"
    yield ""


_VERSION = (
    "INSERT INTO settings (uuid, setting_name, setting_value, created_at)\n"
    f"VALUES (UNHEX(REPLACE(UUID(), '-', '')), '{VERSION_SETTING}', '{SCHEMA_VERSION}', UTC_TIMESTAMP(6));\n"
)


def _each(for_mysql: list[str], for_mariadb: list[str]) -> Iterator[str]:
    """Lines that both servers take, and lines that the other one takes for a comment."""
    for statement in for_mysql:
        yield f"{statement};" if statement in for_mariadb else f"/*!80000 {statement} */;"
    for statement in for_mariadb:
        if statement not in for_mysql:
            yield f"/*M! {statement} */;"
