"""The first seven statements.

What they are asked with comes as SQL too: a bound value from the program, a variable in the files of
database/queries, which are written from here.
"""

from typing import Any

import sqlalchemy as sa

from avenrae_desktop.db.tables import (
    bookings,
    clients,
    event_registrations,
    events,
    healers,
    products,
    reviews,
    services,
    users,
)
from avenrae_desktop.kernel.values import (
    AvailabilityStatus,
    BookingStatus,
    EventStatus,
    RegistrationStatus,
    ReviewStatus,
)

Sql = sa.ColumnElement[Any]
Key = tuple[Sql, Sql]
_AHEAD = (
    BookingStatus.REQUESTED,
    BookingStatus.PENDING,
    BookingStatus.CONFIRMED,
    BookingStatus.ARRIVED,
    BookingStatus.IN_SESSION,
)
HOLDING = (RegistrationStatus.REGISTERED, RegistrationStatus.ATTENDED, RegistrationStatus.NO_SHOW)

b, c, h, s, u, p, e, er, r = (
    bookings.c,
    clients.c,
    healers.c,
    services.c,
    users.c,
    products.c,
    events.c,
    event_registrations.c,
    reviews.c,
)


def available_healers(healer_type: Sql, many: int) -> sa.Select[Any]:
    """1: verified and available healers of a type, the best rated first; people who left are not among them."""
    return (
        sa.select(h.uuid, u.first_name, u.last_name, h.healer_type, h.hourly_rate, h.rating)
        .select_from(healers.join(users, u.id == h.user_id))
        .where(
            h.healer_type == healer_type,
            h.is_verified_healer == sa.true(),
            h.availability_status == AvailabilityStatus.AVAILABLE,
            u.disabled_at.is_(None),
        )
        .order_by(h.rating.desc(), h.id)
        .limit(many)
    )


def client_history(client: Sql, many: int, after: Key | None = None) -> sa.Select[Any]:
    """2: a client's bookings, the latest first; those that undo took back never were."""
    query = (
        sa.select(
            b.uuid,
            b.booking_date,
            b.local_start,
            b.time_zone,
            s.service_name,
            u.first_name,
            u.last_name,
            b.status,
            b.total_price,
            b.id,
        )
        .select_from(
            bookings.join(clients, c.id == b.client_id)
            .join(services, s.id == b.service_id)
            .join(healers, h.id == b.healer_id)
            .join(users, u.id == h.user_id)
        )
        .where(c.uuid == client, b.withdrawn_at.is_(None))
        .order_by(b.booking_date.desc(), b.id.desc())
        .limit(many)
    )
    return query if after is None else query.where(*_before(b.booking_date, b.id, after))


def upcoming_bookings(healer: Sql, now: Sql, since: Sql, many: int, after: Key | None = None) -> sa.Select[Any]:
    """3: what is not over, the next first. No booking that began before `since` can still go on."""
    query = (
        sa.select(
            b.uuid,
            c.uuid.label("client"),
            u.first_name,
            u.last_name,
            s.service_name,
            b.booking_date,
            b.ends_at,
            b.local_start,
            b.time_zone,
            b.status,
            b.id,
        )
        .select_from(
            bookings.join(healers, h.id == b.healer_id)
            .join(clients, c.id == b.client_id)
            .join(users, u.id == c.user_id)
            .join(services, s.id == b.service_id)
        )
        .where(h.uuid == healer, b.booking_date >= since, b.ends_at > now, b.status.in_(_AHEAD))
        .order_by(b.booking_date, b.id)
        .limit(many)
    )
    return query if after is None else query.where(*_behind(b.booking_date, b.id, after))


def healer_revenue(since: Sql, until: Sql, many: int) -> sa.Select[Any]:
    """4: sums first, then the join: a healer without bookings stands there with zeros."""
    earned = (
        sa.select(
            b.healer_id,
            sa.func.count().label("bookings"),
            sa.func.sum(b.total_price).label("booked"),
            sa.func.sum(b.refunded_amount).label("refunded"),
        )
        .where(b.status == BookingStatus.COMPLETED, b.booking_date >= since, b.booking_date < until)
        .group_by(b.healer_id)
        .subquery("earned")
    )
    rated = (
        sa.select(r.healer_id, sa.func.count().label("reviews"), sa.func.sum(r.rating).label("stars"))
        .where(r.status == ReviewStatus.PUBLISHED, r.created_at >= since, r.created_at < until)
        .group_by(r.healer_id)
        .subquery("rated")
    )
    return (
        sa.select(
            h.uuid,
            u.first_name,
            u.last_name,
            _or_zero(earned.c.bookings),
            _or_zero(earned.c.booked),
            _or_zero(earned.c.refunded),
            _or_zero(rated.c.reviews),
            _or_zero(rated.c.stars),
        )
        .select_from(
            healers.join(users, u.id == h.user_id)
            .outerjoin(earned, earned.c.healer_id == h.id)
            .outerjoin(rated, rated.c.healer_id == h.id)
        )
        .order_by((earned.c.booked - earned.c.refunded).desc(), h.id)
        .limit(many)
    )


def rated_services(least: Sql) -> sa.Select[Any]:
    """5: stars of each service from its own published reviews, if there are at least so many.

    One row for each service that was reviewed; who reads it ranks them, because engines divide differently.
    """
    rated = (
        sa.select(r.service_id, sa.func.count().label("reviews"), sa.func.sum(r.rating).label("stars"))
        .where(r.status == ReviewStatus.PUBLISHED, r.service_id.is_not(None))
        .group_by(r.service_id)
        .having(sa.func.count() >= least)
        .subquery("rated")
    )
    return sa.select(
        s.uuid, s.service_name, u.first_name, u.last_name, h.healer_type, rated.c.reviews, rated.c.stars, s.id
    ).select_from(
        rated.join(services, s.id == rated.c.service_id)
        .join(healers, h.id == s.healer_id)
        .join(users, u.id == h.user_id)
    )


def stock(many: int, after: Key | None = None) -> sa.Select[Any]:
    """6: what is sold, the emptiest shelf first."""
    query = (
        sa.select(
            p.uuid,
            p.product_name,
            p.product_type,
            p.product_category,
            p.sku,
            p.stock_quantity,
            p.reorder_level,
            p.price,
            p.id,
        )
        .where(p.is_active == sa.true())
        .order_by(p.stock_quantity, p.id)
        .limit(many)
    )
    return query if after is None else query.where(*_behind(p.stock_quantity, p.id, after))


def attendance(many: int, after: Key | None = None) -> sa.Select[Any]:
    """7: events that were announced, the latest first, with who holds a seat, came, stayed away or waits."""
    page = (
        sa.select(
            e.id,
            e.uuid,
            e.event_name,
            e.event_date,
            e.local_start,
            e.time_zone,
            e.status,
            e.max_capacity,
        )
        .where(e.status != EventStatus.DRAFT)
        .order_by(e.event_date.desc(), e.id.desc())
        .limit(many)
    )
    if after is not None:
        page = page.where(*_before(e.event_date, e.id, after))
    shown = page.subquery("shown")
    holds = er.status.in_(HOLDING)
    return (
        sa.select(
            shown.c.uuid,
            shown.c.event_name,
            shown.c.event_date,
            shown.c.local_start,
            shown.c.time_zone,
            shown.c.status,
            shown.c.max_capacity,
            _count(holds, 1).label("registrations"),
            _count(holds, er.seats).label("seats"),
            _count(er.status == RegistrationStatus.ATTENDED, 1).label("attended"),
            _count(er.status == RegistrationStatus.NO_SHOW, 1).label("no_show"),
            _count(er.status == RegistrationStatus.WAITLISTED, 1).label("waitlisted"),
            shown.c.id,
        )
        .select_from(shown.outerjoin(event_registrations, er.event_id == shown.c.id))
        # All of them, because MariaDB does not see that they hang on the id.
        .group_by(*shown.c)
        .order_by(shown.c.event_date.desc(), shown.c.id.desc())
    )


def _count(which: sa.ColumnElement[bool], number: Any) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((which, number), else_=0))


def _or_zero(column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    return sa.func.coalesce(column, 0).label(column.name)


def _before(when: Sql, number: Sql, key: Key) -> tuple[Sql, Sql]:
    """What comes after `key` in a falling list; written out, because MySQL finds no range in `(a, b) < (x, y)`."""
    return when <= key[0], (when < key[0]) | (number < key[1])


def _behind(when: Sql, number: Sql, key: Key) -> tuple[Sql, Sql]:
    """The same in a list that rises."""
    return when >= key[0], (when > key[0]) | (number > key[1])
