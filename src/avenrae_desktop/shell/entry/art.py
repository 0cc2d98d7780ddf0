"""The dark side of the pages for coming in: the mark, the name, and a quiet week of cards."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from avenrae_desktop.qtkit.theme import current_theme

# (column, start, length, hue): half hours of a made-up week.
_CARDS = (
    (0, 0, 3, "violet"), (0, 4, 2, "blue"), (0, 8, 4, "amber"), (1, 1, 4, "green"), (1, 7, 3, "violet"),
    (2, 0, 2, "blue"), (2, 3, 3, "rose"), (2, 9, 3, "blue"), (3, 2, 5, "amber"), (3, 8, 2, "green"),
)  # fmt: skip
_ROWS = 13


class EntryArt(QWidget):
    """Says what this program is; purely a picture."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Avenrae Desktop"))
        current_theme().changed.connect(self._renew)

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(380), current_theme().px(400))

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.tokens.q("rail"))
        self._paint_week(painter)
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        theme = current_theme()
        left, width = theme.px(40), self.width() - theme.px(64)
        painter.drawPixmap(left, theme.px(44), theme.pixmap("sparkles", "rail_mark", 40))
        painter.setPen(theme.tokens.q("rail_on"))
        painter.setFont(theme.font(26, "semibold"))
        painter.drawText(QRectF(left, theme.px(98), width, theme.px(40)), 0, self.tr("Avenrae Desktop"))
        painter.setPen(QColor("#C3CCD7"))
        painter.setFont(theme.font(14))
        words = self.tr(
            "Your clients, services and bookings: private, on your own computer, with or without a network."
        )
        area = QRectF(left, theme.px(142), width, theme.px(120))
        painter.drawText(area, int(Qt.TextFlag.TextWordWrap), words)

    def _paint_week(self, painter: QPainter) -> None:
        theme = current_theme()
        top = theme.px(270)
        left = theme.px(40)
        gap = theme.px(8)
        column = (self.width() - left - gap * 3) / 3.6
        row = theme.px(30)
        painter.setPen(QColor(255, 255, 255, 16))
        for line in range(0, _ROWS, 2):
            painter.drawLine(left, top + line * row, self.width(), top + line * row)
        painter.setPen(Qt.PenStyle.NoPen)
        for at, start, length, hue_name in _CARDS:
            hue = theme.tokens.hue(hue_name)
            card = QRectF(left + at * (column + gap), top + start * row + 2, column, length * row - 4)
            ground = QColor(hue.bar)
            ground.setAlphaF(0.20)
            painter.setBrush(ground)
            painter.drawRoundedRect(card, theme.px(6), theme.px(6))
            bar = QColor(hue.bar)
            bar.setAlphaF(0.85)
            painter.setBrush(bar)
            painter.drawRoundedRect(QRectF(card.left() + 5, card.top() + 6, 3, card.height() - 12), 1.5, 1.5)
        fade = QLinearGradient(0, top, 0, max(self.height(), top + 1))
        rail = theme.tokens.q("rail")
        clear = QColor(rail)
        clear.setAlpha(0)
        fade.setColorAt(0, clear)
        fade.setColorAt(1, rail)
        painter.fillRect(QRectF(0, top, self.width(), max(0, self.height() - top)), fade)
