"""How boards are laid out in a view of a certain width, for whoever makes them elsewhere."""

from dataclasses import dataclass

from PySide6.QtCore import QSize

from avenrae_desktop.qtkit.calendar_view.board import Board
from avenrae_desktop.qtkit.calendar_view.geometry import Geometry


@dataclass(frozen=True, slots=True)
class Blueprint:
    """The view's size, the height of an hour in pixels as they are, and the zoom."""

    viewport: QSize
    hour_height: float
    zoom: float

    def geometry(self, board: Board) -> Geometry:
        """Any thread may ask. If the view has another width when it gets the board, it lays it out again."""
        return Geometry(board, self.viewport, self.hour_height, self.zoom)
