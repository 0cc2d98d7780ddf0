"""Every command works for the roles that have its permission, and the server itself refuses it to the others."""

import contextlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from avenrae_desktop.areas.accounts.domain import RecoverPassword
from avenrae_desktop.areas.accounts.server_use_cases import SERVER_HANDLERS
from avenrae_desktop.areas.calendar import domain as calendar
from avenrae_desktop.bootstrap.session import actor_of
from avenrae_desktop.bootstrap.wiring import HANDLERS, bus_over, reads_over
from avenrae_desktop.db.feed import FeedReader
from avenrae_desktop.db.presence import Presence
from avenrae_desktop.db.server import accounts
from avenrae_desktop.db.server.rights import NEEDS, STAFF, Right, Verb
from avenrae_desktop.db.system_log import log
from avenrae_desktop.kernel.bus import Command, Undo
from avenrae_desktop.kernel.errors import AppError, NotAllowed
from avenrae_desktop.kernel.identity import GRANTS, Permission, Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import utc_now, zone_of
from avenrae_desktop.kernel.values import LogLevel
from tests.server_rights.conftest import ROLES, Team
from tests.server_rights.work import COMMANDS, ELSEWHERE, Bench, member_of
from tests.support.server_practice import ServerPractice

KINDS = sorted(COMMANDS, key=lambda kind: kind.kind)


@pytest.fixture(params=ROLES)
def who(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def engine(practice: ServerPractice, who: str) -> Iterator[sa.Engine]:
    with practice.engine(who) as engine:
        yield engine


@pytest.fixture(scope="session")
def hours(practice: ServerPractice) -> Iterator[int]:
    """Times go on from test to test: nobody books what another test left."""
    return iter(range(10_000))


@pytest.fixture
def bench(practice: ServerPractice, team: Team, who: str, hours: Iterator[int]) -> Bench:
    return Bench(team, member_of(team.engine, practice.people[who].uuid), hours)


def test_every_command_is_here() -> None:
    assert set(COMMANDS) | set(ELSEWHERE) == {*HANDLERS, *SERVER_HANDLERS}


@pytest.mark.parametrize("who", ["healer", "front_desk"], indirect=True)
def test_every_command(engine: sa.Engine, bench: Bench) -> None:
    """As the program gives it, with its undo; and past the program's own look at permissions.

    An administrator gives them all further down; who is healer and front desk has the rights of both.
    """
    bus = bus_over(engine, utc_now, {**HANDLERS, **SERVER_HANDLERS})
    wrong = []
    for kind in KINDS:
        bench.me = member_of(engine, bench.me.person.uuid)
        me = actor_of(bench.me)
        command = COMMANDS[kind](bench)
        if me.may(kind.needs):
            try:
                if bus(command, me).undoable:
                    bus(Undo(), me)
            except AppError as error:
                wrong.append((kind.kind, error))
            continue
        for actor in (me, replace(me, roles=frozenset({Role.ADMIN}))):
            with pytest.raises(NotAllowed):
                bus(command, actor)
        assert not done(bench, command), kind.kind
    assert wrong == []


def done(bench: Bench, command: Command) -> bool:
    query = sa.text("SELECT 1 FROM commands WHERE uuid = :uuid")
    with bench.team.engine.connect() as connection:
        return connection.execute(query, {"uuid": command.uuid.bytes}).first() is not None


def test_what_is_refused_to_somebody_is_tried_above() -> None:
    """Every permission that some role lacks has a command that its server refuses."""
    lacked = {p for role in (Role.HEALER, Role.FRONT_DESK) for p in Permission if p not in GRANTS[role]}
    # The server's own administrator sets up, and reports only read: tests of the rights by raw SQL see to those.
    assert {kind.needs for kind in COMMANDS} >= lacked - {Permission.SET_UP_PRACTICE, Permission.SEE_REPORTS}


# What is not written, but lets a command take its turn (SELECT ... FOR UPDATE).
LOCKS = {
    Permission.MANAGE_PEOPLE: {Right("settings", Verb.UPDATE, "version")},
    Permission.MANAGE_HOURS: {Right("resources", Verb.UPDATE, "version")},
    Permission.BOOK: {Right("resources", Verb.UPDATE, "version")},
}


def test_no_permission_has_a_right_that_its_commands_do_not_use(
    practice: ServerPractice, team: Team, hours: Iterator[int]
) -> None:
    # A setting is written for the first time, or again.
    practice.execute("DELETE FROM settings WHERE setting_name IN ('lock_minutes', 'day_starts')")
    with practice.engine("admin") as engine:
        bus = bus_over(engine, utc_now, {**HANDLERS, **SERVER_HANDLERS})
        written: dict[Permission, set[Right]] = {permission: set() for permission in Permission}
        for kind in KINDS:
            mine = member_of(engine, practice.people["admin"].uuid)
            command = COMMANDS[kind](Bench(team, mine, hours))
            with writing(engine, written[kind.needs]):
                if bus(command, actor_of(mine)).undoable:
                    bus(Undo(), actor_of(mine))
    for permission, rights in NEEDS.items():
        wanted = {r for r in rights - STAFF if r.verb in (Verb.INSERT, Verb.UPDATE)}
        assert wanted == (written[permission] - STAFF) | LOCKS.get(permission, set()), permission


@contextlib.contextmanager
def writing(engine: sa.Engine, found: set[Right]) -> Iterator[None]:
    """Notes the columns that are written inside the block."""

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if inserted := re.match(r"INSERT INTO (\w+) \(([^)]*)\)", statement):
            columns = inserted[2].replace("`", "").split(", ")
            found.update(Right(inserted[1], Verb.INSERT, column) for column in columns)
        elif updated := re.match(r"UPDATE (\w+) SET (.*?) WHERE", statement, re.DOTALL):
            columns = re.findall(r"`?(\w+)`?=", updated[2])
            found.update(Right(updated[1], Verb.UPDATE, column) for column in columns)

    sa.event.listen(engine, "before_cursor_execute", note)
    yield
    sa.event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("kind", ELSEWHERE, ids=lambda kind: kind.kind)
def test_commands_that_belong_elsewhere(engine: sa.Engine, bench: Bench, who: str, kind: type[Command]) -> None:
    """Nobody makes a second practice; and only who resets passwords anyway can set one without the old one."""
    if kind is RecoverPassword and who == "admin":
        return
    actor = replace(actor_of(bench.me), roles=frozenset({Role.ADMIN}))
    with pytest.raises(AppError):
        bus_over(engine, utc_now)(ELSEWHERE[kind](bench), actor)


def test_overbooking(engine: sa.Engine, bench: Bench) -> None:
    bus, me = bus_over(engine, utc_now), actor_of(bench.me)
    first = bench.book()
    bus(first, me)
    second = replace(first, uuid=new_uuid(), booking=new_uuid(), overbooking_reason="twins")
    bus(second, me)
    swap = [calendar.Move(booking=b.booking, version=1, local_start=bench.start()) for b in (first, second)]
    bus(calendar.MoveBookings(moves=tuple(swap)), me)
    for _ in range(3):
        bus(Undo(), me)


def test_every_screen(practice: ServerPractice, engine: sa.Engine, bench: Bench) -> None:
    """What is read, and what a window tells of itself."""
    zone, day = zone_of("Europe/Zurich"), date(2031, 5, 1)
    reads = reads_over(engine, lambda: zone, utc_now)
    booking, client, service = bench.booked(), practice.clients[0], practice.services[0]
    assert reads.calendar.board(day, 300, None).bookings
    assert reads.calendar.board(day, 7, practice.healers, cancelled=True)
    assert reads.calendar.booking(booking).row.uuid == booking
    assert reads.calendar.history(client)
    assert reads.calendar.free_times(bench.healer, service, day)
    start = datetime(2031, 4, 1, 8)
    assert reads.calendar.nearest_free(bench.healer, service, start)
    reads.calendar.stranded(None, start, start.replace(month=7))
    assert reads.calendar.hours(bench.healer)
    reads.calendar.blocks(day, 30)
    assert reads.calendar.find("n0")
    assert reads.clients.find("client")
    assert reads.clients.page("").rows
    assert reads.clients.page("n", archived=True) is not None
    assert reads.clients.detail(client).uuid == client
    assert reads.clients.healers()
    assert reads.clients.duplicates("Client", "N0", day, "+41 44 123 45 67", "klara@example.org")
    assert reads.services.all()
    assert reads.services.page().rows
    assert reads.services.detail(service).uuid == service
    assert reads.services.rooms()
    assert reads.services.choices().healers
    assert reads.accounts.people()
    assert reads.accounts.settings().practice_name
    window = new_uuid()
    feed = FeedReader(engine, window)
    feed.start()
    Presence(engine, window).beat(("booking", booking))
    bench.booked()
    assert [row.kind for row in feed.read().rows] == ["calendar.book"]
    log(engine, utc_now, LogLevel.INFO, "test", "a line")
    with engine.connect() as connection:
        accounts.my_pin_hash(connection)
