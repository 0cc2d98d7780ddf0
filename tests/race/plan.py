"""What a crowd is told to do, and what it reports: plain values that go through JSON."""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import make_url

from avenrae_desktop.db.server.connect import practice_engine
from avenrae_desktop.db.server.enrolment import read_enrolment
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.kernel.identity import Actor, Role
from tests.support.engines import EngineKind, Place
from tests.support.places import ROOT
from tests.support.practice import Practice


@dataclass(frozen=True)
class Account:
    """A person's own account on the server."""

    user: str
    password: str = field(repr=False)
    person: int = 0
    role: str = ""


@dataclass(frozen=True)
class Plan:
    """`wanted` above 0: everybody wants these same times once. Else everybody books, moves, cancels for `seconds`.

    `lock_only` is the control: overlaps are looked for in the bookings, under the lock, without any slots.
    """

    engine: str
    where: str
    person: int
    healers: list[str]
    client: str
    service: str
    seed: int
    seconds: float = 3.0
    writers: int = 16
    rogues: int = 2
    wanted: int = 0
    lock_only: bool = False
    enrolment: str = ""  # the file; then everybody comes over TLS with one of the accounts, in turn
    accounts: tuple[Account, ...] = ()

    def place(self) -> Place:
        kind = EngineKind(self.engine)
        return Place(kind, Path(self.where) if kind is EngineKind.SQLCIPHER else make_url(self.where))

    def open(self, number: int = 0) -> sa.Engine:
        """The engine of the number-th process."""
        if not self.accounts:
            return self.place().open()
        address, account = read_enrolment(Path(self.enrolment)).address, self._account(number)
        return practice_engine(address, account.user, account.password, context_for(address))

    def actor(self, number: int = 0) -> Actor:
        """Who the number-th process is."""
        if not self.accounts:
            return Actor(self.person, UUID(int=0), "Writer", frozenset({Role.ADMIN}))
        account = self._account(number)
        return Actor(account.person, UUID(int=0), account.user, frozenset({Role(account.role)}))

    def _account(self, number: int) -> Account:
        return self.accounts[number % len(self.accounts)]

    def dump(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> "Plan":
        plain = json.loads(text)
        return cls(**{**plain, "accounts": tuple(Account(**each) for each in plain["accounts"])})

    @classmethod
    def on(cls, place: Place, practice: Practice, **more: Any) -> "Plan":
        where = place.where
        return cls(
            engine=place.kind.value,
            where=str(where) if isinstance(where, Path) else where.render_as_string(hide_password=False),
            person=practice.actor.user_id,
            healers=[str(h) for h in practice.healers],
            client=str(practice.clients[0]),
            service=str(practice.services[0]),
            **more,
        )


@dataclass(frozen=True)
class Held:
    """A stretch of a healer's time that was certainly mine: from the answer until I sent what gave it up."""

    booking: str
    healer: int
    start: int  # minutes after the first day's midnight in UTC
    end: int
    since: float
    until: float | None


@dataclass
class Report:
    """One process's own log."""

    rogue: bool
    held: list[Held] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)  # the bookings that were acknowledged
    latencies: list[float] = field(default_factory=list)  # seconds, of every command
    refused: int = 0
    retries: int = 0
    busy: int = 0
    ran: float = 0.0

    def placed(self) -> dict[UUID, tuple[int, int, int]]:
        """Where my bookings are at the end."""
        return {UUID(h.booking): (h.healer, h.start, h.end) for h in self.held if h.until is None}

    def dump(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> "Report":
        plain = json.loads(text)
        return cls(**{**plain, "held": [Held(**h) for h in plain["held"]]})


def run(plan: Plan, folder: Path) -> list[Report]:
    """Lets the crowd loose in a process of its own (this one has threads, and must not fork)."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.race.crowd", str(folder)],
        input=plan.dump(),
        text=True,
        capture_output=True,
        timeout=plan.seconds + 120,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr[-4000:]
    reports = [Report.load(file.read_text()) for file in sorted(folder.glob("*.json"))]
    assert len(reports) == plan.writers + plan.rogues
    return reports
