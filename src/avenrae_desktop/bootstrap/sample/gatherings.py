"""The twenty events of the sample practice, and who came."""

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from avenrae_desktop.bootstrap.sample import DAY, HOUR, at, dice_for
from avenrae_desktop.bootstrap.sample.coupons import Purse
from avenrae_desktop.bootstrap.sample.people import SampleClient
from avenrae_desktop.kernel.values import CouponScope, EventType

# name | type | week | day | clock | minutes | healer | room, or where | seats | price | sold | state | text
_EVENTS = """
Open evening: meet the house|talk|-60|3|19:00|120|0|Garden room|40|0|31||Tea, short talks and a look into every room.
Yin for the new year|workshop|-56|5|14:00|180|3|Studio|14|45|14||Three hours on the floor, with blankets.
Reiki circle|circle|-52|2|19:30|90|1|Quiet room|8|15|8||Giving and taking, for those of the first degree.
The kitchen pharmacy|workshop|-47|5|10:00|180|5|Garden room|12|55|9||Onion, ginger, quark: what helps and what does not.
Sleep: a talk|talk|-43|1|19:00|90|0|Garden room|30|10|22||
Breath and voice|workshop|-39|5|9:30|210|11|Studio|12|60|7||
Reiki circle in spring|circle|-36|2|19:30|90|1|Quiet room|8|15|6||
Points for home|class|-33|3|18:30|90|2|Treatment room|10|25|10||Five points that everybody can press.
Walking retreat in the Jura|retreat|-30|5|8:00|540|11|Saint-Ursanne station|15|120|12||One day, eighteen kilometres, much silence.
Infant massage, four evenings|class|-27|0|18:00|75|8|Massage room|6|80|5||
Yoga in the park|class|-24|6|9:00|75|9|Park by the brook||12|17||When it rains, in the studio.
First aid for burnout|talk|-20|3|19:00|90|6|Online||0|26||By video; the link comes by e-mail.
Full moon sound bath|circle|-16|4|20:30|75|11|Studio|16|28|16||
Herbs of late summer|workshop|-11|5|14:00|180|5|Garden behind the house|12|50|11||
Cupping for couples|workshop|-8|4|18:30|120|2|Treatment room|8|70|3|cancelled|
Reiki circle in autumn|circle|-4|2|19:30|90|1|Quiet room|8|15|8||
Sound bath in the dark|circle|-1|4|20:00|75|11|Studio|16|28|15||
Yoga for the back, an introduction|class|1|1|18:30|90|9|Studio|14|25|11||
Winter retreat: two quiet days|retreat|4|5|9:00|600|3|Hotel Rosenlaui|18|240|10||Wool socks are a must.
Constellations, an evening|other|8|3|19:00|150|6|Garden room|12|40|0|draft|
"""  # noqa: E501 - a table
_ROOMS = ("Quiet room", "Treatment room", "Massage room", "Garden room", "Studio")


@dataclass(frozen=True, slots=True)
class Gathering:
    """An event; `room` is an index of the rooms, None elsewhere; `sold` how many take part."""

    name: str
    event_type: EventType
    start: int
    minutes: int
    healer: int
    room: int | None
    location: str
    seats: int | None
    price: Decimal
    sold: int
    is_draft: bool
    cancelled: int | None
    text: str
    created: int

    @property
    def end(self) -> int:
        return self.start + self.minutes


@dataclass(slots=True)
class Registration:
    """Somebody's place; fate: `come`, `no_show`, `cancelled`, `waiting`."""

    event: int
    client: int
    when: int
    seats: int
    price: Decimal
    fate: str = "come"
    cancelled: int | None = None
    reason: str | None = None
    coupon: int | None = None
    discount: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        return self.price - self.discount


def gatherings() -> tuple[Gathering, ...]:
    """In the order of their keys."""
    return tuple(_gathering(line) for line in _EVENTS.strip().split("\n"))


def _gathering(line: str) -> Gathering:
    name, kind, week, day, clock, minutes, healer, place, seats, price, sold, state, text = line.split("|")
    start = at(int(week), int(day), clock)
    room = _ROOMS.index(place) if place in _ROOMS else None
    return Gathering(
        name,
        EventType(kind),
        start,
        int(minutes),
        int(healer),
        room,
        "" if room is not None else place,
        int(seats) if seats else None,
        Decimal(price),
        int(sold),
        state == "draft",
        start - 9 * DAY if state == "cancelled" else None,
        text,
        start // DAY * DAY - 70 * DAY + 10 * HOUR,
    )


@dataclass
class Guests:
    """Who comes to what."""

    clients: tuple[SampleClient, ...]
    purse: Purse
    events: tuple[Gathering, ...] = field(default_factory=gatherings)
    dice: Random = field(default_factory=lambda: dice_for("guests"))

    def registrations(self) -> list[Registration]:
        """All of them, by the time at which they were made."""
        found = [r for number, event in enumerate(self.events) for r in self._of(number, event)]
        return sorted(found, key=lambda r: (r.when, r.event, r.client))

    def _of(self, number: int, event: Gathering) -> list[Registration]:
        dice = self.dice
        wanted = event.sold + 2 + (3 if event.sold == event.seats else 0) if event.sold else 0
        known = [n for n, c in enumerate(self.clients) if c.joined < event.start - 40 * DAY]
        times = sorted(
            event.start // DAY * DAY - dice.randrange(8, 38) * DAY + dice.randrange(540, 1080) for _ in known
        )
        found: list[Registration] = []
        held = 0
        for client, when in zip(dice.sample(known, wanted), times, strict=False):
            seats = 2 if dice.random() < 0.12 and held + 2 <= event.sold and event.price else 1
            place = Registration(number, client, when, seats, event.price * seats)
            gone = len(found) < 2
            if gone:
                place.fate, place.reason = (
                    "cancelled",
                    dice.choice(("Cannot come after all", "Is ill", "Wrong date")),
                )
                place.cancelled = when + dice.randrange(1, 5) * DAY
            elif held + seats > event.sold:
                if event.sold != event.seats:
                    break
                place.fate = "waiting"
            else:
                held += seats
                place.fate = "no_show" if dice.random() < 0.08 else "come"
                self._settle(place, event)
            found.append(place)
        return found

    def _settle(self, place: Registration, event: Gathering) -> None:
        if event.cancelled is not None:
            place.when = min(place.when, event.cancelled - DAY)
            place.fate, place.cancelled, place.reason = "cancelled", event.cancelled, "The event was cancelled"
        elif place.price and self.dice.random() < 0.2:
            number = self.dice.choice((2, 3, 3, 3, 5))
            place.coupon, place.discount = self.purse.use(number, place.price, place.when, CouponScope.EVENTS)
