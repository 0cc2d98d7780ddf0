"""Stands between runner and practice: everything that was saved is told to the window."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from avenrae_desktop.kernel.bus import Command, Outcome


class CommandWatch(QObject):
    """Callable like the bus, from any thread; `saved(command, outcome)` arrives on the screen's thread."""

    saved = Signal(object, object)

    def __init__(self, do: Callable[[Any], Outcome], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._do = do

    def __call__(self, command: Command) -> Outcome:
        outcome = self._do(command)
        try:
            self.saved.emit(command, outcome)
        except RuntimeError:
            # The window closed while this was being saved; it is saved.
            return outcome
        return outcome
