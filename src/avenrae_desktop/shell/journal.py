"""The log of this run, and what the run before left: how it ended, when it did not end by itself."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.crashlog import LOG, install_crash_handlers, versions
from avenrae_desktop.qtkit.dialogs import ReportDialog
from avenrae_desktop.qtkit.last_run import EndedBadly, RunMark, log_last_run
from avenrae_desktop.qtkit.link import Link
from avenrae_desktop.shell.open_dialog import open_dialog

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App
    from avenrae_desktop.qtkit.runner import Runner
    from avenrae_desktop.shell.message_bar import WindowBar
    from avenrae_desktop.shell.workspace.command_watch import CommandWatch

CALM_S = 15.0


class Journal(QObject):
    """Writes down what the program does, by names of its code: no text of a person is ever among it."""

    def __init__(self, logs: Path, report: Callable[[BaseException], None], parent: QObject) -> None:
        """`report` is told every exception that nobody caught. Without a place for logs the program works too."""
        super().__init__(parent)
        self._mark = RunMark(logs)
        self.ended_badly: EndedBadly | None = None
        self._put_back: Callable[[], None] = lambda: None
        try:
            self.ended_badly = self._mark.begin()
        except OSError:
            LOG.info("the run could not be marked")
        try:
            self._put_back = install_crash_handlers(logs, report)
        except OSError:
            if sys.stderr is not None:
                sys.stderr.write(f"No log can be written to {logs}.\n")
        LOG.info("started: %s", versions())
        if self.ended_badly is not None:
            log_last_run(self.ended_badly)

    def follow_link(self, link: Link) -> None:
        """Write down how the link to a server stands."""
        self._link = link
        link.changed.connect(self._on_link)

    def end(self) -> None:
        """The program ends by itself."""
        LOG.info("ended")
        self._mark.end()
        self._put_back()

    def _on_link(self) -> None:
        state = self._link.state
        LOG.info("link: %s", state.name if state is not None else "none")


def log_opened(app: "App", watch: "CommandWatch") -> None:
    """Write down that a practice was opened, and what is done in it by kind."""
    kind = "server" if app.server is not None else "demo" if app.place.is_demo else "file"
    LOG.info("opened: %s", kind)
    watch.saved.connect(_log_saved)


def _log_saved(command: Any, _outcome: object) -> None:
    LOG.info("saved: %s", type(command).__name__)


def tell_last_run(ended: EndedBadly, bar: "WindowBar", window: QWidget, runner: "Runner") -> None:
    """Say how the program ended last time, with the report one press away."""
    tr = QCoreApplication.translate
    if ended.fault:
        title = tr("LastRun", "The program broke down last time")
        advice = tr("LastRun", "Please pass the report on to whoever looks after the program.")
    else:
        title = tr("LastRun", "The program was ended from outside last time")
        advice = tr("LastRun", "Maybe the computer went off.")
    saved = tr("LastRun", "All that said saved is saved; what you were typing is offered after you sign in.")

    def show() -> None:
        close = tr("LastRun", "Close")
        text = tr("LastRun", "The report names places in the program and what it did before, no client data.")
        dialog = ReportDialog(title, f"{saved} {text}", ended.report, close, window)
        runner.start(open_dialog(dialog), window)

    seconds = 0 if ended.fault else CALM_S
    action = tr("LastRun", "Show report")
    bar.tell(f"{saved} {advice}", action, show, tone="warning", seconds=seconds, title=title)
