"""The first picture: all that can be drawn before anything else is loaded."""

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from avenrae_desktop.shell.entry.art import EntryArt
from avenrae_desktop.shell.window import MainWindow

_LOOKS, _LOOK_MS = 25, 20


class OpeningPage(QWidget):
    """The left half of every page of the way in; the right half follows."""

    def __init__(self) -> None:
        super().__init__()
        box = QHBoxLayout()
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(EntryArt())
        box.addStretch(1)
        self.setLayout(box)


def show_first_picture(app: QApplication, window: MainWindow) -> OpeningPage:
    """Show the window and wait, half a second at most, until it was painted."""
    page = OpeningPage()
    window.show_place(page)
    window.show()
    for _ in range(_LOOKS):
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _LOOK_MS)
        if window.was_painted:
            break
    return page
