"""A wall time that is quick to type and to step."""

from datetime import time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from avenrae_desktop.qtkit.widgets.labels import restyle
from avenrae_desktop.qtkit.widgets.parsing import on_grid, parse_time, stepped


class TimeField(QLineEdit):
    """Takes "930", "9:30", "14", "2pm"; Up and Down step 5 minutes, with Page Up and Down an hour."""

    changed = Signal()
    """The value is another one now (None counts)."""

    def __init__(self, value: time | None = None, parent: QWidget | None = None, *, grid: int = 5) -> None:
        super().__init__(parent)
        self._grid = grid
        self._value: time | None = None
        self.setPlaceholderText(self.tr("hh:mm"))
        self.setAccessibleDescription(
            self.tr("Type a time such as 9:30, or step with the arrow keys by {minutes} minutes.").format(
                minutes=grid
            )
        )
        self.textChanged.connect(self._read)
        self.set_value(value)

    def value(self) -> time | None:
        """The time; None when the field is empty or not a time on the grid."""
        return self._value

    def set_value(self, value: time | None) -> None:
        self.setText("" if value is None else f"{value:%H:%M}")

    def is_valid(self) -> bool:
        """Whether there is a time on the grid."""
        return self._value is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Up: self._grid,
            Qt.Key.Key_Down: -self._grid,
            Qt.Key.Key_PageUp: 60,
            Qt.Key.Key_PageDown: -60,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        elif self._value is not None:
            self.set_value(stepped(self._value, step))
            self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._value is not None:
            self.set_value(self._value)
        self._mark(bool(self.text()) and self._value is None)

    def _read(self, text: str) -> None:
        value = parse_time(text)
        if value is not None and not on_grid(value, self._grid):
            value = None
        if value is not None:
            self._mark(False)
        if value != self._value:
            self._value = value
            self.changed.emit()

    def _mark(self, invalid: bool) -> None:
        if bool(self.property("invalid")) != invalid:
            self.setProperty("invalid", invalid)
            restyle(self)
