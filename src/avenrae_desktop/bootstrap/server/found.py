"""What is in the database already: nothing, half a practice, a whole one, or somebody else's data."""

from enum import Enum, auto

import sqlalchemy as sa

from avenrae_desktop.areas.accounts.people import normal_sign_in_name
from avenrae_desktop.db.tables import metadata, settings, users
from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop

TLS_SETTING = "server_tls"
"""Whether accounts of the practice insist on TLS ("yes", "no"); read by the routine that makes them."""
FINISHED_SETTING = "server_set_up"
"""There when the set-up has ended; until then it may go on."""

FOREIGN_TABLES = Problem(
    "set_up.foreign_tables",
    noop("This database holds something else"),
    noop("In “{database}” there is a table “{table}” that is not of Avenrae Desktop. Nothing was changed."),
    noop("Choose another name for the database; it will be made."),
)
FINISHED = Problem(
    "set_up.finished",
    noop("This practice is set up already"),
    noop("“{database}” holds a practice with its people. Nothing was changed."),
    noop("Join it with its enrolment file. For another practice, choose another name for the database."),
)
OTHER_FOUNDER = Problem(
    "set_up.other_founder",
    noop("The set-up was begun by somebody else"),
    noop("Its first administrator signs in as “{sign_in_name}”."),
    noop("Type this sign-in name to go on, or choose another name for the database."),
)
ACCOUNT_EXISTS = Problem(
    "set_up.account_exists",
    noop("This sign-in name is taken on the server"),
    noop("The server has an account “{sign_in_name}” already, and it is not of this practice."),
    noop("Choose another sign-in name. Nothing was changed."),
)


class Found(Enum):
    """What is there."""

    NOTHING = auto()
    EMPTY = auto()
    UNFINISHED = auto()


def find(connection: sa.Connection, database: str) -> Found:
    """What the database holds. Raises RuleBroken (field "database") for a finished practice or others' tables."""
    names = _tables(connection, database)
    if names is None:
        return Found.NOTHING
    foreign = sorted(name for name in names if name not in metadata.tables)
    if foreign:
        raise RuleBroken(FOREIGN_TABLES, field="database", database=database, table=foreign[0])
    if settings.name in names and _is_finished(connection, database):
        raise RuleBroken(FINISHED, field="database", database=database)
    return Found.UNFINISHED if names else Found.EMPTY


def check_fresh(connection: sa.Connection, database: str, found: Found, sign_in_name: str) -> None:
    """Raise RuleBroken (field "sign_in_name") unless the first administrator can have this name."""
    name = normal_sign_in_name(sign_in_name)
    u = sa.table("users", sa.column("sign_in_name"), sa.column("account_at"), schema=database)
    if found is Found.UNFINISHED and users.name in (_tables(connection, database) or ()):
        query = sa.select(u.c.sign_in_name, u.c.account_at).where(u.c.sign_in_name.is_not(None))
        begun = connection.execute(query).first()
        if begun is not None and begun.sign_in_name != name:
            raise RuleBroken(OTHER_FOUNDER, field="sign_in_name", sign_in_name=begun.sign_in_name)
        if begun is not None and begun.account_at is not None:
            return
    accounts = sa.text("SELECT user FROM mysql.user WHERE LOWER(CONVERT(user USING utf8mb4)) = :name")
    if connection.execute(accounts, {"name": name}).first() is not None:
        raise RuleBroken(ACCOUNT_EXISTS, field="sign_in_name", sign_in_name=name)


def _is_finished(connection: sa.Connection, database: str) -> bool:
    s = sa.table("settings", sa.column("setting_name"), schema=database)
    query = sa.select(s.c.setting_name).where(s.c.setting_name == FINISHED_SETTING)
    if connection.execute(query).first() is not None:
        return True
    if users.name not in (_tables(connection, database) or ()):
        return False
    u = sa.table("users", sa.column("id"), schema=database)
    # The set-up makes one person; who finds more has found a practice that people work with.
    return len(connection.execute(sa.select(u.c.id).limit(2)).all()) > 1


def _tables(connection: sa.Connection, database: str) -> list[str] | None:
    """The names of its tables; None when there is no such database."""
    name = {"database": database}
    schemata = sa.text("SELECT schema_name FROM information_schema.schemata WHERE schema_name = :database")
    if connection.execute(schemata, name).first() is None:
        return None
    tables = sa.text("SELECT table_name FROM information_schema.tables WHERE table_schema = :database")
    return [str(row[0]) for row in connection.execute(tables, name)]
