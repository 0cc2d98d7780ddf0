"""Small things that show a state or a fact."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets.buttons import Button
from avenrae_desktop.qtkit.widgets.labels import PlainLabel, restyle
from avenrae_desktop.qtkit.widgets.layout import column, row, show_if


class IconLabel(PlainLabel):
    """An icon that says nothing by itself; words beside it do."""

    def __init__(self, icon: str, role: str = "muted", size: int = 18, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._role, self._size = role, size
        self.set_icon(icon)

    def set_icon(self, icon: str, role: str | None = None) -> None:
        self._role = role or self._role
        current_theme().bind_icon(self, icon, self._role, self._size)


class Pill(QFrame):
    """A state in a word, with icon and colour: never by colour alone."""

    def __init__(
        self, text: str = "", tone: str = "neutral", icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "pill")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._icon = PlainLabel()
        self._text = PlainLabel()
        theme = current_theme()
        box = row(self._icon, self._text, spacing=4)
        box.setContentsMargins(theme.px(8), theme.px(2), theme.px(9), theme.px(2))
        self.setLayout(box)
        self._state = (text, tone, icon)
        theme.changed.connect(self._show)
        self._show()

    def set(self, text: str, tone: str = "neutral", icon: str | None = None) -> None:
        """Show another state."""
        self._state = (text, tone, icon)
        self._show()

    def text(self) -> str:
        return self._state[0]

    def _show(self) -> None:
        text, tone, icon = self._state
        theme = current_theme()
        self._text.setText(text)
        show_if(self._icon, icon is not None)
        if icon is not None:
            self._icon.setPixmap(theme.pixmap(icon, theme.tokens.tone(tone).ink, 14))
        show_if(self, bool(text))
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            for widget in (self, self._text):
                restyle(widget)


class Avatar(QWidget):
    """A person's initials on a colour of their own."""

    def __init__(self, name: str, hue: str | None = None, size: int = 32, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        current_theme().changed.connect(self.updateGeometry)
        self.set_name(name, hue)

    def set_name(self, name: str, hue: str | None = None) -> None:
        """Show another person; without a hue the name picks one, always the same."""
        self._name = name
        names = list(current_theme().tokens.hues)
        self._hue = hue or names[sum(name.encode()) % len(names)]
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        side = current_theme().px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        hue = theme.tokens.hue(self._hue)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(hue.fill))
        side = min(self.width(), self.height())
        area = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.drawEllipse(area)
        painter.setPen(QColor(hue.ink))
        painter.setFont(theme.font(self._size * 0.38, "semibold"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, initials(self._name))
        painter.end()


def initials(name: str) -> str:
    """First letters of the first and last word, at most two."""
    words = [word for word in name.split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


class KeyHint(PlainLabel):
    """A key as it stands on the keyboard."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(key, "key", parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)


class FactRow(QWidget):
    """An icon, a line, and a paler line below it; hides itself when it has nothing to say."""

    def __init__(self, icon: str, text: str = "", detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = PlainLabel(wrap=True, selectable=True)
        self._detail = PlainLabel("", "muted", wrap=True)
        self._icon = IconLabel(icon, size=16)
        mark = column(self._icon, None)
        mark.setContentsMargins(0, current_theme().px(1), 0, 0)
        words = column(self._text, self._detail, spacing=0)
        box = row(mark, words, spacing=12)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.set(text, detail)

    def set(self, text: str, detail: str = "") -> None:
        """Show another fact."""
        self._text.setText(text)
        self._detail.setText(detail)
        show_if(self._detail, bool(detail))
        show_if(self, bool(text or detail))

    def set_icon(self, icon: str, role: str = "muted") -> None:
        self._icon.set_icon(icon, role)

    def text(self) -> str:
        return self._text.text()


class EmptyState(QWidget):
    """What stands where a list has nothing to show: why, and the way on."""

    acted = Signal()

    def __init__(
        self, icon: str, title: str, text: str = "", action_text: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._title = PlainLabel(title, "heading", wrap=True)
        self._text = PlainLabel(text, "muted", wrap=True)
        picture = IconLabel(icon, "line_strong", 36)
        for label in (picture, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        box = column(None, picture, self._title, self._text, spacing=8, margins=24)
        self.action: Button | None = None
        if action_text:
            self.action = Button(action_text, "primary")
            self.action.clicked.connect(self.acted)
            box.addSpacing(current_theme().px(6))
            box.addWidget(self.action, alignment=Qt.AlignmentFlag.AlignCenter)
        box.addStretch(2)
        self.setLayout(box)

    def set_texts(self, title: str, text: str = "") -> None:
        """Say something else, such as that a search found nothing."""
        self._title.setText(title)
        self._text.setText(text)
