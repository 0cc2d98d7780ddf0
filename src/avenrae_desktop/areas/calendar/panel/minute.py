"""Strikes when a minute begins, as long as somebody looks."""

from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from avenrae_desktop.kernel.time import Clock

_SOONEST_MS = 200


class MinuteHand(QObject):
    """Start it when the screen is shown, stop it when it is not."""

    struck = Signal()

    def __init__(self, clock: Clock, woke: SignalInstance, parent: QObject) -> None:
        """`woke` comes when time went on without the program."""
        super().__init__(parent)
        self._clock = clock
        self._told = _minute(clock())
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._strike)
        woke.connect(self._on_woke)

    def start(self) -> None:
        """Strike at once if the minute is another one than was told last, then at each full minute."""
        if _minute(self._clock()) != self._told:
            self._strike()
        else:
            self._wind()

    def stop(self) -> None:
        """Strike no more."""
        self._timer.stop()

    def _on_woke(self) -> None:
        if self._timer.isActive():
            self._strike()

    def _strike(self) -> None:
        self._told = _minute(self._clock())
        self.struck.emit()
        self._wind()

    def _wind(self) -> None:
        now = self._clock()
        self._timer.start(max(_SOONEST_MS, (60 - now.second) * 1000 - now.microsecond // 1000))


def _minute(now: datetime) -> datetime:
    return now.replace(second=0, microsecond=0)
