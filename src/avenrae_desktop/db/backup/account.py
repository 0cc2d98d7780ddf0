"""The account on a server that makes backups: it may read everything of one practice, and change nothing."""

import re
import secrets
from collections.abc import Iterator

import sqlalchemy as sa

from avenrae_desktop.db.backup.dump_program import Account
from avenrae_desktop.db.server.address import ServerAddress, Trust

PREFIX = "avenrae_backup_"
_NAME = re.compile(rf"{PREFIX}[0-9a-f]{{6}}")


def make_account(connection: sa.Connection, address: ServerAddress, instead_of: str = "") -> Account:
    """Make one with a name and a password of its own, in place of an earlier one of this computer.

    `connection` is the server administrator's.
    """
    version = str(connection.exec_driver_sql("SELECT VERSION()").scalar_one())
    # Signs of all kinds, for every rule that a server may have.
    account = Account(f"{PREFIX}{secrets.token_hex(3)}", f"{secrets.token_urlsafe(32)}-Aa1")
    if _NAME.fullmatch(instead_of):
        _run(connection, f"DROP USER IF EXISTS '{instead_of}'@'%'")
    secure = "NONE" if address.trust is Trust.NONE else "SSL"
    _run(connection, f"CREATE USER '{account.user}'@'%' IDENTIFIED BY '{account.password}' REQUIRE {secure}")
    for statement in _rights(connection, address.database, account.user, is_mariadb="MariaDB" in version):
        _run(connection, statement)
    return account


def _rights(connection: sa.Connection, database: str, user: str, *, is_mariadb: bool) -> Iterator[str]:
    partial = connection.exec_driver_sql("SHOW VARIABLES LIKE 'partial_revokes'").first()
    # An underscore stands for any sign in these names, unless the server was told otherwise.
    name = database if partial is not None and partial[1] == "ON" else database.replace("_", "\\_")
    yield f"GRANT SELECT, LOCK TABLES, SHOW VIEW, TRIGGER, EVENT ON `{name}`.* TO '{user}'@'%'"
    if is_mariadb:
        yield f"GRANT SELECT ON `mysql`.`proc` TO '{user}'@'%'"
    else:
        yield f"GRANT SHOW_ROUTINE ON *.* TO '{user}'@'%'"


def _run(connection: sa.Connection, statement: str) -> None:
    # Without the driver's own formatting, for which a bare % would stand for a parameter.
    connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
