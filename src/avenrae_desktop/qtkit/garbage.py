"""Reference circles that hold Qt objects must die on the screen's thread."""

import gc
import time

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500
AT_REST_S = 0.03
"""Whoever lets the screen's thread work no longer than this between two looks is reading, not working."""
_PATIENCE = 10
"""How many times as long as Python a full collection waits for such a moment."""


class ScreenGarbage(QObject):
    """Collects Python's garbage from a timer of the screen's thread, and nowhere else, while it is started.

    Python collects on whichever thread happens to allocate. When that is a worker and the circle holds a widget
    or a timer, Qt destroys it there ("Timers cannot be stopped from another thread") and now and then crashes.
    Looking through everything takes longer than a frame, so it is done while nobody works.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._worked = time.thread_time()

    def start(self) -> None:
        """From now on only this collects. What is loaded already is taken out of every later collection."""
        gc.collect()
        gc.freeze()
        gc.disable()
        self._worked = time.thread_time()
        self._timer.start()

    def stop(self) -> None:
        """Gives collecting back to Python."""
        self._timer.stop()
        gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation that is due: the young ones when Python would, all at a moment of rest."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        before, self._worked = self._worked, time.thread_time()
        patience = 1 if self._worked - before < AT_REST_S else _PATIENCE
        if counts[2] > thresholds[2] * patience:
            gc.collect(2)
        elif counts[0] > thresholds[0]:
            gc.collect(1 if counts[1] > thresholds[1] else 0)
