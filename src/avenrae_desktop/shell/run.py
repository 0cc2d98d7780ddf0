"""Starting the window: it paints first, the database's libraries load behind it."""

import asyncio
import importlib
import signal
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSocketNotifier
from PySide6.QtWidgets import QApplication

from avenrae_desktop.qtkit.errors import install_crash_handlers
from avenrae_desktop.qtkit.garbage import ScreenGarbage
from avenrae_desktop.qtkit.runner import Runner, run_app
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.settings.machine import THEME, ZOOM, MachineSettings
from avenrae_desktop.settings.paths import Paths, user_paths
from avenrae_desktop.shell.habits import settle_habits
from avenrae_desktop.shell.instance import SingleInstance
from avenrae_desktop.shell.window import TITLE, MainWindow
from avenrae_desktop.shell.window_place import WindowPlace

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import Practices

# The thread that imports must not hold the screen for long (design 9, measured).
_SWITCH_S = 0.0005


MakePractices = Callable[[Paths], "Practices"]


def run_gui(practices: MakePractices, warm_up: Callable[[], None], paths: Paths | None = None) -> int:
    """Open the window and stay until it is closed; 0, also for a second start that raised the first window."""
    paths = paths or user_paths()
    app = QApplication(sys.argv[:1])
    app.setApplicationName(TITLE)
    app.setApplicationDisplayName("")
    instance = SingleInstance(paths.data, app)
    if not instance.claim():
        if not instance.wake_first():
            sys.stderr.write("Avenrae Desktop is running already, but its window does not answer.\n")
            return 1
        return 0
    try:
        return run_app(app, _main(app, instance, paths, practices, warm_up))
    finally:
        instance.release()


async def _main(
    app: QApplication,
    instance: SingleInstance,
    paths: Paths,
    practices: MakePractices,
    warm_up: Callable[[], None],
) -> int:
    settle_habits()
    machine = MachineSettings(paths.machine_settings)
    theme = Theme(machine.get(THEME), machine.get(ZOOM))  # type: ignore[arg-type]
    theme.apply(app)
    window = MainWindow(WindowPlace(paths.config / "window.ini"))
    runner = Runner(window)
    from avenrae_desktop.shell.program import Program

    program = Program(window, runner, theme, practices(paths), machine)
    _catch_crashes(paths, program.reporter.report)
    instance.raise_asked.connect(window.come_forward)
    closed: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def end() -> None:
        if not closed.done():
            closed.set_result(None)

    window.closed.connect(end)
    _Signals(window)
    # Loading before the first picture would hold it up.
    window.painted.connect(lambda: runner.start(_warm(runner, warm_up), window))
    program.begin()
    window.show()
    garbage = ScreenGarbage(window)
    program.entered.connect(garbage.start)
    await closed
    garbage.stop()
    runner.close()
    program.close()
    return 0


def _catch_crashes(paths: Paths, report: Any) -> None:
    try:
        install_crash_handlers(paths.logs, report)
    except OSError:
        # Without a place for logs the program still works, and still shows what went wrong.
        sys.stderr.write(f"No crash reports can be written to {paths.logs}.\n")


def _load_workspace() -> None:
    importlib.import_module("avenrae_desktop.shell.workspace.workspace")


async def _warm(runner: Runner, warm_up: Callable[[], None]) -> None:
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_S)
    try:
        await runner.ask(warm_up)
        await runner.ask(_load_workspace)
    finally:
        sys.setswitchinterval(before)


class _Signals(QObject):
    """Ctrl+C in the terminal and the system's wish to end close the window as a person would."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._ours, theirs = socket.socketpair()
        self._ours.setblocking(False)
        theirs.setblocking(False)
        self._theirs = theirs
        signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: None)
        self._window = window
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def _on_signal(self) -> None:
        self._ours.recv(64)
        self._window.close()
