"""Days and times of day as the locale writes them, in the one style of all screens."""

from datetime import date, datetime, time

from PySide6.QtCore import QDate, QLocale, QTime


def time_text(wall: time | datetime) -> str:
    """A time of day: "14:05" or "2:05 pm"."""
    locale = QLocale()
    pattern = locale.timeFormat(QLocale.FormatType.ShortFormat)
    return locale.toString(QTime(wall.hour, wall.minute), pattern)


def month_first() -> bool:
    """Whether the month stands before the day here."""
    return QLocale().dateFormat(QLocale.FormatType.ShortFormat).startswith("M")


def full_day_text(day: date) -> str:
    """A day that cannot be read two ways: "Sun 28 Mar 2027"."""
    pattern = "ddd, MMM d, yyyy" if month_first() else "ddd d MMM yyyy"
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)
