"""What a test may not leave behind: log lines at WARNING, threads, windows, running timers.

Each is checked only as far as it can be without false alarms; what existed before the test is never blamed on it.
"""

import gc
import logging
import sys
import threading
import time
from types import ModuleType

OURS = "avenrae"
# Qt keeps these for itself from one test to the next.
QT_INTERNAL = ("QTipLabel", "QDesktopWidget", "QWidgetWindow")


class LogTrap(logging.Handler):
    """Remembers our own records at WARNING and above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.startswith(OURS):
            self.records.append(record)

    def lines(self) -> list[str]:
        return [f"{each.levelname} {each.name}: {each.getMessage()}" for each in self.records]


def leaked_threads(before: set[threading.Thread], patience: float = 2.0) -> list[str]:
    """Threads that outlive the test although they were given `patience` seconds to end."""
    until = time.monotonic() + patience
    while True:
        left = [
            each
            for each in threading.enumerate()
            if each not in before and (not each.daemon or each.name.startswith(OURS))
        ]
        if not left or time.monotonic() > until:
            return [each.name for each in left]
        left[0].join(0.05)


def qt_widgets() -> ModuleType | None:
    """QtWidgets, if a test has loaded it and a QApplication lives: asking must not be what loads Qt."""
    module = sys.modules.get("PySide6.QtWidgets")
    return module if module and module.QApplication.instance() else None


class QtState:
    """The windows and running timers that exist at one moment."""

    def __init__(self) -> None:
        self._windows = {_address(each) for each in _windows()}
        self._timers = {id(each) for each in _timers()}

    def leaks(self) -> list[str]:
        """What came since and is still there. It is removed, so that only the guilty test fails."""
        if not self._new_windows() and not self._new_timers():
            return []
        _let_go()
        found = []
        for window in self._new_windows():
            found.append(f"window {type(window).__name__} {window.objectName()!r} {window.windowTitle()!r}")
            window.close()
            window.deleteLater()
        for timer in self._new_timers():
            found.append(f"running timer {timer.objectName()!r} of {timer.parent()!r}, {timer.interval()} ms")
            timer.stop()
        _let_go()
        return found

    def _new_windows(self) -> list:
        return [each for each in _windows() if _address(each) not in self._windows]

    def _new_timers(self) -> list:
        return [each for each in _timers() if id(each) not in self._timers]


def _let_go() -> None:
    """Finishes what deleteLater() and reference circles have pending."""
    from PySide6.QtCore import QCoreApplication, QEvent

    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _windows() -> list:
    widgets = qt_widgets()
    if widgets is None:
        return []
    return [
        each
        for each in widgets.QApplication.topLevelWidgets()
        if each.parent() is None and each.metaObject().className() not in QT_INTERNAL
    ]


def _timers() -> list:
    if qt_widgets() is None:
        return []
    from PySide6.QtCore import QTimer
    from shiboken6 import isValid

    return [each for each in gc.get_objects() if type(each) is QTimer and isValid(each) and each.isActive()]


def _address(window: object) -> int:
    from shiboken6 import getCppPointer

    return getCppPointer(window)[0]
