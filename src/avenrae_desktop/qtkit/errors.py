"""Where errors end up: the world's faults and broken rules in the bar, our own bugs in the crash dialog."""

import asyncio

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.crashlog import (
    LOG,
    crash_report,
    install_crash_handlers,
    recent_lines,
    report_with_lines,
)
from avenrae_desktop.qtkit.dialogs import CrashDialog
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import MessageBar

__all__ = ["ErrorReporter", "crash_report", "install_crash_handlers", "problem_texts"]


class ErrorReporter(QObject):
    """Shows what left a task unhandled. `report` may be called from any thread."""

    _come = Signal(object)

    def __init__(self, bar: MessageBar, window: QWidget, runner: Runner) -> None:
        super().__init__(window)
        self._bar = bar
        self._window = window
        self._crash: CrashDialog | None = None
        self._come.connect(self._show, Qt.ConnectionType.QueuedConnection)
        runner.failed.connect(self.report)

    def report(self, error: BaseException) -> None:
        """Show it: an `AppError` in the bar, everything else as a fault of the program."""
        if not isinstance(error, asyncio.CancelledError):
            self._come.emit(error)

    @property
    def crash(self) -> CrashDialog | None:
        """The crash dialog that is open now."""
        return self._crash

    def _show(self, error: BaseException) -> None:
        if isinstance(error, AppError):
            LOG.info("told: %s", error.code)
            self._bar.show_error(error)
            return
        report = report_with_lines(crash_report(error), recent_lines())
        LOG.error("%s", crash_report(error))
        # One fault often brings others along: the first is the one to read.
        if self._crash is None:
            self._crash = CrashDialog(report, self._window)
            self._crash.setWindowModality(Qt.WindowModality.WindowModal)
            self._crash.finished.connect(self._closed)
            self._crash.show()

    def _closed(self) -> None:
        if self._crash is not None:
            self._crash.deleteLater()
            self._crash = None
