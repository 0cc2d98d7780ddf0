"""Moving and resizing in the grid: saves, dims meanwhile, and shows what was refused with its ways on."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.panel.refusal import RefusalBar, Retry, answers
from avenrae_desktop.areas.calendar.panel.wish import Wish
from avenrae_desktop.areas.calendar.queries import BookingRow
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.identity import Actor, Permission
from avenrae_desktop.kernel.time import comes_second, wall_of
from avenrae_desktop.qtkit.calendar_view import CalendarView
from avenrae_desktop.qtkit.runner import Runner

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.panel.panel import CalendarPanel


class Moves(QObject):
    """One wish at a time for each booking: until the board shows what became of it, it cannot be dragged again."""

    def __init__(
        self, panel: "CalendarPanel", view: CalendarView, refusal: RefusalBar, runner: Runner, actor: Actor
    ) -> None:
        super().__init__(panel)
        self._panel, self._view, self._refusal = panel, view, refusal
        self._runner = runner
        self._may_insist = actor.may(Permission.OVERBOOK)
        self._busy: set[str] = set()
        self._saved: dict[str, int] = {}

    def move(self, row: BookingRow, local_start: datetime, healer: UUID | None) -> None:
        """To another time, perhaps to another healer (None: the same)."""
        self._wish(Wish(row, local_start, self._panel.zone(), healer=healer))

    def resize(self, row: BookingRow, local_start: datetime, local_end: datetime) -> None:
        """To another start or end. A start that stays is the same one of two equal times."""
        zone = self._panel.zone()
        stays = local_start == wall_of(row.starts_at, zone)
        second = comes_second(row.starts_at, zone) if stays else None
        self._wish(Wish(row, local_start, zone, local_end=local_end, second=second))

    def show_busy(self) -> None:
        """Dim again what is being saved, after a new board; a board read before the change may still come."""
        for key, version in tuple(self._saved.items()):
            row = self._panel.row(key)
            if row is None or row.version >= version:
                del self._saved[key]
        self._view.set_busy_keys(self._busy | self._saved.keys())

    def _wish(self, wish: Wish) -> None:
        if str(wish.row.uuid) in self._busy | self._saved.keys():
            return
        self._refusal.dismiss()
        self._set_busy(str(wish.row.uuid), busy=True)
        self._runner.start(self._change(wish), self)

    async def _change(self, wish: Wish) -> None:
        try:
            outcome = await self._runner.do(wish.command(), self._panel)
        except AppError as error:
            if not answers(error):
                raise
            self._refuse(wish, error)
        else:
            self._saved |= {str(each.uuid): each.version for each in outcome.changes.touched if each.version}
            self._panel.said.emit(self._told(wish), True)
        finally:
            self._set_busy(str(wish.row.uuid), busy=False)

    def _refuse(self, wish: Wish, error: AppError) -> None:
        def again(way: Retry) -> None:
            self._wish(wish.again(way))

        self._refusal.refuse(
            error, self._panel.zone(), self._panel.today(), may_insist=self._may_insist, retry=again
        )

    def _told(self, wish: Wish) -> str:
        start = wish.local_start
        when = f"{words.day_text(start.date())} {words.time_text(start)}"
        minutes = wish.length()
        if minutes is None:
            return self.tr("Moved to {when}").format(when=when)
        return self.tr("Now {when}, {length}").format(when=when, length=words.duration_text(minutes))

    def _set_busy(self, key: str, *, busy: bool) -> None:
        (self._busy.add if busy else self._busy.discard)(key)
        self.show_busy()
