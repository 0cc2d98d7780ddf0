"""Three months of the demo practice's bookings, decided by dice of a fixed seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from avenrae_desktop.bootstrap.demo.staff import HEALERS, OFFERS, Healer
from avenrae_desktop.kernel.time import instants_of
from avenrae_desktop.kernel.values import BookingStatus as S
from avenrae_desktop.kernel.values import HoursKind, PaymentStatus

WEEKS_BACK, WEEKS_AHEAD = 7, 6
_STEP = 15
_REASONS = (
    "Ill with a cold",
    "Has to work",
    "Child is ill",
    "Train strike",
    "Feels better",
    "Forgot another commitment",
)
_NOTES = (
    "First time here",
    "Wants to talk about sleep",
    "Bring the consent form",
    "Shoulder again",
    "Needs a receipt for the insurance",
    "Asked for a glass of water and an open window",
)


@dataclass(frozen=True, slots=True)
class Off:
    """Time off in wall times; `healer` is an index into HEALERS, None the whole practice."""

    healer: int | None
    start: datetime
    end: datetime
    reason: str


@dataclass(slots=True)
class Planned:
    """One booking, by indexes into HEALERS, OFFERS, ROOMS and the clients."""

    healer: int
    offer: int
    client: int
    start: datetime
    end: datetime
    local_start: datetime
    created: datetime
    price: Decimal
    status: S = S.PENDING
    payment: PaymentStatus = PaymentStatus.UNPAID
    note: str | None = None
    reason: str | None = None
    rating: int | None = None
    confirmed: datetime | None = None
    arrived: datetime | None = None
    completed: datetime | None = None
    cancelled: datetime | None = None
    no_show: datetime | None = None

    def facts(self) -> dict[str, Any]:
        """The columns of its row that name no other row."""
        return {
            "booking_date": self.start,
            "ends_at": self.end,
            "local_start": self.local_start,
            "status": self.status,
            "payment_status": self.payment,
            "total_price": self.price,
            "client_rating": self.rating,
            "note": self.note,
            "created_at": self.created,
            "confirmed_at": self.confirmed,
            "arrived_at": self.arrived,
            "completed_at": self.completed,
            "cancelled_at": self.cancelled,
            "cancellation_reason": self.reason,
            "no_show_at": self.no_show,
        }


@dataclass
class Diary:
    """Fills each healer's free stretches; keeps healers, rooms and clients from being in two places."""

    now: datetime
    zone: ZoneInfo
    clients: int
    seed: int
    _dice: random.Random = field(init=False)
    _taken: set[tuple[str, int, datetime]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._dice = random.Random(self.seed)  # noqa: S311 - believable, not secret

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def time_off(self) -> tuple[Off, ...]:
        """A course, a holiday, a long weekend, a day of the whole practice."""
        monday = self.today - timedelta(days=self.today.weekday())
        spans = (
            (0, -14 + 4, 1, "Supervision day"),
            (2, 7 + 1, 2, "Course in Bern"),
            (3, -28, 5, "Holiday"),
            (1, 21 + 3, 3, "Long weekend"),
            (None, 28 + 2, 1, "Closed: stocktaking"),
        )
        days = ((h, monday + timedelta(days=first), length, why) for h, first, length, why in spans)
        whole = [
            Off(h, wall_at(day, 0), wall_at(day + timedelta(days=length), 0), why) for h, day, length, why in days
        ]
        return (
            *whole,
            Off(
                0,
                wall_at(monday + timedelta(days=3), 16 * 60),
                wall_at(monday + timedelta(days=3), 17 * 60 + 30),
                "Dentist",
            ),
        )

    def bookings(self) -> Iterator[Planned]:
        off = self.time_off()
        first = self.today - timedelta(days=self.today.weekday() + 7 * WEEKS_BACK)
        for offset in range(7 * (WEEKS_BACK + 1 + WEEKS_AHEAD)):
            day = first + timedelta(days=offset)
            for number, healer in enumerate(HEALERS):
                for start, end in stretches(healer, day, [o for o in off if o.healer in (number, None)]):
                    yield from self._fill(number, day, start, end)

    def _fill(self, healer: int, day: date, at: int, until: int) -> Iterator[Planned]:
        """Bookings in one free stretch, in minutes of the day."""
        while at + 25 <= until:
            planned = None
            if self._dice.random() < fullness((day - self.today).days):
                planned = self._book(healer, day, at, until)
            if planned is None:
                at += self._dice.choice((_STEP, 30, 60))
                continue
            offer = OFFERS[planned.offer]
            at = quarter_up(at + offer.before + offer.minutes + offer.after)
            yield planned

    def _book(self, healer: int, day: date, at: int, until: int) -> Planned | None:
        fitting = [
            (n, o)
            for n, o in enumerate(OFFERS)
            if healer in o.healers and quarter_up(at + o.before) + o.minutes + o.after <= until
        ]
        if not fitting:
            return None
        number, offer = self._dice.choices(fitting, [o.often for _, o in fitting])[0]
        local = wall_at(day, quarter_up(at + offer.before))
        client = self._client(healer, day)
        instants = instants_of(local, self.zone)
        if client is None or not instants:
            return None
        start = instants[0]
        end = start + timedelta(minutes=offer.minutes)
        slots = _slots(start - timedelta(minutes=offer.before), end + timedelta(minutes=offer.after))
        # Another healer may have the room; the clocks going back repeat an hour.
        wanted = {("healer", healer, s) for s in slots}
        if offer.room is not None:
            wanted |= {("room", offer.room, s) for s in slots}
        if wanted & self._taken:
            return None
        self._taken |= {*wanted, ("client", client, _midnight(day))}
        created = min(start, self.now) - timedelta(minutes=self._dice.randrange(2 * 1440, 30 * 1440))
        planned = Planned(healer, number, client, start, end, local, created, offer.price)
        decide(self._dice, self.now, planned)
        return planned

    def _client(self, healer: int, day: date) -> int | None:
        """Mostly somebody of this healer's own; nobody comes twice on a day."""
        own = [c for c in range(self.clients) if c % len(HEALERS) == healer]
        for _ in range(8):
            client = self._dice.choice(own) if self._dice.random() < 0.8 else self._dice.randrange(self.clients)
            if ("client", client, _midnight(day)) not in self._taken:
                return client
        return None


def fullness(days: int) -> float:
    """How likely a free time is taken, `days` from today: well booked until next week, then less and less."""
    weeks = days / 7
    return 0.78 if weeks < 1 else max(0.62 - 0.09 * weeks, 0.1)


def decide(dice: random.Random, now: datetime, p: Planned) -> None:
    """What became of it, and when."""
    chance = dice.random()
    if dice.random() < 0.12:
        p.note = dice.choice(_NOTES)
    if chance < 0.07:
        _cancel(dice, now, p)
        return
    if p.start > now and chance > 0.78:
        p.status = S.REQUESTED if chance > 0.96 else S.PENDING
        return
    p.status = S.CONFIRMED
    p.confirmed = p.created + timedelta(minutes=dice.randrange(5, 1440))
    if p.start <= now:
        _pass(dice, now, p, chance)
    elif p.start <= now + timedelta(minutes=20):
        p.status, p.arrived = S.ARRIVED, now - timedelta(minutes=3)


def _cancel(dice: random.Random, now: datetime, p: Planned) -> None:
    p.status, p.reason = S.CANCELLED, dice.choice(_REASONS)
    latest = min(now, p.start)
    p.cancelled = p.created + (latest - p.created) * dice.uniform(0.5, 0.99)


def _pass(dice: random.Random, now: datetime, p: Planned, chance: float) -> None:
    """It has begun, or is over."""
    if chance < 0.11 and p.end < now:
        p.status, p.no_show = S.NO_SHOW, p.start + timedelta(minutes=20)
        return
    p.arrived = p.start - timedelta(minutes=dice.randrange(1, 12))
    if p.end > now:
        p.status = S.IN_SESSION
        return
    p.status, p.completed = S.COMPLETED, p.end
    if dice.random() < 0.93 or p.end < now - timedelta(days=30):
        p.payment = PaymentStatus.PAID
    if dice.random() < 0.25:
        p.rating = dice.choice((3, 4, 4, 5, 5, 5))


def stretches(healer: Healer, day: date, off: Sequence[Off] = ()) -> Iterator[tuple[int, int]]:
    """Working time without breaks and time off, in minutes of the day."""
    work = [h for h in healer.hours if h.weekday == day.weekday() and h.kind is HoursKind.WORK]
    closed = [
        (h.start_minute, h.end_minute)
        for h in healer.hours
        if h.weekday == day.weekday() and h.kind is HoursKind.BREAK
    ]
    for o in off:
        begins, ends = max(o.start, wall_at(day, 0)), min(o.end, wall_at(day + timedelta(days=1), 0))
        if begins < ends:
            closed.append((_minutes(begins, day), _minutes(ends, day)))
    for h in work:
        at = h.start_minute
        for start, end in sorted(c for c in closed if c[1] > h.start_minute and c[0] < h.end_minute):
            if start > at:
                yield at, start
            at = max(at, end)
        if at < h.end_minute:
            yield at, h.end_minute


def wall_at(day: date, minute: int) -> datetime:
    """The wall time of a minute of the day."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _minutes(wall: datetime, day: date) -> int:
    return int((wall - wall_at(day, 0)).total_seconds()) // 60


def quarter_up(minute: int) -> int:
    """The next quarter of an hour, or the minute itself."""
    return -(-minute // _STEP) * _STEP


def _slots(start: datetime, end: datetime) -> list[datetime]:
    return [start + timedelta(minutes=m) for m in range(0, int((end - start).total_seconds()) // 60, 5)]
