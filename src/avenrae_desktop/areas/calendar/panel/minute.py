"""Strikes when a minute begins, as long as somebody looks."""

from PySide6.QtCore import QObject, QTimer, Signal

from avenrae_desktop.kernel.time import Clock

_SOONEST_MS = 200


class MinuteHand(QObject):
    """Start it when the screen is shown, stop it when it is not."""

    struck = Signal()

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._strike)

    def start(self) -> None:
        """Strike at the next full minute, and then at each."""
        now = self._clock()
        self._timer.start(max(_SOONEST_MS, (60 - now.second) * 1000 - now.microsecond // 1000))

    def stop(self) -> None:
        """Strike no more."""
        self._timer.stop()

    def _strike(self) -> None:
        self.struck.emit()
        self.start()
