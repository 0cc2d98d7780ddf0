"""Weeks full of bookings, each day decided by dice of its own, and the time off around them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from itertools import accumulate, islice
from zoneinfo import ZoneInfo

from avenrae_desktop.bootstrap.demo.diary import Planned, decide, fullness, quarter_up, stretches, wall_at
from avenrae_desktop.bootstrap.demo.staff import HEALERS, OFFERS
from avenrae_desktop.bootstrap.generate import ZONE
from avenrae_desktop.bootstrap.generate.plan import Colleague, Plan
from avenrae_desktop.kernel.time import instants_of, zone_of

WEEKS_AHEAD = 12
_BACK_FOR_ONE_AHEAD = 3
_HOLIDAY_EVERY = 26  # weeks
_SHORTEST = 25
_OF_THEIR_OWN = 0.8
_PAUSES = (15, 30, 60)


@dataclass(frozen=True, slots=True)
class Spot:
    """One booking before its fate is known: numbers of healer and client, index of the offer, minute of day."""

    healer: int
    offer: int
    client: int
    minute: int


@dataclass(frozen=True, slots=True)
class Holiday:
    healer: int
    start: datetime
    end: datetime


class Calendar:
    """The bookings of a plan, oldest first: exactly as many as it asks for."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._zone = zone_of(ZONE)
        self._monday = plan.today - timedelta(days=plan.today.weekday())
        self.weeks = self._fill_weeks()

    @property
    def first_day(self) -> date:
        return self._day(min(self.weeks), 0)

    def bookings(self) -> Iterator[Planned]:
        for week in sorted(self.weeks):
            yield from islice(self._week(week), self.weeks[week])

    def holidays(self) -> Iterator[Holiday]:
        """A week off twice a year for everybody, each in their turn."""
        for week in sorted(self.weeks):
            for colleague in self._plan.colleagues:
                if _is_away(colleague, week):
                    days = (self._day(week, 0), self._day(week + 1, 0))
                    start, end = (instants_of(wall_at(day, 0), self._zone)[0] for day in days)
                    yield Holiday(colleague.number, start, end)

    def _fill_weeks(self) -> dict[int, int]:
        """How many bookings each week (0 is this one) takes, so that past and future grow from today."""
        found: dict[int, int] = {}
        left = self._plan.bookings
        for week in _weeks_from_today():
            found[week] = min(left, sum(len(spots) for _, _, spots in self._days(week)))
            left -= found[week]
            if not left:
                return found
        raise AssertionError

    def _week(self, week: int) -> Iterator[Planned]:
        for day, dice, spots in self._days(week):
            at = _Instants(day, self._zone)
            for spot in spots:
                yield self._planned(spot, day, dice, at)

    def _days(self, week: int) -> Iterator[tuple[date, random.Random, list[Spot]]]:
        for weekday in range(7):
            day = self._day(week, weekday)
            dice = self._plan.dice(day.toordinal())
            busy: set[int] = set()
            yield day, dice, [s for c in self._plan.colleagues for s in self._spots(c, week, day, dice, busy)]

    def _day(self, week: int, weekday: int) -> date:
        return self._monday + timedelta(days=7 * week + weekday)

    def _spots(self, who: Colleague, week: int, day: date, dice: random.Random, busy: set[int]) -> Iterator[Spot]:
        """Fills the healer's working time; `busy` are the clients who come today already."""
        if _is_away(who, week):
            return
        full = fullness((day - self._plan.today).days)
        for at, until in _working(who.like, day.weekday()):
            while at + _SHORTEST <= until:
                fitting = _fitting(who.like, at, until) if dice.random() < full else None
                client = self._client(who, dice, busy) if fitting else None
                if fitting is None or client is None:
                    at += dice.choice(_PAUSES)  # noqa: PLW2901 - the cursor of this stretch
                    continue
                offer = dice.choices(fitting.offers, cum_weights=fitting.weights)[0]
                busy.add(client)
                minute = quarter_up(at + OFFERS[offer].before)
                at = quarter_up(minute + OFFERS[offer].minutes + OFFERS[offer].after)  # noqa: PLW2901
                yield Spot(who.number, offer, client, minute)

    def _client(self, who: Colleague, dice: random.Random, busy: set[int]) -> int | None:
        """Mostly somebody of the healer's own; nobody comes twice on a day."""
        clients, healers = self._plan.clients, len(self._plan.colleagues)
        own = max(1, (clients - who.number + healers - 1) // healers)
        for _ in range(8):
            mine = dice.random() < _OF_THEIR_OWN
            client = who.number + healers * int(dice.random() * own) if mine else int(dice.random() * clients)
            if client < clients and client not in busy:
                return client
        return None

    def _planned(self, spot: Spot, day: date, dice: random.Random, at: "_Instants") -> Planned:
        offer = OFFERS[spot.offer]
        start, now = at[spot.minute], self._plan.now
        created = min(start, now) - timedelta(minutes=dice.randrange(2 * 1440, 30 * 1440))
        planned = Planned(
            spot.healer,
            spot.offer,
            spot.client,
            start,
            start + timedelta(minutes=offer.minutes),
            wall_at(day, spot.minute),
            created,
            offer.price,
        )
        decide(dice, now, planned)
        return planned


class _Instants(dict[int, datetime]):
    """Minutes of a day as instants: two hundred healers begin at the same few quarters of an hour."""

    def __init__(self, day: date, zone: ZoneInfo) -> None:
        super().__init__()
        self._day, self._zone = day, zone

    def __missing__(self, minute: int) -> datetime:
        self[minute] = instants_of(wall_at(self._day, minute), self._zone)[0]
        return self[minute]


@dataclass(frozen=True, slots=True)
class _Fitting:
    offers: Sequence[int]
    weights: Sequence[int]


def _weeks_from_today() -> Iterator[int]:
    """The present week, then three of the past for each one to come, then the past alone."""
    yield 0
    past = -1
    for ahead in range(1, WEEKS_AHEAD + 1):
        yield from range(past, past - _BACK_FOR_ONE_AHEAD, -1)
        past -= _BACK_FOR_ONE_AHEAD
        yield ahead
    while True:
        yield past
        past -= 1


def _is_away(who: Colleague, week: int) -> bool:
    return (week + 7 * who.number) % _HOLIDAY_EVERY == _HOLIDAY_EVERY // 2


@cache
def _working(like: int, weekday: int) -> tuple[tuple[int, int], ...]:
    some_day = date(2024, 1, 1) + timedelta(days=weekday)  # a Monday and what follows it
    return tuple(stretches(HEALERS[like], some_day))


@cache
def _fitting(like: int, at: int, until: int) -> _Fitting | None:
    """What a healer can still do between two minutes, and how often they do it; None for nothing."""
    found = [
        (n, o.often)
        for n, o in enumerate(OFFERS)
        if like in o.healers and quarter_up(at + o.before) + o.minutes + o.after <= until
    ]
    if not found:
        return None
    return _Fitting([n for n, _ in found], list(accumulate(often for _, often in found)))
