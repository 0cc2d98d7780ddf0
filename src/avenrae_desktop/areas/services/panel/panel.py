"""Services on screen: search, list and pane; loads, reloads, and hands wishes on."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedLayout, QWidget

from avenrae_desktop.areas.services.dialogs import ServiceDialog
from avenrae_desktop.areas.services.domain import ArchiveService, RestoreService
from avenrae_desktop.areas.services.panel.bar import CategoryBar
from avenrae_desktop.areas.services.panel.detail import ServicePane
from avenrae_desktop.areas.services.queries import ServiceRow
from avenrae_desktop.areas.services.table_model import services_model
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
    from avenrae_desktop.areas.services.repository import ServiceReads

WATCHED = frozenset({"service", "room", "person", "practice", "setting"})


class ServicesPanel(QWidget):
    """The list of services: everybody may look, who may manage services may change them."""

    service_shown = Signal(object)
    """The uuid of the service in the pane."""

    def __init__(
        self,
        reads: "ServiceReads",
        runner: Runner,
        theme: Theme,
        may: Callable[[Permission], bool],
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._reads, self._runner, self._theme = reads, runner, theme
        self._may_edit = may(Permission.MANAGE_SERVICES)
        self._text, self._archived, self._currency = "", False, ""
        self._wanted: UUID | None = None
        self._stale = self._asks_currency = True
        self.model = services_model(runner, lambda: self._currency, self)
        self.table = Table(self.model, self.tr("Services"))
        self.table.setItemDelegateForColumn(0, CategoryBar(self.table))
        self.search = SearchBox(self.tr("Search services"))
        self.search.setToolTip(plain_tip(self.tr("Search services (Ctrl+F)")))
        self.which = SegmentedControl(
            self.tr("Which services"), [("active", self.tr("Offered")), ("archived", self.tr("Archived"))]
        )
        self.count = PlainLabel("", "muted")
        self.new = Button(self.tr("New service"), "primary", "plus")
        self.new.setToolTip(plain_tip(self.tr("New service (Ctrl+N)")))
        self.nothing = EmptyState(
            "file-text",
            self.tr("No services yet"),
            self.tr("Add what you offer: how long it takes, what it costs and who gives it."),
            self.tr("Add a service") if self._may_edit else None,
        )
        self.no_hit = EmptyState("search", "", "", self.tr("Show all"))
        self.none_archived = EmptyState(
            "archive", self.tr("No archived services"), self.tr("What is not offered any more stays here.")
        )
        self.pane = ServicePane(runner.link, may_edit=self._may_edit)
        self.bar_actions = self._actions()
        self._arrange()
        self._connect()
        self.setFocusProxy(self.search)

    def _actions(self) -> tuple[QAction, ...]:
        wishes: tuple[tuple[str, str, Callable[[], object], bool], ...] = (
            (self.tr("New service"), "Ctrl+N", self.add_service, self._may_edit),
            (self.tr("Search services"), "Ctrl+F", self.search.setFocus, True),
            (self.tr("Edit service"), "E", self.edit_service, self._may_edit),
            (self.tr("Archive service"), "Delete", self.archive_service, self._may_edit),
            (self.tr("Bring service back"), "R", self.restore_service, self._may_edit),
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
        for widget in (self.table, self.nothing, self.no_hit, self.none_archived):
            self._stack.addWidget(widget)
        head = row(PlainLabel(self.tr("Services"), "title"), self.count, None, self.which, self.new, spacing=12)
        left = column(head, self.search, spacing=12, margins=16)
        left.addWidget(holder, 1)
        whole = row(spacing=0)
        whole.addLayout(left, 1)
        whole.addWidget(line)
        whole.addWidget(self.pane)
        self.setLayout(whole)
        show_if(self.new, self._may_edit)

    def _connect(self) -> None:
        self.search.searched.connect(self._on_searched)
        self.search.down.connect(self._into_list)
        self.which.selected.connect(self._on_which)
        self.new.clicked.connect(self.add_service)
        self.nothing.acted.connect(self.add_service)
        self.no_hit.acted.connect(self.search.clear)
        self.table.row_selected.connect(self._on_selected)
        self.table.row_activated.connect(lambda _row: self.edit_service())
        self.model.loaded.connect(self._on_loaded)
        self.model.dataChanged.connect(lambda *_: self._on_selected(self.table.current_row()))
        self.pane.edit_asked.connect(self.edit_service)
        self.pane.archive_asked.connect(self.archive_service)
        self.pane.restore_asked.connect(self.restore_service)
        self._runner.changed.connect(self._on_changed)

    # --- what is shown --------------------------------------------------------------------------
    def show_service(self, service: UUID) -> None:
        """Put the cursor on a service, whatever was searched for before."""
        self._wanted, self._archived = service, False
        self.which.set_value("active")
        if self.search.text():
            self.search.clear()
        else:
            self._load()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._load()

    def _load(self) -> None:
        self._stale = False
        self._runner.start(self._show_list(), self)

    async def _show_list(self) -> None:
        if self._asks_currency:
            currency = (await self._runner.ask(self._reads.choices)).currency
            self._asks_currency = False
            if currency != self._currency:
                # The texts of prices are made once for each row.
                self._currency = currency
                self.model.set_rows(())
        self.model.show(partial(self._page, self._text, self._archived))

    def _page(self, text: str, archived: bool, after: tuple[object, ...] | None) -> Page[ServiceRow]:
        return self._reads.page(text, after, archived=archived)

    def _on_searched(self, text: str) -> None:
        self._text = text.strip()
        self._load()

    def _on_which(self, key: str) -> None:
        self._archived = key == "archived"
        self._load()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if not changes.concerns(WATCHED):
            return
        if changes.concerns({"practice", "setting"}):
            self._asks_currency = self._stale = True
        if not self.isVisible():
            self._stale = True
        elif self._stale:
            self._load()
        else:
            self.model.reload()

    def _on_loaded(self) -> None:
        rows = self.model.rows
        more = "+" if self.model.canFetchMore() else ""
        self.count.setText(f"{len(rows)}{more}" if rows else "")
        wanted, self._wanted = self._wanted, None
        if not rows:
            self._say_empty()
            return
        self._stack.setCurrentWidget(self.table)
        if wanted is not None and not self.table.select_key(wanted):
            self.table.setCurrentIndex(QModelIndex())
        elif self.table.current_row() is None:
            self.table.select_key(rows[0].uuid)

    def _say_empty(self) -> None:
        if self._text:
            self.no_hit.set_texts(self.tr("No service matches “{text}”").format(text=self._text))
            self._stack.setCurrentWidget(self.no_hit)
        else:
            self._stack.setCurrentWidget(self.none_archived if self._archived else self.nothing)
        self.pane.show_none(" ")

    def _on_selected(self, row: ServiceRow | None) -> None:
        if row is None:
            self.pane.show_none()
        else:
            self.pane.show_service(row, self._currency)
            self.service_shown.emit(row.uuid)

    def _into_list(self) -> None:
        if self.model.rows:
            self.table.setFocus(Qt.FocusReason.TabFocusReason)
            if self.table.current_row() is None:
                self.table.select_key(self.model.row(0).uuid)

    # --- what is done ---------------------------------------------------------------------------
    def add_service(self) -> None:
        """Open the dialog for a new service."""
        if self._may_edit:
            self._runner.start(self._open(None), self)

    def edit_service(self) -> None:
        """Edit the chosen service."""
        service = self.pane.service
        if self._may_edit and service is not None and not service.archived:
            self._runner.start(self._open(service), self)

    def archive_service(self) -> None:
        """Archive the chosen service; undo brings it back."""
        service = self.pane.service
        if self._may_edit and service is not None and not service.archived:
            command = ArchiveService(service=service.uuid, version=service.version)
            self._runner.start(self._runner.do(command, self), self)

    def restore_service(self) -> None:
        """Offer the chosen archived service again."""
        service = self.pane.service
        if self._may_edit and service is not None and service.archived:
            command = RestoreService(service=service.uuid, version=service.version)
            self._runner.start(self._runner.do(command, self), self)

    async def take_up(self, draft: Draft) -> bool:
        """Open the form of a draft and wait until it is closed; False where it was saved after all."""
        plain = draft.values["detail"]
        stored = await self._stored(UUID(draft.values["service"]))
        if plain is None and stored is not None:
            return False
        return await self._open(None if plain is None else row_from_plain(ServiceRow, plain), draft, stored)

    async def _stored(self, service: UUID) -> ServiceRow | None:
        try:
            return await self._runner.ask(self._reads.detail, service)
        except NotFound:
            return None

    async def _open(
        self, service: ServiceRow | None, draft: Draft | None = None, stored: ServiceRow | None = None
    ) -> bool:
        choices = await self._runner.ask(self._reads.choices)
        dialog = ServiceDialog(self._reads, self._runner, choices, self, detail=service)
        if draft is not None:
            dialog.fill_from(draft)
            if stored is not None and dialog.says(stored):
                dialog.deleteLater()
                return False
        if await ask(dialog) and dialog.saved is not None:
            if service is None:
                self.show_service(dialog.saved)
            self.table.setFocus()
        dialog.deleteLater()
        return True
