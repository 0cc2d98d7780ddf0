"""The real window over a generated practice, with its founder signed in: what a person would have before them."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog

from avenrae_desktop.bootstrap import Practices
from avenrae_desktop.bootstrap.app import App
from avenrae_desktop.bootstrap.live import Live
from avenrae_desktop.bootstrap.places import Place
from avenrae_desktop.bootstrap.wiring import HANDLERS, reads_over
from avenrae_desktop.db.feed import FeedReader
from avenrae_desktop.db.presence import Presence
from avenrae_desktop.kernel.bus import Command, Outcome
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.text import search_key
from avenrae_desktop.kernel.time import utc_now, zone_of
from avenrae_desktop.qtkit.garbage import ScreenGarbage
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.settings.machine import MachineSettings
from avenrae_desktop.settings.paths import paths_under
from avenrae_desktop.shell.program import Program
from avenrae_desktop.shell.window import MainWindow
from avenrae_desktop.shell.window_place import WindowPlace
from tests.bench.data import Data, founder, some_uuids
from tests.bench.ui.application import application
from tests.shell.hands import Hands

T = TypeVar("T")
SIZE = (1280, 800)
_NAMES = 12


class OpenedApp(App):
    """The practice without key file and accounts: those are no part of what is measured."""

    def __init__(self, data: Data, engine: sa.Engine) -> None:
        super().__init__(Place(data.folder, "Measured"), engine, founder().uuid, utc_now, HANDLERS)
        self._mine: set[UUID] = set()
        self._live = self._watch(engine) if engine.dialect.name != "sqlite" else None

    def _watch(self, engine: sa.Engine) -> Live:
        window = new_uuid()
        feed = FeedReader(engine, window)
        feed.start()
        presence = Presence(engine, window)
        return Live(feed, presence, lambda: "localhost", self._keep_up, self._mine.__contains__, lambda: ())

    @property
    def live(self) -> Live | None:
        return self._live

    @property
    def has_pin(self) -> bool:
        return False

    def do(self, command: Command) -> Outcome:
        self._mine.add(command.uuid)
        outcome = self._bus(command, self.actor)
        self._keep_up(outcome.changes)
        return outcome

    def check_password(self, password: str) -> bool:
        return False

    def check_pin(self, pin: str) -> bool:
        return False

    def interrupt(self) -> None:
        """Nothing is cut off here."""


@dataclass(frozen=True)
class Desk:
    """The window, the hands on it, and whom one may search for."""

    program: Program
    hands: Hands
    names: tuple[str, ...]


@asynccontextmanager
async def at_the_desk(data: Data) -> AsyncIterator[Desk]:
    """Opens the window, waits until the calendar stands there, and closes everything at the end."""
    theme = current_theme()
    with tempfile.TemporaryDirectory(prefix="avenrae-bench-home-") as home:
        paths = paths_under(Path(home))
        window = MainWindow(WindowPlace(paths.config / "window.ini"))
        window.resize(*SIZE)
        runner = Runner(window)
        machine = MachineSettings(paths.machine_settings)
        program = Program(window, runner, theme, Practices(paths), machine)
        failed: list[Exception] = []
        runner.failed.connect(failed.append)
        garbage = ScreenGarbage(window)
        program.entered.connect(garbage.start)
        window.show()
        window.activateWindow()
        app, names = await asyncio.to_thread(_opened, data)
        program.enter(app)
        desk = Desk(program, Hands(program), names)
        await desk.hands.rest()
        try:
            yield desk
            # What the window only told, nobody would read here.
            if failed:
                raise ExceptionGroup("at the desk", failed)
        finally:
            garbage.stop()
            _close(program, runner, window)
            await asyncio.sleep(0)


def _opened(data: Data) -> tuple[OpenedApp, tuple[str, ...]]:
    engine = data.open()
    found = [reads_over(engine, _utc, utc_now).clients.detail(u) for u in some_uuids(engine, "clients", _NAMES)]
    # As one types it: the first name, and the last one as far as needed.
    names = tuple(search_key(f"{each.first_name} {each.last_name[:3]}") for each in found)
    return OpenedApp(data, engine), names


def _utc() -> ZoneInfo:
    return zone_of("UTC")


def _close(program: Program, runner: Runner, window: MainWindow) -> None:
    runner.close()
    program.close()
    if program.keeper is not None:
        program.keeper.end()
    for dialog in [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]:
        dialog.hide()
        dialog.deleteLater()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def in_the_loop(work: Coroutine[Any, Any, T]) -> T:
    """Runs it in the program's kind of event loop."""
    import qasync

    app = application()
    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    try:
        return loop.run_until_complete(work)
    finally:
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()
