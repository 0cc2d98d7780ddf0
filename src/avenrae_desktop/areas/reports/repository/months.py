"""The eighth statement: revenue by month, by the day of the work or by the day of the payment."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa

from avenrae_desktop.areas.reports.repository.statements import HOLDING, Sql
from avenrae_desktop.db.tables import bookings, event_registrations, events, orders, transactions
from avenrae_desktop.db.types import Money
from avenrae_desktop.kernel.values import BookingStatus, EventStatus, OrderStatus, TransactionKind

b, o, e, er, t = bookings.c, orders.c, events.c, event_registrations.c, transactions.c
# The columns after the month, in this order.
NUMBERS = (
    "bookings",
    "booking_revenue",
    "orders",
    "product_revenue",
    "registrations",
    "event_revenue",
    "other_revenue",
    "refunds",
)
_COUNTS = frozenset({"bookings", "orders", "registrations"})


class Month(NamedTuple):
    """How a month is called in the answer, and its first instant."""

    name: Sql
    starts: Sql


def by_service(months: Sequence[Month], until: Sql, now: Sql) -> sa.Select[Any]:
    """Bookings that were completed, orders that were not cancelled, places of events that are over.

    What was given back of them counts in their own month. Each kind is summed for itself before they meet.
    """
    done = _stream(
        months,
        until,
        b.booking_date,
        {
            "bookings": sa.func.count(),
            "booking_revenue": sa.func.sum(b.total_price),
            "refunds": sa.func.sum(b.refunded_amount),
        },
    ).where(b.status == BookingStatus.COMPLETED)
    sold = _stream(
        months,
        until,
        o.order_date,
        {
            "orders": sa.func.count(),
            "product_revenue": sa.func.sum(o.total_amount),
            "refunds": sa.func.sum(o.refunded_amount),
        },
    ).where(o.status != OrderStatus.CANCELLED)
    places = (
        _stream(
            months,
            until,
            e.event_date,
            {
                "registrations": sa.func.count(),
                "event_revenue": sa.func.sum(er.total_price),
                "refunds": sa.func.sum(er.refunded_amount),
            },
        )
        .select_from(events.join(event_registrations, er.event_id == e.id))
        .where(er.status.in_(HOLDING), e.status.in_((EventStatus.OPEN, EventStatus.COMPLETED)), e.ends_at <= now)
    )
    streams = sa.union_all(done, sold, places).subquery("streams")
    return (
        sa.select(streams.c.month, *(sa.func.sum(streams.c[name]).label(name) for name in NUMBERS))
        .group_by(streams.c.month)
        .order_by(streams.c.month.desc())
    )


def by_payment(months: Sequence[Month], until: Sql) -> sa.Select[Any]:
    """The ledger alone: payments by what they were for, less those taken back; and refunds."""
    is_payment = t.kind == TransactionKind.PAYMENT
    on_account = sa.and_(t.booking_id.is_(None), t.order_id.is_(None), t.event_registration_id.is_(None))
    return _stream(
        months,
        until,
        t.taken_at,
        {
            "bookings": sa.func.count(t.booking_id.distinct()),
            "booking_revenue": _sum(sa.and_(is_payment, t.booking_id.is_not(None)), t.amount),
            "orders": sa.func.count(t.order_id.distinct()),
            "product_revenue": _sum(sa.and_(is_payment, t.order_id.is_not(None)), t.amount),
            "registrations": sa.func.count(t.event_registration_id.distinct()),
            "event_revenue": _sum(sa.and_(is_payment, t.event_registration_id.is_not(None)), t.amount),
            "other_revenue": _sum(sa.and_(is_payment, on_account), t.amount),
            "refunds": _sum(t.kind == TransactionKind.REFUND, -t.amount),
        },
    ).order_by(sa.desc("month"))


def _stream(months: Sequence[Month], until: Sql, when: Sql, numbers: dict[str, Any]) -> sa.Select[Any]:
    """Months in which something happened.

    They are given by their bounds, the newest first: no engine knows the practice's time zone, and each writes
    dates in its own way.
    """
    month = sa.case(*((when >= each.starts, each.name) for each in months), else_=None).label("month")
    columns = [numbers.get(name, _nothing(name)).label(name) for name in NUMBERS]
    return sa.select(month, *columns).where(when >= months[-1].starts, when < until).group_by(sa.text("month"))


def _nothing(name: str) -> Sql:
    return sa.literal(0) if name in _COUNTS else sa.literal(Decimal(0), Money())


def _sum(which: sa.ColumnElement[bool], amount: Sql) -> Sql:
    return sa.func.sum(sa.case((which, amount), else_=sa.literal(Decimal(0), Money())))
