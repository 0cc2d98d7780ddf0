"""A year and a half of the sample practice's bookings, in minutes from Monday of this week."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from avenrae_desktop.areas.calendar.domain import Hours
from avenrae_desktop.bootstrap.demo.diary import quarter_up, stretches
from avenrae_desktop.bootstrap.demo.staff import Healer, Offer
from avenrae_desktop.bootstrap.sample import DAY, HOUR, WEEK, WEEKS_AHEAD, WEEKS_BACK, at, dice_for
from avenrae_desktop.bootstrap.sample.offers import sample_offers
from avenrae_desktop.bootstrap.sample.people import Colleague, SampleClient, clients, colleagues
from avenrae_desktop.kernel.values import HoursKind

_A_MONDAY = date(2024, 1, 1)
_USUAL = 4.4  # bookings of a healer in a week of the first year
_REASONS = (
    "Ill with a cold",
    "Has to work",
    "Child is ill",
    "Train strike",
    "Feels better",
    "Forgot another commitment",
    "Car would not start",
)
_NOTES = (
    "First time here",
    "Wants to talk about sleep",
    "Bring the consent form",
    "Shoulder again",
    "Needs a receipt for the insurance",
    "Asked for an open window",
    "Comes straight from work, may be five minutes late",
)


@dataclass(frozen=True, slots=True)
class Off:
    """Time off; `healer` None is the whole practice."""

    healer: int | None
    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Visit:
    """A booking and its fate: `done`, `cancelled`, `no_show`, or, while it is ahead, `open` and `asked`."""

    healer: int
    offer: int
    client: int
    start: int
    minutes: int
    before: int
    after: int
    room: int | None
    price: Decimal
    created: int
    fate: str = "done"
    confirmed: int | None = None
    cancelled: int | None = None
    reason: str | None = None
    rating: int | None = None
    note: str | None = None
    coupon: int | None = None
    discount: Decimal = Decimal(0)

    @property
    def end(self) -> int:
        return self.start + self.minutes

    @property
    def total(self) -> Decimal:
        return self.price - self.discount


def hours_of(colleague: Colleague) -> tuple[Hours, ...]:
    """The week of a colleague: the demo's, or their days with an hour for lunch."""
    if colleague.model is not None:
        return colleague.model.hours
    first, last = (int(h) * 60 + int(m) for h, m in (clock.split(":") for clock in colleague.shift))
    lunch = 12 * 60 + 30 if first < 10 * 60 else 15 * 60
    return tuple(
        Hours(int(day), kind, start, end, label)
        for day in colleague.days
        for kind, start, end, label in (
            (HoursKind.WORK, first, last, ""),
            (HoursKind.BREAK, lunch, lunch + 45, "Lunch" if first < 10 * 60 else "Tea"),
        )
    )


def time_off() -> tuple[Off, ...]:
    """Holidays of everybody, courses, days of the whole practice, and Marta's leave."""
    whole_weeks = [
        Off(number, at(week, 0, "0:00"), at(week + 1, 0, "0:00"), "Holiday")
        for number in range(12)
        for week in (-56 + number, -22 - number // 2, 7 + number % 5)
    ]
    days = (
        (0, -2, 4, 1, "Supervision day"),
        (2, 1, 1, 2, "Course in Bern"),
        (6, -9, 2, 2, "EMDR congress"),
        (1, 3, 3, 2, "Long weekend"),
        (None, -38, 0, 5, "Closed between the years"),
        (None, -12, 2, 1, "Closed: staff outing"),
        (None, 4, 2, 1, "Closed: stocktaking"),
    )
    return (
        *whole_weeks,
        *(Off(h, at(w, d, "0:00"), at(w, d + length, "0:00"), why) for h, w, d, length, why in days),
        Off(0, at(0, 3, "16:00"), at(0, 3, "17:30"), "Dentist"),
        Off(8, at(-5, 0, "0:00"), at(WEEKS_AHEAD + 8, 0, "0:00"), "Leave"),
    )


@dataclass
class Diary:
    """Puts visits into free stretches; keeps healers, rooms and clients from being in two places."""

    dice: Random = field(default_factory=lambda: dice_for("diary"))
    people: tuple[Colleague, ...] = field(default_factory=colleagues)
    clients: tuple[SampleClient, ...] = field(default_factory=clients)
    offers: tuple[Offer, ...] = field(default_factory=sample_offers)
    off: tuple[Off, ...] = field(default_factory=time_off)
    _taken: set[tuple[str, int, int]] = field(default_factory=set)

    def visits(self) -> list[Visit]:
        """All of them, as they were entered."""
        found = [
            visit
            for week in range(-WEEKS_BACK, WEEKS_AHEAD)
            for number, person in enumerate(self.people)
            if week >= person.since
            for visit in self._week(week, number, person)
        ]
        return sorted(found, key=lambda v: (v.created, v.start, v.healer))

    def _week(self, week: int, number: int, person: Colleague) -> Iterator[Visit]:
        free = list(self._free(week, number, person))
        wanted = int(_USUAL * busyness(week) * self.dice.uniform(0.6, 1.4) + 0.5)
        for _ in range(wanted if free else 0):
            for _ in range(4):
                visit = self._try(week, number, *self.dice.choice(free))
                if visit is not None:
                    yield visit
                    break

    def _free(self, week: int, number: int, person: Colleague) -> Iterator[tuple[int, int]]:
        """Stretches of work, as minutes from Monday of this week."""
        model = Healer("", "", "", person.healer_type, "", hours_of(person))
        off = [o for o in self.off if o.healer in (number, None)]
        for day in range(7):
            midnight = week * WEEK + day * DAY
            for start, end in stretches(model, _A_MONDAY + timedelta(days=day)):
                span = (midnight + start, midnight + end)
                if not any(o.start < span[1] and o.end > span[0] for o in off):
                    yield span

    def _try(self, week: int, healer: int, begins: int, ends: int) -> Visit | None:
        fitting = [
            (n, o) for n, o in enumerate(self.offers) if healer in o.healers and o.minutes + 30 <= ends - begins
        ]
        if not fitting:
            return None
        number, offer = self.dice.choices(fitting, [o.often for _, o in fitting])[0]
        latest = ends - offer.minutes - offer.after
        start = quarter_up(self.dice.randrange(begins + offer.before, max(latest, begins + offer.before + 1)))
        client = self._client(healer, start)
        if start > latest or client is None:
            return None
        slots = range((start - offer.before) // 5, -(-(start + offer.minutes + offer.after) // 5))
        wanted = {("healer", healer, s) for s in slots}
        if offer.room is not None:
            wanted |= {("room", offer.room, s) for s in slots}
        if wanted & self._taken:
            return None
        self._taken |= {*wanted, ("client", client, start // DAY)}
        return self._visit(week, healer, number, client, start)

    def _client(self, healer: int, start: int) -> int | None:
        """Mostly somebody of this healer's own who was a client by then; nobody comes twice on a day."""
        known = [n for n, c in enumerate(self.clients) if c.joined < start - 3 * DAY]
        own = [n for n in known if self.clients[n].healer == healer] or known
        for _ in range(8):
            client = self.dice.choice(own if self.dice.random() < 0.75 else known)
            if ("client", client, start // DAY) not in self._taken:
                return client
        return None

    def _visit(self, week: int, healer: int, number: int, client: int, start: int) -> Visit:
        offer, dice = self.offers[number], self.dice
        # What lies ahead was booked before this week, so that it is there on every day of it.
        ahead = max(week, 0) * WEEK
        created = start - ahead - dice.randrange(2, 24) * DAY - dice.randrange(0, 8) * HOUR
        created = max(created // DAY * DAY + dice.randrange(8 * HOUR, 18 * HOUR), self.clients[client].joined)
        visit = Visit(
            healer,
            number,
            client,
            start,
            offer.minutes,
            offer.before,
            offer.after,
            offer.room,
            offer.price,
            created,
        )
        decide(dice, visit)
        return visit


def busyness(week: int) -> float:
    """Grows over the year, with a good spring and a quiet month; the next weeks are full, later ones less."""
    grown = 0.75 + 0.4 * (week + WEEKS_BACK) / WEEKS_BACK
    wave = 1 + 0.18 * math.sin(2 * math.pi * (week + 20) / 52)
    if -2 <= week <= 1:
        return 2.1
    return grown * wave if week < 0 else max(1.6 - 0.13 * week, 0.25)


def decide(dice: Random, visit: Visit) -> None:
    """What becomes of it."""
    chance, between = dice.random(), visit.start - visit.created
    if dice.random() < 0.1:
        visit.note = dice.choice(_NOTES)
    if chance < 0.07:
        visit.fate, visit.reason = "cancelled", dice.choice(_REASONS)
        visit.cancelled = visit.created + int(between * dice.uniform(0.5, 0.97))
    elif chance < 0.1:
        visit.fate = "no_show"
    elif chance > 0.86:
        visit.fate = "asked" if chance > 0.97 else "open"
    if visit.fate != "cancelled" or dice.random() < 0.6:
        visit.confirmed = visit.created + dice.randrange(5, min(1440, between // 3))
    if visit.fate in ("open", "asked", "done") and dice.random() < 0.3:
        visit.rating = dice.choice((3, 4, 4, 4, 5, 5, 5, 5, 5, 2))
