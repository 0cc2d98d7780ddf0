"""A practice on a real encrypted file, and the calendar over it."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog
from sqlalchemy import Engine

from avenrae_desktop.areas.calendar.panel import CalendarPanel, Memory
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from tests.calendar_ui.practice import Place, make_place
from tests.support.qt import in_loop, runner, theme

__all__ = ["in_loop", "runner", "theme"]

Open = Callable[..., CalendarPanel]


@pytest.fixture
def place(file_db: Engine) -> Place:
    """Mira Voss (who is signed in) and Jon Arden with weekly hours, five services, seven clients; no bookings."""
    return make_place(file_db)


@pytest.fixture
def failed(runner: Runner) -> list[Exception]:
    """What went wrong without being shown at its place."""
    found: list[Exception] = []
    runner.failed.connect(found.append)
    return found


@pytest.fixture
def open_panel(qapp: QApplication, theme: Theme, runner: Runner, failed: list[Exception]) -> Iterator[Open]:
    """Opens the calendar over a place, as the window would; closes it after the test."""
    panels: list[CalendarPanel] = []

    def make(place: Place, size: tuple[int, int] = (1196, 644), memory: Memory | None = None) -> CalendarPanel:
        runner.use(place.do)
        panel = CalendarPanel(
            place.calendar,
            place.accounts,
            place.client_reads,
            place.service_reads,
            runner,
            theme,
            lambda: place.settings,
            place.actor,
            clock=lambda: place.now,
            memory=memory,
        )
        panel.resize(*size)
        panel.show()
        panels.append(panel)
        return panel

    yield make
    for panel in panels:
        for dialog in panel.findChildren(QDialog):
            dialog.hide()
        panel.close()
        panel.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
