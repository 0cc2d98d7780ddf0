"""Buttons that show their key, and rows that can be pressed."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from avenrae_desktop.areas.calendar.actions import Step, step_text
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button


class StepButton(Button):
    """One thing to do with the booking, its key at the right edge."""

    def __init__(self, step: Step, *, primary: bool, parent: QWidget | None = None) -> None:
        super().__init__(step_text(step.name), "primary" if primary else "secondary", parent=parent)
        self.step = step
        self.show_key(step.key)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class LineButton(Button):
    """A line of a list: a short text in a column of its own, then a longer one, perhaps a paler one below."""

    def __init__(self, lead: str, text: str, detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", "quiet", parent=parent)
        self._lead = self._text = self._detail = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.say(lead, text, detail)

    def say(self, lead: str, text: str, detail: str = "") -> None:
        """Say something else."""
        if bool(detail) != bool(self._detail):
            self.updateGeometry()
        self._lead, self._text, self._detail = lead, text, detail
        self.setAccessibleName(", ".join(filter(None, (lead, text, detail))))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(120), current_theme().px(40 if self._detail else 26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current_theme()
        painter = QPainter(self)
        line, side = theme.px(18), theme.px(2)
        top = (self.height() - line * (2 if self._detail else 1)) // 2
        lead = theme.px(58)
        room = self.width() - 2 * side - lead
        self._draw(painter, QRect(side, top, lead, line), self._lead, "muted")
        self._draw(painter, QRect(side + lead, top, room, line), self._text, "text")
        self._draw(painter, QRect(side + lead, top + line, room, line), self._detail, "muted")
        painter.end()

    @staticmethod
    def _draw(painter: QPainter, room: QRect, text: str, role: str) -> None:
        theme = current_theme()
        font = theme.font(12 if role == "muted" else 13)
        painter.setFont(font)
        painter.setPen(theme.tokens.q(role))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(room, int(flags) | Qt.TextFlag.TextSingleLine, shown)
