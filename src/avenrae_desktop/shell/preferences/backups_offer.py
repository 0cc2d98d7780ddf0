"""At the end of the day, or when the last good one is too old, a backup is offered: once a day, never forced."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.time import Clock, utc_now
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import MessageBar
from avenrae_desktop.shell.preferences.backups_words import last_good_text

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App
    from avenrae_desktop.bootstrap.backup.backups import BackupState

LOOK_MS = 5 * 60 * 1000
_DAY = 24 * 60


def is_day_done(now: datetime, day_ends: int, last_good: datetime | None) -> bool:
    """Whether the day is over and nothing was backed up since it began; `now` is local, `day_ends` in minutes."""
    if now.hour * 60 + now.minute < min(day_ends, _DAY - 60):
        return False
    return last_good is None or last_good.astimezone(now.tzinfo).date() < now.date()


def _state(app: "App") -> "BackupState | None":
    """Off the screen's thread, which also loads what only backups need."""
    backups = app.backups
    return None if backups is None else backups.state()


class BackupOffer(QObject):
    """Looks every few minutes; a message with a button is all that it does."""

    def __init__(
        self,
        app: "App",
        runner: Runner,
        bar: MessageBar,
        back_up: Callable[[], object],
        parent: QObject,
        *,
        clock: Clock = utc_now,
    ) -> None:
        super().__init__(parent)
        self._app, self._runner, self._bar = app, runner, bar
        self._back_up, self._clock = back_up, clock
        self._offered: date | None = None
        timer = QTimer(self, interval=LOOK_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Offer one if it is time."""
        self._runner.start(self._look(), self)

    async def _look(self) -> None:
        now = self._clock().astimezone(self._app.zone())
        if self._offered == now.date():
            return
        try:
            state = await self._runner.ask(_state, self._app, key=("backup offer", id(self)))
        except AppError:
            return  # the page says it
        if state is None:
            return
        if state.overdue:
            self._say(last_good_text(state.last_good, self._clock()), "danger", now.date())
        elif is_day_done(now, self._app.settings().day_ends, state.last_good):
            self._say(self.tr("The day is done. Back the practice up?"), "neutral", now.date())

    def _say(self, text: str, tone: str, today: date) -> None:
        self._offered = today
        self._bar.tell(text, self.tr("Back up now"), self._back_up, tone=tone, seconds=0)
