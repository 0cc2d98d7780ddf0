"""What is written on cards and told of them, for one board: the same few times and days again and again."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from avenrae_desktop.areas.calendar import queries, words
from avenrae_desktop.areas.calendar.spans import Minutes
from avenrae_desktop.kernel.time import wall_of
from avenrae_desktop.kernel.values import BookingStatus, PaymentStatus


class CardTexts:
    """Remembers what it was asked: the locale takes as long over a time of day as the rest of a card."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.overbooked = QCoreApplication.translate("calendar", "overbooked")
        self._to = QCoreApplication.translate("calendar", "{begins} to {ends}")
        self._minute: Callable[[int], str] = cache(words.minute_text)
        self._day: Callable[[date], str] = cache(words.day_text)
        self._state: Callable[[BookingStatus], str] = cache(words.state_text)
        self._paid: Callable[[PaymentStatus], str] = cache(words.paid_text)

    def span(self, row: queries.BookingRow) -> str:
        """As in "10:00 – 11:00"; says which one when that time comes twice."""
        return self._span(row, wall_of(row.starts_at, self.zone))

    def minutes(self, span: Minutes) -> str:
        """As in "10:00 to 11:00", from minutes after midnight."""
        return self._to.format(begins=self._minute(span[0]), ends=self._minute(span[1]))

    def accessible(self, row: queries.BookingRow) -> str:
        """A booking in one sentence, for screen readers and tool tips."""
        start = wall_of(row.starts_at, self.zone)
        said: Iterable[str] = (
            row.client_name,
            row.service_name,
            f"{self._day(start.date())} {self._span(row, start)}",
            row.healer_name,
            self._state(row.status),
            self._paid(row.payment_status),
            self.overbooked if row.lane else "",
        )
        return ", ".join(filter(None, said))

    def _span(self, row: queries.BookingRow, start: datetime) -> str:
        end = wall_of(row.ends_at, self.zone)
        begins, ends = (self._minute(wall.hour * 60 + wall.minute) for wall in (start, end))
        return f"{begins} – {ends}{words.twice_text(row.starts_at, self.zone)}"
