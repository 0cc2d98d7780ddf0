"""Keys of the window that text fields would keep for themselves."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

_KEYS = (Qt.Key.Key_K, Qt.Key.Key_B)


class TextKeys(QObject):
    """Ctrl+K would cut to the end of the line and Ctrl+B go back; here they open the command bar and book.

    It listens only to the field that has the keyboard.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        app = QApplication.instance()
        assert isinstance(app, QApplication)  # noqa: S101 - there is no window without one
        app.focusChanged.connect(self._on_focus)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        ours = event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in _KEYS
        if ours:
            event.ignore()
        return ours

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if isinstance(new, QLineEdit | QPlainTextEdit):
            # Installing twice moves the filter to the front; it never doubles.
            new.installEventFilter(self)
