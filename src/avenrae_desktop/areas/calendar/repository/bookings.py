"""Bookings inside a command: locks first, then reads, then writes, all in the open transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.areas.calendar.domain import BookingState
from avenrae_desktop.areas.calendar.repository import rows
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.faults import check_updated
from avenrae_desktop.db.unit_of_work import Work
from avenrae_desktop.kernel.values import BookingStatus


@dataclass(frozen=True, slots=True)
class Held:
    """A booking as a command needs it: its keys, its service's name and price, its present state."""

    id: int
    uuid: UUID
    version: int
    healer_id: int
    healer_resource: int
    room_id: int | None
    service: UUID
    service_name: str
    before: int
    after: int
    time_zone: str
    state: BookingState

    @property
    def length(self) -> timedelta:
        return self.state.ends_at - self.state.starts_at

    def resources(self) -> list[int]:
        found = [self.healer_resource] if self.room_id is None else [self.healer_resource, self.room_id]
        return sorted(found)


_room = t.resources.alias("booked_room")
_facts = [f.name for f in fields(BookingState) if f.name not in ("healer", "room", "starts_at")]


def bookings_of(work: Work, uuids: Iterable[UUID]) -> dict[UUID, Held]:
    """The bookings of these uuids; withdrawn ones are gone."""
    b = t.bookings.c
    query = (
        sa.select(
            b.id,
            b.uuid,
            b.version,
            b.healer_id,
            t.resources.c.id.label("healer_resource"),
            b.room_id,
            t.healers.c.uuid.label("healer"),
            _room.c.uuid.label("room"),
            t.services.c.uuid.label("service"),
            t.services.c.service_name,
            b.buffer_before_minutes,
            b.buffer_after_minutes,
            b.time_zone,
            b.booking_date,
            *(b[name] for name in _facts),
        )
        .select_from(
            t.bookings.join(t.healers, t.healers.c.id == b.healer_id)
            .join(t.resources, t.resources.c.healer_id == b.healer_id)
            .join(t.services, t.services.c.id == b.service_id)
            .outerjoin(_room, _room.c.id == b.room_id)
        )
        .where(b.uuid.in_(list(uuids)), b.withdrawn_at.is_(None))
    )
    return {r.uuid: _held(r) for r in work.connection.execute(query)}


def _held(r: Any) -> Held:
    state = BookingState(
        healer=r.healer, room=r.room, starts_at=r.booking_date, **{name: getattr(r, name) for name in _facts}
    )
    return Held(
        id=r.id,
        uuid=r.uuid,
        version=r.version,
        healer_id=r.healer_id,
        healer_resource=r.healer_resource,
        room_id=r.room_id,
        service=r.service,
        service_name=r.service_name,
        before=r.buffer_before_minutes,
        after=r.buffer_after_minutes,
        time_zone=r.time_zone,
        state=state,
    )


def lock(work: Work, resources: Iterable[int]) -> None:
    """Take turns with everybody who books these resources; in order, so that two never wait for each other."""
    ids = sorted(set(resources))
    query = sa.select(t.resources.c.id).where(t.resources.c.id.in_(ids)).order_by(t.resources.c.id)
    work.connection.execute(query.with_for_update()).all()


def is_offered(work: Work, service_id: int, healer_id: int) -> bool:
    """Whether the healer offers the service today."""
    c = t.service_providers.c
    query = sa.select(c.service_id).where(
        c.service_id == service_id, c.healer_id == healer_id, c.ended_at.is_(None)
    )
    return work.connection.execute(query).first() is not None


def live_client(work: Work, uuid: UUID) -> int | None:
    """The key of a client who is not archived."""
    c = t.clients.c
    return work.connection.execute(sa.select(c.id).where(c.uuid == uuid, c.archived_at.is_(None))).scalar()


def live_service(work: Work, uuid: UUID) -> tuple[int, Decimal] | None:
    """Key and price of a service that is still offered."""
    c = t.services.c
    query = sa.select(c.id, c.price).where(c.uuid == uuid, c.archived_at.is_(None))
    found = work.connection.execute(query).first()
    return None if found is None else (found.id, found.price)


def live_room(work: Work, uuid: UUID) -> int | None:
    """The key of a room that is not archived."""
    c = t.resources.c
    query = sa.select(c.id).where(c.uuid == uuid, c.archived_at.is_(None), c.healer_id.is_(None))
    return work.connection.execute(query).scalar()


@dataclass(frozen=True, slots=True)
class Occupant:
    """What takes a slot: whose time or which room, by which client, when."""

    resource_name: str
    client_name: str
    starts_at: datetime
    ends_at: datetime


def occupant(work: Work, resources: Sequence[int], slots: range, *, but: Iterable[int] = ()) -> Occupant | None:
    """The first booking in the way in lane 0, other than the bookings `but`."""
    s = t.booking_slots.c
    query = (
        sa.select(
            t.resources.c.resource_name,
            rows.client_users.c.first_name,
            rows.client_users.c.last_name,
            t.bookings.c.booking_date,
            t.bookings.c.ends_at,
        )
        .select_from(
            t.booking_slots.join(t.resources, t.resources.c.id == s.resource_id)
            .join(t.bookings, t.bookings.c.id == s.booking_id)
            .join(t.clients, t.clients.c.id == t.bookings.c.client_id)
            .join(rows.client_users, rows.client_users.c.id == t.clients.c.user_id)
        )
        .where(s.resource_id.in_(list(resources)), s.slot >= slots.start, s.slot < slots.stop, s.lane == 0)
        .where(s.booking_id.not_in(list(but)))
        .order_by(s.slot)
        .limit(1)
    )
    r = work.connection.execute(query).first()
    if r is None:
        return None
    client = rows.full_name(r.first_name, r.last_name)
    return Occupant(r.resource_name, client, r.booking_date, r.ends_at)


def free_lane(work: Work, resources: Sequence[int], slots: range, *, but: Iterable[int] = ()) -> int:
    """The lowest lane beside the normal one that is free for all these slots."""
    s = t.booking_slots.c
    query = sa.select(s.lane).where(
        s.resource_id.in_(list(resources)),
        s.slot >= slots.start,
        s.slot < slots.stop,
        s.booking_id.not_in(list(but)),
    )
    used = set(work.connection.execute(query.distinct()).scalars())
    return next(lane for lane in range(1, len(used) + 2) if lane not in used)


def insert_booking(work: Work, **values: Any) -> None:
    """The new row; the triggers take its slots or refuse it."""
    work.connection.execute(
        t.bookings.insert().values(created_at=work.now, created_by=work.actor.user_id, **values)
    )


def release(work: Work, held: Iterable[Held]) -> None:
    """Give back the time of several bookings before any of them takes a new one (swaps, whole days).

    Through the cancelled state, because every live booking always owns its slots; in the same transaction
    `write_state` brings each one back.
    """
    ids = [h.id for h in held]
    work.connection.execute(
        t.bookings.update()
        .where(t.bookings.c.id.in_(ids))
        .values(status=BookingStatus.CANCELLED, cancelled_at=work.now)
    )


def write_state(
    work: Work, held: Held, state: BookingState, *, healer_id: int | None = None, room_id: int | None = None
) -> int:
    """Write the whole state of a booking whose version is still the one that was read; returns the new version."""
    values = {name: getattr(state, name) for name in _facts}
    result = work.connection.execute(
        t.bookings.update()
        .where(t.bookings.c.id == held.id, t.bookings.c.version == held.version)
        .values(
            healer_id=held.healer_id if healer_id is None else healer_id,
            room_id=room_id,
            booking_date=state.starts_at,
            version=held.version + 1,
            **values,
        )
    )
    check_updated(result.rowcount)
    return held.version + 1


def withdraw(work: Work, held: Held) -> None:
    """As if it had never been made: gives back its time and leaves every list."""
    result = work.connection.execute(
        t.bookings.update()
        .where(t.bookings.c.id == held.id, t.bookings.c.version == held.version)
        .values(
            status=BookingStatus.CANCELLED,
            cancelled_at=work.now,
            withdrawn_at=work.now,
            version=held.version + 1,
        )
    )
    check_updated(result.rowcount)
