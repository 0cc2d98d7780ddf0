"""The one QApplication that the checks share, on Qt's own platform without a screen."""

import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.shell import preflight


def application() -> QApplication:
    """Made when it is first asked for."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    made = preflight.application()
    qInstallMessageHandler(_qt_said)
    return made


def theme(app: QApplication) -> Theme:
    """The light one, applied, with our fonts loaded."""
    made = Theme("light")
    made.apply(app)
    return made


def _qt_said(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    # The platform without a screen says of every window that it cannot fix its size.
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")
