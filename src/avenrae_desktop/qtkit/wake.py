"""Notices that time went on without the program: the computer slept, stood still, or its clock was set."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, QTimer, Signal

EVERY_S = 1.0
JUMP_S = 5.0
"""Clocks that are corrected little by little never move as far from one look to the next."""
LATE_S = 20.0
"""No work keeps the screen's thread for so long; where both clocks count sleep, this tells of it."""


@dataclass(frozen=True, slots=True)
class Look:
    """Both clocks at one moment, in seconds. On most systems the steady one stands while the computer sleeps."""

    wall: float
    steady: float

    def gap_since(self, before: "Look") -> float | None:
        """How much time nobody saw pass, 0 for a clock that was set back; None for an ordinary look."""
        passed, seen = self.wall - before.wall, self.steady - before.steady
        if passed - seen < -JUMP_S:
            return 0.0
        if passed - seen > JUMP_S or seen > EVERY_S + LATE_S:
            return max(passed, seen)
        return None


class WakeWatch(QObject):
    """Looks at the clocks once a second, and so within a second of waking up."""

    woke = Signal(float)
    """How many seconds nobody saw pass."""

    def __init__(
        self,
        parent: QObject,
        *,
        wall: Callable[[], float] = time.time,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._wall, self._steady = wall, steady
        self._before = self._now()
        self._timer = QTimer(self, interval=round(EVERY_S * 1000))
        # Coarse timers may be put off until others are due.
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def stop(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look now."""
        now = self._now()
        gap = now.gap_since(self._before)
        self._before = now
        if gap is not None:
            self.woke.emit(gap)

    def _now(self) -> Look:
        return Look(self._wall(), self._steady())
