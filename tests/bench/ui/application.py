"""The Qt application that the measures of the screen share: offscreen, so that no window system is measured."""

import os

from PySide6.QtWidgets import QApplication

from avenrae_desktop.qtkit.theme import current_theme


def application() -> QApplication:
    """The one of this process, dressed as the program is."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("LC_ALL", "C.UTF-8")  # Qt warns about any other encoding
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(["bench"])
    current_theme()
    return app
