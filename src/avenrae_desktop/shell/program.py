"""Leads from the way in to the workspace and back, and ends everything in time."""

import contextlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.crashlog import LOG
from avenrae_desktop.qtkit.dialogs import confirm, forms_aside
from avenrae_desktop.qtkit.errors import ErrorReporter
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.wake import WakeWatch
from avenrae_desktop.settings.machine import MachineSettings
from avenrae_desktop.shell.disk_watch import DiskWatch
from avenrae_desktop.shell.ended import EndedDialog, unsaved_forms
from avenrae_desktop.shell.entry.entrance import Entrance
from avenrae_desktop.shell.entry.server.place_words import is_server
from avenrae_desktop.shell.lock.cover import Cover
from avenrae_desktop.shell.lock.keeper import LockKeeper
from avenrae_desktop.shell.lock.page import LockPage
from avenrae_desktop.shell.open_dialog import open_dialog
from avenrae_desktop.shell.waking import Waking
from avenrae_desktop.shell.window import MainWindow

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App, Place, Practices
    from avenrae_desktop.bootstrap.places import ServerPlace
    from avenrae_desktop.shell.drafts.watch import DraftWatch
    from avenrae_desktop.shell.workspace.workspace import Workspace

_CLOSE_S = 0.3


class Program(QObject):
    """One per process. `entered` comes when a practice is open and its workspace is on screen."""

    entered = Signal()

    def __init__(
        self, window: MainWindow, runner: Runner, theme: Theme, practices: "Practices", machine: MachineSettings
    ) -> None:
        super().__init__(window)
        self.window, self._runner, self._theme = window, runner, theme
        self._practices, self._machine = practices, machine
        window.furnish()
        self.reporter = ErrorReporter(window.bar, window, runner)
        self.app: App | None = None
        self.workspace: Workspace | None = None
        self.keeper: LockKeeper | None = None
        self._lock_page: LockPage | None = None
        self.drafts: DraftWatch | None = None
        self.wake = WakeWatch(self)
        self.entrance = self._new_entrance()
        window.hold = lambda: bool(forms_aside())
        window.leave_asked.connect(lambda: runner.start(self._ask_to_leave(window.close), self))

    def begin(self) -> None:
        """Show the first page."""
        self.entrance.begin()
        self.window.show_place(self.entrance)

    def enter(self, app: "App") -> None:
        """Put the opened practice on screen."""
        from avenrae_desktop.shell.journal import log_opened
        from avenrae_desktop.shell.workspace.command_watch import CommandWatch
        from avenrae_desktop.shell.workspace.workspace import Workspace

        self.app = app
        watch = CommandWatch(app.do, self)
        log_opened(app, watch)
        self._runner.use(watch, app.interrupt)
        work = Workspace(app, watch, self._runner, self._theme, self._machine, self.window.bar)
        self.workspace = work
        work.sign_out_asked.connect(lambda: self._runner.start(self._ask_to_leave(self.sign_out), self))
        work.demo_end_asked.connect(lambda: self._runner.start(self._end_demo(), self))
        work.own_practice_asked.connect(self._start_own)
        work.switch_asked.connect(lambda: self._runner.start(self._switch(app), self))
        work.ended.connect(self._end_session)
        keeper = self._set_up_lock(app, work)
        Waking(self.wake, app, self._runner, keeper, work.live, work)
        if not is_server(app.place):
            DiskWatch(app.place.database, self._runner, self.window.bar.tell, work)
        self.window.show_place(work)
        self.window.set_subject(app.place.practice_name)
        self.window.drop_place(self.entrance)
        self.entered.emit()
        notice = app.notice
        if notice is not None:
            self.reporter.report(notice)
        self._keep_drafts(app, work)

    def keep_drafts(self) -> None:
        """Write down what is typed and not saved, before this returns: the program is about to end."""
        if self.drafts is not None:
            self.drafts.end()

    def keep_what_is_typed(self, *_manager: object) -> None:
        """The desktop session is about to end, or maybe not: write it down, and go on."""
        if self.drafts is not None:
            self.drafts.keep_now()

    def end_unasked(self) -> None:
        """The system wants it to end, and nobody may be there to ask: what was typed is kept."""
        self.keep_drafts()
        self.window.hold = lambda: False
        self.window.close()

    def sign_out(self) -> None:
        """Close the practice and go back to the way in."""
        self._leave()
        self.entrance = self._new_entrance()
        self.begin()

    async def _ask_to_leave(self, leave: Callable[[], object]) -> None:
        """Forms that wait for the server would be lost unseen."""
        waiting = forms_aside()
        if waiting:
            names = ", ".join(" · ".join(filter(None, (form.windowTitle(), form.about))) for form in waiting)
            title = self.tr("Leave without saving?")
            text = self.tr("The server has not answered yet. Not saved: {forms}.").format(forms=names)
            if not await confirm(self.window, title, text, self.tr("Leave"), danger=True):
                return
            self.window.hold = lambda: False
        leave()

    def _end_session(self, error: AppError) -> None:
        """The server lets the person in no more: what they typed is told, because it cannot be saved."""
        locked = self.keeper is not None and self.keeper.state.locked
        unsaved = unsaved_forms()
        self.sign_out()
        self._runner.start(open_dialog(EndedDialog(error, unsaved, self.window, private=locked)), self)

    def close(self) -> None:
        """Let the practice go, within a moment even where a query still runs."""
        app = self.app or self.entrance.waiting
        self.app = None
        if app is not None:
            _close_soon(app)

    def _new_entrance(self) -> Entrance:
        entrance = Entrance(self._practices, self._machine, self._runner)
        entrance.opened.connect(self.enter)
        return entrance

    def _keep_drafts(self, app: "App", work: "Workspace") -> None:
        from avenrae_desktop.shell.drafts.offer import DraftOffer
        from avenrae_desktop.shell.drafts.watch import DraftWatch

        if app.drafts is not None:
            self.drafts = DraftWatch(app.drafts, self._runner, work)
            offer = DraftOffer(self.drafts, work.ways_to_take_up(), self.window.bar.tell, self.window)
            self._runner.start(offer.run(), work)

    def _set_up_lock(self, app: "App", work: "Workspace") -> LockKeeper:
        page = LockPage(app.actor.name, app.place.practice_name, self._demo_hint(app))
        self.window.places.addWidget(page)
        cover = Cover(self.window, self.window.places, page)
        keeper = LockKeeper(app, self._runner, cover, page, self)
        keeper.locked_changed.connect(self._on_locked)
        work.lock_asked.connect(keeper.lock)
        page.sign_out_asked.connect(self.sign_out)
        self._lock_page, self.keeper = page, keeper
        return keeper

    def _demo_hint(self, app: "App") -> str:
        known = app.demo_password
        return self.tr("The demo's password is: {password}").format(password=known) if known else ""

    def _on_locked(self, locked: bool) -> None:
        LOG.info("locked" if locked else "unlocked")
        self.window.bar.set_quiet(locked)
        name = self.app.place.practice_name if self.app is not None else ""
        self.window.set_subject("" if locked else name)

    async def _switch(self, app: "App") -> None:
        """Choose another practice; until one is chosen this one stays as it is."""
        from avenrae_desktop.shell.switch import SwitchDialog

        known = await self._runner.ask(self._practices.known)
        dialog = SwitchDialog(known, app.place, self.window)
        if await open_dialog(dialog):
            await self._ask_to_leave(lambda: self._go_over(dialog.chosen))

    def _go_over(self, place: "Place | ServerPlace | None") -> None:
        self._leave()
        self.entrance = self._new_entrance()
        if place is None:
            self.entrance.welcome()
        else:
            self.entrance.sign_in(place)
        self.window.show_place(self.entrance)
        # Some systems leave the keyboard with the dialog that was just closed.
        self.window.activateWindow()

    def _leave(self) -> None:
        self.keep_drafts()
        self.window.hold = lambda: bool(forms_aside())
        work, page, keeper, app = self.workspace, self._lock_page, self.keeper, self.app
        self.workspace = self._lock_page = self.keeper = self.app = self.drafts = None
        self.window.bar.set_quiet(False)
        self.window.bar.clear()
        if work is not None:
            work.end()
        for widget in (work, page):
            if widget is not None:
                self.window.drop_place(widget)
        if keeper is not None:
            keeper.end()
        if app is not None:
            LOG.info("left")
            _close_soon(app)
        self.window.set_subject("")

    async def _end_demo(self) -> None:
        title = self.tr("Throw away the demo practice?")
        text = self.tr("All of its made-up clients and bookings, and what you tried out, will be gone.")
        if not await confirm(self.window, title, text, self.tr("Throw away"), danger=True):
            return
        self._leave()
        self.entrance = self._new_entrance()
        try:
            await self._runner.ask(self._practices.forget_demo)
        except AppError as error:
            self.reporter.report(error)
        self.entrance.welcome()
        self.window.show_place(self.entrance)

    def _start_own(self) -> None:
        self._leave()
        self.entrance = self._new_entrance()
        self.entrance.new_practice()
        self.window.show_place(self.entrance)


def _close_soon(app: "App") -> None:
    """Closing waits for queries; the person does not."""

    def close() -> None:
        with contextlib.suppress(Exception):
            app.close()

    thread = threading.Thread(target=close, daemon=True)
    thread.start()
    thread.join(_CLOSE_S)
