"""How boards are laid out in a view of a certain size, for whoever makes them elsewhere."""

from dataclasses import dataclass

from PySide6.QtCore import QSize

from avenrae_desktop.qtkit.calendar_view.board import Board
from avenrae_desktop.qtkit.calendar_view.geometry import Geometry
from avenrae_desktop.qtkit.calendar_view.look import CalendarLook
from avenrae_desktop.qtkit.calendar_view.strips import header_height


@dataclass(frozen=True, slots=True)
class Blueprint:
    """Size of titles and grid together, the height of an hour at zoom 1, and the look."""

    room: QSize
    hour_height: float
    look: CalendarLook

    def geometry(self, board: Board) -> Geometry:
        """Any thread may ask. If the view is another size when it gets the board, it lays it out again."""
        below = QSize(self.room.width(), self.room.height() - header_height(board.columns, self.look))
        return Geometry(board, below, self.hour_height * self.look.zoom, self.look.zoom)
