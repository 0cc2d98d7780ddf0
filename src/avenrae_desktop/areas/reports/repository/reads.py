"""What the reports' screen asks for; every method opens its own connection and may run in any thread."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from avenrae_desktop.areas.reports.queries import (
    Attendance,
    AvailableHealer,
    Basis,
    HealerRevenue,
    MonthRevenue,
    PastBooking,
    RatedService,
    StockRow,
    StockState,
    UpcomingBooking,
)
from avenrae_desktop.areas.reports.repository import asked
from avenrae_desktop.db.unit_of_work import reading
from avenrae_desktop.kernel.paging import PAGE, Page
from avenrae_desktop.kernel.time import Clock
from avenrae_desktop.kernel.values import HealerType

MOST_MONTHS = 60
MOST_SERVICES = 100
_LONGEST = timedelta(days=32)  # a booking ends within 31 days of its start
_EARLIEST, _LATEST = date(1971, 1, 1), date(9000, 1, 1)
_HUNDREDTH = Decimal("0.01")
_NOTHING = Decimal(0)
After = tuple[object, ...] | None


class ReportReads:
    """The eight reports. `zone` is the practice's, asked at each read."""

    def __init__(self, engine: sa.Engine, zone: Callable[[], ZoneInfo], clock: Clock) -> None:
        self._engine = engine
        self._zone = zone
        self._clock = clock

    def available_healers(self, healer_type: HealerType) -> tuple[AvailableHealer, ...]:
        """1: who is verified and available, the best rated first, those without a rating last."""
        rows = self._rows(asked.available_healers(), healer_type=healer_type)
        return tuple(AvailableHealer(uuid, _name(first, last), *rest) for uuid, first, last, *rest in rows)

    def client_history(self, client: UUID, after: After = None) -> Page[PastBooking]:
        """2: a page of a client's bookings, the latest first."""
        rows = self._rows(asked.client_history(paged=after is not None), client=client, **_key(after))
        return _page(
            [
                (PastBooking(uuid, starts, local, zone, service, _name(first, last), status, price), (starts, key))
                for uuid, starts, local, zone, service, first, last, status, price, key in rows
            ]
        )

    def upcoming_bookings(self, healer: UUID, after: After = None) -> Page[UpcomingBooking]:
        """3: a page of a healer's bookings that are not over, the next first."""
        now, query = self._clock(), asked.upcoming_bookings(paged=after is not None)
        rows = self._rows(query, healer=healer, now=now, since=now - _LONGEST, **_key(after))
        return _page(
            [
                (
                    UpcomingBooking(uuid, client, _name(first, last), service, starts, ends, local, zone, status),
                    (starts, key),
                )
                for uuid, client, first, last, service, starts, ends, local, zone, status, key in rows
            ]
        )

    def healer_revenue(self, since: date | None = None, until: date | None = None) -> tuple[HealerRevenue, ...]:
        """4: every healer, who earned most first; days in the practice's time zone, `until` not included."""
        begin, end = self._midnight(since or _EARLIEST), self._midnight(until or _LATEST)
        found = [
            HealerRevenue(
                uuid,
                _name(first, last),
                int(many),
                booked,
                refunded,
                booked - refunded,
                int(reviews),
                _share(stars, reviews),
            )
            for uuid, first, last, many, booked, refunded, reviews, stars in self._rows(
                asked.healer_revenue(), since=begin, until=end
            )
        ]
        # Those without bookings have no sum to be sorted by.
        return tuple(sorted(found, key=lambda row: -row.revenue))

    def top_rated_services(self, least: int = 3, many: int = 20) -> tuple[RatedService, ...]:
        """5: services with at least `least` published reviews, the best first; up to MOST_SERVICES."""
        rows = self._rows(asked.rated_services(), least=least)
        ranked = sorted(rows, key=lambda row: (-Decimal(row.stars) / row.reviews, -row.reviews, row.id))
        return tuple(
            RatedService(uuid, name, _name(first, last), kind, int(reviews), _share(stars, reviews) or Decimal(0))
            for uuid, name, first, last, kind, reviews, stars, _ in ranked[: min(many, MOST_SERVICES)]
        )

    def stock(self, after: After = None) -> Page[StockRow]:
        """6: a page of the products that are sold, the emptiest shelf first."""
        rows = self._rows(asked.stock(paged=after is not None), **_key(after))
        return _page(
            [
                (StockRow(uuid, name, kind, category, sku, left, level, price, _state(left, level)), (left, key))
                for uuid, name, kind, category, sku, left, level, price, key in rows
            ]
        )

    def attendance(self, after: After = None) -> Page[Attendance]:
        """7: a page of events, the latest first."""
        rows = self._rows(asked.attendance(paged=after is not None), **_key(after))
        return _page([(_attendance(row), (row.event_date, row.id)) for row in rows])

    def monthly_revenue(self, first: date, many: int, basis: Basis = Basis.SERVICE) -> tuple[MonthRevenue, ...]:
        """8: `many` months from that of `first` on, the newest first, also those in which nothing happened.

        Raises ValueError for none or more than MOST_MONTHS.
        """
        if not 0 < many <= MOST_MONTHS:
            msg = f"between 1 and {MOST_MONTHS} months"
            raise ValueError(msg)
        days = [_month(first, number) for number in range(many)][::-1]
        bounds: dict[str, object] = {f"month_{n}": self._midnight(day) for n, day in enumerate(days)}
        bounds["until"] = self._midnight(_month(first, many))
        if basis is Basis.SERVICE:
            bounds["now"] = self._clock()
        found = {int(row.month): row for row in self._rows(asked.monthly_revenue(many, basis), **bounds)}
        return tuple(_revenue(day, found.get(n)) for n, day in enumerate(days))

    def _rows(self, query: sa.Select[Any], **values: object) -> list[Any]:
        with reading(self._engine) as connection:
            return list(connection.execute(query, values).all())

    def _midnight(self, day: date) -> datetime:
        """The first instant of a day in the practice."""
        return datetime.combine(day, time(), self._zone())


def _key(after: After) -> dict[str, object]:
    """Where the last page ended, as values of a statement."""
    return {} if after is None else {"after": after[0], "after_id": after[1]}


def _page(found: list[tuple[Any, tuple[object, ...]]]) -> Page[Any]:
    shown = found[:PAGE]
    return Page(tuple(row for row, _ in shown), shown[-1][1] if len(found) > PAGE else None)


def _name(first: str, last: str) -> str:
    return f"{first} {last}".strip()


def _share(part: Any, whole: Any) -> Decimal | None:
    """A quotient with two decimals; engines would round it each in their own way."""
    return (Decimal(part) / Decimal(whole)).quantize(_HUNDREDTH, ROUND_HALF_UP) if whole else None


def _state(left: int, level: int) -> StockState:
    if left == 0:
        return StockState.OUT
    return StockState.LOW if left < level else StockState.IN_STOCK


def _attendance(row: Any) -> Attendance:
    uuid, name, starts, local, zone, status, capacity, many, seats, attended, no_show, waitlisted, _ = row
    return Attendance(
        uuid,
        name,
        starts,
        local,
        zone,
        status,
        capacity,
        int(many),
        int(seats),
        int(attended),
        int(no_show),
        int(waitlisted),
        _share(100 * seats, capacity),
    )


def _month(first: date, number: int) -> date:
    """The first day of the month that comes so many after that of `first`."""
    years, month = divmod(first.year * 12 + first.month - 1 + number, 12)
    return date(years, month + 1, 1)


def _revenue(day: date, row: Any | None) -> MonthRevenue:
    """In the order of NUMBERS."""
    if row is None:
        return MonthRevenue(day, 0, _NOTHING, 0, _NOTHING, 0, _NOTHING, _NOTHING, _NOTHING, _NOTHING)
    _, visits, visited, orders, sold, places, events, other, refunds = row
    total = visited + sold + events + other - refunds
    return MonthRevenue(day, int(visits), visited, int(orders), sold, int(places), events, other, refunds, total)
