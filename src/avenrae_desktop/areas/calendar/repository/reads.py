"""What the calendar's screens ask for; every method opens its own connection and may run in any thread."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from avenrae_desktop.areas.calendar.domain import Hours
from avenrae_desktop.areas.calendar.problems import NO_BOOKING
from avenrae_desktop.areas.calendar.queries import (
    BlockRow,
    Board,
    BookingDetail,
    BookingHit,
    BookingRow,
    FreeTime,
    HistoryRow,
)
from avenrae_desktop.areas.calendar.repository import offers, rows
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.types import Uid, Utc
from avenrae_desktop.db.unit_of_work import reading
from avenrae_desktop.kernel.errors import NotFound
from avenrae_desktop.kernel.text import search_key
from avenrae_desktop.kernel.time import Clock, day_bounds, instants_of
from avenrae_desktop.kernel.values import BookingStatus

HISTORY = 50


class CalendarReads:
    """Reads of the calendar. `zone` is the practice's, `clock` tells now."""

    def __init__(self, engine: sa.Engine, zone: Callable[[], ZoneInfo], clock: Clock) -> None:
        self._engine = engine
        self._zone = zone
        self._clock = clock

    def board(
        self, first_day: date, days: int, healers: Sequence[UUID] | None, *, cancelled: bool = False
    ) -> Board:
        """Bookings, time off and weekly hours of whole local days; `healers` None means everybody."""
        start, end = self._span(first_day, days)
        query = _board(rows.Whose.of(healers), cancelled=cancelled)
        with reading(self._engine) as connection:
            found = connection.execute(query, rows.between(start, end, healers)).all()
            return Board(
                tuple(map(rows.booking_row, found)),
                rows.read_blocks(connection, healers, start, end),
                rows.read_hours(connection, healers),
            )

    def booking(self, uuid: UUID) -> BookingDetail:
        """One booking with all facts and its client's history; raises NotFound."""
        with reading(self._engine) as connection:
            r = connection.execute(_detail(), {"booking": uuid}).first()
            if r is None:
                raise NotFound(NO_BOOKING)
            return BookingDetail(
                row=rows.booking_row(r),
                number=r.id,
                client_phone=r.phone,
                client_email=r.contact_email,
                client_born=r.date_of_birth,
                client_note=r.client_note,
                room=r.room,
                note=r.note or "",
                overbooking_reason=r.overbooking_reason,
                outside_hours_reason=r.outside_hours_reason,
                cancellation_reason=r.cancellation_reason,
                created_at=r.created_at,
                created_by=rows.full_name(r.creator_first, r.creator_last),
                confirmed_at=r.confirmed_at,
                arrived_at=r.arrived_at,
                completed_at=r.completed_at,
                cancelled_at=r.cancelled_at,
                no_show_at=r.no_show_at,
                history=_history(connection, _of_client_id(), {"client_id": r.client_id}),
            )

    def history(self, client: UUID, before: datetime | None = None) -> tuple[HistoryRow, ...]:
        """A client's bookings, newest first, 50 at a time; `before` is the start of the last one seen."""
        params = {"client": client} if before is None else {"client": client, "before": before}
        with reading(self._engine) as connection:
            return _history(connection, _of_client(older=before is not None), params)

    def free_times(
        self,
        healer: UUID,
        service: UUID,
        from_day: date,
        *,
        days: int = 14,
        limit: int = 12,
        minutes: int | None = None,
        exclude_booking: UUID | None = None,
        room: UUID | None = None,
        use_service_room: bool = True,
    ) -> tuple[FreeTime, ...]:
        """The next free starts from now on, at quarter hours and right behind other bookings.

        `exclude_booking` is to be moved: its time counts as free, and its own buffers count.
        """
        start, end = self._span(from_day, days)
        with reading(self._engine) as connection:
            what = offers.asked(connection, healer, service, room, use_service_room=use_service_room)
            what, ignored = offers.moving(connection, what.lasting(minutes), exclude_booking)
            span = (max(start, self._clock()), end)
            free = offers.free_times(connection, what, span, self._zone(), without_booking=ignored)
            return tuple(islice(free, limit))

    def nearest_free(
        self,
        healer: UUID,
        service: UUID,
        local_start: datetime,
        *,
        n: int = 3,
        minutes: int | None = None,
        exclude_booking: UUID | None = None,
        room: UUID | None = None,
        use_service_room: bool = True,
    ) -> tuple[FreeTime, ...]:
        """The n free starts nearest to a wall time, in order of time."""
        zone = self._zone()
        around = (instants_of(local_start, zone) or instants_of(local_start + timedelta(hours=1), zone))[0]
        with reading(self._engine) as connection:
            what = offers.asked(connection, healer, service, room, use_service_room=use_service_room)
            what, ignored = offers.moving(connection, what.lasting(minutes), exclude_booking)
            return offers.nearest(connection, what, around, self._clock(), zone, n=n, without_booking=ignored)

    def stranded(self, healer: UUID | None, local_start: datetime, local_end: datetime) -> tuple[BookingRow, ...]:
        """Bookings that time off between two wall times would leave inside it; `healer` None: everybody's."""
        zone = self._zone()
        start = local_start.replace(tzinfo=zone)
        end = local_end.replace(tzinfo=zone, fold=1)
        query = (
            rows.bookings_between(rows.Whose.EVERYBODYS if healer is None else rows.Whose.ONES)
            .where(t.bookings.c.status.not_in([BookingStatus.CANCELLED, BookingStatus.NO_SHOW]))
            .limit(200)
        )
        params = rows.between(start, end, None if healer is None else [healer])
        with reading(self._engine) as connection:
            return tuple(rows.booking_row(r) for r in connection.execute(query, params))

    def hours(self, healer: UUID) -> tuple[Hours, ...]:
        """A healer's week."""
        with reading(self._engine) as connection:
            return tuple(r.hours for r in rows.read_hours(connection, [healer]))

    def blocks(self, from_day: date, days: int) -> tuple[BlockRow, ...]:
        """Everybody's time off in whole local days."""
        start, end = self._span(from_day, days)
        with reading(self._engine) as connection:
            return rows.read_blocks(connection, None, start, end)

    def find(self, text: str, limit: int = 8) -> tuple[BookingHit, ...]:
        """Bookings of clients whose last or first name begins so: coming ones first, then the latest past."""
        key = search_key(text)
        if not key:
            return ()
        top = key + "\U0010ffff"
        k, b = t.clients.c, t.bookings.c
        # Each branch limited inside a subquery of its own: SQLite takes no parentheses around parts of a union.
        branches = [
            sa.select(sa.select(k.id).where(column >= key, column < top).limit(200).subquery().c.id)
            for column in (k.last_key, k.first_key)
        ]
        matching = sa.union_all(*branches).subquery()
        found = (
            sa.select(*rows.booking_columns)
            .select_from(rows.booking_joins)
            .where(b.client_id.in_(sa.select(matching.c.id)))
            .where(b.withdrawn_at.is_(None), b.status != BookingStatus.CANCELLED)
        )
        now = self._clock()
        coming = found.where(b.ends_at > now).order_by(b.booking_date, b.id).limit(limit)
        past = found.where(b.ends_at <= now).order_by(b.booking_date.desc(), b.id.desc()).limit(limit)
        with reading(self._engine) as connection:
            hits = [rows.booking_row(r) for r in connection.execute(coming)]
            if len(hits) < limit:
                hits += [rows.booking_row(r) for r in connection.execute(past)]
        return tuple(
            BookingHit(h.uuid, h.client_name, h.service_name, h.healer_name, h.starts_at, h.status)
            for h in hits[:limit]
        )

    def _span(self, first_day: date, days: int) -> tuple[datetime, datetime]:
        zone = self._zone()
        return day_bounds(first_day, zone)[0], day_bounds(first_day + timedelta(days=days - 1), zone)[1]


@lru_cache
def _board(whose: rows.Whose, *, cancelled: bool) -> sa.Select[Any]:
    query = rows.bookings_between(whose)
    return query if cancelled else query.where(t.bookings.c.status != BookingStatus.CANCELLED)


@lru_cache
def _detail() -> sa.Select[Any]:
    b, creator = t.bookings.c, t.users.alias("creator")
    return (
        sa.select(
            *rows.booking_columns,
            b.id,
            b.client_id,
            t.clients.c.phone,
            t.clients.c.contact_email,
            t.clients.c.date_of_birth,
            t.clients.c.note.label("client_note"),
            t.resources.c.uuid.label("room"),
            b.overbooking_reason,
            b.outside_hours_reason,
            b.cancellation_reason,
            b.created_at,
            creator.c.first_name.label("creator_first"),
            creator.c.last_name.label("creator_last"),
            b.confirmed_at,
            b.arrived_at,
            b.completed_at,
            b.cancelled_at,
            b.no_show_at,
        )
        .select_from(rows.booking_joins.join(creator, creator.c.id == b.created_by))
        .where(b.uuid == sa.bindparam("booking", type_=Uid), b.withdrawn_at.is_(None))
    )


def _past() -> sa.Select[Any]:
    c = t.bookings.c
    return (
        sa.select(
            c.uuid,
            c.booking_date,
            t.services.c.uuid,
            t.services.c.service_name,
            t.healers.c.uuid,
            rows.healer_users.c.first_name,
            rows.healer_users.c.last_name,
            c.status,
            c.payment_status,
            c.total_price,
        )
        .select_from(rows.booking_joins)
        .where(c.withdrawn_at.is_(None))
        .order_by(c.booking_date.desc(), c.id.desc())
        .limit(HISTORY)
    )


@lru_cache
def _of_client_id() -> sa.Select[Any]:
    return _past().where(t.bookings.c.client_id == sa.bindparam("client_id", type_=sa.Integer))


@lru_cache
def _of_client(*, older: bool) -> sa.Select[Any]:
    query = _past().where(t.clients.c.uuid == sa.bindparam("client", type_=Uid))
    return query.where(t.bookings.c.booking_date < sa.bindparam("before", type_=Utc)) if older else query


def _history(connection: sa.Connection, query: sa.Select[Any], params: dict[str, Any]) -> tuple[HistoryRow, ...]:
    return tuple(
        HistoryRow(uuid, start, service, service_name, healer, rows.full_name(first, last), status, payment, price)
        for (
            uuid, start, service, service_name, healer, first, last, status, payment, price,
        ) in connection.execute(query, params).all()
    )  # fmt: skip
