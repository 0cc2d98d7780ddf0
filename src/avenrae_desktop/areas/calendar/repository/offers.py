"""Free times: what is asked for, read from the database, and where it fits."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from avenrae_desktop.areas.calendar.domain import Hours
from avenrae_desktop.areas.calendar.free_time import Span, free_starts, open_spans, slots_of
from avenrae_desktop.areas.calendar.problems import NO_HEALER, NO_SERVICE
from avenrae_desktop.areas.calendar.queries import FreeTime
from avenrae_desktop.areas.calendar.repository import rows
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.types import Uid
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.time import comes_second, wall_of

STEP = 15
_NEAR = timedelta(days=3)
_FAR = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Asked:
    """A healer with a service and perhaps a room, as the database knows them."""

    healer: UUID
    healer_id: int
    healer_name: str
    healer_resource: int
    service_id: int
    service_name: str
    minutes: int
    before: int
    after: int
    room_id: int | None
    hours: tuple[Hours, ...]

    def lasting(self, minutes: int | None) -> "Asked":
        """The same with another length (None: the service's own)."""
        return self if minutes is None else replace(self, minutes=minutes)

    def resources(self) -> list[int]:
        found = [self.healer_resource] if self.room_id is None else [self.healer_resource, self.room_id]
        return sorted(found)


@lru_cache
def _service() -> sa.Select[Any]:
    s, named = t.services.c, t.resources.alias("named_room")
    room = sa.select(named.c.id).where(named.c.uuid == sa.bindparam("room", type_=Uid)).scalar_subquery()
    return (
        sa.select(
            s.id,
            s.service_name,
            s.duration_minutes,
            s.buffer_before_minutes,
            s.buffer_after_minutes,
            s.room_id.label("service_room"),
            room.label("named_room"),
        )
        .select_from(t.services)
        .where(s.uuid == sa.bindparam("service", type_=Uid))
    )


@lru_cache
def _buffers() -> sa.Select[Any]:
    b = t.bookings.c
    query = sa.select(b.id, b.buffer_before_minutes, b.buffer_after_minutes)
    return query.where(b.uuid == sa.bindparam("booking", type_=Uid))


@lru_cache
def _healer() -> sa.Select[Any]:
    h, u = t.healers.c, rows.healer_users.c
    return (
        sa.select(h.id, t.resources.c.id.label("resource"), u.first_name, u.last_name)
        .select_from(
            t.healers.join(t.resources, t.resources.c.healer_id == h.id).join(rows.healer_users, u.id == h.user_id)
        )
        .where(h.uuid == sa.bindparam("healer", type_=Uid))
    )


def asked(
    connection: sa.Connection, healer: UUID, service: UUID, room: UUID | None, *, use_service_room: bool
) -> Asked:
    """What is known of healer and service; does not check who offers what.

    Raises RuleBroken (field "healer" or "service") when one of them is gone.
    """
    who = find_healer(connection, healer)
    if who is None:
        raise RuleBroken(NO_HEALER, field="healer")
    r = connection.execute(_service(), {"service": service, "room": room}).first()
    if r is None:
        raise RuleBroken(NO_SERVICE, field="service")
    return Asked(
        healer=healer,
        healer_id=who.id,
        healer_name=who.name,
        healer_resource=who.resource,
        service_id=r.id,
        service_name=r.service_name,
        minutes=r.duration_minutes,
        before=r.buffer_before_minutes,
        after=r.buffer_after_minutes,
        room_id=r.named_room if room is not None else (r.service_room if use_service_room else None),
        hours=tuple(row.hours for row in rows.read_hours(connection, [healer])),
    )


def moving(connection: sa.Connection, what: Asked, booking: UUID | None) -> tuple[Asked, int | None]:
    """What a booking that is to be moved asks for, with its own buffers; and its key, to leave it out."""
    if booking is None:
        return what, None
    r = connection.execute(_buffers(), {"booking": booking}).first()
    if r is None:
        return what, None
    return replace(what, before=r.buffer_before_minutes, after=r.buffer_after_minutes), r.id


@dataclass(frozen=True, slots=True)
class Healer:
    """A healer's key, the key of their time as a resource, and their name."""

    id: int
    resource: int
    name: str


def find_healer(connection: sa.Connection, uuid: UUID) -> Healer | None:
    """The healer of this uuid."""
    r = connection.execute(_healer(), {"healer": uuid}).first()
    return None if r is None else Healer(r.id, r.resource, rows.full_name(r.first_name, r.last_name))


def free_times(
    connection: sa.Connection,
    what: Asked,
    span: tuple[datetime, datetime],
    zone: ZoneInfo,
    *,
    without_booking: int | None = None,
) -> Iterator[FreeTime]:
    """Free starts inside the span, in order."""
    start, end = span
    if start >= end:
        return
    reach = slots_of(start, end + timedelta(minutes=what.minutes), what.before, what.after)
    blocks = rows.read_blocks(connection, [what.healer], start, end)
    taken = rows.read_taken(connection, what.resources(), reach, without_booking=without_booking)
    opens = open_spans(what.hours, [Span(b.starts_at, b.ends_at) for b in blocks], start, end, zone)
    for at in free_starts(
        opens,
        taken,
        minutes=what.minutes,
        before_minutes=what.before,
        after_minutes=what.after,
        step_minutes=STEP,
        zone=zone,
    ):
        yield FreeTime(at, wall_of(at, zone), comes_second(at, zone), what.healer, what.healer_name)


def nearest(
    connection: sa.Connection,
    what: Asked,
    around: datetime,
    now: datetime,
    zone: ZoneInfo,
    *,
    n: int = 3,
    without_booking: int | None = None,
) -> tuple[FreeTime, ...]:
    """The n free starts nearest to `around` and not in the past, in order of time."""
    for reach in (_NEAR, _FAR):
        span = (max(now, around - reach), max(now, around) + reach)
        found = list(free_times(connection, what, span, zone, without_booking=without_booking))
        if len(found) >= n:
            break
    found.sort(key=lambda f: (abs(f.starts_at - around), f.starts_at))
    return tuple(sorted(found[:n], key=lambda f: f.starts_at))
