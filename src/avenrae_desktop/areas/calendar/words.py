"""How the calendar speaks: states, categories, days, times, money; in the language and habits of the screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from avenrae_desktop.kernel.time import comes_second, wall_of
from avenrae_desktop.kernel.values import BookingStatus, PaymentStatus
from avenrae_desktop.qtkit import moments
from avenrae_desktop.qtkit.calendar_view.board import StateShape
from avenrae_desktop.qtkit.moments import month_first

ZERO_WIDTH = "\u200b"
_PIECE = 6


@dataclass(frozen=True, slots=True)
class StateLook:
    """How a state shows: never by colour alone."""

    icon: str
    tone: str
    shape: StateShape


_LOOKS: Mapping[BookingStatus, StateLook] = MappingProxyType(
    {
        BookingStatus.REQUESTED: StateLook("circle-help", "warning", "dashed"),
        BookingStatus.PENDING: StateLook("circle-dashed", "warning", "dashed"),
        BookingStatus.CONFIRMED: StateLook("circle-check", "accent", "solid"),
        BookingStatus.ARRIVED: StateLook("user-check", "info", "solid"),
        BookingStatus.IN_SESSION: StateLook("circle-play", "info", "solid"),
        BookingStatus.COMPLETED: StateLook("check-check", "positive", "faded"),
        BookingStatus.CANCELLED: StateLook("ban", "neutral", "ghost"),
        BookingStatus.NO_SHOW: StateLook("user-x", "danger", "hatched"),
    }
)


def state_look(status: BookingStatus) -> StateLook:
    return _LOOKS[status]


def state_text(status: BookingStatus) -> str:
    """The state in a word or two."""
    return {
        BookingStatus.REQUESTED: QCoreApplication.translate("calendar", "Requested"),
        BookingStatus.PENDING: QCoreApplication.translate("calendar", "Pending"),
        BookingStatus.CONFIRMED: QCoreApplication.translate("calendar", "Confirmed"),
        BookingStatus.ARRIVED: QCoreApplication.translate("calendar", "Arrived"),
        BookingStatus.IN_SESSION: QCoreApplication.translate("calendar", "In session"),
        BookingStatus.COMPLETED: QCoreApplication.translate("calendar", "Completed"),
        BookingStatus.CANCELLED: QCoreApplication.translate("calendar", "Cancelled"),
        BookingStatus.NO_SHOW: QCoreApplication.translate("calendar", "No-show"),
    }[status]


def paid_text(status: PaymentStatus) -> str:
    return {
        PaymentStatus.UNPAID: QCoreApplication.translate("calendar", "Unpaid"),
        PaymentStatus.PARTLY_PAID: QCoreApplication.translate("calendar", "Partly paid"),
        PaymentStatus.PAID: QCoreApplication.translate("calendar", "Paid"),
        PaymentStatus.PARTLY_REFUNDED: QCoreApplication.translate("calendar", "Partly refunded"),
        PaymentStatus.REFUNDED: QCoreApplication.translate("calendar", "Refunded"),
    }[status]


def paid_icon(payment: PaymentStatus, status: BookingStatus) -> str | None:
    """Money shows on a card when it came, went back, or is due because the session was or is."""
    if payment is PaymentStatus.PAID:
        return "banknote"
    if payment in (PaymentStatus.REFUNDED, PaymentStatus.PARTLY_REFUNDED):
        return "undo-2"
    due = {BookingStatus.ARRIVED, BookingStatus.IN_SESSION, BookingStatus.COMPLETED}
    return "wallet" if status in due else None


def time_text(wall: time | datetime) -> str:
    """A time of day as the locale writes it: "14:05" or "2:05 pm"."""
    return moments.time_text(wall)


def minute_text(minute: int) -> str:
    """The same from minutes after midnight; 1440 is the midnight that ends the day."""
    return time_text(time(minute // 60 % 24, minute % 60))


def span_text(start: time | datetime, end: time | datetime) -> str:
    return f"{time_text(start)} – {time_text(end)}"


def _shown(day: date, pattern: str) -> str:
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def day_text(day: date, today: date | None = None) -> str:
    """As in "Thu 26 Nov"; with the year when it is another one than today's."""
    pattern = "ddd, MMM d" if month_first() else "ddd d MMM"
    if today is not None and day.year != today.year:
        pattern += ", yyyy" if month_first() else " yyyy"
    return _shown(day, pattern)


def long_day_text(day: date) -> str:
    """As in "Thursday 26 November 2026"."""
    return _shown(day, "dddd, MMMM d, yyyy" if month_first() else "dddd d MMMM yyyy")


def short_day_text(day: date) -> str:
    """As in "26 Nov"."""
    return _shown(day, "MMM d" if month_first() else "d MMM")


def weekday_text(day: date) -> str:
    """As in "Mon"."""
    return _shown(day, "ddd")


def weekday_name(weekday: int) -> str:
    """As in "Monday"; 0 is Monday."""
    return QLocale().standaloneDayName(weekday + 1, QLocale.FormatType.LongFormat)


def near_day_text(day: date, today: date) -> str:
    """As in "Today", "Tomorrow", else the day."""
    near = {
        today: QCoreApplication.translate("calendar", "Today"),
        today + timedelta(days=1): QCoreApplication.translate("calendar", "Tomorrow"),
    }
    return near.get(day) or day_text(day, today)


def range_title(first: date, last: date, *, short: bool = False) -> str:
    """The heading over the calendar: "23 – 29 November 2026", months and years said once where they agree."""
    month = "MMM" if short else "MMMM"
    day = "ddd" if short else "dddd"
    months_first = month_first()
    one = f"{month} d" if months_first else f"d {month}"
    year = ", yyyy" if months_first else " yyyy"
    if first == last:
        return _shown(first, f"{day}, {one}{year}" if months_first else f"{day} {one}{year}")
    left, right = (one if first.year == last.year else one + year), one + year
    if (first.year, first.month) == (last.year, last.month):
        left, right = (one, f"d{year}") if months_first else ("d", right)
    return f"{_shown(first, left)} – {_shown(last, right)}"


def duration_text(minutes: int) -> str:
    """As in "45 min", "1 h", "1 h 30 min", "3 days"."""
    days, rest = divmod(minutes, 1440)
    hours, left = divmod(rest, 60)
    parts = []
    if days:
        parts.append(QCoreApplication.translate("calendar", "{n} d").format(n=days))
    if hours:
        parts.append(QCoreApplication.translate("calendar", "{n} h").format(n=hours))
    if left or not parts:
        parts.append(QCoreApplication.translate("calendar", "{n} min").format(n=left))
    return " ".join(parts)


def hours_text(minutes: int) -> str:
    """As in "38 h 30 min": days are not counted apart."""
    hours, left = divmod(minutes, 60)
    text = QCoreApplication.translate("calendar", "{n} h").format(n=hours)
    return f"{text} {duration_text(left)}" if left else text


def moment_text(instant: datetime, zone: ZoneInfo, today: date) -> str:
    """An instant on the practice's clocks: "Thu 26 Nov, 10:00"; says which one when that time comes twice."""
    wall = wall_of(instant, zone)
    return f"{day_text(wall.date(), today)}, {time_text(wall)}{twice_text(instant, zone)}"


def twice_text(instant: datetime, zone: ZoneInfo) -> str:
    """As in " (second)" for the later one of a wall time that comes twice, else nothing."""
    return QCoreApplication.translate("calendar", " (second)") if comes_second(instant, zone) else ""


def when_text(starts_at: datetime, ends_at: datetime, zone: ZoneInfo, today: date) -> str:
    """As in "Wed 25 Nov, 14:00 – 14:45"; both days where it goes over midnight."""
    start, end = wall_of(starts_at, zone), wall_of(ends_at, zone)
    if start.date() == end.date():
        return f"{day_text(start.date(), today)}, {span_text(start, end)}{twice_text(starts_at, zone)}"
    return f"{moment_text(starts_at, zone, today)} – {moment_text(ends_at, zone, today)}"


def minutes_between(starts_at: datetime, ends_at: datetime) -> int:
    return int((ends_at - starts_at).total_seconds()) // 60


def breakable(text: str, longest: int = 20) -> str:
    """The same to the eye; words longer than a narrow pane get places where they may be broken."""
    return " ".join(
        ZERO_WIDTH.join(word[i : i + _PIECE] for i in range(0, len(word), _PIECE)) if len(word) > longest else word
        for word in text.split(" ")
    )


def offset_text(zone: ZoneInfo, instant: datetime | None = None) -> str:
    """A zone in words: "Europe/Zurich (UTC+1)"."""
    at = (instant or datetime.now(UTC)).astimezone(zone)
    offset = at.utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    hours, left = divmod(abs(minutes), 60)
    rest = f":{left:02d}" if left else ""
    return f"{zone.key.replace('_', ' ')} (UTC{sign}{hours}{rest})"
