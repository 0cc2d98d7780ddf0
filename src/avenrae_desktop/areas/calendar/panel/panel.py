"""The calendar on screen: header, grid, pane; loads, reloads, and hands wishes on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QWidget

from avenrae_desktop.areas.accounts.practice_settings import PracticeSettings
from avenrae_desktop.areas.accounts.queries import HealerRow
from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.actions import may_follow
from avenrae_desktop.areas.calendar.cards import Scope, now_of, opening_minute
from avenrae_desktop.areas.calendar.detail import DetailPane
from avenrae_desktop.areas.calendar.dialogs import Prefill
from avenrae_desktop.areas.calendar.panel.desk import Desk
from avenrae_desktop.areas.calendar.panel.grid import Grid
from avenrae_desktop.areas.calendar.panel.header import Header
from avenrae_desktop.areas.calendar.panel.hints import EmptyHint
from avenrae_desktop.areas.calendar.panel.keys import panel_actions, step_actions
from avenrae_desktop.areas.calendar.panel.loading import Drawing, Loaded, Sources, load
from avenrae_desktop.areas.calendar.panel.memory import Kept, Memory, no_memory
from avenrae_desktop.areas.calendar.panel.minute import MinuteHand
from avenrae_desktop.areas.calendar.panel.moves import Moves
from avenrae_desktop.areas.calendar.panel.refusal import RefusalBar
from avenrae_desktop.areas.calendar.panel.scope import Mode, View, Wanted
from avenrae_desktop.areas.calendar.panel.waiting import Waiting
from avenrae_desktop.areas.calendar.queries import BookingRow
from avenrae_desktop.areas.clients.queries import ClientHit
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.identity import Actor, Permission
from avenrae_desktop.kernel.time import Clock, utc_now, wall_of, zone_of
from avenrae_desktop.qtkit.calendar_view import CalendarView
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.widgets import column, row

if TYPE_CHECKING:
    from avenrae_desktop.areas.accounts.repository import AccountReads
    from avenrae_desktop.areas.calendar.repository import CalendarReads
    from avenrae_desktop.areas.clients.repository import ClientReads
    from avenrae_desktop.areas.services.repository import ServiceReads

WATCHED = frozenset({"booking", "block", "hours", "service", "client", "person", "room", "practice", "setting"})
_PEOPLE = frozenset({"person", "service", "practice", "setting"})


class CalendarPanel(QWidget):
    """Week and day view. `said` tells the window what was done, and whether it can be taken back."""

    said = Signal(str, bool)
    services_requested = Signal()
    people_requested = Signal()

    def __init__(
        self,
        reads: "CalendarReads",
        accounts: "AccountReads",
        clients: "ClientReads",
        services: "ServiceReads",
        runner: Runner,
        theme: Theme,
        settings: Callable[[], PracticeSettings],
        actor: Actor,
        *,
        clock: Clock = utc_now,
        memory: Memory | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sources = Sources(reads, accounts, clients, services)
        self._runner, self._settings, self._actor, self._clock = runner, settings, actor, clock
        self.may_book = actor.may(Permission.BOOK)
        self._loaded: Loaded | None = None
        self._stale = True
        self._wanted: Wanted | None = None
        self._rows: Mapping[str, BookingRow] = {}
        self._day_shown = self.today()
        self._view = View("week", self.today(), actor.healer)
        self._chosen_by_hand = False
        self._memory = memory or no_memory()
        self.header = Header()
        self.view = CalendarView(theme, name=self.tr("Calendar"))
        self.view.set_time_text(words.minute_text)
        self.hint = EmptyHint(self.view, self)
        self.waiting = Waiting(self.view, self)
        self.refusal = RefusalBar()
        self.moves = Moves(self, self.view, self.refusal, runner, actor)
        self.pane = DetailPane(reads, runner, self.zone, self._currency, clock, may_book=self.may_book)
        self.desk = Desk(self, self._sources, runner, settings, actor, clock)
        self.grid = Grid(self, self.view, self.moves, self.desk)
        self._recall()
        self._arrange()
        self._connect()
        self.steps = step_actions(self._step, self)
        self.bar_actions = panel_actions(self, may_manage=actor.may(Permission.MANAGE_HOURS))
        self.setFocusProxy(self.view)
        self._hand = MinuteHand(clock, runner.woke, self)
        self._hand.struck.connect(self._on_minute)

    def _arrange(self) -> None:
        line = QFrame()
        line.setProperty("role", "divider")
        line.setFixedWidth(1)
        line.setMaximumHeight(16_777_215)
        left = column(self.header, self.view, self.refusal, spacing=12, margins=16)
        left.setStretch(1, 1)
        whole = row(spacing=0)
        whole.addLayout(left, 1)
        whole.addWidget(line)
        whole.addWidget(self.pane)
        self.setLayout(whole)

    def _connect(self) -> None:
        header, view = self.header, self.view
        header.turned.connect(self.turn)
        header.today_asked.connect(self.go_today)
        header.mode_chosen.connect(lambda mode: self.set_mode(cast("Mode", mode)))
        header.healer_chosen.connect(self.set_healer)
        header.cancelled_toggled.connect(self.set_cancelled)
        header.new_asked.connect(self.new_booking)
        view.installEventFilter(self)
        view.selected.connect(lambda _key: self._refresh_pane())
        view.activated.connect(lambda _key: self.pane.focus_first())
        view.page_requested.connect(self.turn)
        view.today_requested.connect(self.go_today)
        self.hint.acted.connect(self._on_hint)
        self.pane.step_asked.connect(self._step)
        self.pane.booking_chosen.connect(self.show_booking)
        self.pane.left.connect(lambda: view.setFocus(Qt.FocusReason.OtherFocusReason))
        self._runner.changed.connect(self._on_changed)

    # --- as it was left --------------------------------------------------------------------------
    def _recall(self) -> None:
        kept = self._memory.recall()
        if kept is not None:
            self._view = replace(self._view, mode=kept.mode, healer=kept.healer)
            self._chosen_by_hand = True
            self.view.set_hour_height(kept.hour_height)

    def _keep(self) -> None:
        if self._loaded is not None:
            self._memory.keep(Kept(self._view.mode, self._view.healer, self.view.hour_height()))

    # --- where and when ------------------------------------------------------------------------
    def zone(self) -> ZoneInfo:
        return zone_of(self._settings().time_zone)

    def today(self) -> date:
        return wall_of(self._clock(), self.zone()).date()

    def _currency(self) -> str:
        return self._settings().currency

    @property
    def scope(self) -> Scope | None:
        """What the board on screen covers; None before the first one."""
        return self._loaded.scope if self._loaded is not None else None

    def row(self, key: str) -> BookingRow | None:
        """The booking behind a card."""
        return self._rows.get(key)

    @property
    def shown(self) -> View:
        """What is looked at now."""
        return self._view

    def look_at(self, view: View) -> None:
        """Look at something else."""
        if view != self._view:
            self._view = view
            self._chosen_by_hand = True
            self.refusal.dismiss()
            self.reload()

    def turn(self, pages: int) -> None:
        """Weeks or days on or back."""
        self.look_at(self._view.turned(pages))

    def go_today(self) -> None:
        """To today, and to the hour of now."""
        now = wall_of(self._clock(), self.zone())
        if self._loaded is not None and self._loaded.scope.shows(now.date()):
            self.view.scroll_to(max(0, now.hour * 60 + now.minute - 90))
        self.look_at(replace(self._view, day=now.date()))

    def set_mode(self, mode: Mode) -> None:
        """Day or week; a day opens on today where today is in the week."""
        scope = self._loaded.scope if self._loaded is not None else None
        day = self._view.day
        if mode == "day" and scope is not None and self._view.mode == "week":
            column = self._chosen_column()
            if column is not None:
                day = scope.first_day + timedelta(days=column)
            elif scope.shows(self.today()):
                day = self.today()
        self.look_at(replace(self._view, mode=mode, day=day))

    def set_healer(self, healer: UUID | None) -> None:
        """One healer's calendar, or (None) everybody's."""
        self.look_at(replace(self._view, healer=healer))

    def set_cancelled(self, shown: bool) -> None:
        """With or without cancelled bookings."""
        self.look_at(replace(self._view, cancelled=shown))

    def show_booking(self, booking: UUID, starts_at: datetime) -> None:
        """Go to a booking and choose it, whosever it is and whatever became of it."""
        self.select_after(booking, wall_of(starts_at, self.zone()).date())

    def select_after(self, booking: UUID, day: date, healer: UUID | None = None) -> None:
        """Choose a booking as soon as the board that has it is there; `healer` is whose it is, where known."""
        self._wanted = Wanted(booking, day)
        view = replace(self._view, day=day) if not self._shows(day) else self._view
        if healer is not None and view.healer is not None:
            view = replace(view, healer=healer)
        if view != self._view:
            self.look_at(view)
        elif not self._choose_wanted():
            self.reload()

    def _shows(self, day: date) -> bool:
        return self._loaded is not None and self._loaded.scope.shows(day)

    def new_booking(self, client: ClientHit | None = None) -> None:
        """Book: at the time cursor if there is one, else at the next free time."""
        if not self.may_book:
            return
        if self.view.time_cursor is not None and client is None:
            self.view.create_at_cursor()
        else:
            self.desk.book(Prefill(client=client, healer=self._view.healer))

    def _chosen_column(self) -> int | None:
        row = self.view.current_row()
        if self.view.time_cursor is not None:
            return self.view.time_cursor[0]
        return self.view.board.cards[row].column if row >= 0 else None

    # --- loading ---------------------------------------------------------------------------------
    def reload(self) -> None:
        """Read again what is on show; scroll and choice stay."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        self._runner.start(self._reload(), self)

    async def _reload(self) -> None:
        week_starts_on, view, first = self._settings().week_starts_on, self._view, self._loaded is None
        drawing = Drawing(self.zone(), self._clock, self.view.blueprint())

        def scope_of(healers: tuple[HealerRow, ...]) -> Scope:
            as_day = first and self._prefers_day(healers)
            wanted = replace(view, mode="day") if as_day else view
            return wanted.scope(healers, week_starts_on, may_book=self.may_book)

        read = partial(load, self._sources, scope_of, drawing, cancelled=view.cancelled, known=self._loaded)
        if first:
            self.waiting.begin()
        try:
            loaded = await self._runner.ask(read, key=("calendar.board", id(self)))
        except AppError:
            self.waiting.end()
            raise
        if first and self._prefers_day(loaded.healers):
            self._view = replace(view, mode="day")
        first, self._loaded = self._loaded is None or not self._rows, loaded
        self._show(loaded, opening=first)

    def _prefers_day(self, healers: Sequence[HealerRow]) -> bool:
        """Several people's week in one is a crowd: who is no healer begins with a day in columns."""
        own = any(healer.uuid == self._actor.healer for healer in healers)
        return not own and len(healers) > 1 and not self._chosen_by_hand

    def _show(self, loaded: Loaded, *, opening: bool) -> None:
        scope = loaded.scope
        self.waiting.end()
        self._rows, board = loaded.picture.rows, loaded.picture.board
        morning = opening_minute(board, self._settings().day_starts) if opening else None
        self.view.set_board(board, morning, loaded.picture.laid_out)
        self.moves.show_busy()
        known = {healer.uuid for healer in loaded.healers}
        self.header.show_healers(loaded.healers, self._view.healer if self._view.healer in known else None)
        self.header.show_cancelled(self._view.cancelled)
        self.header.show_days(scope.first_day, scope.last_day, self._view.mode)
        self.hint.show_for(
            loaded, whole_day=self._view.mode == "day", may_manage=self._actor.may(Permission.MANAGE_SERVICES)
        )
        if not self._choose_wanted():
            self._refresh_pane()
            self._widen(scope)

    def _choose_wanted(self) -> bool:
        """Choose what was booked or asked for, once it is on the board."""
        if self._wanted is None or not self.view.select_key(str(self._wanted.booking)):
            return False
        self._wanted = None
        self._refresh_pane()
        return True

    def _widen(self, scope: Scope) -> None:
        """What is wanted is not on its day's board: perhaps it is somebody else's, perhaps it was cancelled."""
        if self._wanted is None or not scope.shows(self._wanted.day):
            return
        if self._view.healer is not None:
            self.look_at(replace(self._view, healer=None))
        elif not self._view.cancelled:
            self.look_at(replace(self._view, cancelled=True))
        else:
            self._wanted = None

    def _refresh_pane(self) -> None:
        row = self._rows.get(self.view.current_key())
        if row is None:
            self.pane.show_today(self._view.healer)
        else:
            self.pane.show_booking(row)
        for name, each in self.steps.items():
            each.setEnabled(row is not None and self.may_book and may_follow(name, row.status))

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if not changes.concerns(WATCHED):
            return
        if changes.concerns(_PEOPLE) and self._loaded is not None:
            self._runner.start(self._forget_people(), self)
        else:
            self.reload()

    async def _forget_people(self) -> None:
        """Healers and services may be others now."""
        healers = await self._runner.ask(self._sources.accounts.healers)
        services = await self._runner.ask(self._sources.services.all)
        if self._loaded is not None:
            self._loaded = replace(self._loaded, healers=healers, has_services=bool(services))
        self.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.reload()
        self._hand.start()
        if self._loaded is None:
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._hand.stop()
        if not event.spontaneous():
            self._keep()

    # --- the clock -------------------------------------------------------------------------------
    def _on_minute(self) -> None:
        if self._loaded is not None:
            self.view.set_now(now_of(self._loaded.scope, self.zone(), self._clock()))
        today = self.today()
        if today != self._day_shown:
            was_on_it = self._view.day == self._day_shown
            self._day_shown = today
            if was_on_it:
                self._view = replace(self._view, day=today)
            self.reload()
        elif self.pane.shown is None:
            self.pane.show_today(self._view.healer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The grid would book where a person looks; without a time cursor the next free time is meant.
        plain = isinstance(event, QKeyEvent) and event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.type() == QEvent.Type.KeyPress and cast("QKeyEvent", event).key() == Qt.Key.Key_N:
            self.new_booking()
            return True
        return super().eventFilter(watched, event)

    # --- what is done to the chosen booking ----------------------------------------------------------
    def _step(self, name: str) -> None:
        row = self._rows.get(self.view.current_key())
        if row is not None and self.may_book and may_follow(name, row.status):
            self.desk.step(name, row)

    def _on_hint(self, way: str) -> None:
        if way == "hours":
            self.desk.edit_hours()
        elif way == "services":
            self.services_requested.emit()
        else:
            self.people_requested.emit()

    def healer_in_view(self) -> UUID | None:
        """Whose calendar is looked at, None for everybody's."""
        return self._view.healer
