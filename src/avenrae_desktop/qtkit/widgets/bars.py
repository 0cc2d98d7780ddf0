"""Messages: one inside a form, one that floats at the bottom of a window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QWidget

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets.buttons import Button, IconButton
from avenrae_desktop.qtkit.widgets.display import KeyHint
from avenrae_desktop.qtkit.widgets.labels import PlainLabel, restyle
from avenrae_desktop.qtkit.widgets.layout import column, row, show_if

_ICONS = {
    "danger": "circle-alert",
    "warning": "triangle-alert",
    "positive": "circle-check",
    "info": "info",
    "neutral": "info",
    "accent": "info",
}


def announce(widget: QObject, text: str) -> None:
    """Let a screen reader say it at once."""
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


class Banner(QFrame):
    """A message inside a form: title, what happened, what to do. Hidden until it has something to say."""

    def __init__(self, tone: str = "danger", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "banner")
        self._tone = tone
        self._icon = PlainLabel()
        self._title = PlainLabel("", "strong", wrap=True)
        self._text = PlainLabel("", wrap=True, selectable=True)
        self._advice = PlainLabel("", wrap=True, selectable=True)
        words = column(self._title, self._text, self._advice, spacing=3)
        self.box = row(column(self._icon, None), words, spacing=10, margins=10)
        self.box.setStretch(1, 1)
        self.setLayout(self.box)
        self.hide()
        current_theme().changed.connect(self._tint)
        self._tint()

    def tell(self, title: str, text: str = "", advice: str = "", *, tone: str | None = None) -> None:
        """Show a message and have it read out."""
        self._tone = tone or self._tone
        for label, words in ((self._title, title), (self._text, text), (self._advice, advice)):
            label.setText(words)
            show_if(label, bool(words))
        self._tint()
        show_if(self, True)
        announce(self, " ".join(filter(None, (title, text, advice))))

    def show_error(self, error: AppError) -> None:
        """Show what went wrong."""
        self.tell(*problem_texts(error), tone="danger")

    def clear(self) -> None:
        """Hide it."""
        self.hide()

    def text(self) -> str:
        """All that it says now; empty when hidden."""
        if self.isHidden():
            return ""
        return "\n".join(filter(None, (label.text() for label in (self._title, self._text, self._advice))))

    def _tint(self) -> None:
        theme = current_theme()
        self._icon.setPixmap(theme.pixmap(_ICONS.get(self._tone, "info"), theme.tokens.tone(self._tone).ink, 18))
        if self.property("tone") != self._tone:
            self.setProperty("tone", self._tone)
            for widget in (self, self._title, self._text, self._advice):
                restyle(widget)


class MessageBar(QFrame):
    """Floats at the bottom of its parent: what was done, with a way to undo it; errors stay until closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self._icon = PlainLabel()
        self._title = PlainLabel("", "strong", wrap=True)
        self._text = PlainLabel("", wrap=True)
        self._action = Button("", "bar")
        self._key = KeyHint("")
        self._close = IconButton("x", self.tr("Close message"), tint="surface", size=16)
        self._close.clicked.connect(self.clear)
        self._action.clicked.connect(self.act)
        self._on_action: Callable[[], object] | None = None
        self._tone = "neutral"
        words = column(self._title, self._text, spacing=2)
        box = row(self._icon, words, self._action, self._key, self._close, spacing=10)
        box.setStretch(1, 1)
        px = current_theme().px
        box.setContentsMargins(px(14), px(8), px(8), px(8))
        self.setLayout(box)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.hide()
        self._over = parent
        parent.installEventFilter(self)
        current_theme().changed.connect(self._place)

    def tell(
        self,
        text: str,
        action_text: str | None = None,
        on_action: Callable[[], object] | None = None,
        key_hint: str | None = None,
        tone: str = "neutral",
        *,
        seconds: float = 6,
        title: str = "",
    ) -> None:
        """Show a message, for a while or (`seconds` = 0) until it is closed. A newer one takes its place."""
        self._on_action = on_action
        self._tone = tone
        self._title.setText(title)
        self._text.setText(text)
        self._action.setText(action_text or "")
        self._key.setText(key_hint or "")
        for widget, wanted in (
            (self._title, title),
            (self._text, text),
            (self._action, action_text),
            (self._key, key_hint),
        ):
            show_if(widget, bool(wanted))
        self.show()
        self._place()
        self.raise_()
        announce(self, f"{title} {text}".strip())
        self._timer.stop()
        if seconds > 0:
            self._timer.start(round(seconds * 1000))

    def show_error(self, error: AppError) -> None:
        """What went wrong and what to do; stays until it is closed or something newer is said."""
        title, what, advice = problem_texts(error)
        self.tell(" ".join(filter(None, (what, advice))), tone="danger", seconds=0, title=title)

    def clear(self) -> None:
        """Hide it."""
        self._timer.stop()
        self.hide()

    def text(self) -> str:
        """All that it says now; empty when hidden."""
        if self.isHidden():
            return ""
        return "\n".join(filter(None, (self._title.text(), self._text.text())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._over:
            self._place()
        return super().eventFilter(watched, event)

    def act(self) -> None:
        """Do what the message offers."""
        act, self._on_action = self._on_action, None
        self.clear()
        if act is not None:
            act()

    def _place(self) -> None:
        if self.isHidden():
            return
        theme = current_theme()
        # The bar's ground is the text colour, so its icon takes the other theme's tones.
        colour = {"danger": "#FF9AA3", "warning": "#F4C77B", "positive": "#6FDDB6"}.get(self._tone, "#9FB7E8")
        if theme.dark:
            colour = theme.tokens.tone(self._tone).fill
        self._icon.setPixmap(theme.pixmap(_ICONS.get(self._tone, "info"), colour, 18))
        parent = self._over
        width = min(theme.px(560), parent.width() - theme.px(32))
        self.setFixedWidth(width)
        height = max(self.heightForWidth(width), self.sizeHint().height()) if self.hasHeightForWidth() else 0
        self.resize(width, height or self.sizeHint().height())
        self.move((parent.width() - width) // 2, parent.height() - self.height() - theme.px(16))
