"""The control: what the same use cases cost when they keep out double bookings by the lock alone.

Overlaps are looked for in the bookings themselves; the test drops the slot triggers. Only its speed counts: one
raw INSERT gets past it.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from avenrae_desktop.areas.calendar.domain import GIVES_BACK
from avenrae_desktop.areas.calendar.repository import bookings, rows
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.unit_of_work import Work


def lock_only() -> None:
    """From now on this process looks for overlaps in the bookings."""
    bookings.occupant = occupant


def occupant(
    work: Work, resources: Sequence[int], slots: range, *, but: Iterable[int] = ()
) -> bookings.Occupant | None:
    b = t.bookings.c
    start, end = (datetime.fromtimestamp(s * 300, UTC) for s in (slots.start, slots.stop))
    query = (
        sa.select(
            t.resources.c.resource_name,
            rows.client_users.c.first_name,
            rows.client_users.c.last_name,
            b.booking_date,
            b.ends_at,
        )
        .select_from(
            t.bookings.join(t.resources, t.resources.c.healer_id == b.healer_id)
            .join(t.clients, t.clients.c.id == b.client_id)
            .join(rows.client_users, rows.client_users.c.id == t.clients.c.user_id)
        )
        .where(t.resources.c.id.in_(list(resources)), b.booking_date < end, b.ends_at > start)
        .where(b.status.not_in(list(GIVES_BACK)), b.id.not_in(list(but)))
        .order_by(b.booking_date)
        .limit(1)
    )
    r = work.connection.execute(query).first()
    if r is None:
        return None
    name = rows.full_name(r.first_name, r.last_name)
    return bookings.Occupant(r.resource_name, name, r.booking_date, r.ends_at)
