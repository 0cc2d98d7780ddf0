"""What people type for a time or a date, understood; plain functions without Qt."""

import re
from collections.abc import Sequence
from datetime import date, time, timedelta

_TIME = re.compile(r"^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap]\.?m?\.?)?$")
_PARTS = re.compile(r"^(\d{1,2}|\d{4})[./\- ]+(\d{1,2})(?:[./\- ]+(\d{4}|\d{1,2}))?[./]?$")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
_STEP = re.compile(r"^([+-]\d{1,4})([dw]?)$")


def parse_time(text: str) -> time | None:
    """A wall time from "14", "930", "9:30", "9.30", "2pm" or "2:15 pm"; None when it is none."""
    match = _TIME.match(text.strip().lower())
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match[3].startswith("p") else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def on_grid(value: time, minutes: int = 5) -> bool:
    """Whether the time falls on the grid."""
    return value.minute % minutes == 0 and value.second == 0 and value.microsecond == 0


def stepped(value: time, minutes: int) -> time:
    """The next grid point that many minutes on (or back), within the same day."""
    grid = abs(minutes)
    total = value.hour * 60 + value.minute
    moved = (total // grid + 1) * grid if minutes > 0 else (total - 1) // grid * grid
    moved = min(max(moved, 0), 24 * 60 - grid)
    return time(moved // 60, moved % 60)


def parse_date(text: str, today: date, order: str = "dmy") -> date | None:
    """A date from ISO form, from numbers in the `order` of the person's country, "+7", "+2w", or None.

    Two-digit years lie within 80 years before and 19 after `today`; a missing year is this one.
    """
    typed = text.strip().lower()
    if step := _STEP.match(typed):
        return _moved(today, int(step[1]) * (7 if step[2] == "w" else 1))
    match = _PARTS.match(typed)
    if match is None:
        return None
    typed_parts = [part for part in match.groups() if part is not None]
    if len(match[1]) == 4:
        places = "ymd"
    elif len(typed_parts) == 3:
        places = order
    else:
        places = order.replace("y", "")
    parts = dict(zip(places, typed_parts, strict=False))
    if len(parts.get("y", "0000")) == 1:
        return None
    year = int(parts["y"]) if "y" in parts else today.year
    if len(parts.get("y", "0000")) == 2:
        year = _full_year(year, today)
    try:
        return date(year, int(parts["m"]), int(parts["d"]))
    except (KeyError, ValueError):
        return None


def parse_named_date(text: str, today: date, months: Sequence[Sequence[str]]) -> date | None:
    """A date from "25 Nov", "25 November 2026" or "Wed, Nov 25, 2026"; `months` has all names of each month.

    A weekday before it is not looked at: who changes the day's number leaves the old one standing.
    """
    parts = _WORDS.findall(text.casefold())
    words, numbers = [p for p in parts if not p.isdecimal()], [p for p in parts if p.isdecimal()]
    if not 1 <= len(words) <= 2 or not 1 <= len(numbers) <= 2 or len(numbers[0]) > 2:
        return None
    month = _month_of(words[-1], months)
    year = numbers[1] if len(numbers) == 2 else str(today.year)
    if month is None or len(year) != 4:
        return None
    try:
        return date(int(year), month, int(numbers[0]))
    except ValueError:
        return None


def _month_of(typed: str, months: Sequence[Sequence[str]]) -> int | None:
    """1 to 12, by a whole name or three letters of it, if they fit one month only."""
    known = [[name.casefold().rstrip(".") for name in names] for names in months]
    whole = [at for at, names in enumerate(known, 1) if typed in names]
    begun = [at for at, names in enumerate(known, 1) if any(n.startswith(typed) for n in names)]
    found = whole or (begun if len(typed) >= 3 else [])
    return found[0] if len(found) == 1 else None


def _moved(today: date, days: int) -> date | None:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        return None


def _full_year(short: int, today: date) -> int:
    year = today.year - today.year % 100 + short
    if year > today.year + 19:
        return year - 100
    return year + 100 if year <= today.year - 81 else year
