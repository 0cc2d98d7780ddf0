"""The mouse over the calendar: press, drag, edge, scroll at the rim. Keeps no pixels but the last pointer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication

from avenrae_desktop.qtkit.calendar_view.board import Board
from avenrae_desktop.qtkit.calendar_view.drag import (
    FINE_HOUR,
    FINE_STEP,
    STEP,
    Drag,
    Kind,
    can_move,
    can_resize,
    pulled,
)

if TYPE_CHECKING:
    from avenrae_desktop.qtkit.calendar_view.view import CalendarView

EDGE = 6
RIM = 28
_FRAME_MS = 16
_FASTEST = 22


class Pointer(QObject):
    """Turns presses and moves (viewport coordinates) into a `Drag`."""

    def __init__(self, view: "CalendarView") -> None:
        super().__init__(view)
        self._view = view
        self._pressed = QPoint()
        self._last = QPoint()
        self._fine = False
        self.drag: Drag | None = None
        self._timer = QTimer(self, interval=_FRAME_MS)
        self._timer.timeout.connect(self._scroll_at_rim)

    def press(self, at: QPoint, row: int) -> None:
        """A left press on a card (its row) or on empty time (-1)."""
        self._pressed = self._last = at
        view = self._view
        spot = view.to_content(at)
        column, minute = view.geometry_now.column_at(spot.x()), view.geometry_now.minute_at(spot.y())
        if column < 0:
            return
        if row < 0:
            self.drag = Drag("create", None, column, int(minute), int(minute), minute)
            return
        card = view.board.cards[row]
        kind = self.kind_at(at, row)
        if kind is not None:
            self.drag = Drag(kind, card, card.column, card.start, card.end, minute - card.start)

    def kind_at(self, at: QPoint, row: int) -> Kind | None:
        """What a drag from here would do to this card; None when it may do nothing."""
        view = self._view
        card = view.board.cards[row]
        if card.key in view.busy_keys:
            return None
        rect = view.geometry_now.rects[row]
        y = view.to_content(at).y()
        zone = min(view.look.px(EDGE), rect.height() // 4)
        if can_resize(card) and y > rect.bottom() - zone:
            return "end"
        if can_resize(card) and y < rect.top() + zone:
            return "start"
        return "move" if can_move(card) else None

    def move(self, at: QPoint, *, fine: bool) -> None:
        """The pointer went on with the button held. `fine`: snap to 5 minutes."""
        self._last, self._fine = at, fine
        if self.drag is None:
            return
        far = (at - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        if self.drag.live or far:
            self._pull()
            self._timer.start()

    def release(self) -> Drag | None:
        """Ends the drag; it comes back when it meant something."""
        drag = self.cancel()
        return drag if drag is not None and drag.live and drag.changed else None

    def cancel(self) -> Drag | None:
        """Lets go without any effect."""
        drag, self.drag = self.drag, None
        self._timer.stop()
        if drag is not None and drag.live:
            self._view.drag_changed(drag, None)
        return drag

    def outlive(self, board: Board) -> None:
        """A new board comes: a drag goes on if what it drags is still the same there."""
        drag = self.drag
        if drag is None:
            return
        same_columns = [c.key for c in board.columns] == [c.key for c in self._view.board.columns]
        if not same_columns or (drag.card is not None and drag.card not in board.cards):
            self.cancel()

    def _pull(self) -> None:
        drag = self.drag
        if drag is None:
            return
        view = self._view
        geometry = view.geometry_now
        spot = view.to_content(self._last)
        fine = self._fine or geometry.hour_height >= FINE_HOUR * view.look.zoom
        step = FINE_STEP if fine else STEP
        minute = geometry.minute_at(spot.y())
        self.drag = pulled(drag, view.board, geometry.column_at(spot.x()), minute, step)
        if self.drag != drag:
            view.drag_changed(drag, self.drag)

    def _scroll_at_rim(self) -> None:
        view = self._view
        room = view.viewport().rect()
        rim = view.look.px(RIM)
        across = _speed(self._last.x(), room.width(), rim)
        down = _speed(self._last.y(), room.height(), rim)
        if across or down:
            view.horizontalScrollBar().setValue(view.horizontalScrollBar().value() + across)
            view.verticalScrollBar().setValue(view.verticalScrollBar().value() + down)
            self._pull()


def _speed(at: int, length: int, rim: int) -> int:
    """Pixels a frame: faster the further the pointer is beyond the rim."""
    if at < rim:
        return -min(_FASTEST, (rim - at) // 3 + 1)
    if at > length - rim:
        return min(_FASTEST, (at - length + rim) // 3 + 1)
    return 0


CURSORS = {
    "start": Qt.CursorShape.SizeVerCursor,
    "end": Qt.CursorShape.SizeVerCursor,
    "move": Qt.CursorShape.PointingHandCursor,
}
