"""How far a long piece of work is, and the way to stop it."""

import threading
from collections.abc import Callable
from enum import StrEnum

from avenrae_desktop.db.backup.problems import stopped


class Step(StrEnum):
    """What is being done."""

    COPY = "copy"
    COUNT = "count"
    SEAL = "seal"
    CHECK = "check"
    RESTORE = "restore"
    COMPARE = "compare"
    EXPORT = "export"


Told = Callable[[Step, int, int], None]
"""Called with the step, what is done of it and what there is in all (0: not known)."""


class Watch:
    """`stop` may be called from any thread; the work ends at its next `at`."""

    def __init__(self, told: Told | None = None) -> None:
        self._told = told
        self._stop = threading.Event()

    def at(self, step: Step, done: int = 0, of: int = 0) -> None:
        """Tell how far it is. Raises RuleBroken (STOPPED) once it was stopped."""
        if self._stop.is_set():
            raise stopped()
        if self._told is not None:
            self._told(step, done, of)

    def stop(self) -> None:
        """End the work soon; what it began is taken away."""
        self._stop.set()
