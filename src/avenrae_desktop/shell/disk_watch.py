"""While the practice's disk is away somebody looks for it; when it is back, all on the screen is read again."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.runner import Runner

GONE = "db.gone"
PAUSE_MS, LONGEST_MS = 2_000, 60_000


class DiskWatch(QObject):
    """Idle until something could not be read because the file was not there. `tell` shows a line to the person."""

    def __init__(
        self,
        file: Path,
        runner: Runner,
        tell: Callable[[str], object],
        parent: QObject,
        *,
        pause_ms: int = PAUSE_MS,
    ) -> None:
        super().__init__(parent)
        self._file, self._runner, self._tell = file, runner, tell
        self._least = self._pause = pause_ms
        self._looking = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)
        runner.failed.connect(self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        if isinstance(error, AppError) and error.code == GONE and not self._looking:
            self._looking = True
            self._timer.start(self._pause)

    def _look(self) -> None:
        self._runner.start(self._ask(), self)

    async def _ask(self) -> None:
        if not await self._runner.ask(_is_there, self._file):
            self._pause = self._least
            self._timer.start(self._pause)
            return
        self._looking = False
        # A file that is there and still cannot be read is asked for less and less often.
        self._pause = min(2 * self._pause, LONGEST_MS)
        self._tell(self.tr("The practice folder is back."))
        self._runner.changed.emit(Changes(everything=True), None)


def _is_there(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return bool(opened.read(1))
    except OSError:
        return False
