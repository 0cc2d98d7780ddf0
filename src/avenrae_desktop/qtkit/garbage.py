"""Reference circles that hold Qt objects must die on the screen's thread."""

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class ScreenGarbage(QObject):
    """Collects Python's garbage from a timer of the screen's thread, and nowhere else, while it is started.

    Python collects on whichever thread happens to allocate. When that is a worker and the circle holds a widget
    or a timer, Qt destroys it there ("Timers cannot be stopped from another thread") and now and then crashes.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """From now on only this collects. What is loaded already is taken out of every later collection."""
        gc.collect()
        gc.freeze()
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Gives collecting back to Python."""
        self._timer.stop()
        gc.enable()

    def collect(self) -> None:
        """Collect the oldest generation that is due, by the rule that Python itself follows."""
        counts, thresholds = gc.get_count(), gc.get_threshold()
        if counts[0] <= thresholds[0]:
            return
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
