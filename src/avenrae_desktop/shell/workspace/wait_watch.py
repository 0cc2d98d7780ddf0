"""Says that a change waits for the server, where no form says it: a step by key, a card that was dragged."""

from typing import Any

from PySide6.QtCore import QObject, QTimer

from avenrae_desktop.kernel.link import LinkState
from avenrae_desktop.qtkit.link import Link
from avenrae_desktop.qtkit.widgets import MessageBar
from avenrae_desktop.shell.workspace.command_watch import CommandWatch
from avenrae_desktop.shell.workspace.done_words import wish_text

PATIENCE_MS = 2500


class WaitWatch(QObject):
    """One message for all that waits; gone as soon as the server answers."""

    def __init__(self, watch: CommandWatch, link: Link, bar: MessageBar, parent: QObject) -> None:
        super().__init__(parent)
        self._link, self._bar = link, bar
        self._command: Any = None
        self._said = ""
        self.timer = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self.timer.timeout.connect(self._say)
        watch.begun.connect(self._begin)
        watch.answered.connect(self._end)

    def _begin(self, command: Any) -> None:
        self._command = command
        if self._link.state is not None:
            self.timer.start()

    def _end(self) -> None:
        self.timer.stop()
        # What was said since is left alone.
        if self._said and self._bar.text() == self._said:
            self._bar.clear()
        self._said = ""

    def _say(self) -> None:
        if self._link.state in (None, LinkState.CONNECTED):
            # It may only be slow; asked again before anybody is alarmed.
            self.timer.start()
            return
        text = self.tr("Waiting for the server to save: {what}. You may go on meanwhile.")
        self._bar.tell(text.format(what=wish_text(self._command)), tone="warning", seconds=0)
        self._said = self._bar.text()
