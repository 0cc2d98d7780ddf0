"""A place that looks as if a file could be dropped there. The whole window takes it; this one says so."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, IconLabel, PlainLabel, column, row


class DropArea(QWidget):
    """A dashed frame around words and the button for those who would rather choose."""

    def __init__(self, words: str, button: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = row(IconLabel("file-text", "accent", 22), PlainLabel(words, "muted", wrap=True), button, spacing=12)
        box.setStretch(1, 1)
        outer = column(box, margins=16)
        self.setLayout(outer)
        self.is_lively = False
        current_theme().changed.connect(self.update)

    def set_lively(self, lively: bool) -> None:
        """Light up, or not, while a file hovers over the window."""
        self.is_lively = lively
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge, ground, width = ("accent", "accent_soft", 2) if self.is_lively else ("line_strong", "surface", 1)
        painter.setPen(QPen(theme.tokens.q(edge), width, Qt.PenStyle.DashLine))
        painter.setBrush(theme.tokens.q(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), theme.px(10), theme.px(10))
        painter.end()
