"""Notices keys and mouse in every window of the program, and the one key that works everywhere: lock."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from avenrae_desktop.settings.lock_state import LockState

_USED = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_TICK_MS = 1000


class IdleWatch(QObject):
    """Emits `time_up` when nobody was here for long enough, `lock_asked` on Ctrl+L.

    It listens to native windows only, not to every widget's events: that costs nothing while painting.
    """

    time_up = Signal()
    lock_asked = Signal()

    def __init__(self, state: LockState, parent: QObject) -> None:
        super().__init__(parent)
        self._state = state
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)  # noqa: S101
        app.focusWindowChanged.connect(self._listen_to)
        for window in QGuiApplication.topLevelWindows():
            self._listen_to(window)
        self._timer.start()

    def use(self, state: LockState) -> None:
        """Go on with another state: the person signed in anew."""
        self._state = state

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()
        self.deleteLater()

    def look(self) -> None:
        """Whether the time is up; also right after the computer slept."""
        if not self._state.locked and self._state.tick():
            self.time_up.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _USED:
            self._note()
            if isinstance(event, QKeyEvent) and _is_lock_key(event):
                self.lock_asked.emit()
                return True
        return False

    def _note(self) -> None:
        before = self._state.locked
        if not before:
            self._state.active()
        if self._state.locked != before:
            # The time was up already: it may be somebody else's key.
            self.time_up.emit()

    def _listen_to(self, window: QWindow | None) -> None:
        if window is not None:
            # Installing twice moves the filter to the front; it never doubles.
            window.installEventFilter(self)


def _is_lock_key(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
