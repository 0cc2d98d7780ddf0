"""Plain coloured grounds of the window's frame, painted from tokens."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.theme import current_theme


class Ground(QWidget):
    """A surface in a token's colour, with a fine line at some of its sides ("top", "right", "bottom", "left")."""

    def __init__(self, token: str, *sides: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self._sides = sides
        current_theme().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = current_theme().tokens
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.q(self._token))
        painter.setPen(QPen(tokens.q("line"), 1))
        right, bottom = self.width() - 0.5, self.height() - 0.5
        lines = {
            "top": (QPointF(0, 0.5), QPointF(right, 0.5)),
            "bottom": (QPointF(0, bottom), QPointF(right, bottom)),
            "left": (QPointF(0.5, 0), QPointF(0.5, bottom)),
            "right": (QPointF(right, 0), QPointF(right, bottom)),
        }
        for side in self._sides:
            painter.drawLine(*lines[side])
        painter.end()
