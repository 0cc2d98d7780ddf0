"""The program's window on a temporary home, with the real practices behind it."""

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog

from avenrae_desktop.bootstrap import App, Practices
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.settings.machine import MachineSettings
from avenrae_desktop.settings.paths import Paths, paths_under
from avenrae_desktop.shell.program import Program
from avenrae_desktop.shell.window import MainWindow
from avenrae_desktop.shell.window_place import WindowPlace
from tests.shell.hands import Hands
from tests.support.qt import in_loop, runner, theme

__all__ = ["in_loop", "runner", "theme"]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_under(tmp_path / "home")


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a finished demo practice, to copy."""
    home = tmp_path_factory.mktemp("demo")
    Practices(paths_under(home)).open_demo().close()
    return home


@pytest.fixture
def with_demo(demo_home: Path, paths: Paths) -> Paths:
    """The home holds a demo practice."""
    shutil.copytree(paths_under(demo_home).demo, paths.demo)
    return paths


@pytest.fixture
def failed(runner: Runner) -> list[Exception]:
    """What went wrong without being shown at its place."""
    found: list[Exception] = []
    runner.failed.connect(found.append)
    return found


@pytest.fixture
def program(qapp: QApplication, theme: Theme, runner: Runner, paths: Paths) -> Iterator[Program]:
    """The whole window, before its first page; closed after the test."""
    window = MainWindow(WindowPlace(paths.config / "window.ini"))
    window.resize(1280, 720)
    made = Program(window, runner, theme, Practices(paths), MachineSettings(paths.machine_settings))
    yield made
    runner.close()
    made.close()
    if made.keeper is not None:
        made.keeper.end()
    for dialog in [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]:
        dialog.hide()
        dialog.deleteLater()
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def hands(program: Program) -> Hands:
    return Hands(program)


@pytest.fixture
def demo(with_demo: Paths, program: Program, hands: Hands, in_loop: object) -> App:
    """Somebody works in the demo practice."""

    async def enter() -> App:
        program.window.show()
        program.window.activateWindow()
        app = await asyncio.to_thread(Practices(with_demo).open_demo)
        program.enter(app)
        await hands.rest()
        return app

    return in_loop(enter())  # type: ignore[operator]
