"""People come in by a one-time code, change their password, are shut out and let in again: over TLS, for real."""

import contextlib
import itertools
import random
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pymysql
import pytest
import sqlalchemy as sa

from avenrae_desktop.areas.accounts.domain import EditPerson
from avenrae_desktop.db.server import accounts
from avenrae_desktop.db.server.problems import ACCOUNT_LOCKED, TOO_MANY_TRIES, WRONG_PASSWORD
from avenrae_desktop.db.server.rights import role_for
from avenrae_desktop.kernel.errors import AppError, LinkLost, MustChoosePassword
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.ids import new_uuid
from tests.server_rights.conftest import Newcomer, Team, choose, refusal, signed_in, with_code
from tests.support.places import ServerKind
from tests.support.server_practice import PASSWORD, ServerPractice
from tests.support.servers import execute

OTHER_PASSWORD = "other words are these"
DENIED = {1142, 1143, 1370}


def roles_on_server(practice: ServerPractice, name: str) -> set[str]:
    if practice.kind is ServerKind.MARIADB:
        query = f"SELECT `Role` FROM mysql.roles_mapping WHERE User = '{name}'"
    else:
        query = f"SELECT FROM_USER FROM mysql.role_edges WHERE TO_USER = '{name}'"
    found = execute(practice.root, query)
    return {(r.decode() if isinstance(r, bytes) else str(r)) for (r,) in found}


def row_of(practice: ServerPractice, who: Newcomer, *columns: str) -> tuple[object, ...]:
    query = f"SELECT {', '.join(columns)} FROM users WHERE sign_in_name = '{who.sign_in_name}'"
    return practice.execute(query)[0]


# --- coming in ------------------------------------------------------------------------------------


def test_from_the_invitation_to_the_first_day(practice: ServerPractice, team: Team) -> None:
    newcomer = team.add(Role.FRONT_DESK)
    assert row_of(practice, newcomer, "account_at", "code_until") == (None, None)
    team.invite(newcomer)
    assert None not in row_of(practice, newcomer, "account_at", "code_until")
    with pytest.raises(MustChoosePassword), signed_in(practice, newcomer.sign_in_name, newcomer.code):
        pass
    with with_code(practice, newcomer) as connection:
        assert refusal(connection, "SELECT id FROM users") == 1820
        assert refusal(connection, "CALL accept_invite()") == 1820
    choose(practice, newcomer)
    with signed_in(practice, newcomer.sign_in_name) as connection:
        # An own password is not enough: everything but accepting is shut.
        assert refusal(connection, "SELECT id FROM users") in DENIED
        assert refusal(connection, "CALL my_pin_hash()") in DENIED
        accounts.accept(connection)
    with signed_in(practice, newcomer.sign_in_name) as connection:
        assert refusal(connection, "SELECT id FROM users") == 0
        accounts.accept(connection)
    assert row_of(practice, newcomer, "code_until") == (None,)
    wanted = {role_for(practice.database, []), role_for(practice.database, [Role.FRONT_DESK])}
    assert roles_on_server(practice, newcomer.sign_in_name) == wanted


def test_password_and_acceptance_in_one_session(practice: ServerPractice, team: Team) -> None:
    newcomer = team.add(Role.HEALER)
    team.invite(newcomer)
    with with_code(practice, newcomer) as connection:
        accounts.choose_password(connection, newcomer.sign_in_name, newcomer.code, PASSWORD)
        accounts.accept(connection)
    with signed_in(practice, newcomer.sign_in_name) as connection:
        assert refusal(connection, "SELECT id FROM services") == 0


def test_the_same_invitation_again(practice: ServerPractice, team: Team) -> None:
    """By a program that did not hear whether the first one arrived."""
    newcomer = team.add()
    for _ in range(3):
        team.invite(newcomer)
    with with_code(practice, newcomer) as connection, pytest.raises(AppError) as raised:
        accounts.choose_password(connection, newcomer.sign_in_name, newcomer.code, newcomer.code)
    assert raised.value.problem is accounts.PASSWORD_USED_BEFORE
    choose(practice, newcomer)
    with signed_in(practice, newcomer.sign_in_name) as connection:
        accounts.accept(connection)
    if practice.kind is ServerKind.MYSQL:
        created = practice.execute(f"SHOW CREATE USER '{newcomer.sign_in_name}'@'%'")[0][0]
        for rule in ("PASSWORD HISTORY 5", "PASSWORD REQUIRE CURRENT", "FAILED_LOGIN_ATTEMPTS 5", "REQUIRE SSL"):
            assert rule in str(created)


def test_a_code_that_is_over(practice: ServerPractice, team: Team) -> None:
    newcomer = team.add()
    team.invite(newcomer, hours=1)
    past = "UTC_TIMESTAMP(6) - INTERVAL 1 SECOND"
    practice.execute(f"UPDATE users SET code_until = {past} WHERE sign_in_name = '{newcomer.sign_in_name}'")
    choose(practice, newcomer)
    with signed_in(practice, newcomer.sign_in_name) as connection:
        with pytest.raises(AppError) as raised:
            accounts.accept(connection)
        assert raised.value.problem is accounts.CODE_OVER
        assert refusal(connection, "SELECT id FROM users") in DENIED
    team.settle(newcomer.uuid)
    assert roles_on_server(practice, newcomer.sign_in_name) == {role_for(practice.database, [])}
    # A new one lets them in.
    team.invite(newcomer)
    choose(practice, newcomer, OTHER_PASSWORD)
    with signed_in(practice, newcomer.sign_in_name, OTHER_PASSWORD) as connection:
        accounts.accept(connection)


def test_a_new_code_ends_what_the_old_password_opened(practice: ServerPractice, team: Team) -> None:
    person = team.join(Role.HEALER)
    practice.execute(f"UPDATE users SET pin_hash = 'x' WHERE sign_in_name = '{person.sign_in_name}'")
    with signed_in(practice, person.sign_in_name) as old:
        team.invite(person)
        with pytest.raises(LinkLost):
            accounts.accept(old)
    with pytest.raises(AppError) as raised, signed_in(practice, person.sign_in_name):
        pass
    assert raised.value.problem is WRONG_PASSWORD
    assert roles_on_server(practice, person.sign_in_name) == {role_for(practice.database, [])}
    assert row_of(practice, person, "pin_hash") == (None,)


def test_only_over_tls(practice: ServerPractice, team: Team) -> None:
    person = team.join()
    port = practice.root.port or 0
    with pytest.raises(pymysql.err.OperationalError) as raised:
        pymysql.connect(
            host="127.0.0.1", port=port, user=person.sign_in_name, password=PASSWORD, ssl_disabled=True
        )
    assert raised.value.args[0] == 1045


# --- passwords ------------------------------------------------------------------------------------


def test_the_password_is_changed_with_the_old_one(practice: ServerPractice, team: Team) -> None:
    person = team.join()
    with signed_in(practice, person.sign_in_name) as connection:
        accounts.choose_password(connection, person.sign_in_name, PASSWORD, OTHER_PASSWORD)
    with signed_in(practice, person.sign_in_name, OTHER_PASSWORD) as connection:
        with pytest.raises(AppError) as raised:
            accounts.choose_password(connection, "admin", OTHER_PASSWORD, PASSWORD)
        assert raised.value.field == "old"
        if practice.kind is ServerKind.MYSQL:
            check_rules_of_mysql(connection, person)


def check_rules_of_mysql(connection: sa.Connection, person: Newcomer) -> None:
    with pytest.raises(AppError) as raised:
        accounts.choose_password(connection, person.sign_in_name, "not the old one", "never had this one")
    assert raised.value.problem is accounts.WRONG_OLD_PASSWORD
    with pytest.raises(AppError) as raised:
        accounts.choose_password(connection, person.sign_in_name, OTHER_PASSWORD, PASSWORD)
    assert raised.value.problem is accounts.PASSWORD_USED_BEFORE
    assert refusal(connection, "ALTER USER USER() IDENTIFIED BY 'without the old one'") == 3892


def test_what_was_typed_is_in_no_error(practice: ServerPractice, team: Team) -> None:
    stranger = new_uuid()
    with team.engine.connect() as connection, pytest.raises(AppError) as raised:
        accounts.invite(connection, stranger, "Secret-code-4711")
    error: BaseException | None = raised.value
    while error is not None:
        assert "Secret-code" not in f"{error} {error!r}"
        error = error.__cause__


def test_five_wrong_passwords(practice: ServerPractice, team: Team) -> None:
    """MySQL shuts the account, MariaDB where its administrator set it so; one of the practice frees it."""
    person = team.join()
    with after_five_tries(practice):
        said = [said_at_sign_in(practice, person, "wrong words again") for _ in range(6)]
        assert said == [*[WRONG_PASSWORD] * 4, said[4], TOO_MANY_TRIES]
        assert said_at_sign_in(practice, person, PASSWORD) is TOO_MANY_TRIES
        team.settle(person.uuid)
        assert said_at_sign_in(practice, person, PASSWORD) is None


@contextlib.contextmanager
def after_five_tries(practice: ServerPractice) -> Iterator[None]:
    """MariaDB has the rule for all its accounts, or for none."""
    if practice.kind is ServerKind.MYSQL:
        yield
        return
    before = practice.execute("SELECT @@GLOBAL.max_password_errors")[0][0]
    practice.execute("SET GLOBAL max_password_errors = 5")
    try:
        yield
    finally:
        practice.execute(f"SET GLOBAL max_password_errors = {before}")


def said_at_sign_in(practice: ServerPractice, person: Newcomer, password: str) -> object:
    try:
        with signed_in(practice, person.sign_in_name, password):
            return None
    except AppError as error:
        return error.problem


# --- roles ----------------------------------------------------------------------------------------

STAFF = (Role.ADMIN, Role.HEALER, Role.FRONT_DESK)
SUBSETS = [roles for n in range(4) for roles in itertools.combinations(STAFF, n)]


def test_the_account_gets_the_role_that_the_program_means(practice: ServerPractice, team: Team) -> None:
    person = team.join()
    for roles in SUBSETS:
        set_rows(practice, person, roles)
        team.settle(person.uuid)
        wanted = {role_for(practice.database, roles), role_for(practice.database, [])}
        assert roles_on_server(practice, person.sign_in_name) == wanted, roles
        with signed_in(practice, person.sign_in_name) as connection:
            role = connection.exec_driver_sql("SELECT CURRENT_ROLE()").scalar_one()
            assert role.replace("`", "").removesuffix("@%") == role_for(practice.database, roles)


def set_rows(practice: ServerPractice, person: Newcomer, roles: Iterable[Role]) -> None:
    mine = f"user_id = (SELECT id FROM users WHERE sign_in_name = '{person.sign_in_name}')"
    practice.execute(f"UPDATE user_roles SET ended_at = UTC_TIMESTAMP(6) WHERE {mine}")
    for role in roles:
        practice.execute(
            "INSERT INTO user_roles (user_id, role, created_at)"
            f" SELECT id, '{role}', UTC_TIMESTAMP(6) FROM users WHERE sign_in_name = '{person.sign_in_name}'"
            " ON DUPLICATE KEY UPDATE ended_at = NULL"
        )


def test_another_role_ends_the_session_and_counts_at_once(practice: ServerPractice, team: Team) -> None:
    person = team.join(Role.FRONT_DESK)
    row = team.person(person.uuid)
    with signed_in(practice, person.sign_in_name) as connection:
        assert refusal(connection, "UPDATE services SET price = price WHERE FALSE") in DENIED
        edit = EditPerson(
            person=person.uuid,
            version=row.version,
            first_name=row.first_name,
            last_name=row.last_name,
            roles=(Role.ADMIN,),
        )
        team.do(edit)
        team.settle(person.uuid)
        assert refusal(connection, "SELECT 1") != 0
    with signed_in(practice, person.sign_in_name) as connection:
        assert refusal(connection, "UPDATE services SET price = price WHERE FALSE") == 0
        # Nothing changed: nobody is thrown out.
        team.settle(person.uuid)
        assert refusal(connection, "SELECT 1") == 0


def test_what_broke_off_is_mended(practice: ServerPractice, team: Team) -> None:
    person = team.join(Role.HEALER)
    give(practice, person, role_for(practice.database, STAFF))
    team.settle(person.uuid)
    wanted = {role_for(practice.database, [Role.HEALER]), role_for(practice.database, [])}
    assert roles_on_server(practice, person.sign_in_name) == wanted
    # Accepted, but the role did not come.
    begin_as(practice, person, role_for(practice.database, []))
    take(practice, person, role_for(practice.database, [Role.HEALER]))
    with signed_in(practice, person.sign_in_name) as connection:
        accounts.accept(connection)
    assert roles_on_server(practice, person.sign_in_name) == wanted
    # It came, but they do not begin with it.
    begin_as(practice, person, role_for(practice.database, []))
    with signed_in(practice, person.sign_in_name) as connection:
        accounts.accept(connection)
    with signed_in(practice, person.sign_in_name) as connection:
        assert refusal(connection, "SELECT id FROM services") == 0
    # Begun, but the account was not made, or is gone.
    practice.execute(f"DROP USER '{person.sign_in_name}'@'%'")
    team.settle(person.uuid)
    team.invite(person)
    choose(practice, person)


def give(practice: ServerPractice, person: Newcomer, role: str) -> None:
    if practice.kind is ServerKind.MYSQL:
        practice.execute(f"GRANT `{role}` TO '{person.sign_in_name}'@'%'")
    else:
        # There only the owner may hand it out.
        row = f"('%', '{person.sign_in_name}', '{role}', 'N')"
        practice.execute(f"INSERT INTO mysql.roles_mapping VALUES {row}", "FLUSH PRIVILEGES")


def begin_as(practice: ServerPractice, person: Newcomer, role: str) -> None:
    if practice.kind is ServerKind.MYSQL:
        practice.execute(f"ALTER USER '{person.sign_in_name}'@'%' DEFAULT ROLE `{role}`")
    else:
        practice.execute(f"SET DEFAULT ROLE `{role}` FOR '{person.sign_in_name}'@'%'")


def take(practice: ServerPractice, person: Newcomer, role: str) -> None:
    if practice.kind is ServerKind.MYSQL:
        practice.execute(f"REVOKE `{role}` FROM '{person.sign_in_name}'@'%'")
    else:
        where = f"User = '{person.sign_in_name}' AND `Role` = '{role}'"
        practice.execute(f"DELETE FROM mysql.roles_mapping WHERE {where}", "FLUSH PRIVILEGES")


def test_two_administrators_at_once(practice: ServerPractice, team: Team, long_form: bool) -> None:
    """Whoever comes last, the account ends as the rows are."""
    person = team.join(Role.HEALER)
    turns = 100 if long_form else 12
    chosen = random.Random(4711)

    def settle_on() -> None:
        with practice.engine("admin") as engine, engine.connect() as connection:
            for _ in range(turns):
                accounts.settle(connection, person.uuid)

    with ThreadPoolExecutor(3) as pool:
        at_work = [pool.submit(settle_on) for _ in range(3)]
        for _ in range(turns):
            set_rows(practice, person, roles := chosen.choice(SUBSETS))
        for each in at_work:
            each.result()
    team.settle(person.uuid)
    wanted = {role_for(practice.database, roles), role_for(practice.database, [])}
    assert roles_on_server(practice, person.sign_in_name) == wanted


# --- shut out -------------------------------------------------------------------------------------


def test_shut_out_within_ten_seconds_and_in_again(practice: ServerPractice, team: Team) -> None:
    person = team.join(Role.HEALER)
    ended: list[float] = []
    with signed_in(practice, person.sign_in_name) as idle, signed_in(practice, person.sign_in_name) as busy:
        at_work = threading.Thread(target=lambda: ended.append(seconds_of(busy, "SELECT SLEEP(30)")))
        at_work.start()
        time.sleep(0.2)
        before = time.monotonic()
        team.disable(person.uuid)
        assert refusal(idle, "SELECT id FROM users") != 0
        at_work.join(10)
        assert time.monotonic() - before < 10
        assert [seconds < 10 for seconds in ended] == [True]
    assert said_at_sign_in(practice, person, PASSWORD) is ACCOUNT_LOCKED
    assert roles_on_server(practice, person.sign_in_name) == {role_for(practice.database, [])}
    with pytest.raises(AppError) as raised:
        team.invite(person)
    assert raised.value.problem is accounts.SHUT_OUT
    team.enable(person.uuid)
    with signed_in(practice, person.sign_in_name) as connection:
        assert refusal(connection, "SELECT id FROM services") == 0


def seconds_of(connection: sa.Connection, statement: str) -> float:
    before = time.monotonic()
    assert refusal(connection, statement) != 0
    return time.monotonic() - before


def test_only_their_own_sessions_end(practice: ServerPractice, team: Team) -> None:
    """Another account whose name the server's own comparison would take for the same."""
    person = team.join()
    other = person.sign_in_name.upper()
    practice.execute(f"CREATE USER '{other}'@'%' IDENTIFIED BY '{PASSWORD}-A1'")
    try:
        port = practice.root.port or 0
        theirs = pymysql.connect(
            host="127.0.0.1", port=port, user=other, password=f"{PASSWORD}-A1", ssl_disabled=True
        )
        with theirs, theirs.cursor() as cursor:
            team.disable(person.uuid)
            cursor.execute("SELECT 1")
            assert cursor.fetchall() == ((1,),)
    finally:
        practice.execute(f"DROP USER '{other}'@'%'")


# --- one's own ------------------------------------------------------------------------------------


def test_secrets_are_ones_own(practice: ServerPractice, team: Team) -> None:
    one, two = team.join(), team.join()
    with signed_in(practice, one.sign_in_name) as connection:
        accounts.set_my_pin_hash(connection, "pin of one")
        accounts.set_my_password_hash(connection, "password of one")
        connection.commit()
        assert accounts.my_pin_hash(connection) == "pin of one"
    assert row_of(practice, one, "pin_hash", "password_hash") == ("pin of one", "password of one")
    with signed_in(practice, two.sign_in_name) as connection:
        assert accounts.my_pin_hash(connection) is None
    with signed_in(practice, one.sign_in_name) as connection:
        connection.exec_driver_sql("BEGIN")
        accounts.set_my_pin_hash(connection, None)
        connection.rollback()
        assert accounts.my_pin_hash(connection) == "pin of one"


def test_presence(practice: ServerPractice, team: Team) -> None:
    one, two = team.join(), team.join()
    window, record = new_uuid(), new_uuid()
    mine = f"SELECT record_kind, record_uuid FROM presence WHERE uuid = x'{window.hex}'"
    with signed_in(practice, one.sign_in_name) as connection:
        assert refusal(connection, "CALL i_am_here(%s, 'booking', %s)", window.bytes, record.bytes) == 0
        for kind, uuid in (("booking", record.bytes), (None, None)):
            connection.execute(_HERE, {"window": window.bytes, "kind": kind, "record": uuid})
            connection.commit()
            assert practice.execute(mine) == [(kind, uuid)]
    assert row_of(practice, one, "seen_at > UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE") == (1,)
    with signed_in(practice, two.sign_in_name) as connection:
        # Somebody else's window is not theirs to speak for.
        assert refusal(connection, "CALL i_am_here(%s, 'client', %s)", window.bytes, record.bytes) == 1062
        practice.execute(f"UPDATE presence SET seen_at = seen_at - INTERVAL 25 HOUR WHERE uuid = x'{window.hex}'")
        connection.execute(_HERE, {"window": new_uuid().bytes, "kind": None, "record": None})
        connection.commit()
    assert practice.execute(mine) == []


_HERE = sa.text("CALL i_am_here(:window, :kind, :record)")
