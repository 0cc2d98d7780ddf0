"""What a program sent and was told, and whether the database tells the same story."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from avenrae_desktop.areas.calendar.domain import Book
from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.db.server.enrolment import Enrolment
from avenrae_desktop.kernel.bus import Command, Outcome
from avenrae_desktop.kernel.ids import new_uuid
from tests.network.proxy import Proxy
from tests.support.server_practice import ServerPractice

MINUTES = 15
Send = Callable[[Command], Outcome]


def through(practice: ServerPractice, proxy: Proxy) -> ServerPractice:
    """The same practice, reached by way of the proxy."""
    address = replace(practice.address, hosts=(proxy.host,))
    return replace(practice, address=address, enrolment=Enrolment(practice.enrolment.practice_name, address))


@dataclass
class Ledger:
    """Bookings and new clients in turn; every command that was acknowledged, and nothing else. From any thread."""

    practice: ServerPractice
    acknowledged: list[Command] = field(default_factory=list)
    repeated: int = 0
    """Commands that had been done when their answer was lost: the second look at their uuid said so."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _number: int = 0

    def __post_init__(self) -> None:
        self._before = self._counts()
        self._number = 2 * self._before["bookings"]  # times that are free

    @property
    def turn(self) -> int:
        """0 if the next command is a booking, 1 if it is a new client."""
        return self._number % 2

    def next(self) -> Command:
        """A command that nobody else stands in the way of."""
        with self._lock:
            number, self._number = self._number, self._number + 1
        if number % 2:
            return AddClient(client=new_uuid(), first_name="Cut", last_name=_name(number))
        return self._booking(number // 2)

    def send(self, send: Send) -> Outcome:
        """One more; noted when it was acknowledged. Raises what `send` raises."""
        command = self.next()
        outcome = send(command)
        with self._lock:
            self.acknowledged.append(command)
            self.repeated += outcome.repeated
        return outcome

    def check(self) -> None:
        """Nothing that was acknowledged is lost or doubled, nothing else was done, nothing is half done."""
        sent = Counter(command.uuid for command in self.acknowledged)
        done = Counter(self._uuids("SELECT uuid FROM commands"))
        assert not [uuid for uuid in sent if done[uuid] != 1], "acknowledged, and lost"
        clients = [c for c in self.acknowledged if isinstance(c, AddClient)]
        bookings = [c for c in self.acknowledged if isinstance(c, Book)]
        there = set(self._uuids("SELECT uuid FROM clients")) | set(self._uuids("SELECT uuid FROM bookings"))
        assert {c.client for c in clients} | {b.booking for b in bookings} <= there
        more = {"commands": len(sent), "audit_logs": len(sent), "clients": len(clients), "bookings": len(bookings)}
        assert {name: n - self._before[name] for name, n in self._counts().items()} == more
        doubled = "SELECT last_name FROM users WHERE first_name = 'Cut' GROUP BY last_name HAVING COUNT(*) > 1"
        assert self.practice.execute(doubled) == []

    def _booking(self, number: int) -> Book:
        healers = self.practice.healers
        quarter = number // len(healers)
        day = datetime.combine(datetime.now().date(), datetime.min.time()) + timedelta(days=2)  # noqa: DTZ005
        return Book(
            booking=new_uuid(),
            client=self.practice.clients[0],
            healer=healers[number % len(healers)],
            service=self.practice.services[0],
            local_start=day + timedelta(minutes=MINUTES * quarter),
            minutes=MINUTES,
        )

    def _uuids(self, sql: str) -> list[UUID]:
        return [UUID(bytes=bytes(value)) for (value,) in self.practice.execute(sql)]  # type: ignore[call-overload]

    def _counts(self) -> dict[str, int]:
        names = ("commands", "audit_logs", "clients", "bookings")
        columns = ", ".join(f"(SELECT COUNT(*) FROM {name})" for name in names)
        [row] = self.practice.execute(f"SELECT {columns}")
        return dict(zip(names, [int(str(value)) for value in row], strict=True))


def _name(number: int) -> str:
    return f"N{number:06}"
