"""Screens that come and go while the program runs: the window goes to its place among those that are there."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMainWindow

from avenrae_desktop.shell.window_place import WindowPlace, screens_key

SETTLE_MS = 600
"""A dock brings its screens one after the other, and the system moves windows by itself meanwhile."""
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange})


class ScreenWatch(QObject):
    """Keeps the window's place as it is moved, so that it is known before a screen is pulled out."""

    def __init__(self, window: QMainWindow, place: WindowPlace, settle_ms: int = SETTLE_MS) -> None:
        super().__init__(window)
        self._window, self._place = window, place
        self._key = screens_key()
        self.moved = QTimer(self, singleShot=True, interval=settle_ms)
        self.moved.timeout.connect(self._keep)
        self.changed = QTimer(self, singleShot=True, interval=settle_ms)
        self.changed.timeout.connect(self._go)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)  # noqa: S101 - there is no window without one
        app.screenAdded.connect(self._on_screen)
        app.screenRemoved.connect(self._on_change)
        app.primaryScreenChanged.connect(self._on_change)
        for screen in QGuiApplication.screens():
            self._follow(screen)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() in _MOVES and not self.changed.isActive():
            self.moved.start()
        return False

    def _on_screen(self, screen: QScreen) -> None:
        self._follow(screen)
        self._on_change()

    def _follow(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._on_change)
        screen.availableGeometryChanged.connect(self._on_change)

    def _on_change(self, *_what: object) -> None:
        # Where the system put the window in between is nobody's choice.
        self.moved.stop()
        self.changed.start()

    def _keep(self) -> None:
        if self._window.isVisible() and screens_key() == self._key:
            self._place.keep(self._window)

    def _go(self) -> None:
        if screens_key() != self._key:
            self._key = screens_key()
            self._place.restore(self._window)
        else:
            self._place.stay_on_screen(self._window)
