"""A report of the program in the words of the oracle, and all eight of them compared."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from avenrae_desktop.areas.reports.queries import Basis, MonthRevenue
from avenrae_desktop.areas.reports.repository import ReportReads
from avenrae_desktop.kernel.paging import Page
from avenrae_desktop.kernel.values import HealerType
from tests.reports.oracle import Oracle


def cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 100)


def whole(read: Callable[[tuple[object, ...] | None], Page[Any]]) -> list[Any]:
    """All pages of a list; no page but the last is short."""
    found: list[Any] = []
    page = read(None)
    while True:
        found += page.rows
        if page.after is None:
            return found
        assert len(page.rows) == 60
        page = read(page.after)


def check_healers(reads: ReportReads, oracle: Oracle) -> int:
    many = 0
    for kind in HealerType:
        rows = reads.available_healers(kind)
        ours = [(r.healer.bytes, r.name, r.healer_type, cents(r.hourly_rate), cents(r.rating)) for r in rows]
        assert ours == oracle.available_healers(kind.value)
        many += len(ours)
    return many


def check_history(reads: ReportReads, oracle: Oracle) -> int:
    many = 0
    for client in oracle.table("clients"):
        uuid = bytes(client["uuid"])
        rows = whole(lambda after, uuid=uuid: reads.client_history(uuid_of(uuid), after))
        ours = [
            (r.booking.bytes, r.starts_at, r.service_name, r.healer_name, r.status, cents(r.total_price))
            for r in rows
        ]
        assert ours == oracle.client_history(uuid)
        assert all(r.local_start == r.starts_at.astimezone(oracle.zone).replace(tzinfo=None) for r in rows)
        many = max(many, len(ours))
    return many


def check_upcoming(reads: ReportReads, oracle: Oracle) -> int:
    many = 0
    for healer in oracle.table("healers"):
        uuid = bytes(healer["uuid"])
        rows = whole(lambda after, uuid=uuid: reads.upcoming_bookings(uuid_of(uuid), after))
        ours = [(r.booking.bytes, r.client_name, r.service_name, r.starts_at, r.status) for r in rows]
        assert ours == oracle.upcoming_bookings(uuid)
        many += len(ours)
    return many


def check_revenue(reads: ReportReads, oracle: Oracle, *days: tuple[date | None, date | None]) -> int:
    many = 0
    for since, until in days:
        rows = reads.healer_revenue(since, until)
        ours = {
            r.healer.bytes: (
                r.name,
                r.bookings,
                cents(r.booked),
                cents(r.refunded),
                cents(r.revenue),
                r.reviews,
                r.rating,
            )
            for r in rows
        }
        begin = midnight(oracle, since) if since else datetime.min.replace(tzinfo=UTC)
        end = midnight(oracle, until) if until else datetime.max.replace(tzinfo=UTC)
        assert ours == oracle.healer_revenue(begin, end)
        assert [r.revenue for r in rows] == sorted((r.revenue for r in rows), reverse=True)
        many += sum(r.bookings for r in rows)
    return many


def check_services(reads: ReportReads, oracle: Oracle) -> int:
    for least, many in ((1, 100), (3, 20), (6, 2)):
        rows = reads.top_rated_services(least, many)
        ours = [(r.service.bytes, r.service_name, r.reviews, r.rating) for r in rows]
        assert ours == oracle.top_rated_services(least, many)
    return len(reads.top_rated_services(1, 100))


def check_stock(reads: ReportReads, oracle: Oracle) -> int:
    rows = whole(reads.stock)
    assert [(r.sku, r.stock_quantity, cents(r.price), r.state) for r in rows] == oracle.stock()
    return len(rows)


def check_attendance(reads: ReportReads, oracle: Oracle) -> int:
    rows = whole(reads.attendance)
    ours = [
        (r.event_name, r.status, r.registrations, r.seats, r.attended, r.no_show, r.waitlisted, r.filled)
        for r in rows
    ]
    assert ours == oracle.attendance()
    return len(ours)


def check_months(reads: ReportReads, oracle: Oracle, first: date, many: int, basis: Basis) -> int:
    rows = reads.monthly_revenue(first, many, basis)
    expected = oracle.months_by_service() if basis is Basis.SERVICE else oracle.months_by_payment()
    months = [((first.month - 1 + n) // 12 + first.year, (first.month - 1 + n) % 12 + 1) for n in range(many)][
        ::-1
    ]
    assert [(r.month.year, r.month.month, r.month.day) for r in rows] == [(y, m, 1) for y, m in months]
    assert [numbers(r) for r in rows] == [expected.get(month, [0] * 9) for month in months]
    return sum(r.bookings + r.orders + r.registrations for r in rows)


def numbers(row: MonthRevenue) -> list[int | None]:
    return [value if isinstance(value, int) else cents(value) for value in row[1:]]


def midnight(oracle: Oracle, day: date) -> datetime:
    return datetime.combine(day, time(), oracle.zone)


def uuid_of(raw: bytes) -> Any:
    from uuid import UUID

    return UUID(bytes=raw)
