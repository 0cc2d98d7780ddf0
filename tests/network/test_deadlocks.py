"""Two people whose commands lock the same rows in opposite order: the server undoes one, and both succeed."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.areas.clients.domain import EditClient
from avenrae_desktop.bootstrap.session import actor_of
from avenrae_desktop.bootstrap.wiring import bus_over
from avenrae_desktop.db.tables import clients
from avenrae_desktop.kernel.bus import Bus, Outcome
from avenrae_desktop.kernel.errors import TryAgain
from avenrae_desktop.kernel.identity import Actor
from avenrae_desktop.kernel.time import utc_now
from tests.support.server_practice import ServerPractice

ROUNDS = 5
Begin = Callable[[Actor], AbstractContextManager[Any]]


class Meeting:
    """On the first try each holds one row before either asks for the other's."""

    def __init__(self) -> None:
        self._barrier = threading.Barrier(2)
        self.turned_away = 0

    def holding(self, row: UUID, begin: Begin) -> Begin:
        tries = 0

        @contextmanager
        def hold(actor: Actor) -> Iterator[Any]:
            nonlocal tries
            tries += 1
            try:
                with begin(actor) as work:
                    if tries == 1:
                        query = sa.select(clients.c.id).where(clients.c.uuid == row)
                        work.connection.execute(query.with_for_update())
                        self._barrier.wait(10)
                    yield work
            except TryAgain:
                self.turned_away += 1
                raise

        return hold


def test_both_succeed(server_practice: ServerPractice) -> None:
    with server_practice.engine("front_desk") as desk, server_practice.engine("healer") as healer:
        deadlocks = 0
        for _ in range(ROUNDS):
            deadlocks += meet(server_practice, {"front_desk": desk, "healer": healer})
        assert deadlocks >= ROUNDS, "nobody was turned away: the test proves nothing"


def meet(practice: ServerPractice, engines: dict[str, sa.Engine]) -> int:
    """One edits the second client while holding the first, the other the reverse. Returns how often one lost."""
    meeting, rows = Meeting(), practice.clients[:2]

    def edit(who: str, held: UUID, wanted: UUID) -> Outcome:
        engine = engines[who]
        found = AccountReads(engine).member_named(practice.people[who].sign_in_name)
        assert found is not None
        bus = bus_over(engine, utc_now)
        bus = Bus(meeting.holding(held, bus.begin), bus.handlers)
        [(version,)] = practice.execute(f"SELECT version FROM clients WHERE uuid = X'{wanted.hex}'")
        command = EditClient(client=wanted, version=int(str(version)), first_name="Meeting", last_name=who)
        return bus(command, actor_of(found))

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(edit, "front_desk", rows[0], rows[1])
        second = pool.submit(edit, "healer", rows[1], rows[0])
        outcomes = [first.result(30), second.result(30)]
    assert not any(outcome.repeated for outcome in outcomes)
    names = {
        practice.execute(
            f"SELECT last_name FROM users JOIN clients c ON c.user_id = users.id WHERE c.uuid = X'{row.hex}'"
        )[0][0]
        for row in rows
    }
    assert names == {"front_desk", "healer"}
    return meeting.turned_away
