"""A small practice in a test's database, and the bus over it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine

from avenrae_desktop.areas.calendar.domain import Hours, SetWeeklyHours
from avenrae_desktop.areas.calendar.repository import CalendarReads
from avenrae_desktop.areas.calendar.use_cases import HANDLERS
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.unit_of_work import unit_of_work
from avenrae_desktop.kernel.bus import Bus, Command, Outcome
from avenrae_desktop.kernel.identity import Actor, Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.text import search_key
from avenrae_desktop.kernel.time import zone_of
from avenrae_desktop.kernel.values import HoursKind

NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # a Monday, 08:00 in Zurich
FULL_WEEK = tuple(Hours(day, HoursKind.WORK, 0, 1440) for day in range(7))


@dataclass
class Practice:
    """Uuids of what is in it; `do` runs a command as the administrator."""

    engine: Engine
    bus: Bus
    actor: Actor
    zone: ZoneInfo
    now: datetime = NOW
    healers: list[UUID] = field(default_factory=list)
    clients: list[UUID] = field(default_factory=list)
    services: list[UUID] = field(default_factory=list)
    rooms: list[UUID] = field(default_factory=list)

    def do(self, command: Command) -> Outcome:
        return self.bus(command, self.actor)

    def reads(self) -> CalendarReads:
        return CalendarReads(self.engine, lambda: self.zone, lambda: self.now)

    def set_hours(self, *hours: Hours, healer: int = 0) -> None:
        self.do(SetWeeklyHours(healer=self.healers[healer], hours=hours))


def insert(connection: Connection, table: Any, **values: Any) -> tuple[int, UUID]:
    """A row with a fresh uuid; returns its key and uuid."""
    uuid = new_uuid()
    done = connection.execute(table.insert().values(uuid=uuid, created_at=NOW, **values))
    return done.inserted_primary_key[0], uuid


def make_practice(
    engine: Engine,
    *,
    zone: str = "Europe/Zurich",
    healers: int = 2,
    clients: int = 3,
    minutes: int = 60,
    before: int = 0,
    after: int = 0,
    now: datetime = NOW,
) -> Practice:
    """Healers who work round the clock, clients, one service that all offer, one room."""
    with engine.begin() as c:
        for name, value in (("time_zone", zone), ("currency", "EUR"), ("practice_name", "Test")):
            insert(c, t.settings, setting_name=name, setting_value=value)
        user, actor_uuid = insert(c, t.users, first_name="Ada", last_name="Min", user_type="admin")
        actor = Actor(user, actor_uuid, "Ada Min", frozenset({Role.ADMIN}))
        practice = Practice(engine, None, actor, zone_of(zone), now)
        practice.bus = Bus(unit_of_work(engine, lambda: practice.now), HANDLERS)
        ids = []
        for i in range(healers):
            user, _ = insert(c, t.users, first_name="Healer", last_name=f"{i}", user_type="healer")
            healer, uuid = insert(c, t.healers, user_id=user, healer_type="reiki")
            insert(c, t.resources, kind="healer", resource_name=f"Healer {i}", healer_id=healer)
            ids.append(healer)
            practice.healers.append(uuid)
        for i in range(clients):
            practice.clients.append(add_client(c, "Client", f"N{i}"))
        practice.rooms.append(insert(c, t.resources, kind="room", resource_name="Quiet room")[1])
        practice.services.append(add_service(c, ids, minutes=minutes, before=before, after=after))
    for i in range(healers):
        practice.set_hours(*FULL_WEEK, healer=i)
    return practice


def add_client(c: Connection, first: str, last: str, **more: Any) -> UUID:
    user, _ = insert(c, t.users, first_name=first, last_name=last, user_type="client")
    keys = {"last_key": search_key(last), "first_key": search_key(first)}
    return insert(c, t.clients, user_id=user, **keys, **more)[1]


def add_service(c: Connection, healers: list[int], *, minutes: int, before: int = 0, after: int = 0) -> UUID:
    service, uuid = insert(
        c,
        t.services,
        healer_id=healers[0],
        service_name="Reiki session",
        duration_minutes=minutes,
        buffer_before_minutes=before,
        buffer_after_minutes=after,
        price=Decimal("95.00"),
        service_category="reiki",
    )
    for healer in healers:
        c.execute(t.service_providers.insert().values(service_id=service, healer_id=healer, created_at=NOW))
    return uuid
