"""A practice whose services are added through the bus."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine

from avenrae_desktop.areas.services.domain import AddService
from avenrae_desktop.areas.services.queries import ServiceRow
from avenrae_desktop.areas.services.repository import ServiceReads
from avenrae_desktop.areas.services.use_cases import HANDLERS
from avenrae_desktop.db.unit_of_work import unit_of_work
from avenrae_desktop.kernel.bus import Bus, Command, Outcome
from avenrae_desktop.kernel.identity import Actor
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import ServiceCategory
from tests.support.practice import NOW, make_practice
from tests.support.qt import in_loop, runner, theme

__all__ = ["in_loop", "runner", "theme"]


@dataclass
class Desk:
    """The services of one practice as a test uses them; `do` acts as the administrator."""

    engine: Engine
    healers: list[UUID]
    rooms: list[UUID]
    actor: Actor
    reads: ServiceReads = field(init=False)
    bus: Bus = field(init=False)

    def __post_init__(self) -> None:
        self.reads = ServiceReads(self.engine)
        self.bus = Bus(unit_of_work(self.engine, lambda: NOW), HANDLERS)

    def do(self, command: Command) -> Outcome:
        return self.bus(command, self.actor)

    def values(self, **changes: Any) -> dict[str, Any]:
        return {
            "service_name": "Talk therapy",
            "service_category": ServiceCategory.THERAPY,
            "duration_minutes": 60,
            "price": Decimal("120.50"),
            "healers": (self.healers[0],),
            **changes,
        }

    def add(self, **changes: Any) -> UUID:
        uuid = new_uuid()
        self.do(AddService(service=uuid, **self.values(**changes)))
        return uuid


def _desk(engine: Engine) -> Desk:
    practice = make_practice(engine, healers=3, clients=0)
    return Desk(engine, practice.healers, practice.rooms, practice.actor)


@pytest.fixture
def desk(db: Engine) -> Desk:
    """On each of the three engines; it begins with one service, "Reiki session"."""
    return _desk(db)


@pytest.fixture
def file_desk(file_db: Engine) -> Desk:
    """On a file only: for rules and screens that no engine can change."""
    return _desk(file_db)


@pytest.fixture
def edit() -> Callable[..., dict[str, Any]]:
    """The fields of a service as EditService takes them, with changes."""

    def fields(row: ServiceRow, **changes: Any) -> dict[str, Any]:
        names = (
            "service_name service_category duration_minutes buffer_before_minutes buffer_after_minutes "
            "price description healers room version"
        ).split()
        return {"service": row.uuid, **{n: getattr(row, n) for n in names}, **changes}

    return fields
