"""A process that sends commands through the real bus, whose commits are late, or undone after the INSERT."""

import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.db import tables as t
from avenrae_desktop.db.faults import BUSY
from avenrae_desktop.db.unit_of_work import Work, unit_of_work
from avenrae_desktop.kernel.bus import Bus, Command, Done
from avenrae_desktop.kernel.errors import TryAgain
from avenrae_desktop.kernel.identity import Actor, Permission, Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import utc_now
from tests.support.engines import EngineKind, Place

ROWS = 40  # of settings, over which writers come into each other's way


@dataclass(frozen=True)
class Plan:
    """`freezes`: writer 0 stops itself between INSERT and COMMIT; somebody has to wake it."""

    engine: str
    where: str
    person: int
    seed: int
    commands: int
    writers: int = 24
    freezes: bool = True

    @classmethod
    def on(cls, place: Place, **more: Any) -> "Plan":
        assert isinstance(place.where, sa.URL)
        where = place.where.render_as_string(hide_password=False)
        return cls(engine=place.kind.value, where=where, **more)

    def place(self) -> Place:
        return Place(EngineKind(self.engine), sa.make_url(self.where))

    def plain(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Note(Command):
    """Does nothing but leave its own row, which is all that the feed is about."""

    kind = "feed.note"
    needs = Permission.BOOK


def note(command: Note, work: Work) -> Done:
    work.touch("note", command.uuid)
    return Done()


def write(plan: Plan, number: int, wait: Callable[[], None]) -> None:
    writer = Writer(plan, number)
    wait()
    for nth in range(plan.commands // plan.writers):
        writer.freeze_next = plan.freezes and number == 0 and nth == plan.commands // plan.writers // 3
        writer.send(Note())
    writer.engine.dispose()


class Writer:
    def __init__(self, plan: Plan, number: int) -> None:
        self.random = random.Random(f"{plan.seed} {number}")
        self.engine = plan.place().open()
        self.begin = unit_of_work(self.engine, utc_now)
        self.bus = Bus(self._late, {Note: note})
        self.actor = Actor(plan.person, UUID(int=0), "Writer", frozenset({Role.ADMIN}))
        self.freeze_next = False
        with self.engine.connect():
            pass

    def send(self, command: Command) -> None:
        """Until it is done, as the program does."""
        while True:
            try:
                self.bus(command, self.actor)
            except TryAgain:
                continue
            return

    @contextmanager
    def _late(self, actor: Actor) -> Iterator[Work]:
        """The real unit of work; between its last INSERT and its COMMIT happens what can happen there."""
        with self.begin(actor) as work:
            yield work
            if not work.touched:  # sent again, and found done
                return
            if self.freeze_next:
                self.freeze_next = False
                os.kill(os.getpid(), signal.SIGSTOP)
            roll = self.random.random()
            if roll < 0.15:
                self._lock_two_rows(work)
            if roll > 0.9:
                raise TryAgain(BUSY)
            time.sleep(self._delay())

    def _lock_two_rows(self, work: Work) -> None:
        """In either order: two who do it at once end in a deadlock, and the server rolls one of them back."""
        for name in self.random.sample(range(ROWS), 2):
            row = t.settings.c.setting_name == f"row{name}"
            work.connection.execute(t.settings.update().where(row).values(version=t.settings.c.version + 1))

    def _delay(self) -> float:
        roll = self.random.random()
        if roll < 0.7:
            return 0.0
        return self.random.uniform(0, 0.05) if roll < 0.97 else self.random.uniform(0.05, 1.2)


def prepare(engine: sa.Engine) -> int:
    """The person who writes, and the rows to fight over; returns the person's key."""
    with engine.begin() as c:
        for number in range(ROWS):
            c.execute(
                t.settings.insert().values(
                    uuid=new_uuid(), setting_name=f"row{number}", setting_value="", created_at=utc_now()
                )
            )
        person = t.users.insert().values(
            uuid=new_uuid(), first_name="Ada", last_name="Min", user_type="admin", created_at=utc_now()
        )
        return int(c.execute(person).lastrowid)
