"""The real window with the demo practice in it: its calendar is painted with cards, and it closes again."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication, QWidget

from avenrae_desktop.bootstrap import Practices
from avenrae_desktop.qtkit.calendar_view.view import CalendarView
from avenrae_desktop.qtkit.runner import Runner, run_app
from avenrae_desktop.selfcheck.finding import Found, expect
from avenrae_desktop.selfcheck.screen import application, theme
from avenrae_desktop.settings.machine import MachineSettings
from avenrae_desktop.settings.paths import paths_under
from avenrae_desktop.shell.habits import settle_habits
from avenrae_desktop.shell.instance import SingleInstance
from avenrae_desktop.shell.opening import show_first_picture
from avenrae_desktop.shell.program import Program
from avenrae_desktop.shell.window import MainWindow
from avenrae_desktop.shell.window_place import WindowPlace

_PATIENCE_S = 30.0
_FEWEST_COLOURS = 30


def check(folder: Path) -> Found:
    """How many cards and colours the painted window shows; the printers of this computer."""
    app = application()
    found: dict[str, object] = {}
    run_app(app, _main(app, folder, found))
    return found | {"printers": len(QPrinterInfo.availablePrinterNames())}


async def _main(app: QApplication, folder: Path, found: dict[str, object]) -> int:
    settle_habits()
    paths = paths_under(folder)
    look = theme(app)
    instance = SingleInstance(paths.data, app)
    expect(instance.claim(), "a fresh folder counts as in use")
    instance.listen()
    window = MainWindow(WindowPlace(paths.config / "window.ini"))
    opening = show_first_picture(app, window)
    expect(window.was_painted, "the window was not painted")
    runner = Runner(window)
    practices = Practices(paths)
    program = Program(window, runner, look, practices, MachineSettings(paths.machine_settings))
    failures: list[BaseException] = []
    runner.failed.connect(failures.append)
    try:
        program.enter(await runner.ask(practices.open_demo))
        window.drop_place(opening)
        await _until(lambda: _cards(window) and not runner.busy)
        cards, picture = _cards(window), window.grab().toImage()
    finally:
        runner.close()
        program.close()
        instance.release()
        window.close()
        window.deleteLater()
        await asyncio.sleep(0.05)
    if failures:
        raise failures[0]
    colours = _colours(picture)
    expect(colours >= _FEWEST_COLOURS, f"the window shows only {colours} colours")
    found |= {"cards": cards, "colours": colours, "size": [picture.width(), picture.height()]}
    return 0


async def _until(holds: Callable[[], object]) -> None:
    """Raises TimeoutError when it does not come to hold."""

    async def wait() -> None:
        while not holds():  # noqa: ASYNC110 - any state of any widget may be waited for
            await asyncio.sleep(0.02)

    await asyncio.wait_for(wait(), _PATIENCE_S)


def _cards(window: QWidget) -> int:
    return sum(view.model().rowCount() for view in window.findChildren(CalendarView) if view.isVisible())


def _colours(picture: QImage) -> int:
    """How many different colours a raster of points has."""
    width, height = picture.width(), picture.height()
    return len({picture.pixel(x, y) for x in range(0, width, 3) for y in range(0, height, 3)})
