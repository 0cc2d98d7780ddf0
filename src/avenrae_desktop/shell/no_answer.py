"""A second start whose first one does not answer: said on the screen, where somebody has just double-clicked."""

import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from avenrae_desktop.qtkit.dialogs import Notice, ask
from avenrae_desktop.qtkit.runner import run_app


def no_answer_notice() -> Notice:
    """What the person reads."""
    tr = QCoreApplication.translate
    return Notice(
        None,
        tr("NoAnswer", "Avenrae Desktop is open already"),
        tr(
            "NoAnswer",
            "Its window does not answer just now. Wait a moment and look for it on the task bar. If it stays so,"
            " end it there and start it again: what was saved stays saved.",
        ),
        tr("NoAnswer", "OK"),
        icon="hourglass",
    )


def tell_no_answer(app: QApplication) -> int:
    """Say it, in words for the terminal too, and wait until it is read; returns the exit code."""
    if sys.stderr is not None:
        sys.stderr.write("Avenrae Desktop is running already, but its window does not answer.\n")
    return run_app(app, _told())


async def _told() -> int:
    await ask(no_answer_notice())
    return 1
