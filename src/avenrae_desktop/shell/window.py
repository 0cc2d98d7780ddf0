"""The window: owns the places (the way in, the workspace, the lock) and its own frame. Nothing else."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QIcon, QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.shell.window_place import LEAST, WISHED, WindowPlace

if TYPE_CHECKING:
    from avenrae_desktop.shell.message_bar import WindowBar

TITLE = "Avenrae Desktop"


class MainWindow(QMainWindow):
    """Emits `closed` when the person closes it. Its first picture needs little: see `furnish`."""

    bar: "WindowBar"
    closed = Signal()
    leave_asked = Signal()
    """The person wants to close it while `hold` keeps it open."""
    painted = Signal()
    """The first picture is on its way to the screen."""

    def __init__(self, place: WindowPlace) -> None:
        super().__init__()
        self._place = place
        self.was_painted = False
        self.hold: Callable[[], bool] = lambda: False
        """Whether closing has to be asked about first."""
        self.setWindowTitle(TITLE)
        self.setWindowIcon(QIcon(current_theme().pixmap("sparkles", "accent", 64)))
        self.places = QStackedWidget()
        self.setCentralWidget(self.places)
        self.setMinimumSize(LEAST)
        self.resize(WISHED)

    def go_to_place(self) -> None:
        """Go where it was with these screens; call it before it is shown."""
        self._place.restore(self)

    def furnish(self) -> None:
        """Add what the first picture does without: the message bar, and the keys in text fields."""
        from avenrae_desktop.shell.message_bar import WindowBar
        from avenrae_desktop.shell.text_keys import TextKeys

        # Not in the places: assistive programs are told of their pages alone.
        self.bar = WindowBar(self)
        self._text_keys = TextKeys(self)

    def follow_screens(self) -> None:
        """From now on go along when screens come and go."""
        from avenrae_desktop.shell.screen_watch import ScreenWatch

        self._screens = ScreenWatch(self, self._place)

    def show_place(self, widget: QWidget) -> None:
        """Show a place; added when it is new."""
        if self.places.indexOf(widget) < 0:
            self.places.addWidget(widget)
        self.places.setCurrentWidget(widget)
        bar = getattr(self, "bar", None)
        if bar is not None:
            bar.raise_()

    def drop_place(self, widget: QWidget) -> None:
        """Take a place away for good."""
        self.places.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def set_subject(self, subject: str) -> None:
        """What the title bar names before the program: a practice or a place, never a client."""
        self.setWindowTitle(f"{subject} – {TITLE}" if subject else TITLE)

    def come_forward(self) -> None:
        """Show the window to somebody who started the program a second time."""
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        # A form that is open over it comes along, and takes the keys.
        front = QApplication.activeModalWidget() or self
        front.raise_()
        front.activateWindow()
        QApplication.alert(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.was_painted:
            self.was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.hold():
            event.ignore()
            self.leave_asked.emit()
            return
        self._place.keep(self)
        event.accept()
        self.closed.emit()
