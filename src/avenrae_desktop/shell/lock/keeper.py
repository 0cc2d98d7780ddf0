"""Locks and unlocks one session."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.time import Clock, utc_now
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.settings.lock_state import LockState
from avenrae_desktop.shell.lock.cover import Cover
from avenrae_desktop.shell.lock.idle_watch import IdleWatch
from avenrae_desktop.shell.lock.page import LockPage

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App


class LockKeeper(QObject):
    """Owns the rules' state; the cover and the page show it."""

    locked_changed = Signal(bool)

    def __init__(
        self, app: "App", runner: Runner, cover: Cover, page: LockPage, parent: QObject, *, clock: Clock = utc_now
    ) -> None:
        super().__init__(parent)
        self._app, self._runner, self._cover, self._page, self._clock = app, runner, cover, page, clock
        self.state = LockState(clock, app.settings().lock_minutes)
        self.watch = IdleWatch(self.state, self)
        self.watch.time_up.connect(self.lock)
        self.watch.lock_asked.connect(self.lock)
        page.pin_tried.connect(lambda pin: runner.start(self._try_pin(pin), self))
        page.password_tried.connect(lambda password: runner.start(self._try_password(password), self))
        runner.changed.connect(self._on_changed)

    def lock(self) -> None:
        """Cover everything at once."""
        self.state.lock()
        if not self._cover.on:
            self._cover.put_on()
            self._page.ask(pin_possible=self._pin_possible())
            self.locked_changed.emit(True)

    def end(self) -> None:
        """The session is over: watch no more, and open what is hidden no more."""
        self.watch.stop()
        self._cover.throw_away()
        self.deleteLater()

    def _pin_possible(self) -> bool:
        return self._app.has_pin and self.state.pin_allowed

    async def _try_pin(self, pin: str) -> None:
        if self._pin_possible() and await self._runner.ask(self._app.check_pin, pin):
            self.state.unlock_by_pin()
            self._unlock()
            return
        left = self.state.missed()
        if left > 0:
            text = self.tr("Wrong PIN. {left} tries are left; then the password is needed.").format(left=left)
        else:
            text = self.tr("Five wrong PINs: now only the password unlocks. What you were typing is still there.")
        self._page.refuse(text, pin_possible=self._pin_possible())

    async def _try_password(self, password: str) -> None:
        if await self._runner.ask(self._app.check_password, password):
            if self.state.ended:
                # The full password begins the session anew; the screen is still the same person's.
                minutes = self.state.minutes
                self.state = LockState(self._clock, minutes)
                self.watch.use(self.state)
            self.state.unlock_by_password()
            self._unlock()
            return
        text = self.tr("Wrong password. Check Caps Lock and the keyboard's language.")
        self._page.refuse(text, pin_possible=self._pin_possible())

    def _unlock(self) -> None:
        self._page.set_busy(False)
        self._page.ask(pin_possible=False)
        self._cover.take_off()
        self.locked_changed.emit(False)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.concerns({"setting", "practice"}):
            self.state.minutes = self._app.settings().lock_minutes
