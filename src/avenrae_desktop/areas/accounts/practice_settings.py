"""The settings of the practice, declared once: type, default, limits. They are stored as text by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop
from avenrae_desktop.kernel.money import THREE_DECIMALS
from avenrae_desktop.kernel.text import clean
from avenrae_desktop.kernel.time import zone_of

NAME_LIMIT = 150

UNKNOWN_SETTING = Problem(
    "settings.unknown",
    noop("Unknown setting"),
    noop("There is no setting called “{name}”."),
    noop("Nothing was changed. The program may be older than the practice."),
)
BAD_NUMBER = Problem(
    "settings.bad_number",
    noop("This number does not fit"),
    noop("“{text}” is not a whole number from {low} to {high}."),
    noop("Type a number in that range."),
)
NAME_MISSING = Problem(
    "settings.name_missing",
    noop("The practice needs a name"),
    noop("The name is empty."),
    noop("Type the name that you and your clients know it by."),
)
NAME_TOO_LONG = Problem(
    "settings.name_too_long",
    noop("This name is too long"),
    noop("The practice's name may have {limit} characters; this one has {length}."),
    noop("Shorten it."),
)
BAD_CURRENCY = Problem(
    "settings.bad_currency",
    noop("Unknown currency"),
    noop("“{text}” is not a currency that this program can count in."),
    noop("Choose a code of three letters with no or two decimals, such as EUR, CHF or JPY."),
)
DAY_BACKWARDS = Problem(
    "settings.day_backwards",
    noop("The day ends before it starts"),
    noop("The calendar cannot show a day that ends before it starts."),
    noop("Choose an end that is at least one hour after the start."),
)


@dataclass(frozen=True, slots=True)
class PracticeSettings:
    """Every setting with its default. `day_starts` and `day_ends` are minutes after midnight (calendar)."""

    practice_name: str = ""
    time_zone: str = "Europe/Zurich"
    currency: str = "EUR"
    lock_minutes: int = 5
    week_starts_on: int = 0
    day_starts: int = 7 * 60
    day_ends: int = 20 * 60


def _name(text: str) -> str:
    name = clean(text)
    if not name:
        raise RuleBroken(NAME_MISSING, field="practice_name")
    if len(name) > NAME_LIMIT:
        raise RuleBroken(NAME_TOO_LONG, field="practice_name", limit=NAME_LIMIT, length=len(name))
    return name


def _zone(text: str) -> str:
    try:
        return zone_of(text.strip()).key
    except RuleBroken as error:
        raise RuleBroken(error.problem, field="time_zone", **error.params) from None


def _currency(text: str) -> str:
    code = text.strip().upper()
    if not (len(code) == 3 and code.isascii() and code.isalpha()) or code in THREE_DECIMALS:
        raise RuleBroken(BAD_CURRENCY, field="currency", text=clean(text))
    return code


def _number(name: str, low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        bare = text.strip()
        if not (bare.isascii() and bare.isdigit() and low <= int(bare) <= high):
            raise RuleBroken(BAD_NUMBER, field=name, text=clean(text), low=low, high=high)
        return int(bare)

    return read


DECLARED: Mapping[str, Callable[[str], Any]] = {
    "practice_name": _name,
    "time_zone": _zone,
    "currency": _currency,
    "lock_minutes": _number("lock_minutes", 1, 60),
    "week_starts_on": _number("week_starts_on", 0, 6),
    "day_starts": _number("day_starts", 0, 1380),
    "day_ends": _number("day_ends", 60, 1440),
}


def checked(name: str, text: str) -> str:
    """The value as it is stored; raises RuleBroken with the setting's name as the field."""
    if name not in DECLARED:
        raise RuleBroken(UNKNOWN_SETTING, name=name)
    return str(DECLARED[name](text))


def read_settings(stored: Mapping[str, str]) -> PracticeSettings:
    """The settings out of their stored texts; those that are not stored have their defaults."""
    known = {f.name for f in fields(PracticeSettings)}
    return PracticeSettings(**{n: DECLARED[n](v) for n, v in stored.items() if n in known})


def check_together(settings: PracticeSettings) -> None:
    """Rules over several settings; raises RuleBroken."""
    if settings.day_ends < settings.day_starts + 60:
        raise RuleBroken(DAY_BACKWARDS, field="day_ends")
