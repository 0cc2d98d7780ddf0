"""A connection that dies at COMMIT, a deadlock, one command sent twice at once: always exactly one effect."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

import pytest
import sqlalchemy as sa

from avenrae_desktop.areas.calendar.domain import Book
from avenrae_desktop.areas.calendar.use_cases import HANDLERS
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.unit_of_work import Work, unit_of_work
from avenrae_desktop.kernel.bus import Bus, Command, Done
from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.kernel.ids import new_uuid
from tests.db.conftest import Shared
from tests.db.cutter import Cut, Cutter
from tests.db.oracle import check
from tests.db.outsider import Outsider
from tests.support.servers import server_engine

on_servers = pytest.mark.parametrize("shared", ["mysql", "mariadb"], indirect=True)


@pytest.fixture
def emptied(shared: Shared) -> Iterator[Outsider]:
    with Outsider(shared.place) as outsider:
        outsider.empty()
        yield outsider


def book(shared: Shared, hour: int = 10) -> Book:
    p = shared.practice
    at = datetime(2026, 11, 24, hour)
    return Book(
        booking=new_uuid(), client=p.clients[0], healer=p.healers[0], service=p.services[0], local_start=at
    )


def bus_on(shared: Shared, engine: sa.Engine) -> Bus:
    return Bus(unit_of_work(engine, lambda: shared.practice.now), HANDLERS)


def times_done(outsider: Outsider, command: Book) -> tuple[int, int, int]:
    """How many bookings, commands and lines of the trail there are of it."""
    return tuple(  # type: ignore[return-value]
        outsider.rows(f"SELECT COUNT(*) FROM {table} WHERE {column} = X'{uuid.hex}'")[0][0]
        for table, column, uuid in (
            ("bookings", "uuid", command.booking),
            ("commands", "uuid", command.uuid),
            ("audit_logs", "command_uuid", command.uuid),
        )
    )


@on_servers
@pytest.mark.parametrize("cut", list(Cut))
def test_a_commit_of_unknown_outcome_is_done_once(shared: Shared, emptied: Outsider, cut: Cut) -> None:
    assert isinstance(shared.place.where, sa.URL)
    with Cutter(shared.place.where) as cutter:
        engine = server_engine(cutter.url)
        command = book(shared)
        with engine.connect():
            cutter.arm(cut)
        outcome = bus_on(shared, engine)(command, shared.practice.actor)
        engine.dispose()
    assert cutter.cuts == 1
    assert outcome.answer == {"booking": str(command.booking)}
    assert outcome.repeated == (cut is not Cut.BEFORE)
    assert times_done(emptied, command) == (1, 1, 1)
    check(emptied)


def test_one_command_sent_twice_at_once_is_done_once(shared: Shared, emptied: Outsider) -> None:
    """Both senders get the same answer, and neither is told that the time is taken: it is taken by itself."""
    bus, actor = shared.practice.bus, shared.practice.actor
    for hour in range(12):
        command = book(shared, hour)
        together = threading.Barrier(2)

        def send(_: int, command: Book = command, together: threading.Barrier = together) -> object:
            together.wait()
            return bus(command, actor)

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(send, range(2)))
        assert sorted(o.repeated for o in outcomes) == [False, True]
        assert outcomes[0].answer == outcomes[1].answer
        assert times_done(emptied, command) == (1, 1, 1)
    check(emptied)


@dataclass(frozen=True, kw_only=True)
class Rename(Command):
    """Renames two resources, one after the other, as given."""

    kind = "test.rename"
    needs = Permission.BOOK
    order: tuple[int, int]


@on_servers
def test_a_deadlock_is_tried_again_and_nobody_sees_it(shared: Shared) -> None:
    both_hold_one = threading.Barrier(2)
    tries: list[tuple[int, int]] = []

    def rename(command: Rename, work: Work) -> Done:
        tries.append(command.order)
        for number, resource in enumerate(command.order):
            change = t.resources.update().where(t.resources.c.id == resource)
            work.connection.execute(change.values(resource_name=f"{command.order}"))
            if number == 0 and len(tries) <= 2:
                both_hold_one.wait(10)
        return Done({"order": list(command.order)})

    begin = unit_of_work(shared.practice.engine, lambda: shared.practice.now)
    bus = Bus(begin, {Rename: rename})
    first, second = shared.keys.healer_resources
    commands = [Rename(order=(first, second)), Rename(order=(second, first))]
    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(lambda c: bus(c, shared.practice.actor), commands))
    assert [o.answer["order"] for o in outcomes] == [[first, second], [second, first]]
    assert not any(o.repeated for o in outcomes)
    assert len(tries) == 3
    with shared.practice.engine.connect() as c:
        names = c.scalars(sa.select(t.resources.c.resource_name).where(t.resources.c.healer_id.is_not(None)))
        assert set(names) == {str(tries[2])}
