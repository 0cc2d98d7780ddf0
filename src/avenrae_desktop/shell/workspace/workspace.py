"""The window of somebody who is signed in: owns the places for panels, and carries words between them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from avenrae_desktop.areas.calendar.panel import CalendarPanel
from avenrae_desktop.areas.calendar.queries import BookingHit
from avenrae_desktop.areas.clients.panel import ClientsPanel
from avenrae_desktop.areas.clients.queries import ClientHit
from avenrae_desktop.areas.services.panel import ServicesPanel
from avenrae_desktop.kernel.bus import Outcome, Undo
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.kernel.text import digits
from avenrae_desktop.kernel.time import Clock, utc_now
from avenrae_desktop.qtkit.dialogs.draft import Draft
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.widgets import MessageBar, column, row
from avenrae_desktop.settings.machine import MachineSettings
from avenrae_desktop.shell.look_control import LookControl
from avenrae_desktop.shell.preferences.backups_offer import BackupOffer
from avenrae_desktop.shell.workspace.action_list import ActionList
from avenrae_desktop.shell.workspace.command_watch import CommandWatch
from avenrae_desktop.shell.workspace.done_words import done_text, undone_text, wish_text
from avenrae_desktop.shell.workspace.finder import Finder
from avenrae_desktop.shell.workspace.live_watch import LiveWatch
from avenrae_desktop.shell.workspace.panels import Calls, PanelKind, Placed, panel_kinds
from avenrae_desktop.shell.workspace.rail import Rail
from avenrae_desktop.shell.workspace.status_line import StatusLine
from avenrae_desktop.shell.workspace.top_bar import TopBar
from avenrae_desktop.shell.workspace.wait_watch import WaitWatch

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App
    from avenrae_desktop.shell.drafts.offer import TakeUp


class Workspace(QWidget):
    """Built after sign-in. Panels are made when they are first looked at."""

    lock_asked = Signal()
    sign_out_asked = Signal()
    switch_asked = Signal()
    """The person wants to go over to another practice."""
    demo_end_asked = Signal()
    own_practice_asked = Signal()
    title_changed = Signal(str)
    ended = Signal(object)
    """An AppError: the practice server lets the person in no more."""

    def __init__(
        self,
        app: "App",
        watch: CommandWatch,
        runner: Runner,
        theme: Theme,
        machine: MachineSettings,
        bar: MessageBar,
        *,
        clock: Clock = utc_now,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._app, self._runner, self._theme, self._machine = app, runner, theme, machine
        self._bar, self._clock = bar, clock
        self.look = LookControl(theme, machine)
        self.actions_list = ActionList(self)
        self._kinds: dict[str, PanelKind] = {}
        self._placed: dict[str, Placed] = {}
        self.key = ""
        self.rail = Rail()
        self.top = TopBar(runner)
        self.stack = QStackedWidget()
        self.status = StatusLine(
            app.place.practice_name, app.actor.name, runner.link, app.server, is_demo=app.place.is_demo
        )
        self._arrange()
        self._add_places()
        self._add_actions()
        self._connect(watch)
        self.live = self._watch_server()
        self.waits = WaitWatch(watch, runner.link, bar, self)
        self._offer_backups()
        self.go(next(iter(self._kinds)))

    def _arrange(self) -> None:
        right = column(self.top, self.stack, spacing=0)
        right.setStretch(1, 1)
        upper = row(self.rail, spacing=0)
        upper.addLayout(right, 1)
        whole = column(upper, self.status, spacing=0)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.setTabOrder(self.rail, self.top.commands)

    def _connect(self, watch: CommandWatch) -> None:
        watch.saved.connect(self._on_saved)
        self._runner.unsaved.connect(self._on_unsaved)
        self.rail.chosen.connect(self.go)
        self.rail.lock_asked.connect(self.lock_asked)
        self.status.demo_end_asked.connect(self.demo_end_asked)
        self.status.own_practice_asked.connect(self.own_practice_asked)
        self.top.new.clicked.connect(self.new_booking)
        self.top.help.clicked.connect(lambda: self.go("keys"))
        self._runner.changed.connect(self._on_changed)
        finder = Finder(
            self.actions_list, self._app.clients, self._app.calendar, self._app.zone, self._runner,
            self.open_client, self.open_booking, self._group,
        )  # fmt: skip
        self.top.commands.use(finder, self)

    def _watch_server(self) -> LiveWatch | None:
        live = self._app.live
        if live is None:
            return None
        watch = LiveWatch(live, self._runner, self, clock=self._clock)
        watch.late.connect(self._on_late)
        watch.ended.connect(self.ended)
        self.actions_list.add(
            self.tr("Window"), self.tr("Connection to the server"), ("F8",), self.status.chip.explain, "database"
        )
        watch.start()
        return watch

    def _offer_backups(self) -> None:
        if not self._app.actor.may(Permission.SET_UP_PRACTICE):
            return
        words, keys = self.tr("Back the practice up"), ("Ctrl+Shift+B",)
        self.actions_list.add(self.tr("Window"), words, keys, self.back_up, "shield-check")
        if not self._app.place.is_demo:
            BackupOffer(self._app, self._runner, self._bar, self.back_up, self, clock=self._clock)

    def back_up(self) -> None:
        """Show the page of backups, and make one."""
        from avenrae_desktop.shell.preferences.page import SettingsPage

        self.go("settings")
        page = self.panel("settings")
        assert isinstance(page, SettingsPage)  # noqa: S101 - made by _settings
        page.back_up()

    def end(self) -> None:
        """The session is over: nobody is asked and told any more."""
        if self.live is not None:
            self.live.stop()
        self._runner.link.forget()

    # --- places ----------------------------------------------------------------------------------
    def _add_places(self) -> None:
        kinds = [k for k in panel_kinds() if k.needs is None or self._app.actor.may(k.needs)]
        for number, kind in enumerate(kinds, 1):
            self._kinds[kind.key] = kind
            self.rail.add(kind.key, kind.icon, kind.title(), self.tr("Ctrl+{n}").format(n=number))
        settings = PanelKind("settings", "settings", lambda: self.tr("Settings"), None, self._settings)
        self._kinds["settings"] = settings
        self.rail.add("settings", "settings", settings.title(), self.tr("Ctrl+,"), foot=True)
        self.rail.finish()
        self._kinds["keys"] = PanelKind("keys", "keyboard", lambda: self.tr("Keys"), None, self._keys)

    def go(self, key: str) -> None:
        """Show a place."""
        self.panel(key)
        self.key = key
        self.stack.setCurrentWidget(self._placed[key].widget)
        self.rail.show_chosen(key)
        self.title_changed.emit(self._kinds[key].title())
        self._placed[key].widget.setFocus()

    def panel(self, key: str) -> QWidget:
        """A place's panel, made when it is needed first."""
        if key not in self._placed:
            kind = self._kinds[key]
            placed = kind.make(self._app, self._runner, self._theme, self._calls())
            self._placed[key] = placed
            self.stack.addWidget(placed.widget)
            self.actions_list.take(kind.title(), placed.actions, kind.icon)
        return self._placed[key].widget

    def _settings(self, app: "App", runner: Runner, theme: Theme, _calls: Calls) -> Placed:
        from avenrae_desktop.shell.preferences.page import SettingsPage

        page = SettingsPage(app, runner, self.look, self.edit_hours, self.edit_time_off)
        return Placed(page)

    def _keys(self, _app: "App", _runner: Runner, _theme: Theme, _calls: Calls) -> Placed:
        from avenrae_desktop.shell.workspace.keys_page import KeysPage

        for key in tuple(self._kinds):
            if key != "keys":
                self.panel(key)
        return Placed(KeysPage(self.actions_list))

    # --- actions ---------------------------------------------------------------------------------
    def _add_actions(self) -> None:
        add = self.actions_list.add
        window, go = self.tr("Window"), self.tr("Go to")
        booking = add(self.tr("Booking"), self.tr("New booking"), ("Ctrl+B",), self.new_booking, "calendar-plus")
        self.top.new.setEnabled(booking.isEnabled())
        rail = [key for key in self._kinds if key not in ("settings", "keys")]
        for number, key in enumerate(rail, 1):
            kind = self._kinds[key]
            add(go, kind.title(), (f"Ctrl+{number}",), lambda key=key: self.go(key), kind.icon)  # type: ignore[misc]
        add(go, self.tr("Settings"), ("Ctrl+,",), lambda: self.go("settings"), "settings")
        add(go, self.tr("Keys"), ("F1",), lambda: self.go("keys"), "keyboard")
        add(window, self.tr("Search or command"), ("Ctrl+K",), self.top.commands.begin, "search", findable=False)
        add(window, self.tr("Undo my last change"), ("Ctrl+Z",), self.undo, "undo-2")
        # The lock's own key is heard everywhere, in dialogs too: see `lock.IdleWatch`.
        lock = add(window, self.tr("Lock"), (), self.lock_asked.emit, "lock")
        lock.setProperty("avenraeKeys", self.tr("Ctrl+L"))
        add(window, self.tr("Larger"), ("Ctrl++", "Ctrl+="), self.look.larger, "zoom-in")
        add(window, self.tr("Smaller"), ("Ctrl+-",), self.look.smaller, "zoom-out")
        add(window, self.tr("Normal size"), ("Ctrl+0",), self.look.normal, "search")
        add(window, self.tr("Light or dark"), ("Ctrl+Shift+D",), self.look.toggle, "sun-moon")
        add(window, self.tr("Switch practice"), ("Ctrl+Shift+O",), self.switch_asked.emit, "folder-open")
        add(window, self.tr("Sign out"), (), self.sign_out_asked.emit, "log-out")
        add(window, self.tr("Quit"), ("Ctrl+Q",), lambda: self.window().close(), "power")

    def new_booking(self) -> None:
        """Book, whatever is on screen."""
        self.go("calendar")
        self._calendar().new_booking()

    def undo(self) -> None:
        """Take back my own last change."""
        self._runner.start(self._runner.do(Undo(), self), self)

    def _group(self) -> str:
        """The group of the actions of what is on screen."""
        return self._kinds[self.key].title()

    def _calls(self) -> Calls:
        return Calls(self.say, self.go, self.show_booking, self.book_client, self._machine)

    def open_client(self, hit: ClientHit) -> None:
        self.go("clients")
        panel = self.panel("clients")
        assert isinstance(panel, ClientsPanel)  # noqa: S101 - made by panels._clients
        panel.show_client(hit.uuid)

    def open_booking(self, hit: BookingHit) -> None:
        self.show_booking(hit.uuid, hit.starts_at)

    def show_booking(self, booking: UUID, starts_at: datetime) -> None:
        """Show a booking in the calendar."""
        self.go("calendar")
        self._calendar().show_booking(booking, starts_at)

    def book_client(self, client: UUID) -> None:
        """Book for a client."""
        self._runner.start(self._book_client(client), self)

    async def _book_client(self, client: UUID) -> None:
        found = await self._runner.ask(self._app.clients.detail, client)
        hit = ClientHit(found.uuid, found.name, found.date_of_birth, digits(found.phone)[-4:], found.email)
        self.go("calendar")
        self._calendar().new_booking(hit)

    def edit_hours(self) -> None:
        self.go("calendar")
        self._calendar().desk.edit_hours()

    def edit_time_off(self) -> None:
        self.go("calendar")
        self._calendar().desk.edit_time_off()

    def ways_to_take_up(self) -> "dict[str, TakeUp]":
        """Which forms can be opened again with what was not saved, by their kind."""
        may = self._app.actor.may
        return {
            kind: way
            for kind, needed, way in (
                ("booking", Permission.BOOK, self._take_up_booking),
                ("client", Permission.MANAGE_CLIENTS, self._take_up_client),
                ("service", Permission.MANAGE_SERVICES, self._take_up_service),
            )
            if may(needed)
        }

    async def _take_up_booking(self, draft: Draft) -> bool:
        self.go("calendar")
        return await self._calendar().desk.take_up(draft)

    async def _take_up_client(self, draft: Draft) -> bool:
        self.go("clients")
        panel = self.panel("clients")
        assert isinstance(panel, ClientsPanel)  # noqa: S101 - made by panels._clients
        return await panel.take_up(draft)

    async def _take_up_service(self, draft: Draft) -> bool:
        self.go("services")
        panel = self.panel("services")
        assert isinstance(panel, ServicesPanel)  # noqa: S101 - made by panels._services
        return await panel.take_up(draft)

    def _calendar(self) -> CalendarPanel:
        panel = self.panel("calendar")
        assert isinstance(panel, CalendarPanel)  # noqa: S101 - made by panels._calendar
        return panel

    # --- what was done ---------------------------------------------------------------------------
    def say(self, text: str, undoable: bool) -> None:
        """Tell what was done, with the way back where there is one."""
        if undoable:
            self._bar.tell(text, self.tr("Undo"), self.undo, self.tr("Ctrl+Z"))
        else:
            self._bar.tell(text)

    def _on_saved(self, command: Any, outcome: Outcome) -> None:
        self.status.show_saved(self._clock())
        if isinstance(command, Undo):
            self.say(undone_text(str(outcome.answer.get("undone", ""))), False)
        else:
            self.say(done_text(command), outcome.undoable)

    def _on_late(self, command: Any, _outcome: Outcome) -> None:
        self.status.show_saved(self._clock())
        text = self.tr("Saved after all: {what}").format(what=done_text(command))
        self._bar.tell(text, tone="positive", seconds=0)

    def _on_unsaved(self, command: Any, error: BaseException) -> None:
        """Nobody waits for it any more at the place where it was sent: then the window says it."""
        if not isinstance(error, AppError):
            self._runner.failed.emit(error)
            return
        what = " ".join(filter(None, problem_texts(error)[1:]))
        title = self.tr("Not saved: {what}").format(what=wish_text(command))
        self._bar.tell(what, tone="danger", seconds=0, title=title)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.concerns({"setting", "practice", "person"}):
            self.status.set_practice(self._app.settings().practice_name)
            self.status.who.setText(self._app.actor.name)
