"""Commands over a link that breaks: before they reach the server, after they were done, for a while, for good."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select

from avenrae_desktop.areas.clients import use_cases as clients
from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.bootstrap.server import sender as module
from avenrae_desktop.bootstrap.server.sender import SAVED_BEFORE, Sender
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.faults import BUSY
from avenrae_desktop.db.unit_of_work import unit_of_work
from avenrae_desktop.kernel.bus import Bus, Command, Outcome
from avenrae_desktop.kernel.errors import Conflict, LinkLost, RuleBroken
from avenrae_desktop.kernel.identity import Actor
from avenrae_desktop.kernel.ids import new_uuid
from tests.support.practice import NOW, Practice, make_practice

BEFORE, AFTER, THROUGH = "before", "after", "through"


@dataclass
class Cut:
    """A bus behind a link: what happens to each call in turn; with no word left, the last one holds."""

    bus: Bus
    fate: list[str]
    calls: int = 0
    now: float = 0.0

    def __call__(self, command: Command, actor: Actor) -> Outcome:
        self.calls += 1
        self.now += 7.0
        fate = self.fate.pop(0) if len(self.fate) > 1 else self.fate[0]
        if fate == BEFORE:
            raise LinkLost(BUSY)
        outcome = self.bus(command, actor)
        if fate == AFTER:
            raise LinkLost(BUSY)
        return outcome


@dataclass
class Desk:
    practice: Practice
    cut: Cut
    sender: Sender
    added: list[UUID] = field(default_factory=list)

    def add(self, name: str, **more: Any) -> AddClient:
        return AddClient(client=new_uuid(), first_name=name, last_name="Moor", **more)

    def send(self, command: Command) -> Outcome:
        return self.sender(command, self.practice.actor)

    def named(self, name: str) -> int:
        query = select(func.count()).select_from(t.users).where(t.users.c.first_name == name)
        with self.practice.engine.connect() as c:
            return int(c.execute(query).scalar_one())


@pytest.fixture
def desk(db: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Desk]:
    """`desk(fates...)`; time goes on by seven seconds with each call."""
    monkeypatch.setattr(module, "PAUSE_S", 0.0)

    def make(*fate: str) -> Desk:
        practice = make_practice(db)
        bus = Bus(unit_of_work(db, lambda: NOW), clients.HANDLERS)
        cut = Cut(bus, list(fate))

        def stored(uuid: UUID) -> Outcome | None:
            with bus.begin(practice.actor) as work:
                found = work.stored(uuid)
            return found.outcome() if found else None

        return Desk(practice, cut, Sender(cut, stored, lambda: cut.now))  # type: ignore[arg-type]

    return make


@pytest.mark.parametrize("fate", [(BEFORE, THROUGH), (AFTER, THROUGH), (AFTER, BEFORE, AFTER, THROUGH)])
def test_a_broken_link_is_waited_for_and_nothing_is_done_twice(desk: Callable[..., Desk], fate: Any) -> None:
    there = desk(*fate)
    outcome = there.send(there.add("Ida"))
    assert outcome.repeated == (AFTER in fate)
    assert there.named("Ida") == 1
    assert there.sender.late() == ()


def test_after_a_minute_the_person_is_told_and_hears_of_it_later(desk: Callable[..., Desk]) -> None:
    there = desk(AFTER, BEFORE)
    command = there.add("Ida")
    with pytest.raises(LinkLost):
        there.send(command)
    assert 60 / 7 < there.cut.calls < 60 / 7 + 3
    (late,) = there.sender.late()
    assert late[0] == command
    assert late[1].command == command.uuid
    assert there.sender.late() == ()


def test_what_was_never_done_is_never_told(desk: Callable[..., Desk]) -> None:
    there = desk(BEFORE)
    with pytest.raises(LinkLost):
        there.send(there.add("Ida"))
    assert there.sender.late() == ()
    there.cut.fate = [THROUGH]
    there.send(there.add("Ida"))
    assert there.named("Ida") == 1


def test_typed_again_it_is_not_done_a_second_time(desk: Callable[..., Desk]) -> None:
    """The form makes a new command each time, with new uuids in it."""
    there = desk(AFTER, BEFORE)
    with pytest.raises(LinkLost):
        there.send(there.add("Ida"))
    there.cut.fate = [THROUGH]
    with pytest.raises(Conflict) as raised:
        there.send(there.add("Ida"))
    assert raised.value.problem is SAVED_BEFORE
    assert there.named("Ida") == 1
    # Told once; what is sent after that is a thing of its own.
    there.send(there.add("Ben"))
    assert there.named("Ben") == 1


def test_the_same_command_again_answers_as_the_first_time(desk: Callable[..., Desk]) -> None:
    there = desk(AFTER, BEFORE)
    command = there.add("Ida")
    with pytest.raises(LinkLost):
        there.send(command)
    there.cut.fate = [THROUGH]
    assert there.send(command).repeated
    assert there.sender.late() == ()
    assert there.named("Ida") == 1


def test_a_refusal_settles_it(desk: Callable[..., Desk]) -> None:
    there = desk(BEFORE, THROUGH)
    with pytest.raises(RuleBroken):
        there.send(there.add("Ida", email="not an address"))
    assert there.sender._unsettled == {}


def test_closing_ends_the_waiting(desk: Callable[..., Desk]) -> None:
    there = desk(BEFORE)
    there.sender.stop_waiting()
    with pytest.raises(LinkLost):
        there.send(there.add("Ida"))
    assert there.cut.calls == 1


def test_own_commands_are_known_before_they_are_sent(desk: Callable[..., Desk]) -> None:
    there = desk(BEFORE)
    there.sender.stop_waiting()
    command = there.add("Ida")
    assert not there.sender.is_mine(command.uuid)
    with pytest.raises(LinkLost):
        there.send(command)
    assert there.sender.is_mine(command.uuid)


def test_ten_minutes_later_it_can_no_longer_happen(desk: Callable[..., Desk]) -> None:
    there = desk(BEFORE)
    with pytest.raises(LinkLost):
        there.send(there.add("Ida"))
    there.cut.now += module.FORGET_S + 1
    there.cut.fate = [THROUGH]
    second = there.add("Ben")
    assert there.send(second).command == second.uuid
