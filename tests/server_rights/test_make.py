"""A practice's database is made whole whatever broke off before; it comes out as the program's and the file's."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import URL

from avenrae_desktop.db.schema import create_schema
from avenrae_desktop.db.server.grants import Grantee, held_in
from avenrae_desktop.db.server.make import make_whole
from avenrae_desktop.db.server.owner import OWNED_BY
from avenrae_desktop.db.server.rights import OWNER, roles_of
from avenrae_desktop.db.server.script import DATABASE, server_script
from avenrae_desktop.kernel.errors import Unavailable
from tests.db.snapshot import snapshot
from tests.db.test_schema import load
from tests.support.places import ServerKind
from tests.support.server_practice import remove
from tests.support.servers import execute, fresh_database, server_engine, server_url

STEPS = [
    "the database",
    "the locked owner",
    "the tables",
    "the routines",
    "the roles",
    "the owner's rights",
    "the triggers",
    "the rights of the roles",
    "the version",
]


CHANGING = ("CREATE", "DROP", "ALTER", "GRANT", "REVOKE", "LOCK", "INSERT", "UNLOCK")


class Killed(Exception):
    """The program ends here."""


@pytest.fixture(scope="module", params=list(ServerKind), ids=str)
def kind(request: pytest.FixtureRequest) -> ServerKind:
    return ServerKind(request.param)


@pytest.fixture(scope="module")
def server(kind: ServerKind, run_folder: Path) -> URL:
    return server_url(kind, run_folder)


@pytest.fixture(scope="module")
def whole(server: URL) -> Iterator[URL]:
    """Made in one go; nobody but `mended` alters it."""
    name = f"m_{secrets.token_hex(4)}"
    assert make(server, name) == STEPS
    yield server.set(database=name)
    remove(server, name)


@pytest.fixture
def name(server: URL) -> Iterator[str]:
    name = f"m_{secrets.token_hex(4)}"
    yield name
    remove(server, name)


def make(server: URL, name: str, *, steps: int = len(STEPS), dying: "Dying | None" = None) -> list[str]:
    """So many steps, or until the program dies."""
    engine = server_engine(server)
    if dying is not None:
        dying.watch(engine)
    done = []
    with engine.connect() as connection:
        try:
            for step in make_whole(connection, name):
                done.append(step)
                if len(done) == steps:
                    break
        except Killed:
            pass
        # Not closed in good order: what the session held is freed because it is gone.
        connection.invalidate()
    engine.dispose()
    return done


@dataclass
class Dying:
    """Ends each run after so many statements that no run before it came to."""

    at_once: int
    seen: set[str] = field(default_factory=set)

    def watch(self, engine: sa.Engine) -> None:
        left = self.at_once

        def count(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            nonlocal left
            # The locked owner gets another password each time.
            known = re.sub(r"BY '[^']*'", "", statement)
            if known.split(maxsplit=1)[0] in CHANGING and known not in self.seen:
                if left == 0:
                    raise Killed
                left -= 1
                self.seen.add(known)

        sa.event.listen(engine, "before_cursor_execute", count)


def state(url: URL) -> dict[str, Any]:
    """Structure, definers, marks and rights; names of the database left out."""
    found: dict[str, Any] = snapshot(url)
    engine, name = server_engine(url), str(url.database)
    with engine.connect() as connection:
        is_mariadb = connection.dialect.is_mariadb  # type: ignore[attr-defined]
        for role, _ in roles_of(name):
            held = held_in(connection, name, Grantee(role, None if is_mariadb else "%"))
            found[role.replace(name, "DB")] = held
        found["owner"] = held_in(connection, name, Grantee(OWNER, "localhost"))[0]
    engine.dispose()
    queries = {
        "routine_definers": "SELECT routine_name, definer, routine_comment FROM information_schema.routines"
        f" WHERE routine_schema = '{name}' ORDER BY 1",
        "trigger_definers": "SELECT trigger_name, definer FROM information_schema.triggers"
        f" WHERE trigger_schema = '{name}' ORDER BY 1",
        "version": f"SELECT setting_name, setting_value FROM `{name}`.settings",
    }
    return found | {part: execute(url, query) for part, query in queries.items()}


def check_same(one: dict[str, Any], other: dict[str, Any]) -> None:
    for part, value in one.items():
        assert value == other[part], part


def test_structure_as_the_program_makes_it(whole: URL, server: URL) -> None:
    with fresh_database(server) as url:
        engine = server_engine(url)
        create_schema(engine)
        engine.dispose()
        ours = snapshot(url)
    theirs = snapshot(whole)
    for part, rows in ours.items():
        assert theirs[part] == rows, part


def test_the_file_makes_the_same_with_owner_and_rights(
    whole: URL, server: URL, name: str, kind: ServerKind
) -> None:
    load(kind, server, server_script().replace(DATABASE, name))
    check_same(state(whole), state(server.set(database=name)))


def test_everything_is_the_owners(whole: URL) -> None:
    found = state(whole)
    assert {definer for _, definer, _ in found["routine_definers"]} == {OWNED_BY}
    assert {definer for _, definer in found["trigger_definers"]} == {OWNED_BY}
    assert {row[4] for row in found["routines"]} == {"DEFINER"}


def test_ended_after_each_step(whole: URL, server: URL, name: str) -> None:
    for steps in range(1, len(STEPS) + 1):
        assert make(server, name, steps=steps) == STEPS[:steps]
    check_same(state(whole), state(server.set(database=name)))


def test_ended_between_two_statements(whole: URL, server: URL, name: str, long_form: bool) -> None:
    """Each run gets a few statements further than the one before; in the long form, one."""
    dying = Dying(1 if long_form else 13)
    runs = 1
    while make(server, name, dying=dying) != STEPS:
        runs += 1
    assert runs > 150 / dying.at_once
    check_same(state(whole), state(server.set(database=name)))


def test_what_differs_is_set_right(whole: URL, server: URL) -> None:
    name = str(whole.database)
    before, others = state(whole), make_others(server)
    healer = f"`{name}_healer`"
    execute(
        whole,
        f"GRANT DELETE, SELECT (password_hash) ON `{name}`.users TO {healer}",
        f"GRANT SELECT ON `{name}`.* TO {healer}",
        f"GRANT SELECT ON `{others}`.* TO {healer}",
        f"GRANT PROCESS ON *.* TO {healer}",
        f"GRANT EXECUTE ON PROCEDURE `{name}`.run_statement TO {healer}",
        f"REVOKE SELECT ON `{name}`.clients FROM `{name}_admin`",
        f"GRANT DELETE ON `{name}`.commands TO '{OWNER}'@'localhost'",
        f"REVOKE INSERT ON `{name}`.booking_slots FROM '{OWNER}'@'localhost'",
        "DROP TRIGGER bookings_after_insert",
        "DROP TRIGGER commands_before_delete",
        "CREATE TRIGGER commands_before_delete BEFORE DELETE ON commands FOR EACH ROW SET @nothing = 1",
        "DROP PROCEDURE take_slots",
        "CREATE PROCEDURE take_slots() READS SQL DATA SELECT 1",
        "DROP PROCEDURE my_pin_hash",
        "DROP INDEX ix_system_logs_created_at ON system_logs",
        "DROP TABLE booking_slots",
    )
    try:
        assert make(server, name) == STEPS
        check_same(before, state(whole))
    finally:
        execute(server, f"DROP DATABASE `{others}`")


def make_others(server: URL) -> str:
    """Somebody else's database on the same server."""
    others = f"o_{secrets.token_hex(4)}"
    execute(server, f"CREATE DATABASE `{others}`")
    return others


def test_what_is_right_is_left_alone(whole: URL, server: URL) -> None:
    """Triggers above all: between two versions of one, a booking would hold no time."""
    made = (
        "SELECT trigger_name, created FROM information_schema.triggers"
        f" WHERE trigger_schema = '{whole.database}' UNION ALL SELECT routine_name, created"
        f" FROM information_schema.routines WHERE routine_schema = '{whole.database}' ORDER BY 1"
    )
    before = execute(whole, made)
    assert make(server, str(whole.database)) == STEPS
    assert execute(whole, made) == before


@pytest.mark.parametrize(("version", "problem"), [("1", "db.too_old"), ("99", "db.too_new")])
def test_a_practice_of_another_format_is_left_alone(whole: URL, server: URL, version: str, problem: str) -> None:
    now = execute(whole, "SELECT setting_value FROM settings WHERE setting_name = 'schema_version'")[0][0]
    execute(whole, f"UPDATE settings SET setting_value = '{version}' WHERE setting_name = 'schema_version'")
    try:
        with pytest.raises(Unavailable) as raised:
            make(server, str(whole.database))
        assert raised.value.code == problem
    finally:
        execute(whole, f"UPDATE settings SET setting_value = '{now}' WHERE setting_name = 'schema_version'")
