"""A client's bookings in the clients' pane: a press on one shows it in the calendar."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.calendar.detail.buttons import LineButton
from avenrae_desktop.areas.calendar.queries import HistoryRow
from avenrae_desktop.areas.calendar.words import short_day_text, state_text, time_text
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.time import utc_now, wall_of
from avenrae_desktop.qtkit.keeping import kept_focus
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import PlainLabel, column, plain_tip

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.repository import CalendarReads

_SHOWN = 8
_WATCHED = frozenset({"booking", "service"})
ShowBooking = Callable[[UUID, datetime], object]


class ClientHistory(QWidget):
    """Reads by itself; says so where there is nothing."""

    def __init__(
        self,
        client: UUID,
        reads: "CalendarReads",
        zone: Callable[[], ZoneInfo],
        runner: Runner,
        show: ShowBooking,
    ) -> None:
        super().__init__()
        self._client, self._reads, self._zone, self._runner, self._show_booking = client, reads, zone, runner, show
        self._box = column(spacing=2)
        self.setLayout(self._box)
        self.rows: tuple[HistoryRow, ...] | None = None
        runner.changed.connect(self._on_changed)
        runner.start(self._load(), self)

    async def _load(self) -> None:
        rows = await self._runner.ask(self._reads.history, self._client, key=("client history", id(self)))
        if rows == self.rows:
            return
        self.rows = rows
        with kept_focus(self):
            self._show()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.concerns(_WATCHED):
            self._runner.start(self._load(), self)

    def _show(self) -> None:
        while (item := self._box.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.hide()
                line.deleteLater()
        if not self.rows:
            self._box.addWidget(PlainLabel(self.tr("No bookings yet"), "muted"))
        rows = self.rows or ()
        for each in rows[:_SHOWN]:
            self._box.addWidget(self._line(each))
        more = len(rows) - _SHOWN
        if more > 0:
            self._box.addWidget(PlainLabel(self.tr("and {count} earlier ones").format(count=more), "small"))

    def _line(self, each: HistoryRow) -> QWidget:
        wall = wall_of(each.starts_at, self._zone())
        day = short_day_text(wall.date())
        year = "" if wall.year == wall_of(utc_now(), self._zone()).year else str(wall.year)
        detail = " · ".join(filter(None, (year, time_text(wall), state_text(each.status))))
        line = LineButton(day, each.service_name, detail)
        line.setToolTip(plain_tip(self.tr("Show in the calendar")))
        line.clicked.connect(lambda: self._show_booking(each.uuid, each.starts_at))
        return line
