"""Role by role, table by table, column by column: the server lets each account do what `rights` says, no more."""

import re
from collections.abc import Iterable, Iterator

import pytest
import sqlalchemy as sa

from avenrae_desktop.db.schema import program_name, programs
from avenrae_desktop.db.server.grants import Grantee, held_in
from avenrae_desktop.db.server.rights import (
    NEEDS,
    OWNER,
    OWNERS,
    STAFF,
    Right,
    Rights,
    Verb,
    rights_for,
    role_for,
    roles_of,
)
from avenrae_desktop.db.tables import metadata
from avenrae_desktop.kernel.identity import GRANTS, Permission, Role
from tests.server_rights.conftest import SqlOf, refusal
from tests.support.places import ServerKind
from tests.support.server_practice import ServerPractice

HELD = {
    "admin": (Role.ADMIN,),
    "healer": (Role.HEALER,),
    "front_desk": (Role.FRONT_DESK,),
    "both": (Role.HEALER, Role.FRONT_DESK),
}
NO_RIGHT = {1142, 1143, 1370}
# MariaDB looks at the columns that are left out before it sees that there is no row.
RAN = {0, 1364}
ROUTINES = [program_name(statement) for statement in programs("mysql", "routines")]
SHUT = ("commands", "audit_logs", "booking_slots", "presence", "system_logs")


def role_of(practice: ServerPractice, who: str) -> str:
    return role_for(practice.database, HELD[who])


def grantee(practice: ServerPractice, name: str) -> Grantee:
    return Grantee(name, None if practice.kind is ServerKind.MARIADB else "%")


# --- what is written ------------------------------------------------------------------------------


def test_every_right_is_of_something_that_exists() -> None:
    for right in STAFF.union(OWNERS, *NEEDS.values()):
        if right.verb is Verb.EXECUTE:
            assert right.on in ROUTINES
        else:
            assert not right.column or right.column in metadata.tables[right.on].columns, right


def test_every_permission_says_what_it_needs() -> None:
    assert set(NEEDS) == set(Permission)


def test_nobody_of_the_staff_deletes_or_changes_the_record() -> None:
    for _, rights in roles_of("avenrae_db"):
        for right in rights:
            assert right.verb in (Verb.SELECT, Verb.INSERT, Verb.UPDATE, Verb.EXECUTE)
            assert not (right.verb is Verb.UPDATE and right.on in SHUT)
            assert not (right.verb is Verb.INSERT and right.on in ("audit_logs", "booking_slots", "presence"))
            secret = right.on == "users" and right.column in ("", "password_hash", "pin_hash")
            assert not (right.verb is Verb.SELECT and secret)
            fixed = ("", "id", "uuid", "sign_in_name", "account_at", "code_until", "seen_at", "created_at")
            assert not (right.verb is Verb.UPDATE and right.on == "users" and right.column in fixed)


def test_a_role_has_a_right_only_through_a_permission() -> None:
    for role in (Role.HEALER, Role.FRONT_DESK, Role.ADMIN):
        through = STAFF.union(*(NEEDS[permission] for permission in GRANTS[role]))
        assert rights_for([role]) == through
    both = rights_for([Role.HEALER, Role.FRONT_DESK])
    assert both == rights_for([Role.HEALER]) | rights_for([Role.FRONT_DESK])
    assert rights_for([Role.ADMIN]) > both


@pytest.mark.parametrize(
    ("roles", "name"),
    [
        ((), "person"),
        ((Role.CLIENT,), "person"),
        ((Role.HEALER,), "healer"),
        ((Role.CLIENT, Role.FRONT_DESK), "front_desk"),
        ((Role.FRONT_DESK, Role.HEALER), "healer_desk"),
        ((Role.FRONT_DESK, Role.ADMIN, Role.HEALER), "admin"),
    ],
)
def test_everybody_has_one_role(roles: tuple[Role, ...], name: str) -> None:
    assert role_for("avenrae_db", roles) == f"avenrae_db_{name}"


def test_role_names_fit_mysql_for_the_longest_database() -> None:
    assert max(len(role) for role, _ in roles_of("d" * 20)) <= 32


# --- what the server has down ---------------------------------------------------------------------


def test_the_information_schema_lists_just_this(practice: ServerPractice, root: sa.Connection) -> None:
    for role, rights in roles_of(practice.database):
        held, has_other = held_in(root, practice.database, grantee(practice, role))
        assert held == rights, role
        assert not has_other, role


def test_the_owner_has_just_this(practice: ServerPractice, root: sa.Connection) -> None:
    held, _ = held_in(root, practice.database, Grantee(OWNER, "localhost"))
    assert held == OWNERS
    everywhere = [str(row[0]) for row in root.exec_driver_sql(f"SHOW GRANTS FOR '{OWNER}'@'localhost'")]
    wide = {parts(line) for line in everywhere if "ON *.*" in line or "`mysql`" in line}
    if practice.kind is ServerKind.MYSQL:
        assert wide == {
            parts("GRANT CONNECTION_ADMIN ON *.*"),
            parts("GRANT PROCESS, CREATE USER ON *.*"),
            parts("GRANT SELECT (FROM_HOST, FROM_USER, TO_HOST, TO_USER) ON mysql.role_edges"),
            parts("GRANT SELECT (Host, User) ON mysql.user"),
        }
    else:
        assert wide == {
            parts("GRANT PROCESS, CREATE USER, CONNECTION ADMIN ON *.*"),
            parts("GRANT SELECT (Host, User) ON mysql.user"),
            parts("GRANT SELECT (Host, User, Role) ON mysql.roles_mapping"),
            parts("GRANT UPDATE ON mysql.*"),
        }


def parts(line: str) -> frozenset[str]:
    """The words of a grant; servers differ in their order."""
    return frozenset(re.split(r"[\s,()]+", line.replace("`", "").split(" TO ")[0]))


def test_nobody_signs_in_as_the_owner(practice: ServerPractice, root: sa.Connection) -> None:
    if practice.kind is ServerKind.MYSQL:
        query = f"SELECT account_locked FROM mysql.user WHERE User = '{OWNER}'"
        assert root.exec_driver_sql(query).scalar_one() == "Y"
    else:
        query = f"SELECT JSON_VALUE(Priv, '$.account_locked') FROM mysql.global_priv WHERE User = '{OWNER}'"
        assert root.exec_driver_sql(query).scalar_one() == "1"


@pytest.mark.parametrize("who", HELD)
def test_an_account_has_its_role_and_nothing_else(practice: ServerPractice, root: sa.Connection, who: str) -> None:
    name = practice.people[who].sign_in_name
    held, has_other = held_in(root, practice.database, Grantee(name, "%"))
    assert (held, has_other) == (frozenset(), False)
    lines = [str(row[0]).replace("@`%`", "") for row in root.exec_driver_sql(f"SHOW GRANTS FOR '{name}'@'%%'")]
    roles = {
        role
        for line in lines
        if " ON " not in line
        for role, _ in roles_of(practice.database)
        if f"`{role}`" in line
    }
    assert roles == {role_of(practice, who), role_for(practice.database, ())}
    assert all("USAGE ON *.*" in line for line in lines if " ON " in line)


# --- what raw SQL can do --------------------------------------------------------------------------


@pytest.mark.parametrize("who", HELD)
def test_raw_sql_by_table_verb_and_column(practice: ServerPractice, sql_of: SqlOf, who: str) -> None:
    wanted = rights_for(HELD[who])
    assert allowed(sql_of(who), with_whole_tables(wanted)) == set()


def with_whole_tables(rights: Rights) -> set[Right]:
    """A right on a table is one on each of its columns."""
    out = {right for right in rights if right.verb is not Verb.EXECUTE and right.column}
    for right in rights:
        if right.verb is not Verb.EXECUTE and not right.column:
            out |= {Right(right.on, right.verb, c.name) for c in metadata.tables[right.on].columns}
    return out


def allowed(connection: sa.Connection, wanted: set[Right]) -> set[tuple[Right, int]]:
    """Where the server and `wanted` differ, with what the server said."""
    differ = set()
    for right, statement in attempts():
        code = refusal(connection, statement)
        if (code in RAN) != (right in wanted) or code not in RAN | NO_RIGHT:
            differ.add((right, code))
    return differ


def attempts() -> Iterator[tuple[Right, str]]:
    """Every verb on every column of every table, as a statement that alters nothing."""
    for table in metadata.tables.values():
        yield Right(table.name, Verb.DELETE), f"DELETE FROM {table.name} WHERE FALSE"
        for column in table.columns:
            name = f"`{column.name}`"
            yield Right(table.name, Verb.SELECT, column.name), f"SELECT {name} FROM {table.name} LIMIT 0"
            insert = f"INSERT INTO {table.name} ({name}) SELECT NULL FROM DUAL WHERE FALSE"
            yield Right(table.name, Verb.INSERT, column.name), insert
            update = f"UPDATE {table.name} SET {name} = NULL WHERE FALSE"
            yield Right(table.name, Verb.UPDATE, column.name), update


@pytest.mark.parametrize("who", HELD)
def test_routines(practice: ServerPractice, sql_of: SqlOf, who: str) -> None:
    connection = sql_of(who)
    may = {right.on for right in rights_for(HELD[who]) if right.verb is Verb.EXECUTE}
    shown = {str(row[0]) for row in connection.execute(_SHOWN, {"database": practice.database})}
    for routine in ROUTINES:
        names = ", ".join(["NULL"] * parameters(routine))
        code = refusal(connection, f"CALL {routine}({names})")
        assert (code != 1370) == (routine in may), (routine, code)
    # The information schema tells them about no other.
    assert shown <= may


_SHOWN = sa.text("SELECT routine_name FROM information_schema.routines WHERE routine_schema = :database")


def parameters(routine: str) -> int:
    statement = next(s for s in programs("mysql", "routines") if program_name(s) == routine)
    head = statement.split("\n    MODIFIES")[0].split("\n    READS")[0]
    return head.count("IN ") + head.count("OUT ")


@pytest.mark.parametrize("who", HELD)
def test_everything_else_is_refused(practice: ServerPractice, sql_of: SqlOf, who: str) -> None:
    connection = sql_of(who)
    colleague = practice.people["healer" if who == "admin" else "admin"].sign_in_name
    for statement in beyond(practice, colleague):
        code = refusal(connection, statement)
        assert code in REFUSED, (statement, code)


# Denied: the database, the table, the server, the routine, the role.
REFUSED = {1044, 1142, 1227, 1370, 1698}


def beyond(practice: ServerPractice, colleague: str) -> Iterable[str]:
    for table in metadata.tables:
        yield f"TRUNCATE TABLE {table}"
        yield f"DROP TABLE {table}"
        yield f"ALTER TABLE {table} ADD COLUMN spy INT"
        yield (
            f"CREATE INDEX spy ON {table} (uuid)"
            if "uuid" in metadata.tables[table].columns
            else f"DROP TABLE {table}"
        )
        yield f"LOCK TABLES {table} WRITE"
        yield f"CREATE TRIGGER spy BEFORE INSERT ON {table} FOR EACH ROW SET @spy = 1"
    for trigger in programs("mysql", "triggers"):
        yield f"DROP TRIGGER {program_name(trigger)}"
    for routine in ROUTINES:
        yield f"DROP PROCEDURE {routine}"
        yield f"ALTER PROCEDURE {routine} SQL SECURITY INVOKER"
    yield from (
        "CREATE TABLE spy (id INT)",
        "CREATE TEMPORARY TABLE spy (id INT)",
        "CREATE VIEW spy AS SELECT 1",
        "CREATE PROCEDURE spy() SELECT 1",
        "CREATE FUNCTION spy() RETURNS INT DETERMINISTIC RETURN 1",
        "CREATE EVENT spy ON SCHEDULE EVERY 1 DAY DO SELECT 1",
        "CREATE DATABASE spy",
        f"DROP DATABASE {practice.database}",
        f"ALTER DATABASE {practice.database} CHARACTER SET latin1",
        "CREATE USER spy IDENTIFIED BY 'Kd7m-Wq3x-Tz9p'",
        f"DROP USER '{colleague}'@'%'",
        f"ALTER USER '{colleague}'@'%' IDENTIFIED BY 'Kd7m-Wq3x-Tz9p'",
        f"SET PASSWORD FOR '{colleague}'@'%' = " + _password(practice),
        "CREATE ROLE spy",
        f"GRANT SELECT ON {practice.database}.users TO '{colleague}'@'%'",
        f"GRANT `{role_for(practice.database, [Role.ADMIN])}` TO '{colleague}'@'%'",
        f"REVOKE `{role_for(practice.database, [Role.FRONT_DESK])}` FROM '{colleague}'@'%'",
        "SELECT 1 INTO OUTFILE '/tmp/avenrae_spy'",
        "SELECT * FROM mysql.user",
        "SELECT * FROM mysql.tables_priv",
        "UPDATE mysql.tables_priv SET Db = 'x'",
        "SELECT * FROM mysql.general_log",
        "SET GLOBAL max_connections = 1",
        "FLUSH PRIVILEGES",
        "SHOW GRANTS FOR 'avenrae_owner'@'localhost'",
        f"SHOW GRANTS FOR '{colleague}'@'%'",
        "RESET MASTER" if practice.kind is ServerKind.MARIADB else "RESET BINARY LOGS AND GTIDS",
    )
    if practice.kind is ServerKind.MARIADB:
        yield "SELECT * FROM mysql.global_priv"
    else:
        yield "SELECT * FROM mysql.role_edges"


def _password(practice: ServerPractice) -> str:
    return "PASSWORD('Kd7m-Wq3x-Tz9p')" if practice.kind is ServerKind.MARIADB else "'Kd7m-Wq3x-Tz9p'"
