"""While a form offers free times, somebody else may book one: then it cannot be pressed any more."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject

from avenrae_desktop.areas.calendar.dialogs.chips import FreeTimes
from avenrae_desktop.areas.calendar.queries import FreeTime
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.runner import Runner

MOST = 400
"""So many free times are read at most."""

_WATCHED = frozenset({"booking", "block", "hours"})
Read = Callable[[], Sequence[FreeTime]]


class TakenWatch(QObject):
    """Reads the times that are on offer again whenever bookings or hours change elsewhere."""

    def __init__(self, free: FreeTimes, form: FormDialog, runner: Runner) -> None:
        super().__init__(free)
        self._free, self._form, self._runner = free, form, runner
        self._read: Read | None = None
        runner.changed.connect(self._on_changed)

    def follow(self, read: Read) -> None:
        """These times are on offer from now on; `read` reads them, off the screen's thread."""
        self._read = read

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.concerns(_WATCHED) and self._read is not None and not self._form.busy:
            self._runner.start(self._look(self._read), self)

    async def _look(self, read: Read) -> None:
        try:
            times = await self._runner.ask(read, key=("taken", id(self)))
        except AppError:
            # Saving says it where it matters.
            return
        if self._read is read:
            self._free.strike(times, all_of_them=len(times) < MOST)
