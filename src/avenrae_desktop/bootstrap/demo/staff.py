"""Who works in the demo practice, when, in which rooms, and what they offer."""

from dataclasses import dataclass
from decimal import Decimal

from avenrae_desktop.areas.calendar.domain import Hours
from avenrae_desktop.kernel.values import HealerType, HoursKind, ServiceCategory

QUIET, TREATMENT = 0, 1
ROOMS = ("Quiet room", "Treatment room")


@dataclass(frozen=True, slots=True)
class Healer:
    first_name: str
    last_name: str
    sign_in_name: str
    healer_type: HealerType
    hue: str
    hours: tuple[Hours, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """`healers` are indexes into HEALERS, `room` one into ROOMS."""

    name: str
    category: ServiceCategory
    minutes: int
    before: int
    after: int
    price: Decimal
    healers: tuple[int, ...]
    room: int | None
    often: int  # how often it is booked, against the others of the same healer
    description: str = ""


def _week(days: str, *stretches: tuple[str, str, str]) -> tuple[Hours, ...]:
    """Days as digits (0 is Monday); stretches as (from, to, label), a break where there is a label."""
    return tuple(
        Hours(int(day), HoursKind.BREAK if label else HoursKind.WORK, _minute(start), _minute(end), label)
        for day in days
        for start, end, label in stretches
    )


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


HEALERS = (
    Healer(
        "Mira",
        "Voss",
        "demo",
        HealerType.PSYCHOLOGIST,
        "blue",
        _week("0123", ("9:00", "17:30", ""), ("12:00", "13:00", "Lunch"))
        + _week("4", ("9:00", "15:00", ""), ("12:00", "12:30", "Lunch")),
    ),
    Healer(
        "Noor",
        "El Amrani",
        "noor",
        HealerType.REIKI,
        "violet",
        _week("1234", ("10:00", "18:00", ""), ("13:00", "13:45", "Lunch")) + _week("5", ("9:30", "13:30", "")),
    ),
    Healer(
        "Kenji",
        "Watanabe",
        "kenji",
        HealerType.ACUPUNCTURIST,
        "green",
        _week("0124", ("8:30", "17:00", ""), ("12:15", "13:15", "Lunch"), ("15:15", "15:30", "Tea")),
    ),
    Healer(
        "Elena",
        "Costa",
        "elena",
        HealerType.YOGA,
        "amber",
        _week("024", ("7:30", "11:30", ""), ("16:00", "19:30", "")) + _week("5", ("9:00", "12:00", "")),
    ),
)
FRONT_DESK = ("Tom", "Berger", "tom")


def _offer(
    name: str,
    category: ServiceCategory,
    minutes: tuple[int, int, int],
    price: int,
    healers: tuple[int, ...],
    room: int | None,
    often: int,
    description: str = "",
) -> Offer:
    before, length, after = minutes
    return Offer(name, category, length, before, after, Decimal(price), healers, room, often, description)


_THERAPY, _REIKI = ServiceCategory.THERAPY, ServiceCategory.REIKI
_NEEDLES, _YOGA = ServiceCategory.ACUPUNCTURE, ServiceCategory.YOGA

OFFERS = (
    _offer("Talk therapy", _THERAPY, (0, 50, 10), 110, (0,), None, 10),
    _offer(
        "First consultation",
        _THERAPY,
        (0, 75, 15),
        130,
        (0,),
        None,
        3,
        "Getting to know each other; no obligation.",
    ),
    _offer("Couples session", _THERAPY, (0, 90, 15), 165, (0,), None, 3),
    _offer("Short follow-up", _THERAPY, (0, 25, 5), 55, (0,), None, 4),
    _offer("Online session", _THERAPY, (0, 50, 10), 100, (0,), None, 3, "By video; the link comes by e-mail."),
    _offer("Reiki session", _REIKI, (0, 60, 15), 85, (1,), QUIET, 10),
    _offer("Reiki, short", _REIKI, (0, 30, 15), 50, (1,), QUIET, 5),
    _offer("Chakra balancing", _REIKI, (5, 75, 10), 100, (1,), QUIET, 3),
    _offer("Acupuncture", _NEEDLES, (0, 45, 15), 85, (2,), TREATMENT, 10),
    _offer(
        "Acupuncture, first visit",
        _NEEDLES,
        (5, 75, 10),
        130,
        (2,),
        TREATMENT,
        3,
        "With pulse and tongue diagnosis.",
    ),
    _offer("Ear acupuncture", _NEEDLES, (0, 30, 0), 55, (2,), None, 4),
    _offer("Cupping", ServiceCategory.MASSAGE, (0, 40, 5), 70, (2,), TREATMENT, 3),
    _offer("Yoga 1:1", _YOGA, (0, 60, 15), 75, (3,), None, 10),
    _offer("Yoga therapy", _YOGA, (0, 75, 15), 95, (3,), None, 4),
    _offer("Breathing and relaxation", ServiceCategory.COACHING, (0, 45, 0), 60, (3, 1), None, 4),
)
