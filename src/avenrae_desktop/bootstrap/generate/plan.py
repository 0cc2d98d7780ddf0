"""How large a practice of so many bookings is, and who works in it."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from uuid import UUID

from avenrae_desktop.bootstrap.demo.clients import DemoClient, demo_clients
from avenrae_desktop.bootstrap.demo.staff import HEALERS, OFFERS, ROOMS, Healer, Offer
from avenrae_desktop.bootstrap.generate import ZONE
from avenrae_desktop.kernel.text import search_key
from avenrae_desktop.kernel.time import instants_of, zone_of

BOOKINGS_OF_A_HEALER = 5_000  # about four years of work
BOOKINGS_OF_A_CLIENT = 10
TEAM = 5 * len(HEALERS)
_AT_FIRST = 250  # a young practice has four healers as soon as they have something to do
_PLACES = ("Lakeside", "Old Town", "Station", "Hillside", "Market", "Riverside", "Garden", "Harbour", "Chapel")


@dataclass(frozen=True, slots=True)
class Colleague:
    """A healer, made after one of the demo practice's (`like`, an index into HEALERS)."""

    number: int
    like: int
    first_name: str
    last_name: str
    sign_in_name: str

    @property
    def model(self) -> Healer:
        return HEALERS[self.like]

    @property
    def team(self) -> int:
        return self.number // TEAM


@dataclass(frozen=True, slots=True)
class TeamOffer:
    """A service of one team; `healers` are numbers of colleagues, the first is the main one."""

    team: int
    offer: int
    name: str
    healers: tuple[int, ...]

    @property
    def model(self) -> Offer:
        return OFFERS[self.offer]


@dataclass(frozen=True)
class Plan:
    """What is asked for. `today` parts the past from what is to come."""

    bookings: int
    seed: int
    today: date

    def dice(self, about: object) -> random.Random:
        """Dice of their own for each subject, so that no part hangs on how another one was made."""
        return random.Random(f"{self.seed} {about}")  # noqa: S311 - believable, not secret

    @cached_property
    def now(self) -> datetime:
        """Noon of today on the practice's clocks."""
        return instants_of(datetime.combine(self.today, time(12)), zone_of(ZONE))[0]

    @cached_property
    def clients(self) -> int:
        return max(1, self.bookings // BOOKINGS_OF_A_CLIENT)

    @cached_property
    def colleagues(self) -> tuple[Colleague, ...]:
        """The healers, five of each kind to a team."""
        grown = -(-self.bookings // BOOKINGS_OF_A_HEALER)
        young = min(len(HEALERS), -(-self.bookings // _AT_FIRST))
        people = [p for p in demo_clients() if _plain(p.first_name + p.last_name)]
        dice = self.dice("colleagues")
        return tuple(_colleague(n, people, dice) for n in range(max(grown, young)))

    @cached_property
    def offers(self) -> tuple[TeamOffer, ...]:
        return tuple(self._offers())

    def _offers(self) -> Iterator[TeamOffer]:
        for team in range(self.colleagues[-1].team + 1):
            mine = [c for c in self.colleagues if c.team == team]
            for number, offer in enumerate(OFFERS):
                healers = [c.number for kind in offer.healers for c in mine if c.like == kind]
                if healers:
                    yield TeamOffer(team, number, f"{offer.name}{_of_team(team)}", tuple(healers))

    @cached_property
    def rooms(self) -> dict[tuple[int, int], str]:
        """Every healer who needs a room has one: (healer, index into the demo's ROOMS) to its name."""
        needed = {
            (h, o.model.room)
            for o in self.offers
            for h in o.healers
            if o.model.room is not None and self.colleagues[h].like == o.model.healers[0]
        }
        return {(h, room): f"{ROOMS[room]} {h + 1}" for h, room in sorted(needed)}


def _colleague(number: int, people: Sequence[DemoClient], dice: random.Random) -> Colleague:
    if number < len(HEALERS):
        known = HEALERS[number]
        return Colleague(number, number, known.first_name, known.last_name, f"{known.first_name.lower()}1")
    first, last = dice.choice(people).first_name, dice.choice(people).last_name
    letters = "".join(c for c in search_key(first) if c.isalnum())
    return Colleague(number, number % len(HEALERS), first, last, f"{letters}{number + 1}")


def _plain(name: str) -> bool:
    return all(c.isascii() or not c.isalpha() for c in search_key(name))


def _of_team(team: int) -> str:
    if team == 0:
        return ""
    again, place = divmod(team - 1, len(_PLACES))
    return f", {_PLACES[place]}" + (f" {again + 1}" if again else "")


class Uuids:
    """Version 7, from the time of making and dice."""

    def __init__(self, dice: random.Random) -> None:
        self._bits = dice.getrandbits

    def at(self, instant: datetime) -> UUID:
        since = (instant - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
        return UUID(int=since << 80 | 7 << 76 | self._bits(12) << 64 | 2 << 62 | self._bits(62))
