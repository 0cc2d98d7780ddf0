"""A well-behaved process: books, moves and cancels through the real bus, and keeps its own log."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from avenrae_desktop.areas.calendar.domain import Book, CancelBooking, Move, MoveBookings
from avenrae_desktop.areas.calendar.use_cases import HANDLERS
from avenrae_desktop.db.unit_of_work import unit_of_work
from avenrae_desktop.kernel.bus import Bus, Command
from avenrae_desktop.kernel.errors import RuleBroken, TryAgain
from avenrae_desktop.kernel.identity import Actor
from avenrae_desktop.kernel.ids import new_uuid
from tests.race.control import lock_only
from tests.race.forks import Wait
from tests.race.plan import Held, Plan, Report
from tests.support.practice import NOW

DAYS = 2
AT_LEAST = 10  # commands of each process, however slow the machine
MIDNIGHT = datetime(2026, 11, 24, 1)  # on the practice's clock, when it is midnight in UTC


def wall(minute: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=minute)


def write(plan: Plan, number: int, wait: Wait) -> Report:
    """Opens the database, waits for everybody, works until the time is up or nothing is left to want."""
    if plan.lock_only:
        lock_only()
    writer = Writer(plan, number)
    until = wait()
    began = time.monotonic()
    if plan.wanted:
        writer.want_all(plan.wanted)
    else:
        while time.monotonic() < until or len(writer.report.latencies) < AT_LEAST:
            writer.do_something()
    writer.report.ran = time.monotonic() - began
    writer.engine.dispose()
    return writer.report


class Writer:
    def __init__(self, plan: Plan, number: int) -> None:
        self.plan = plan
        self.random = random.Random(f"{plan.seed} {number}")
        self.report = Report(rogue=False)
        self.engine = plan.open(number)
        self.begin = unit_of_work(self.engine, lambda: NOW)
        self.bus = Bus(self._counted, HANDLERS)
        self.actor = plan.actor(number)
        self.mine: list[tuple[Held, int]] = []  # with the version
        with self.engine.connect():
            pass

    @contextmanager
    def _counted(self, actor: Actor) -> Iterator[Any]:
        try:
            with self.begin(actor) as work:
                yield work
        except TryAgain:
            self.report.retries += 1
            raise

    def do_something(self) -> None:
        roll = self.random.random()
        if not self.mine or roll < 0.5:
            self.book(self.random.randrange(2), 5 * self.random.randrange(DAYS * 288 - 12))
            return
        held, version = self.mine.pop(self.random.randrange(len(self.mine)))
        if roll < 0.85:
            self.cancel(held, version)
        else:
            self.move(held, version)

    def want_all(self, count: int) -> None:
        """The same times for everybody, each in an order of their own."""
        times = [(number % 2, 60 * (number // 2)) for number in range(count)]
        self.random.shuffle(times)
        for healer, start in times:
            self.book(healer, start, 60)

    def book(self, healer: int, start: int, minutes: int | None = None) -> None:
        minutes = minutes or self.random.choice((15, 30, 45, 60))
        command = Book(
            booking=new_uuid(),
            client=UUID(self.plan.client),
            healer=UUID(self.plan.healers[healer]),
            service=UUID(self.plan.service),
            local_start=wall(start),
            minutes=minutes,
        )
        if self._send(command):
            self.report.accepted.append(str(command.booking))
            self._hold(str(command.booking), healer, start, start + minutes, 1)

    def cancel(self, held: Held, version: int) -> None:
        sent = time.monotonic()
        command = CancelBooking(booking=UUID(held.booking), version=version, reason="Race")
        if self._send(command):
            self._gave_up(held, sent)
        else:
            self.mine.append((held, version))

    def move(self, held: Held, version: int) -> None:
        sent, healer = time.monotonic(), self.random.randrange(2)
        start = 5 * self.random.randrange(DAYS * 288 - 12)
        to = Move(UUID(held.booking), version, wall(start), healer=UUID(self.plan.healers[healer]))
        if self._send(MoveBookings(moves=(to,))):
            self._gave_up(held, sent)
            self._hold(held.booking, healer, start, start + held.end - held.start, version + 1)
        else:
            self.mine.append((held, version))

    def _send(self, command: Command) -> bool:
        """Whether it was done. Who wants a time for certain sends again as often as the practice is too busy."""
        while True:
            began, busy = time.monotonic(), self.report.busy
            try:
                outcome = self.bus(command, self.actor)
            except TryAgain:
                self.report.busy += 1
            except RuleBroken as error:
                if error.code != "calendar.taken":
                    raise
                self.report.refused += 1
                return False
            finally:
                self.report.latencies.append(time.monotonic() - began)
            if self.report.busy == busy:
                assert not outcome.repeated or self.report.retries
                return True
            if not self.plan.wanted:
                return False

    def _hold(self, booking: str, healer: int, start: int, end: int, version: int) -> None:
        held = Held(booking, healer, start, end, time.monotonic(), None)
        self.mine.append((held, version))
        self.report.held.append(held)

    def _gave_up(self, held: Held, sent: float) -> None:
        self.report.held.remove(held)
        self.report.held.append(Held(held.booking, held.healer, held.start, held.end, held.since, sent))
