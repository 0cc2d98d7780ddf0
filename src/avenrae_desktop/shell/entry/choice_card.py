"""A large button with an icon, a title and a sentence: one of the ways to begin."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from avenrae_desktop.qtkit.theme import current_theme


class ChoiceCard(QAbstractButton):
    """Named by its title; the sentence is its description for screen readers."""

    def __init__(self, icon: str, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._title, self._words = icon, title, text
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        current_theme().changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        px = current_theme().px
        width = px(440)
        words = QFontMetrics(current_theme().font()).boundingRect(
            0, 0, width - px(116), px(400), int(Qt.TextFlag.TextWordWrap), self._words
        )
        return QSize(width, px(44) + words.height() + px(12))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        px, tokens = theme.px, theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        lively = self.isEnabled() and (self.underMouse() or self.isDown())
        edge = "focus" if self.hasFocus() else "accent" if lively else "line"
        painter.setPen(QPen(tokens.q(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(tokens.q("hover" if self.isDown() else "surface"))
        painter.drawRoundedRect(frame, px(10), px(10))
        badge = QRectF(px(16), (self.height() - px(44)) / 2, px(44), px(44))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.q("accent_soft"))
        painter.drawRoundedRect(badge, px(10), px(10))
        mark = theme.pixmap(self._icon, "accent_ink", 22)
        side = px(22)
        painter.drawPixmap(round(badge.center().x() - side / 2), round(badge.center().y() - side / 2), mark)
        left, width = px(76), self.width() - px(76) - px(40)
        painter.setPen(tokens.q("text" if self.isEnabled() else "muted"))
        painter.setFont(theme.font(15, "semibold"))
        painter.drawText(QRectF(left, px(13), width, px(24)), int(Qt.AlignmentFlag.AlignVCenter), self._title)
        painter.setPen(tokens.q("muted"))
        painter.setFont(theme.font())
        area = QRectF(left, px(38), width, self.height() - px(38))
        painter.drawText(area, int(Qt.TextFlag.TextWordWrap), self._words)
        arrow = theme.pixmap("chevron-right", "muted", 18)
        painter.drawPixmap(self.width() - px(30), round((self.height() - px(18)) / 2), arrow)
        painter.end()
