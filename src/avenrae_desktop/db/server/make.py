"""Making the database of a practice whole on a server: a new one, and again whenever something is missing.

Servers commit each statement on structure, accounts and rights by itself. So everything here can be done again:
after a fault or a kill at any moment the next call goes on and ends the same.
"""

import secrets
from collections.abc import Iterator

import sqlalchemy as sa
from sqlalchemy.dialects import mysql
from sqlalchemy.schema import CreateIndex

from avenrae_desktop.db.engine import SQL_MODE
from avenrae_desktop.db.schema import (
    SCHEMA_VERSION,
    VERSION_SETTING,
    check_version,
    program_name,
    programs,
    server_table,
)
from avenrae_desktop.db.server.grants import Grantee, granting, held_in, revoking
from avenrae_desktop.db.server.owner import (
    OWNED_BY,
    grant_owner,
    lock_owner,
    make_owner,
    make_role,
    mark_of,
    owned,
    trigger_parts,
)
from avenrae_desktop.db.server.rights import OWNER, OWNERS, Rights, roles_of
from avenrae_desktop.db.tables import metadata, settings
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import utc_now


def make_whole(connection: sa.Connection, database: str) -> Iterator[str]:
    """Make what is missing, set right what differs; yields the English name of each step when it is done.

    `connection` is an administrator's of the server, and works in the database from now on. Rows of the practice
    are not touched, people may be at work. Raises Unavailable for a practice of another format.
    """
    run = _Runner(connection, database)
    run(f"CREATE DATABASE IF NOT EXISTS `{database}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci")
    # Routines keep the mode that they are made in; with other modes of quoting they would put statements together
    # wrongly.
    run(f"USE `{database}`", "SET NAMES utf8mb4", f"SET SESSION sql_mode = '{SQL_MODE}'")
    if settings.name in _names(connection, "tables", "table_name", "table_schema", database):
        _check_format(connection)
    yield "the database"
    # All kinds of signs in it, for every rule that a server may have.
    run(make_owner(is_mariadb=run.is_mariadb, password=f"{secrets.token_urlsafe(24)}-Aa1"), lock_owner())
    yield "the locked owner"
    _make_tables(run)
    yield "the tables"
    _make_routines(run)
    yield "the routines"
    for role, _ in roles_of(database):
        run(make_role(role, is_mariadb=run.is_mariadb))
    yield "the roles"
    run(*grant_owner(database, is_mariadb=run.is_mariadb))
    _set_rights(run, Grantee(OWNER, "localhost"), OWNERS, is_shared=True)
    yield "the owner's rights"
    _make_triggers(run)
    yield "the triggers"
    for role, rights in roles_of(database):
        _set_rights(run, Grantee(role, None if run.is_mariadb else "%"), rights)
    yield "the rights of the roles"
    _write_version(run)
    yield "the version"


class _Runner:
    """Runs statements one by one; each is committed by itself."""

    def __init__(self, connection: sa.Connection, database: str) -> None:
        self.connection, self.database = connection, database
        version = connection.exec_driver_sql("SELECT VERSION()").scalar_one()
        self.is_mariadb = "MariaDB" in str(version)

    def __call__(self, *statements: str) -> None:
        for statement in statements:
            # Without the driver's own formatting, for which a bare % would stand for a parameter.
            self.connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
        self.connection.commit()


def _check_format(connection: sa.Connection) -> None:
    query = sa.select(settings.c.id).where(settings.c.setting_name == VERSION_SETTING)
    if connection.execute(query).first() is not None:
        check_version(connection)


def _make_tables(run: _Runner) -> None:
    dialect = mysql.dialect()
    there = _names(run.connection, "tables", "table_name", "table_schema", run.database)
    for table in metadata.sorted_tables:
        if table.name not in there:
            run(server_table(table))
            continue
        asked = {"database": run.database, "table": table.name}
        indexes = set(run.connection.execute(_INDEXES, asked).scalars())
        for index in sorted(table.indexes, key=lambda i: str(i.name)):
            if index.name not in indexes:
                run(str(CreateIndex(index).compile(dialect=dialect)))


def _make_routines(run: _Runner) -> None:
    there = {tuple(row) for row in run.connection.execute(_ROUTINES, {"database": run.database})}
    for statement in programs("mysql", "routines"):
        name = program_name(statement)
        if (name, OWNED_BY, mark_of(statement)) not in there:
            run(f"DROP PROCEDURE IF EXISTS `{name}`", owned(statement))


def _make_triggers(run: _Runner) -> None:
    there = {str(row.trigger_name): row for row in run.connection.execute(_TRIGGERS, {"database": run.database})}
    for statement in programs("mysql", "triggers"):
        name, table, body = trigger_parts(statement)
        found = there.get(name)
        if found is not None and found.definer == OWNED_BY and found.action_statement.strip() == body:
            continue
        # A booking made without its trigger would hold no time: everybody waits until the new one is there.
        run(f"LOCK TABLES `{table}` WRITE", f"DROP TRIGGER IF EXISTS `{name}`", owned(statement), "UNLOCK TABLES")


_ROUTINES = sa.text(
    "SELECT routine_name, definer, routine_comment FROM information_schema.routines"
    " WHERE routine_schema = :database"
)
_TRIGGERS = sa.text(
    "SELECT trigger_name AS trigger_name, definer AS definer, action_statement AS action_statement"
    " FROM information_schema.triggers WHERE trigger_schema = :database"
)


def _set_rights(run: _Runner, grantee: Grantee, wanted: Rights, *, is_shared: bool = False) -> None:
    """Give first and take then, so that nobody at work is without a right for a moment.

    `is_shared`: the grantee serves other practices too, and is left what it has there.
    """
    held, has_other = held_in(run.connection, run.database, grantee)
    if has_other and not is_shared:
        run(f"REVOKE ALL PRIVILEGES, GRANT OPTION FROM {grantee}")
        held = frozenset()
    run(*granting(run.database, grantee, wanted - held))
    run(*revoking(run.database, grantee, held - wanted))


def _write_version(run: _Runner) -> None:
    query = sa.select(settings.c.id).where(settings.c.setting_name == VERSION_SETTING)
    if run.connection.execute(query).first() is None:
        values = {"setting_name": VERSION_SETTING, "setting_value": str(SCHEMA_VERSION)}
        run.connection.execute(settings.insert().values(uuid=new_uuid(), created_at=utc_now(), **values))
    run.connection.commit()


_INDEXES = sa.text(
    "SELECT index_name FROM information_schema.statistics WHERE table_schema = :database AND table_name = :table"
)


def _names(connection: sa.Connection, table: str, column: str, schema: str, database: str) -> set[str]:
    c = sa.table(table, sa.column(column), sa.column(schema), schema="information_schema").c
    return {str(name) for name in connection.execute(sa.select(c[column]).where(c[schema] == database)).scalars()}
