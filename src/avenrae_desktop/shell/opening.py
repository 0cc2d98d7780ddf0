"""The first picture: all that can be drawn before anything else is loaded."""

import gc
import time

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.shell.entry.art import EntryArt
from avenrae_desktop.shell.window import MainWindow

_LOOKS, _LOOK_S = 250, 0.002


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
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        if window.was_painted:
            break
        # It returns at once when there is nothing to do; a window manager takes a while to let the window in.
        time.sleep(_LOOK_S)
    # What was painted waits in a buffer for the next event, which comes only after all that loads now.
    app.sync()
    current_theme().dress()
    gc.enable()  # the package begins without looking for garbage, which there is none of before this picture
    return page
