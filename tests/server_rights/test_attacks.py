"""An administrator, a healer and somebody just invited, each with a raw SQL client and bad intentions."""

import re

import pymysql
import pytest
import sqlalchemy as sa

from avenrae_desktop.db.server import accounts
from avenrae_desktop.db.server.rights import OWNER, role_for
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.ids import new_uuid
from tests.server_rights.conftest import Newcomer, SqlOf, Team, choose, refusal, signed_in, with_code
from tests.support.places import ServerKind
from tests.support.server_practice import PASSWORD, ServerPractice
from tests.support.servers import execute

CODE = "Kd7m-Wq3x-Tz9p"
DENIED = {1142, 1143, 1370}
SIGNAL = 1644


# What other tests make on the same server at the same time.
OF_OTHERS = re.compile(r"[np][0-9a-f]{12}|.*_[0-9a-f]{8}(_.*)?", re.IGNORECASE)


def every_account(practice: ServerPractice, *also: str) -> dict[str, object]:
    """All that the server knows of accounts and roles, other practices left out but for those named."""
    mark = practice.database.removeprefix("p_")
    if practice.kind is ServerKind.MARIADB:
        accounts_of = "SELECT User, Host, Priv FROM mysql.global_priv"
        roles = "SELECT User, `Role`, Host FROM mysql.roles_mapping ORDER BY 1, 2, 3"
    else:
        state = "authentication_string, account_locked, ssl_type, password_expired, COALESCE(User_attributes, '')"
        accounts_of = f"SELECT User, Host, CONCAT_WS('|', {state}) FROM mysql.user"
        roles = "SELECT TO_USER, FROM_USER, TO_HOST FROM mysql.role_edges ORDER BY 1, 2, 3"

    def counts(name: object) -> bool:
        return not OF_OTHERS.fullmatch(str(name)) or mark in str(name) or name in also

    found: dict[str, object] = {f"{n}@{h}": v for n, h, v in execute(practice.root, accounts_of) if counts(n)}
    found["roles"] = [row for row in execute(practice.root, roles) if counts(row[0]) and counts(row[1])]
    return found


def add_row(connection: sa.Connection, name: str) -> bytes:
    """A person's row by raw SQL, as an administrator may write it."""
    uuid = new_uuid().bytes
    connection.exec_driver_sql(
        "INSERT INTO users (uuid, sign_in_name, first_name, last_name, user_type, created_at)"
        " VALUES (%s, %s, 'Eve', 'X', 'admin', UTC_TIMESTAMP(6))",
        (uuid, name),
    )
    connection.commit()
    return uuid


@pytest.fixture
def neighbour(practice: ServerPractice) -> Newcomer:
    """Somebody with an account on the same server who has nothing to do with this practice."""
    name = f"n{new_uuid().hex[-12:]}"
    execute(practice.root, f"CREATE USER '{name}'@'%' IDENTIFIED BY '{CODE}'")
    yield Newcomer(new_uuid(), name, CODE)
    execute(practice.root, f"DROP USER '{name}'@'%'")


# --- accounts that are not this practice's --------------------------------------------------------


def test_no_account_of_others_is_taken_over(practice: ServerPractice, team: Team, neighbour: Newcomer) -> None:
    before = every_account(practice, neighbour.sign_in_name)
    names = ["root", OWNER, "tests", neighbour.sign_in_name, "mariadb.sys", "mysql.sys", "mysql.session"]
    names += [role_for(practice.database, [Role.ADMIN]), role_for(practice.database, [])]
    known = {name.rpartition("@")[0] for name in before}
    tried = [name for name in names if name in known]
    assert len(tried) >= 6
    with team.engine.connect() as connection:
        for name in tried:
            uuid = add_row(connection, name)
            assert refusal(connection, "CALL invite_account(%s, %s, 24)", uuid, CODE) == SIGNAL, name
            assert refusal(connection, "CALL settle_account(%s)", uuid) == SIGNAL, name
    assert every_account(practice, neighbour.sign_in_name) == before


def test_nor_where_the_row_says_that_it_was_begun(
    practice: ServerPractice, team: Team, neighbour: Newcomer
) -> None:
    """As in a practice that was brought here from another server."""
    before = every_account(practice, neighbour.sign_in_name)
    with team.engine.connect() as connection:
        uuid = add_row(connection, neighbour.sign_in_name)
        practice.execute(
            f"UPDATE users SET account_at = UTC_TIMESTAMP(6), disabled_at = NULL WHERE uuid = x'{uuid.hex()}'"
        )
        for call in ("CALL invite_account(%s, 'Kd7m-Wq3x-Tz9p', 24)", "CALL settle_account(%s)"):
            assert refusal(connection, call, uuid) == SIGNAL
        practice.execute(f"UPDATE users SET disabled_at = UTC_TIMESTAMP(6) WHERE uuid = x'{uuid.hex()}'")
        assert refusal(connection, "CALL settle_account(%s)", uuid) == SIGNAL
    assert every_account(practice, neighbour.sign_in_name) == before


def test_an_account_that_appears_beside_a_persons_own(practice: ServerPractice, team: Team) -> None:
    """The same name from one computer only is another account: routines could not tell the two apart."""
    person = team.join()
    execute(practice.root, f"CREATE USER '{person.sign_in_name}'@'10.0.0.1' IDENTIFIED BY '{CODE}'")
    try:
        with pytest.raises(AppError) as raised:
            team.invite(person)
        assert raised.value.problem is accounts.ACCOUNT_EXISTS
        # It does not keep them from being shut out.
        with signed_in(practice, person.sign_in_name) as connection:
            team.disable(person.uuid)
            assert refusal(connection, "SELECT 1") != 0
        with pytest.raises(AppError), signed_in(practice, person.sign_in_name):
            pass
    finally:
        execute(practice.root, f"DROP USER '{person.sign_in_name}'@'10.0.0.1'")


BAD_NAMES = (
    "",
    " ",
    "a b",
    "a'b",
    'a"b',
    "a`b",
    "a\\b",
    "a\\",
    "a@b",
    "a%",
    "%",
    "a\nb",
    "a\n",
    "a\0b",
    "x'@'%' IDENTIFIED BY 'y' --",
    "x' OR '1'='1",
)


def test_names_that_are_no_names(practice: ServerPractice, team: Team) -> None:
    before = every_account(practice)
    with team.engine.connect() as connection:
        for name in BAD_NAMES:
            uuid = add_row(connection, name)
            assert refusal(connection, "CALL invite_account(%s, %s, 24)", uuid, CODE) == SIGNAL, name
            practice.execute(f"UPDATE users SET sign_in_name = NULL WHERE uuid = x'{uuid.hex()}'")
    assert every_account(practice) == before


NASTY = (
    'it\'s "quoted" `so`',
    "one back\\slash\\",
    "\\' OR 1=1 -- -",
    "'; DROP TABLE users; --",
    "ä€\u4e2d-Wq3x-Tz9p",
)


@pytest.mark.parametrize("mode", ["", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES"])
def test_a_code_is_what_it_is(practice: ServerPractice, team: Team, mode: str) -> None:
    for code in NASTY:
        newcomer = team.add()
        before = every_account(practice, newcomer.sign_in_name)
        with team.engine.connect() as connection:
            connection.exec_driver_sql(f"SET SESSION sql_mode = '{mode}'")
            raw = connection.connection.dbapi_connection
            with raw.cursor() as cursor:
                # As bytes, so that the driver's own quoting has no say.
                spelled = f"CONVERT(x'{code.encode().hex()}' USING utf8mb4)"
                cursor.execute(f"CALL invite_account(x'{newcomer.uuid.hex}', {spelled}, 24)")
            connection.invalidate()
        after = every_account(practice, newcomer.sign_in_name)
        mine = f"{newcomer.sign_in_name}@%"
        assert mine in after
        assert {n: v for n, v in after.items() if n not in (mine, "roles")} == {
            n: v for n, v in before.items() if n != "roles"
        }
        with with_code(practice, Newcomer(newcomer.uuid, newcomer.sign_in_name, code)):
            pass


def test_bytes_that_change_their_meaning_between_character_sets(practice: ServerPractice, team: Team) -> None:
    """In GBK the byte before a quote can swallow the backslash that should guard it."""
    newcomer = team.add()
    before = every_account(practice, newcomer.sign_in_name)
    with team.engine.connect() as connection:
        connection.exec_driver_sql("SET character_set_client = gbk, character_set_connection = gbk")
        code = "bf5c27204f5220313d31202d2d202d2d"
        refusal(connection, f"CALL invite_account(x'{newcomer.uuid.hex}', x'{code}', 24)")
        refusal(connection, f"CALL invite_account(x'{newcomer.uuid.hex}', CONVERT(x'{code}' USING gbk), 24)")
        connection.invalidate()
    after = every_account(practice, newcomer.sign_in_name)
    mine = (f"{newcomer.sign_in_name}@%", "roles")
    assert {n: v for n, v in after.items() if n not in mine} == {n: v for n, v in before.items() if n not in mine}


@pytest.mark.parametrize(
    ("code", "hours"), [(None, 24), ("", 24), ("short", 24), (CODE, None), (CODE, 0), (CODE, -1), (CODE, 169)]
)
def test_codes_that_are_no_codes(
    practice: ServerPractice, team: Team, code: str | None, hours: int | None
) -> None:
    newcomer = team.add()
    with team.engine.connect() as connection:
        said = refusal(connection, "CALL invite_account(%s, %s, %s)", newcomer.uuid.bytes, code, hours)
        assert said == SIGNAL
        assert refusal(connection, "CALL invite_account(%s, %s, 24)", new_uuid().bytes, CODE) == SIGNAL
        assert refusal(connection, "CALL invite_account(NULL, %s, 24)", CODE) == SIGNAL
    found = practice.execute(f"SELECT account_at FROM users WHERE sign_in_name = '{newcomer.sign_in_name}'")
    assert found == [(None,)]


# --- what only routines write ---------------------------------------------------------------------


@pytest.mark.parametrize("who", ["admin", "healer", "front_desk", "both"])
def test_what_stands_for_an_account_is_not_written_by_hand(sql_of: SqlOf, who: str) -> None:
    connection = sql_of(who)
    for column in ("sign_in_name", "account_at", "code_until", "seen_at", "id", "uuid"):
        assert refusal(connection, f"UPDATE users SET {column} = NULL WHERE id = 0") in DENIED, column
    for column in ("account_at", "code_until", "seen_at", "pin_hash", "id"):
        statement = f"INSERT INTO users (first_name, last_name, {column}) VALUES ('a', 'b', NULL)"
        assert refusal(connection, statement) in DENIED, column
    assert refusal(connection, "REPLACE INTO users (uuid, first_name) VALUES ('a', 'b')") in DENIED
    assert refusal(connection, "SELECT 1 FROM users WHERE pin_hash LIKE 'a%'") in DENIED
    assert refusal(connection, "SELECT 1 FROM users ORDER BY password_hash") in DENIED
    assert refusal(connection, "SELECT * FROM users NATURAL JOIN (SELECT 'x' AS password_hash) guess") in DENIED


# --- getting more rights --------------------------------------------------------------------------


def test_a_healer_cannot_become_an_administrator(practice: ServerPractice, team: Team) -> None:
    person = team.join(Role.HEALER)
    admin = role_for(practice.database, [Role.ADMIN])
    with signed_in(practice, person.sign_in_name) as connection:
        mine = connection.exec_driver_sql(f"SELECT id FROM users WHERE sign_in_name = '{person.sign_in_name}'")
        user_id = mine.scalar_one()
        values = f"({user_id}, 'admin', UTC_TIMESTAMP(6))"
        tries = (
            f"INSERT INTO user_roles (user_id, role, created_at) VALUES {values}",
            f"UPDATE user_roles SET role = 'admin' WHERE user_id = {user_id}",
            f"UPDATE user_roles SET ended_at = NULL WHERE user_id = {user_id}",
            "UPDATE users SET user_type = 'admin'",
            "UPDATE users SET disabled_at = UTC_TIMESTAMP(6)",
            "CALL run_statement('SELECT 1')",
            "CALL agree_account(NULL, TRUE)",
            "CALL default_role('x', 'y')",
            "CALL end_sessions('root')",
            f"CALL invite_account(x'{practice.people['admin'].uuid.hex}', '{CODE}', 24)",
            f"CALL settle_account(x'{practice.people['admin'].uuid.hex}')",
        )
        for statement in tries:
            assert refusal(connection, statement) in DENIED, statement
        assert refusal(connection, f"SET ROLE `{admin}`") != 0
        assert refusal(connection, f"SET DEFAULT ROLE `{admin}`" + whose(practice, person)) != 0
        # What a client's row brings with it is the role of a client.
        connection.exec_driver_sql(
            "INSERT INTO clients (uuid, user_id, last_key, first_key, created_at)"
            f" VALUES (x'{new_uuid().hex}', {user_id}, 'x', 'y', UTC_TIMESTAMP(6))"
        )
        connection.commit()
        accounts.accept(connection)
    found = practice.execute(f"SELECT role FROM user_roles WHERE user_id = {user_id} ORDER BY role")
    assert {role for (role,) in found} == {"client", "healer"}
    with signed_in(practice, person.sign_in_name) as connection:
        role = connection.exec_driver_sql("SELECT CURRENT_ROLE()").scalar_one()
    assert role.replace("`", "").removesuffix("@%") == role_for(practice.database, [Role.HEALER])


def whose(practice: ServerPractice, person: Newcomer) -> str:
    return " FOR CURRENT_USER()" if practice.kind is ServerKind.MARIADB else f" TO '{person.sign_in_name}'@'%'"


def test_somebody_just_invited_can_only_accept(practice: ServerPractice, team: Team) -> None:
    newcomer = team.add(Role.ADMIN)
    team.invite(newcomer, hours=1)
    practice.execute(f"UPDATE users SET code_until = '2020-01-01' WHERE sign_in_name = '{newcomer.sign_in_name}'")
    choose(practice, newcomer)
    with signed_in(practice, newcomer.sign_in_name) as connection:
        assert refusal(connection, "CALL accept_invite()") == SIGNAL
        assert refusal(connection, f"CALL settle_account(x'{newcomer.uuid.hex}')") in DENIED
        assert refusal(connection, "SELECT id FROM clients") in DENIED
        assert refusal(connection, f"SET ROLE `{role_for(practice.database, [Role.ADMIN])}`") != 0


def test_nobody_writes_in_anothers_name(practice: ServerPractice, sql_of: SqlOf) -> None:
    connection = sql_of("healer")
    ids = {name: number for number, name in connection.exec_driver_sql("SELECT id, sign_in_name FROM users").all()}
    statement = (
        "INSERT INTO commands (uuid, actor_id, kind, body_hash, body, answer, touched, created_at) VALUES"
        " (UNHEX(REPLACE(UUID(), '-', '')), %s, 'k', UNHEX(SHA2('x', 256)), '{}', '{}', '[]', UTC_TIMESTAMP(6))"
    )
    mine, other = (ids[practice.people[who].sign_in_name] for who in ("healer", "admin"))
    assert refusal(connection, statement, other) == SIGNAL
    assert refusal(connection, statement, None) == SIGNAL
    assert refusal(connection, statement, mine) == 0
    assert refusal(connection, "SELECT body FROM commands") in DENIED
    assert refusal(connection, "SELECT id FROM audit_logs") in DENIED


def test_what_the_set_up_wrote_stays(practice: ServerPractice, sql_of: SqlOf) -> None:
    connection = sql_of("admin")
    for name in ("server_tls", "schema_version"):
        statement = f"UPDATE settings SET setting_value = 'no' WHERE setting_name = '{name}'"
        assert refusal(connection, statement) == SIGNAL, name
    insert = (
        "INSERT INTO settings (uuid, setting_name, setting_value, created_at)"
        " VALUES (UNHEX(REPLACE(UUID(), '-', '')), %s, 'x', UTC_TIMESTAMP(6))"
    )
    assert refusal(connection, insert, "server_other") == SIGNAL
    assert refusal(connection, insert, "other") == 0


def test_nothing_of_what_a_routine_ran_is_left_in_the_session(practice: ServerPractice, team: Team) -> None:
    newcomer = team.add()
    with team.engine.connect() as connection:
        accounts.invite(connection, newcomer.uuid, newcomer.code)
        check_nothing_left(connection)
    # The inner routine by itself, as if somebody had been let at it, with statements that fail.
    practice.execute(f"GRANT EXECUTE ON PROCEDURE run_statement TO `{role_for(practice.database, [Role.ADMIN])}`")
    try:
        with team.engine.connect() as connection:
            for statement, code in (("DROP USER nobody_there", 1396), ("no statement", 1064)):
                assert refusal(connection, "CALL run_statement(%s)", statement) == code
                check_nothing_left(connection)
    finally:
        practice.execute(
            f"REVOKE EXECUTE ON PROCEDURE run_statement FROM `{role_for(practice.database, [Role.ADMIN])}`"
        )


def check_nothing_left(connection: sa.Connection) -> None:
    assert connection.exec_driver_sql("SELECT @avenrae_statement").scalar_one() is None
    assert refusal(connection, "EXECUTE avenrae_statement") == 1243


def test_a_wrong_password_at_the_person_is_just_wrong(practice: ServerPractice, team: Team) -> None:
    """Invited twice, the first code is worth nothing."""
    newcomer = team.add()
    team.invite(newcomer)
    team.invite(Newcomer(newcomer.uuid, newcomer.sign_in_name, CODE))
    with pytest.raises(AppError), with_code(practice, newcomer):
        pass
    with pytest.raises(pymysql.err.OperationalError) as raised:
        pymysql.connect(
            host="127.0.0.1", port=practice.root.port or 0, user=newcomer.sign_in_name, password=PASSWORD
        )
    assert raised.value.args[0] == 1045
