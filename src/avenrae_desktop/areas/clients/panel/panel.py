"""Clients on screen: search, list and pane; loads, reloads, and hands wishes on."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from avenrae_desktop.areas.clients.dialogs import ClientDialog
from avenrae_desktop.areas.clients.domain import ArchiveClient, RestoreClient
from avenrae_desktop.areas.clients.panel.detail import ClientPane
from avenrae_desktop.areas.clients.queries import ClientDetail, ClientRow
from avenrae_desktop.areas.clients.table_model import clients_model
from avenrae_desktop.areas.clients.words import local_today
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.codec import row_from_plain
from avenrae_desktop.kernel.errors import NotFound
from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.kernel.paging import Page
from avenrae_desktop.qtkit.dialogs import ask
from avenrae_desktop.qtkit.dialogs.draft import Draft
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.table import Table
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.widgets import (
    Button,
    EmptyState,
    PlainLabel,
    SearchBox,
    SegmentedControl,
    column,
    plain_tip,
    row,
    show_if,
)

if TYPE_CHECKING:
    from avenrae_desktop.areas.clients.repository import ClientReads

WATCHED = frozenset({"client"})
WATCHED_BY_PANE = frozenset({"client", "person"})


class ClientsPanel(QWidget):
    """The list of clients. `history` makes the widget that shows one client's bookings in the pane."""

    book_requested = Signal(object)
    """The uuid of the client to book."""

    def __init__(
        self,
        reads: "ClientReads",
        runner: Runner,
        theme: Theme,
        may: Callable[[Permission], bool],
        *,
        history: Callable[[UUID], QWidget] | None = None,
        today: Callable[[], date] = local_today,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._reads, self._runner, self._theme, self._today = reads, runner, theme, today
        self._may_edit = may(Permission.MANAGE_CLIENTS)
        self._may_book = may(Permission.BOOK)
        self._text, self._archived = "", False
        self._wanted: UUID | None = None
        self._stale = self._another = True
        self.model = clients_model(runner, self)
        self.table = Table(self.model, self.tr("Clients"))
        self.search = SearchBox(self.tr("Search by name, phone or e-mail"))
        self.search.setToolTip(plain_tip(self.tr("Search clients (Ctrl+F)")))
        self.which = SegmentedControl(
            self.tr("Which clients"), [("active", self.tr("Active")), ("archived", self.tr("Archived"))]
        )
        self.count = PlainLabel("", "muted")
        self.new = Button(self.tr("New client"), "primary", "plus")
        self.new.setToolTip(plain_tip(self.tr("New client (Ctrl+N)")))
        self.nobody = EmptyState(
            "users",
            self.tr("No clients yet"),
            self.tr("Add the first one; a last name is all it takes."),
            self.tr("Add a client"),
        )
        self.no_hit = EmptyState("search", "", self.tr("Part of a name, phone or e-mail is enough."), " ")
        self.none_archived = EmptyState(
            "archive", self.tr("No archived clients"), self.tr("Clients who are archived stay here, with history.")
        )
        self.pane = ClientPane(runner.link, today, history, may_edit=self._may_edit, may_book=self._may_book)
        self.bar_actions = self._actions()
        self._arrange()
        self._connect()
        self.setFocusProxy(self.search)

    def _actions(self) -> tuple[QAction, ...]:
        wishes: tuple[tuple[str, str, Callable[[], object], bool], ...] = (
            (self.tr("New client"), "Ctrl+N", self.add_client, self._may_edit),
            (self.tr("Search clients"), "Ctrl+F", self.search.setFocus, True),
            (self.tr("Edit client"), "E", self.edit_client, self._may_edit),
            (self.tr("Book this client"), "B", self.book_client, self._may_book),
            (self.tr("Archive client"), "Delete", self.archive_client, self._may_edit),
            (self.tr("Bring client back"), "R", self.restore_client, self._may_edit),
        )
        return tuple(self._action(*wish) for wish in wishes)

    def _action(self, text: str, key: str, do: Callable[[], object], enabled: bool) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _=False: do())
        action.setEnabled(enabled)
        # Letters work in the list and the pane only; a key with Ctrl works everywhere in the panel.
        for place in (self,) if key.startswith("Ctrl") else (self.table, self.pane):
            place.addAction(action)
        return action

    def _arrange(self) -> None:
        line = QFrame()
        line.setProperty("role", "divider")
        line.setFixedWidth(1)
        line.setMaximumHeight(16_777_215)
        # A stacked layout without a widget would show its first one as a window of its own.
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        for widget in (self.table, self.nobody, self.no_hit, self.none_archived):
            self._stack.addWidget(widget)
        head = row(PlainLabel(self.tr("Clients"), "title"), self.count, None, self.which, self.new, spacing=12)
        left = column(head, self.search, spacing=12, margins=16)
        left.addWidget(holder, 1)
        whole = row(spacing=0)
        whole.addLayout(left, 1)
        whole.addWidget(line)
        whole.addWidget(self.pane)
        self.setLayout(whole)
        show_if(self.new, self._may_edit)
        for empty in (self.nobody, self.no_hit):
            if empty.action is not None:
                empty.action.setEnabled(self._may_edit)

    def _connect(self) -> None:
        self.search.searched.connect(self._on_searched)
        self.search.down.connect(self._into_list)
        self.which.selected.connect(self._on_which)
        self.new.clicked.connect(self.add_client)
        self.nobody.acted.connect(self.add_client)
        self.no_hit.acted.connect(lambda: self.add_client(self._text))
        self.table.row_selected.connect(self._on_selected)
        self.table.row_activated.connect(lambda _row: self.edit_client())
        self.model.loaded.connect(self._on_loaded)
        self.pane.book_asked.connect(self.book_client)
        self.pane.edit_asked.connect(self.edit_client)
        self.pane.archive_asked.connect(self.archive_client)
        self.pane.restore_asked.connect(self.restore_client)
        self._runner.changed.connect(self._on_changed)

    # --- what is shown --------------------------------------------------------------------------
    def show_client(self, client: UUID) -> None:
        """Put the cursor on a client, whatever was searched for before; the pane shows them at once."""
        self._wanted = client
        self.search.clear()
        self._runner.start(self._show(client), self)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._load()

    def _load(self) -> None:
        self._stale, self._another = False, True
        self.model.show(partial(self._page, self._text, self._archived))

    def _page(self, text: str, archived: bool, after: tuple[object, ...] | None) -> Page[ClientRow]:
        return self._reads.page(text, after, archived=archived)

    def _on_searched(self, text: str) -> None:
        self._text = text.strip()
        self._load()

    def _on_which(self, key: str) -> None:
        self._archived = key == "archived"
        self._load()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.concerns(WATCHED):
            if self.isVisible():
                self.model.reload()
            else:
                self._stale = True
        if self.pane.detail is not None and changes.concerns(WATCHED_BY_PANE):
            self._runner.start(self._show(self.pane.detail.uuid), self)

    def _on_loaded(self) -> None:
        rows = self.model.rows
        more = "+" if self.model.canFetchMore() else ""
        self.count.setText(f"{len(rows)}{more}" if rows else "")
        if rows:
            self._stack.setCurrentWidget(self.table)
            if self._wanted is not None:
                self._find(self._wanted)
            elif self.table.current_row() is None and (self._another or self.pane.detail is None):
                self.table.select_key(rows[0].uuid)
        else:
            self._say_empty()
        self._wanted, self._another = None, False

    def _find(self, client: UUID) -> None:
        """Put the cursor there; somebody further down than what was read is shown in the pane alone."""
        if not self.table.select_key(client):
            self.table.setCurrentIndex(QModelIndex())
            self._runner.start(self._show(client), self)

    def _say_empty(self) -> None:
        if self._text:
            self.no_hit.set_texts(
                self.tr("No client matches “{text}”").format(text=self._text),
                self.tr("Part of a name, phone or e-mail is enough."),
            )
            if self.no_hit.action is not None:
                self.no_hit.action.setText(self.tr("Add “{text}”").format(text=self._text[:40]))
            self._stack.setCurrentWidget(self.no_hit)
        else:
            self._stack.setCurrentWidget(self.none_archived if self._archived else self.nobody)
        self.pane.show_nobody(" ")

    def _on_selected(self, row: ClientRow | None) -> None:
        if row is None:
            self.pane.show_nobody()
        else:
            self._runner.start(self._show(row.uuid), self)

    async def _show(self, client: UUID) -> None:
        try:
            detail = await self._runner.ask(self._reads.detail, client, key=("clients.detail", id(self)))
        except NotFound:
            self.pane.show_nobody()
        else:
            self.pane.show_client(detail)

    def _into_list(self) -> None:
        if self.model.rows:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            if self.table.current_row() is None:
                self.table.select_key(self.model.row(0).uuid)

    # --- what is done ---------------------------------------------------------------------------
    def add_client(self, name: str | bool = "") -> None:
        """Open the dialog for a new client, beginning with `name`."""
        if self._may_edit:
            self._runner.start(self._add(name if isinstance(name, str) else ""), self)

    def edit_client(self) -> None:
        """Edit the chosen client."""
        detail = self.pane.detail
        if self._may_edit and detail is not None and not detail.archived:
            self._runner.start(self._edit(detail), self)

    def book_client(self) -> None:
        """Hand the chosen client on to be booked."""
        detail = self.pane.detail
        if self._may_book and detail is not None and not detail.archived:
            self.book_requested.emit(detail.uuid)

    def archive_client(self) -> None:
        """Archive the chosen client; undo brings them back."""
        detail = self.pane.detail
        if self._may_edit and detail is not None and not detail.archived:
            command = ArchiveClient(client=detail.uuid, version=detail.version)
            self._runner.start(self._runner.do(command, self), self)

    def restore_client(self) -> None:
        """Bring the chosen archived client back."""
        detail = self.pane.detail
        if self._may_edit and detail is not None and detail.archived:
            command = RestoreClient(client=detail.uuid, version=detail.version)
            self._runner.start(self._runner.do(command, self), self)

    async def take_up(self, draft: Draft) -> bool:
        """Open the form of a draft and wait until it is closed; False where it was saved after all."""
        stored = await self._stored(UUID(draft.values["client"]))
        plain = draft.values["detail"]
        if plain is None:
            if stored is not None:
                return False
            await self._add("", draft)
            return True
        dialog = self._dialog(row_from_plain(ClientDetail, plain))
        dialog.fill_from(draft)
        if stored is not None and dialog.says(stored):
            dialog.deleteLater()
            return False
        await self._ask_edited(dialog)
        return True

    async def _stored(self, client: UUID) -> ClientDetail | None:
        try:
            return await self._runner.ask(self._reads.detail, client)
        except NotFound:
            return None

    async def _add(self, name: str, draft: Draft | None = None) -> None:
        dialog = ClientDialog(self._reads, self._runner, self, name=name, today=self._today)
        if draft is not None:
            dialog.fill_from(draft)
        if await ask(dialog) and dialog.saved is not None:
            self._reveal(dialog.saved)
        dialog.deleteLater()

    async def _edit(self, detail: ClientDetail) -> None:
        await self._ask_edited(self._dialog(detail))

    def _dialog(self, detail: ClientDetail) -> ClientDialog:
        return ClientDialog(self._reads, self._runner, self, detail=detail, today=self._today)

    async def _ask_edited(self, dialog: ClientDialog) -> None:
        if await ask(dialog):
            self.table.setFocus()
        dialog.deleteLater()

    def _reveal(self, client: UUID) -> None:
        self._archived = False
        self.which.set_value("active")
        self.show_client(client)
        if not self._text:
            self._load()
        self.table.setFocus()
