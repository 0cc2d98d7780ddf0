"""A small practice with its founder, on each engine."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from avenrae_desktop.areas.accounts import passwords, use_cases
from avenrae_desktop.areas.accounts.domain import AddPerson, CreatePractice
from avenrae_desktop.areas.accounts.queries import PersonRow
from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.db.unit_of_work import unit_of_work
from avenrae_desktop.kernel.bus import Bus, Command, Outcome
from avenrae_desktop.kernel.identity import Actor, Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import HealerType

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)
PASSWORD = "four words make this"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """One guess is meant to be slow; a hundred tests are not."""
    monkeypatch.setattr(passwords, "ROUNDS", 4)


@dataclass
class Office:
    """The accounts of one practice as a test uses them."""

    engine: Engine
    founder: UUID
    reads: AccountReads = field(init=False)
    bus: Bus = field(init=False)

    def __post_init__(self) -> None:
        self.reads = AccountReads(self.engine)
        self.bus = Bus(unit_of_work(self.engine, lambda: NOW), use_cases.HANDLERS)

    def person(self, uuid: UUID) -> PersonRow:
        return next(p for p in self.reads.people() if p.uuid == uuid)

    def actor(self, uuid: UUID) -> Actor:
        found = self.reads.member(uuid)
        assert found is not None
        p = found.person
        return Actor(found.user_id, p.uuid, p.name, frozenset(p.roles), p.healer)

    def do(self, command: Command, by: UUID | None = None) -> Outcome:
        return self.bus(command, self.actor(by or self.founder))

    def add(self, sign_in_name: str, *roles: Role, **more: Any) -> UUID:
        uuid = new_uuid()
        healer_type = HealerType.REIKI if Role.HEALER in roles else None
        values = {"first_name": sign_in_name.title(), "last_name": "Moor", "healer_type": healer_type, **more}
        self.do(AddPerson(person=uuid, sign_in_name=sign_in_name, roles=roles, password=PASSWORD, **values))
        return uuid


def founding(**changes: Any) -> CreatePractice:
    values = {
        "practice_name": "Praxis am Fluss",
        "time_zone": "Europe/Zurich",
        "currency": "CHF",
        "person": new_uuid(),
        "first_name": "Anna",
        "last_name": "Kern",
        "sign_in_name": "anna",
        "is_healer": True,
        "healer_type": HealerType.ACUPUNCTURIST,
        "password": PASSWORD,
    }
    return CreatePractice(**{**values, **changes})


@pytest.fixture
def found() -> Callable[..., Office]:
    """Founds a practice on an engine."""

    def make(engine: Engine, **changes: Any) -> Office:
        command = founding(**changes)
        office = Office(engine, command.person)
        office.bus(command, Actor(0, command.person, "", frozenset({Role.ADMIN})))
        return office

    return make


@pytest.fixture
def office(db: Engine, found: Callable[..., Office]) -> Office:
    """On each of the three engines."""
    return found(db)


@pytest.fixture
def file_office(file_db: Engine, found: Callable[..., Office]) -> Office:
    """On a file only: for rules that no engine can change."""
    return found(file_db)
