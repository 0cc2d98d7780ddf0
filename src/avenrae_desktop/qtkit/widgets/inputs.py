"""Fields to type in or choose from."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QSpinBox,
    QStyledItemDelegate,
    QWidget,
)

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets.layout import name as name_widget

_PAUSE_MS = 150


def show_as_search(field: QLineEdit) -> None:
    """A magnifying glass in front; it and the field's own cross get names for screen readers."""
    icon = field.addAction(current_theme().icon("search", "muted", 16), QLineEdit.ActionPosition.LeadingPosition)
    icon.setText(QCoreApplication.translate("SearchBox", "Search"))
    icon.triggered.connect(field.setFocus)
    current_theme().bind_icon(icon, "search", "muted", 16)
    cross = field.findChild(QAction, "_q_qlineeditclearaction")
    if cross is not None:
        cross.setText(QCoreApplication.translate("SearchBox", "Empty the field"))


class LineEdit(QLineEdit):
    """One line of text. `max_length` cuts what is pasted: leave it away where a rule can answer."""

    def __init__(
        self, placeholder: str = "", *, max_length: int | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        if max_length is not None:
            self.setMaxLength(max_length)


class TextArea(QPlainTextEdit):
    """Several lines; Tab goes on to the next field."""

    def __init__(self, lines: int = 3, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        self._fit()
        current_theme().changed.connect(self._fit)

    def _fit(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + current_theme().px(22))


class SearchBox(QLineEdit):
    """Search as you type: `searched` comes when typing pauses, at once on Return. Esc empties it."""

    searched = Signal(str)
    down = Signal()
    """Arrow down: on to the list."""

    def __init__(self, placeholder: str, name: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "search")
        self.setPlaceholderText(placeholder)
        name_widget(self, name or placeholder)
        self.setClearButtonEnabled(True)
        show_as_search(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._emit)
        self._last = ""
        self.textChanged.connect(self._on_text)
        self.returnPressed.connect(self._emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _on_text(self, text: str) -> None:
        if text:
            self._pause.start()
        else:
            self._emit()

    def _emit(self) -> None:
        self._pause.stop()
        if self.text() != self._last:
            self._last = self.text()
            self.searched.emit(self._last)


class ComboBox(QComboBox):
    """One of a few values. Put it under a label with `labelled`: nothing else gives it a name."""

    changed = Signal(object)
    """The value that is chosen now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        # The list that a combo box makes by itself is drawn as a menu and takes no style.
        found = QListView()
        found.setProperty("role", "popup")
        self.setView(found)
        self.setItemDelegate(QStyledItemDelegate(self))
        self.currentIndexChanged.connect(lambda _: self.changed.emit(self.value()))

    def add(self, text: str, data: Any, icon: str | None = None) -> None:
        """Add a choice."""
        if icon:
            self.addItem(current_theme().icon(icon, "muted", 16), text, data)
        else:
            self.addItem(text, data)

    def fill(self, choices: Iterable[tuple[str, Any]]) -> None:
        """Replace all choices, keeping the chosen value if it is still there; emits nothing.

        The same choices once more leave an open list alone.
        """
        choices = list(choices)
        if choices == [(self.itemText(at), self.itemData(at)) for at in range(self.count())]:
            return
        before = self.value()
        blocked = self.blockSignals(True)
        self.clear()
        for text, data in choices:
            self.addItem(text, data)
        if before is not None:
            self.set_value(before)
        self.blockSignals(blocked)

    def value(self) -> Any:
        """The chosen value, None when there is none."""
        return self.currentData()

    def set_value(self, data: Any) -> None:
        """Choose a value; one that is not on offer leaves the choice as it is."""
        for i in range(self.count()):
            if self.itemData(i) == data:
                self.setCurrentIndex(i)
                return

    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling a form must not change what was chosen.
        event.ignore()


class NumberBox(QSpinBox):
    """A whole number, typed or stepped; its wheel does nothing, so that scrolling a form changes nothing."""

    def __init__(
        self,
        low: int,
        high: int,
        *,
        step: int = 1,
        suffix: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setSuffix(suffix)
        self._fit()
        current_theme().changed.connect(self._fit)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def _fit(self) -> None:
        # A style sheet's padding does not reach the field inside.
        self.lineEdit().setTextMargins(current_theme().px(6), 0, 0, 0)
