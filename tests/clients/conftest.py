"""A practice whose clients are added through the bus."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.areas.clients.queries import ClientDetail
from avenrae_desktop.areas.clients.repository import ClientReads
from avenrae_desktop.areas.clients.use_cases import HANDLERS
from avenrae_desktop.db.unit_of_work import unit_of_work
from avenrae_desktop.kernel.bus import Bus, Command, Outcome
from avenrae_desktop.kernel.identity import Actor
from avenrae_desktop.kernel.ids import new_uuid
from tests.support.practice import NOW, make_practice
from tests.support.qt import in_loop, runner, theme

__all__ = ["in_loop", "runner", "theme"]


@dataclass
class Desk:
    """The clients of one practice as a test uses them; `do` acts as the administrator."""

    engine: Engine
    healers: list[UUID]
    actor: Actor
    reads: ClientReads = field(init=False)
    bus: Bus = field(init=False)

    def __post_init__(self) -> None:
        self.reads = ClientReads(self.engine)
        self.bus = Bus(unit_of_work(self.engine, lambda: NOW), HANDLERS)

    def do(self, command: Command) -> Outcome:
        return self.bus(command, self.actor)

    def add(self, first_name: str, last_name: str, **more: Any) -> UUID:
        uuid = new_uuid()
        self.do(AddClient(client=uuid, first_name=first_name, last_name=last_name, **more))
        return uuid

    def detail(self, client: UUID) -> ClientDetail:
        return self.reads.detail(client)

    def names(self, text: str) -> list[str]:
        return [hit.name for hit in self.reads.find(text)]


def _desk(engine: Engine) -> Desk:
    practice = make_practice(engine, clients=0)
    return Desk(engine, practice.healers, practice.actor)


@pytest.fixture
def desk(db: Engine) -> Desk:
    """On each of the three engines."""
    return _desk(db)


@pytest.fixture
def file_desk(file_db: Engine) -> Desk:
    """On a file only: for rules and screens that no engine can change."""
    return _desk(file_db)


@pytest.fixture
def edit() -> Callable[..., dict[str, Any]]:
    """The fields of a client as EditClient takes them, with changes."""

    def fields(detail: ClientDetail, **changes: Any) -> dict[str, Any]:
        names = (
            "first_name last_name date_of_birth gender phone email emergency_contact_name "
            "emergency_contact_phone note preferred_healer version"
        ).split()
        return {"client": detail.uuid, **{n: getattr(detail, n) for n in names}, **changes}

    return fields
