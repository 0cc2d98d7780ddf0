"""What stands in the pane while no booking is chosen: the rest of today, and the keys."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.detail.lines import Line, Lines
from avenrae_desktop.areas.calendar.domain import GIVES_BACK
from avenrae_desktop.areas.calendar.queries import BookingRow
from avenrae_desktop.kernel.time import wall_of
from avenrae_desktop.kernel.values import BookingStatus
from avenrae_desktop.qtkit.keeping import kept_focus
from avenrae_desktop.qtkit.widgets import KeyHint, PlainLabel, Section, column, row

NEXT = 6


class TodayCard(QWidget):
    """Counts, the next bookings, and what the keys do."""

    booking_chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = PlainLabel("", "muted", wrap=True)
        self.count = PlainLabel("", wrap=True)
        self.next = Section(self.tr("Next"), spacing=0)
        self._lines = Lines(self.next.box, self.booking_chosen.emit)
        self.keys = Section(self.tr("Keys"), spacing=5)
        for key, text in (
            ("N", self.tr("New booking")),
            ("↑ ↓ ← →", self.tr("From booking to booking")),
            ("Ctrl+↑ ↓", self.tr("Choose a free time")),
            ("Alt+↑ ↓", self.tr("Move the booking")),
            ("D  W", self.tr("Day, week")),
            ("T", self.tr("Today")),
        ):
            self.keys.box.addLayout(_key_line(key, text))
        self.setLayout(
            column(
                column(PlainLabel(self.tr("Today"), "title"), self.day, spacing=3),
                self.count,
                self.next,
                None,
                self.keys,
                spacing=14,
            )
        )

    def show_rows(self, rows: Sequence[BookingRow], zone: ZoneInfo, now: datetime) -> None:
        """Today's bookings, those that gave their time back left out."""
        self.day.setText(words.long_day_text(wall_of(now, zone).date()))
        with kept_focus(self):
            self._show_live(rows, zone, now)

    def _show_live(self, rows: Sequence[BookingRow], zone: ZoneInfo, now: datetime) -> None:
        live = [each for each in rows if each.status not in GIVES_BACK]
        done = sum(each.status is BookingStatus.COMPLETED for each in live)
        self.count.setText(self._count_text(len(live), done))
        coming = [e for e in live if e.ends_at > now and e.status is not BookingStatus.COMPLETED]
        lines = [
            Line(
                each.uuid,
                each.starts_at,
                words.time_text(wall_of(each.starts_at, zone)),
                each.client_name,
                f"{each.service_name} · {each.healer_name}",
            )
            for each in coming[:NEXT]
        ]
        if not coming:
            self._lines.show((), self.tr("Nothing more today"), "muted")
        else:
            more = self.tr("and {n} more").format(n=len(coming) - NEXT) if len(coming) > NEXT else ""
            self._lines.show(lines, more)

    def _count_text(self, count: int, done: int) -> str:
        if count == 0:
            return self.tr("No bookings")
        bookings = self.tr("1 booking") if count == 1 else self.tr("{n} bookings").format(n=count)
        return f"{bookings} · {self.tr('{n} completed').format(n=done)}" if done else bookings


def _key_line(key: str, text: str) -> QLayout:
    return row(KeyHint(key), PlainLabel(text, "small"), None, spacing=8)
