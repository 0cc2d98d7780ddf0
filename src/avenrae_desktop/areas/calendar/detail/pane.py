"""The pane itself: loads what it shows, and keeps it fresh."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from avenrae_desktop.areas.calendar.detail.booking import BookingCard
from avenrae_desktop.areas.calendar.detail.buttons import StepButton
from avenrae_desktop.areas.calendar.detail.today import TodayCard
from avenrae_desktop.areas.calendar.queries import BookingDetail, BookingRow
from avenrae_desktop.kernel.errors import NotFound
from avenrae_desktop.kernel.time import Clock, wall_of
from avenrae_desktop.qtkit.keeping import kept_focus, kept_scroll
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import column

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.repository import CalendarReads

WIDTH = 284


class DetailPane(QFrame):
    """`show_booking` for one, `show_today` for none."""

    step_asked = Signal(str)
    booking_chosen = Signal(object, object)
    left = Signal()
    """Esc: back to where one came from."""

    def __init__(
        self,
        reads: "CalendarReads",
        runner: Runner,
        zone: Callable[[], ZoneInfo],
        currency: Callable[[], str],
        clock: Clock,
        *,
        may_book: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self._reads, self._runner, self._clock = reads, runner, clock
        self._zone, self._currency = zone, currency
        self._shown: UUID | None = None
        self.detail: BookingDetail | None = None
        self.booking = BookingCard(runner.link, may_book)
        self.today = TodayCard()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.today)
        self._stack.addWidget(self.booking)
        self.setLayout(column(self._stack, margins=18))
        self.booking.step_asked.connect(self.step_asked)
        for card in (self.booking, self.today):
            card.booking_chosen.connect(self.booking_chosen)
        self._fit()
        current_theme().changed.connect(self._fit)

    @property
    def shown(self) -> UUID | None:
        """The booking on show, None for today."""
        return self._shown

    def show_booking(self, row: BookingRow) -> None:
        """Show a booking; what its card knows stands there at once."""
        if row.uuid != self._shown:
            self._shown = row.uuid
            self.detail = None
            self.booking.forget_detail()
        self.booking.show_row(row, self._zone(), self._today(), self._currency())
        self._stack.setCurrentWidget(self.booking)
        self._runner.start(self._load_booking(row.uuid), self)

    def show_today(self, healer: UUID | None) -> None:
        """Show what today still brings to one healer, or to all."""
        self._shown = None
        self.detail = None
        self._stack.setCurrentWidget(self.today)
        self._runner.start(self._load_today(healer), self)

    def focus_first(self) -> None:
        """Put the keyboard on the first thing that can be done."""
        first = self.booking.findChild(StepButton) if self._shown is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _today(self) -> date:
        return wall_of(self._clock(), self._zone()).date()

    async def _load_booking(self, uuid: UUID) -> None:
        try:
            detail = await self._runner.ask(self._reads.booking, uuid, key=("calendar.detail", id(self)))
        except NotFound:
            # It was taken back; the board that comes next no longer has it.
            return
        if self._shown == uuid:
            again, self.detail = self.detail is not None, detail
            shown = (detail, self._zone(), self._today(), self._currency())
            if not again:
                self.booking.show_detail(*shown)
                return
            with kept_focus(self.booking), kept_scroll(self.booking.area):
                self.booking.show_detail(*shown)

    async def _load_today(self, healer: UUID | None) -> None:
        read = partial(self._reads.board, self._today(), 1, None if healer is None else [healer])
        board = await self._runner.ask(read, key=("calendar.detail", id(self)))
        now: datetime = self._clock()
        self.today.show_rows(board.bookings, self._zone(), now)

    def _fit(self) -> None:
        self.setFixedWidth(current_theme().px(WIDTH))
