"""Asks the practice server once a second what colleagues did, and tells the window."""

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from avenrae_desktop.kernel.link import LinkState
from avenrae_desktop.kernel.time import Clock, utc_now
from avenrae_desktop.qtkit.runner import Runner

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.live import Live, Seen

PAUSE_MS = 900
"""From one answer to the next question: with the time that a question takes, about once a second."""


class LiveWatch(QObject):
    """Never two questions at once. Begins with `start`, ends with the session or with `ended`."""

    late = Signal(object, object)
    """(command, outcome) of something that was saved after all, although its answer never came."""
    ended = Signal(object)
    """An AppError: why the person may not go on."""

    def __init__(
        self, live: "Live", runner: Runner, parent: QObject, *, clock: Clock = utc_now, pause_ms: int = PAUSE_MS
    ) -> None:
        super().__init__(parent)
        self._live, self._runner, self._clock = live, runner, clock
        self._asking = self._over = False
        self._timer = QTimer(self, singleShot=True, interval=pause_ms)
        self._timer.timeout.connect(self.ask)
        runner.link.opened.connect(self._on_opened)
        runner.link.try_asked.connect(self.ask)

    def start(self) -> None:
        """Begin, as a window that is connected: the person has just signed in."""
        self._runner.link.tell(LinkState.CONNECTED, "", self._clock())
        self.ask()

    def stop(self) -> None:
        """The session is over."""
        self._over = True
        self._timer.stop()

    def ask(self) -> None:
        """Ask now, unless an answer is on its way."""
        if not self._asking and not self._over:
            self._asking = True
            self._timer.stop()
            self._runner.start(self._ask(), self)

    async def _ask(self) -> None:
        # Cancelled, the window is closing: then it is not asked again.
        try:
            seen = await self._runner.ask(self._live.poll)
            if not self._over:
                self._tell(seen)
        except Exception:
            self._go_on()
            raise
        self._go_on()

    def _go_on(self) -> None:
        self._asking = False
        if not self._over:
            self._timer.start()

    def _tell(self, seen: "Seen") -> None:
        link = self._runner.link
        back = link.state not in (None, LinkState.CONNECTED) and seen.state is LinkState.CONNECTED
        link.tell(seen.state, seen.host, self._clock())
        if seen.ended is not None:
            self.stop()
            self.ended.emit(seen.ended)
            return
        if seen.state is LinkState.CONNECTED:
            link.tell_open(seen.open_elsewhere)
        elif seen.state is LinkState.AWAY:
            # Nobody knows any more.
            link.tell_open(())
        for command, outcome in seen.late:
            self._runner.changed.emit(outcome.changes, None)
            self.late.emit(command, outcome)
        if back:
            # What could not be read meanwhile is read now.
            self._runner.changed.emit(replace(seen.changes, everything=True), None)
        elif seen.changes.touched or seen.changes.everything:
            self._runner.changed.emit(seen.changes, None)

    def _on_opened(self, record: tuple[str, UUID] | None) -> None:
        self._live.watch(record)
