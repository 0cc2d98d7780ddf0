"""The statements behind the calendar's rows, shared by screens and commands.

Each is built once and kept: to build one, and to find out that it is the same as the last time, takes longer than
to read a page with it.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import Enum, auto
from functools import lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.areas.calendar.domain import Hours
from avenrae_desktop.areas.calendar.free_time import slots_of
from avenrae_desktop.areas.calendar.queries import BlockRow, BookingRow, HoursRow
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.types import Uid, Utc

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

_COLUMNS = len(booking_columns)

_stretch = lru_cache(maxsize=4096)(Hours)
"""Most healers of a practice have the same hours, day after day."""

booking_joins = (
    t.bookings.join(t.clients, t.clients.c.id == t.bookings.c.client_id)
    .join(client_users, client_users.c.id == t.clients.c.user_id)
    .join(t.healers, t.healers.c.id == t.bookings.c.healer_id)
    .join(healer_users, healer_users.c.id == t.healers.c.user_id)
    .join(t.services, t.services.c.id == t.bookings.c.service_id)
    .outerjoin(t.resources, t.resources.c.id == t.bookings.c.room_id)
)


class Whose(Enum):
    """Of how many healers something is read: one is found by `=`, a list costs a new statement each time."""

    EVERYBODYS = auto()
    ONES = auto()
    SOME = auto()

    @classmethod
    def of(cls, healers: Sequence[UUID] | None) -> "Whose":
        """None means everybody."""
        if healers is None:
            return cls.EVERYBODYS
        return cls.ONES if len(healers) == 1 else cls.SOME


@lru_cache
def bookings_between(whose: Whose) -> sa.Select[Any]:
    """Bookings that touch a span, in order of time, withdrawn ones left out; its parameters: `between`.

    Those that run into the span from before are found by the slot that they hold at its first instant: looking
    back over every earlier start would read a month to show a day.
    """
    b, s = t.bookings.c, t.booking_slots.c
    start, end = sa.bindparam("start", type_=Utc), sa.bindparam("end", type_=Utc)
    begins = sa.select(b.id).where(b.booking_date >= start, b.booking_date < end)
    healers_time = sa.select(t.resources.c.id).where(t.resources.c.healer_id.is_not(None))
    if whose is not Whose.EVERYBODYS:
        keys = sa.select(t.healers.c.id).where(_theirs(whose)).scalar_subquery()
        begins = begins.where(b.healer_id.in_(keys))
        healers_time = healers_time.where(t.resources.c.healer_id.in_(keys))
    runs_on = sa.select(s.booking_id).where(
        s.resource_id.in_(healers_time.scalar_subquery()), s.slot == sa.bindparam("first_slot", type_=sa.Integer)
    )
    shown = sa.union(begins, runs_on).subquery("shown")
    return (
        sa.select(*booking_columns)
        .select_from(booking_joins.join(shown, shown.c.id == b.id))
        .where(b.ends_at > start, b.booking_date < end, b.withdrawn_at.is_(None))
        .order_by(b.booking_date, b.id)
    )


def between(start: datetime, end: datetime, healers: Sequence[UUID] | None) -> dict[str, Any]:
    """The parameters of `bookings_between`; `healers` None means everybody."""
    first = slots_of(start, start + timedelta(minutes=5)).start
    return {"start": start, "end": end, "first_slot": first, **_named(healers)}


def _theirs(whose: Whose) -> sa.ColumnElement[bool]:
    if whose is Whose.ONES:
        return t.healers.c.uuid == sa.bindparam("healer", type_=Uid)
    return t.healers.c.uuid.in_(sa.bindparam("healers", type_=Uid, expanding=True))


def _named(healers: Sequence[UUID] | None) -> dict[str, Any]:
    match Whose.of(healers), healers:
        case Whose.ONES, [healer]:
            return {"healer": healer}
        case Whose.SOME, _:
            return {"healers": healers}
    return {}


def full_name(first: str, last: str) -> str:
    return f"{first} {last}".strip()


def booking_row(row: Any) -> BookingRow:
    """From a row that begins with `booking_columns`, taken apart by place: names cost as much as the rest."""
    (
        uuid, version, client, client_first, client_last, healer, healer_first, healer_last, service, service_name,
        category, start, end, local_start, time_zone, before, after, status, payment_status, total_price, lane,
        room_name, note,
    ) = row[:_COLUMNS]  # fmt: skip
    return BookingRow(
        uuid,
        version,
        client,
        full_name(client_first, client_last),
        healer,
        full_name(healer_first, healer_last),
        service,
        service_name,
        category,
        start,
        end,
        local_start,
        time_zone,
        before,
        after,
        status,
        payment_status,
        total_price,
        lane,
        room_name,
        bool(note),
    )


@lru_cache
def _hours(whose: Whose) -> sa.Select[Any]:
    c = t.healer_availability.c
    query = (
        sa.select(t.healers.c.uuid, c.weekday, c.kind, c.start_minute, c.end_minute, c.label)
        .join(t.healers, t.healers.c.id == c.healer_id)
        .where(c.removed_at.is_(None))
        .order_by(c.healer_id, c.weekday, c.start_minute)
    )
    return query if whose is Whose.EVERYBODYS else query.where(_theirs(whose))


def read_hours(connection: sa.Connection, healers: Sequence[UUID] | None) -> tuple[HoursRow, ...]:
    """The weekly hours of these healers (None: of everybody)."""
    found = connection.execute(_hours(Whose.of(healers)), _named(healers)).all()
    return tuple(
        HoursRow(uuid, _stretch(weekday, kind, start, end, label))
        for uuid, weekday, kind, start, end, label in found
    )


@lru_cache
def _blocks(whose: Whose) -> sa.Select[Any]:
    c = t.blocked_dates.c
    start, end = sa.bindparam("start", type_=Utc), sa.bindparam("end", type_=Utc)
    query = (
        sa.select(c.uuid, c.version, t.healers.c.uuid.label("healer"), c.starts_at, c.ends_at, c.reason)
        .outerjoin(t.healers, t.healers.c.id == c.healer_id)
        .where(c.removed_at.is_(None), c.starts_at < end, c.ends_at > start)
        .order_by(c.starts_at, c.id)
    )
    if whose is Whose.EVERYBODYS:
        return query
    return query.where(sa.or_(c.healer_id.is_(None), _theirs(whose)))


def read_blocks(
    connection: sa.Connection, healers: Sequence[UUID] | None, start: datetime, end: datetime
) -> tuple[BlockRow, ...]:
    """Time off that touches the span: of these healers and of the whole practice (None: of everybody)."""
    params = {"start": start, "end": end, **_named(healers)}
    found = connection.execute(_blocks(Whose.of(healers)), params).all()
    return tuple(BlockRow(*row) for row in found)


def read_taken(
    connection: sa.Connection,
    resources: Iterable[int],
    slots: range,
    *,
    lane: int | None = 0,
    without_booking: int | None = None,
) -> frozenset[int]:
    """The slots in the range that any of the resources has taken in the lane (None: in any lane)."""
    params: dict[str, Any] = {"resources": list(resources), "first_slot": slots.start, "stop": slots.stop}
    if lane is not None:
        params["lane"] = lane
    if without_booking is not None:
        params["booking"] = without_booking
    query = _taken(one_lane=lane is not None, without_booking=without_booking is not None)
    return frozenset(connection.execute(query, params).scalars().all())


@lru_cache
def _taken(*, one_lane: bool, without_booking: bool) -> sa.Select[Any]:
    c = t.booking_slots.c

    def param(name: str, *, expanding: bool = False) -> sa.BindParameter[Any]:
        return sa.bindparam(name, type_=sa.Integer, expanding=expanding)

    query = sa.select(c.slot).where(
        c.resource_id.in_(param("resources", expanding=True)),
        c.slot >= param("first_slot"),
        c.slot < param("stop"),
    )
    if one_lane:
        query = query.where(c.lane == param("lane"))
    return query.where(c.booking_id != param("booking")) if without_booking else query
