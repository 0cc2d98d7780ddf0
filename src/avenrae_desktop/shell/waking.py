"""What the window of a practice does when time went on without it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from avenrae_desktop.qtkit.crashlog import LOG
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.wake import WakeWatch

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App
    from avenrae_desktop.shell.lock.keeper import LockKeeper
    from avenrae_desktop.shell.workspace.live_watch import LiveWatch


class Waking(QObject):
    """Locks first if it is time; then "now" and "today" move on, and the server is looked for at once."""

    def __init__(
        self,
        watch: WakeWatch,
        app: "App",
        runner: Runner,
        keeper: "LockKeeper",
        live: "LiveWatch | None",
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._app, self._runner, self._keeper, self._live = app, runner, keeper, live
        watch.woke.connect(self._on_woke)

    def _on_woke(self, seconds: float) -> None:
        LOG.info("woke after %d s", seconds)
        # Nobody else may see what the person who closed the lid was looking at.
        self._keeper.watch.look()
        self._runner.woke.emit()
        if self._live is not None:
            self._runner.start(self._reach(self._live), self)

    async def _reach(self, live: "LiveWatch") -> None:
        await self._runner.ask(self._app.wake)
        live.ask()
