"""Stands between runner and practice: everything that was saved is told to the window."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, SignalInstance

from avenrae_desktop.kernel.bus import Command, Outcome


class CommandWatch(QObject):
    """Callable like the bus, from any thread; `saved(command, outcome)` arrives on the screen's thread."""

    begun = Signal(object)
    """A command is on its way."""
    answered = Signal()
    """There is an answer to it, whatever it is; before `saved`."""
    saved = Signal(object, object)

    def __init__(self, do: Callable[[Any], Outcome], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._do = do

    def __call__(self, command: Command) -> Outcome:
        self._emit(self.begun, command)
        try:
            outcome = self._do(command)
        finally:
            self._emit(self.answered)
        self._emit(self.saved, command, outcome)
        return outcome

    @staticmethod
    def _emit(signal: SignalInstance, *values: object) -> None:
        try:
            signal.emit(*values)
        except RuntimeError:
            # The window closed while this was being saved; it is saved.
            return
