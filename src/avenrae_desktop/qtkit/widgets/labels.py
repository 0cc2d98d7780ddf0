"""Text on screen that is never taken for markup."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle, QStyleOption, QWidget  # noqa: TID251 - this is the label to use


class PlainLabel(QLabel):
    """The only label of the program: shows `<img src=x>` as what was typed.

    `role` picks the look: body, muted, small, caption, field, strong, heading, title, display, danger.
    """

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        *,
        elide: bool = False,
        wrap: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setProperty("role", role)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text)
        if self._elide:
            self.setToolTip(plain_tip(text))

    @property
    def shortens(self) -> bool:
        """Whether words without room end in dots, with the whole in the tip."""
        return self._elide

    def set_role(self, role: str) -> None:
        """Change the look."""
        self.setProperty("role", role)
        restyle(self)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if not self._elide:
            return hint
        return QSize(min(hint.width(), self.fontMetrics().averageCharWidth() * 4), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide or self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        rect = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        self.style().drawItemText(
            painter, rect, int(self.alignment()), self.palette(), self.isEnabled(), text, self.foregroundRole()
        )


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again at a widget whose dynamic properties changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def plain_tip(text: str) -> str:
    """Tool tips guess at markup too; an escaped paragraph is shown as typed."""
    return f"<p>{escape(text)}</p>" if text else ""
