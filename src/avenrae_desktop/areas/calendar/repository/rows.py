"""The statements behind the calendar's rows, shared by screens and commands."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.areas.calendar.domain import Hours
from avenrae_desktop.areas.calendar.free_time import slots_of
from avenrae_desktop.areas.calendar.queries import BlockRow, BookingRow, HoursRow
from avenrae_desktop.db import tables as t

client_users = t.users.alias("client_users")
healer_users = t.users.alias("healer_users")

booking_columns = (
    t.bookings.c.uuid,
    t.bookings.c.version,
    t.clients.c.uuid.label("client"),
    client_users.c.first_name.label("client_first"),
    client_users.c.last_name.label("client_last"),
    t.healers.c.uuid.label("healer"),
    healer_users.c.first_name.label("healer_first"),
    healer_users.c.last_name.label("healer_last"),
    t.services.c.uuid.label("service"),
    t.services.c.service_name,
    t.services.c.service_category,
    t.bookings.c.booking_date,
    t.bookings.c.ends_at,
    t.bookings.c.local_start,
    t.bookings.c.time_zone,
    t.bookings.c.buffer_before_minutes,
    t.bookings.c.buffer_after_minutes,
    t.bookings.c.status,
    t.bookings.c.payment_status,
    t.bookings.c.total_price,
    t.bookings.c.lane,
    t.resources.c.resource_name,
    t.bookings.c.note,
)

booking_joins = (
    t.bookings.join(t.clients, t.clients.c.id == t.bookings.c.client_id)
    .join(client_users, client_users.c.id == t.clients.c.user_id)
    .join(t.healers, t.healers.c.id == t.bookings.c.healer_id)
    .join(healer_users, healer_users.c.id == t.healers.c.user_id)
    .join(t.services, t.services.c.id == t.bookings.c.service_id)
    .outerjoin(t.resources, t.resources.c.id == t.bookings.c.room_id)
)


def bookings_between(start: datetime, end: datetime, healers: Iterable[UUID] | None) -> sa.Select[Any]:
    """Bookings that touch the span, in order of time, withdrawn ones left out; `healers` None means everybody.

    Those that run into the span from before are found by the slot that they hold at its first instant: looking
    back over every earlier start would read a month to show a day.
    """
    b, s = t.bookings.c, t.booking_slots.c
    begins = sa.select(b.id).where(b.booking_date >= start, b.booking_date < end)
    healers_time = sa.select(t.resources.c.id).where(t.resources.c.healer_id.is_not(None))
    if healers is not None:
        keys = sa.select(t.healers.c.id).where(t.healers.c.uuid.in_(list(healers))).scalar_subquery()
        begins = begins.where(b.healer_id.in_(keys))
        healers_time = healers_time.where(t.resources.c.healer_id.in_(keys))
    first = slots_of(start, start + timedelta(minutes=5)).start
    runs_on = sa.select(s.booking_id).where(s.resource_id.in_(healers_time.scalar_subquery()), s.slot == first)
    shown = sa.union(begins, runs_on).subquery("shown")
    return (
        sa.select(*booking_columns)
        .select_from(booking_joins.join(shown, shown.c.id == b.id))
        .where(b.ends_at > start, b.booking_date < end, b.withdrawn_at.is_(None))
        .order_by(b.booking_date, b.id)
    )


def full_name(first: str, last: str) -> str:
    return f"{first} {last}".strip()


def booking_row(row: Any) -> BookingRow:
    return BookingRow(
        uuid=row.uuid,
        version=row.version,
        client=row.client,
        client_name=full_name(row.client_first, row.client_last),
        healer=row.healer,
        healer_name=full_name(row.healer_first, row.healer_last),
        service=row.service,
        service_name=row.service_name,
        category=row.service_category,
        starts_at=row.booking_date,
        ends_at=row.ends_at,
        local_start=row.local_start,
        time_zone=row.time_zone,
        buffer_before_minutes=row.buffer_before_minutes,
        buffer_after_minutes=row.buffer_after_minutes,
        status=row.status,
        payment_status=row.payment_status,
        total_price=row.total_price,
        lane=row.lane,
        room_name=row.resource_name,
        has_note=bool(row.note),
    )


def read_hours(connection: sa.Connection, healers: Iterable[UUID] | None) -> tuple[HoursRow, ...]:
    """The weekly hours of these healers (None: of everybody)."""
    c = t.healer_availability.c
    query = (
        sa.select(t.healers.c.uuid, c.weekday, c.kind, c.start_minute, c.end_minute, c.label)
        .join(t.healers, t.healers.c.id == c.healer_id)
        .where(c.removed_at.is_(None))
        .order_by(c.healer_id, c.weekday, c.start_minute)
    )
    if healers is not None:
        query = query.where(t.healers.c.uuid.in_(list(healers)))
    return tuple(
        HoursRow(r.uuid, Hours(r.weekday, r.kind, r.start_minute, r.end_minute, r.label))
        for r in connection.execute(query)
    )


def read_blocks(
    connection: sa.Connection, healers: Iterable[UUID] | None, start: datetime, end: datetime
) -> tuple[BlockRow, ...]:
    """Time off that touches the span: of these healers and of the whole practice (None: of everybody)."""
    c = t.blocked_dates.c
    query = (
        sa.select(c.uuid, c.version, t.healers.c.uuid.label("healer"), c.starts_at, c.ends_at, c.reason)
        .outerjoin(t.healers, t.healers.c.id == c.healer_id)
        .where(c.removed_at.is_(None), c.starts_at < end, c.ends_at > start)
        .order_by(c.starts_at, c.id)
    )
    if healers is not None:
        query = query.where(sa.or_(c.healer_id.is_(None), t.healers.c.uuid.in_(list(healers))))
    return tuple(
        BlockRow(r.uuid, r.version, r.healer, r.starts_at, r.ends_at, r.reason) for r in connection.execute(query)
    )


def read_taken(
    connection: sa.Connection,
    resources: Iterable[int],
    slots: range,
    *,
    lane: int | None = 0,
    without_booking: int | None = None,
) -> frozenset[int]:
    """The slots in the range that any of the resources has taken in the lane (None: in any lane)."""
    c = t.booking_slots.c
    query = sa.select(c.slot).where(c.resource_id.in_(list(resources)), c.slot >= slots.start, c.slot < slots.stop)
    if lane is not None:
        query = query.where(c.lane == lane)
    if without_booking is not None:
        query = query.where(c.booking_id != without_booking)
    return frozenset(connection.execute(query).scalars())
