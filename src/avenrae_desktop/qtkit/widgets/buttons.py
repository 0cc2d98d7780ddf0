"""Buttons: with words, with an icon alone, and the segmented choice."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets.labels import plain_tip, restyle
from avenrae_desktop.qtkit.widgets.layout import row

_ICON_ROLES = {"primary": "on_accent", "danger": "on_danger", "quiet": "muted", "link": "accent"}


class Button(QPushButton):
    """A button with words. `role`: primary, secondary, quiet, danger, link. `key` is its shortcut."""

    def __init__(
        self,
        text: str,
        role: str = "secondary",
        icon: str | None = None,
        key: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("role", role)
        self.setAutoDefault(False)
        self.setAccessibleName(text.replace("&", ""))
        self._icon = icon
        self._key_text = ""
        if icon:
            current_theme().bind_icon(self, icon, _ICON_ROLES.get(role, "text"), 16, gap=5 if self.text() else 0)
        if key:
            _add_key(self, text.replace("&", ""), key)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setAccessibleName(text.replace("&", ""))

    def show_key(self, key: str) -> None:
        """Show its key, paler, after its words; the shortcut itself is set elsewhere."""
        self._key_text = key
        self.setAccessibleDescription(self.tr("Key {key}").format(key=key))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + self._key_room(), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._key_text else super().minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._key_text:
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        option.rect = inside.adjusted(0, 0, -self._key_room(), 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        theme, role = current_theme(), str(self.property("role"))
        painter.setPen(theme.tokens.q(_ICON_ROLES.get(role, "muted") if self.isEnabled() else "muted"))
        painter.setFont(theme.font(11, "medium"))
        painter.setOpacity(0.85 if role in ("primary", "danger") else 1)
        edge = self.rect().adjusted(0, 0, -theme.px(12), 0)
        painter.drawText(edge, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._key_text)
        painter.end()

    def _key_room(self) -> int:
        if not self._key_text:
            return 0
        theme = current_theme()
        return QFontMetrics(theme.font(11, "medium")).horizontalAdvance(self._key_text) + theme.px(8)

    def set_role(self, role: str) -> None:
        """Change the look."""
        self.setProperty("role", role)
        if self._icon:
            current_theme().bind_icon(
                self, self._icon, _ICON_ROLES.get(role, "text"), 16, gap=5 if self.text() else 0
            )
        restyle(self)


class IconButton(QToolButton):
    """A button that is only an icon; `name` is what screen readers and the tool tip say.

    `framed` draws its border; `tint` is a token name.
    """

    def __init__(
        self,
        icon: str,
        name: str,
        key: str | None = None,
        parent: QWidget | None = None,
        *,
        framed: bool = False,
        tint: str = "muted",
        size: int = 18,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if framed:
            self.setProperty("role", "framed")
        self._tint, self._size = tint, size
        self.set_icon(icon)
        if key:
            _add_key(self, name, key)

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        current_theme().bind_icon(self, icon, self._tint, self._size)


def _add_key(button: QPushButton | QToolButton, words: str, key: str) -> None:
    sequence = QKeySequence(key)
    button.setShortcut(sequence)
    button.setToolTip(plain_tip(f"{words}  ({sequence.toString(QKeySequence.SequenceFormat.NativeText)})"))


class _Segment(QRadioButton):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("role", "segment")

    def sizeHint(self) -> QSize:
        # The chosen one is bolder: room for that is kept, so that choosing does not shift its neighbours.
        hint = super().sizeHint()
        font = current_theme().font(weight="semibold")
        return QSize(QFontMetrics(font).horizontalAdvance(self.text()) + current_theme().px(28), hint.height())


class SegmentedControl(QFrame):
    """A few choices side by side, one of them chosen: radio buttons to keyboard and screen reader."""

    selected = Signal(str)
    """The key that the person chose."""

    def __init__(self, name: str, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "segments")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._segments: dict[str, QRadioButton] = {}
        self._quiet = False
        box = row(spacing=2, margins=2)
        for key, text in options:
            segment = _Segment(text)
            # Assistive programs toggle without a click.
            segment.toggled.connect(lambda on, key=key: self._on_toggled(key, on))
            self._segments[key] = segment
            self._group.addButton(segment)
            box.addWidget(segment)
        self.setLayout(box)
        if options:
            self.set_value(options[0][0])

    @property
    def value(self) -> str:
        return next((key for key, segment in self._segments.items() if segment.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose without emitting `selected`."""
        self._quiet = True
        self._segments[key].setChecked(True)
        self._quiet = False

    def _on_toggled(self, key: str, on: bool) -> None:
        if on and not self._quiet:
            self.selected.emit(key)

    def segment(self, key: str) -> QRadioButton:
        """One of the choices, to give it a shortcut or a tool tip."""
        return self._segments[key]
