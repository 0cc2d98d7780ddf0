"""Starting the window: it paints first, the database's libraries load behind it."""

import importlib
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Qt

from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.settings.machine import THEME, ZOOM, MachineSettings
from avenrae_desktop.settings.paths import Paths, user_paths
from avenrae_desktop.shell.habits import settle_habits
from avenrae_desktop.shell.instance import SingleInstance
from avenrae_desktop.shell.opening import OpeningPage, show_first_picture
from avenrae_desktop.shell.preflight import application
from avenrae_desktop.shell.window import TITLE, MainWindow
from avenrae_desktop.shell.window_place import WindowPlace

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from avenrae_desktop.bootstrap import Practices
    from avenrae_desktop.qtkit.runner import Runner
    from avenrae_desktop.shell.program import Program

# The thread that imports must not hold the screen for long (design 9, measured).
_SWITCH_S = 0.0005


MakePractices = Callable[[Paths], "Practices"]


def run_gui(practices: MakePractices, warm_up: Callable[[], None], paths: Paths | None = None) -> int:
    """Open the window and stay until it is closed; 0, also for a second start that raised the first window."""
    paths = paths or user_paths()
    app = application()
    app.setApplicationName(TITLE)
    app.setApplicationDisplayName("")
    instance = SingleInstance(paths.data, app)
    first = instance.claim()
    if not first and instance.wake_first():
        return 0
    settle_habits()
    machine = MachineSettings(paths.machine_settings)
    theme = Theme(machine.get(THEME), machine.get(ZOOM))  # type: ignore[arg-type]
    theme.apply(app, bare=first)
    if not first:
        from avenrae_desktop.shell.no_answer import tell_no_answer

        return tell_no_answer(app)
    window = MainWindow(WindowPlace(paths.config / "window.ini"))
    window.go_to_place()
    opening = show_first_picture(app, window)
    _end_when_told()
    instance.listen()
    instance.raise_asked.connect(window.come_forward)
    # Only now what the first picture did without: the event loop, the pages, the practices.
    from avenrae_desktop.qtkit.runner import run_app

    def make(runner: "Runner") -> "Program":
        from avenrae_desktop.shell.program import Program

        return Program(window, runner, theme, practices(paths), machine)

    try:
        return run_app(app, _main(app, window, opening, paths, make, warm_up))
    except Exception as error:
        from avenrae_desktop.qtkit.last_run import note_fault

        note_fault(paths.logs, error)
        raise
    finally:
        instance.release()


def _end_when_told() -> None:
    """Until `_Signals` hears the system's wish to end there is nothing to lose, and nobody to ask."""
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(0))


async def _main(
    app: "QApplication",
    window: MainWindow,
    opening: OpeningPage,
    paths: Paths,
    make: "Callable[[Runner], Program]",
    warm_up: Callable[[], None],
) -> int:
    import asyncio

    from avenrae_desktop.qtkit.garbage import ScreenGarbage
    from avenrae_desktop.qtkit.runner import Runner
    from avenrae_desktop.shell.journal import Journal, tell_last_run

    closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def end() -> None:
        if not closed.done():
            closed.set_result(None)

    window.closed.connect(end)
    if not window.isVisible():
        # Closed while it was still loading.
        return 0
    runner = Runner(window)
    program = make(runner)
    journal = Journal(paths.logs, program.reporter.report, window)
    journal.follow_link(runner.link)
    window.follow_screens()
    _Signals(window, program.end_unasked)
    app.commitDataRequest.connect(program.keep_what_is_typed, Qt.ConnectionType.DirectConnection)
    garbage = ScreenGarbage(window)
    program.entered.connect(garbage.start)
    program.begin()
    if journal.ended_badly is not None:
        tell_last_run(journal.ended_badly, window.bar, window, runner)
    window.drop_place(opening)
    runner.start(_warm(runner, warm_up), window)
    await closed
    program.keep_drafts()
    garbage.stop()
    runner.close()
    program.close()
    # What was cancelled gets its last step.
    await asyncio.sleep(0)
    journal.end()
    return 0


def _load_workspace() -> None:
    importlib.import_module("avenrae_desktop.shell.workspace.workspace")


async def _warm(runner: "Runner", warm_up: Callable[[], None]) -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_S)
    try:
        await runner.ask(warm_up)
        await runner.ask(_load_workspace)
    finally:
        sys.setswitchinterval(before)


class _Signals(QObject):
    """Calls `end` for Ctrl+C in the terminal, and when the system wants the program to end."""

    def __init__(self, window: MainWindow, end: Callable[[], None]) -> None:
        import signal
        import socket

        super().__init__(window)
        self._ours, theirs = socket.socketpair()
        self._ours.setblocking(False)
        theirs.setblocking(False)
        self._theirs = theirs
        signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        self._end = end
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def _on_signal(self) -> None:
        self._ours.recv(64)
        self._end()
