"""Adding and editing a client. Likely duplicates show while typing and are asked about once before saving."""

import contextlib
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.clients.dialogs.boxes import AlikeBox
from avenrae_desktop.areas.clients.dialogs.form import IDENTITY, NAMES, ClientForm
from avenrae_desktop.areas.clients.domain import AddClient, ArchiveClient, ClientFields, EditClient, RestoreClient
from avenrae_desktop.areas.clients.problems import ADDED_TWICE, LOOKS_ALIKE
from avenrae_desktop.areas.clients.queries import ClientDetail, ClientHit
from avenrae_desktop.areas.clients.words import local_today
from avenrae_desktop.kernel.codec import row_to_plain
from avenrae_desktop.kernel.errors import AppError, RuleBroken, Unavailable
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.dialogs.draft import Draft, plain_in, put_plain
from avenrae_desktop.qtkit.dialogs.version import EditedVersion
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import labelled, row

if TYPE_CHECKING:
    from avenrae_desktop.areas.clients.repository import ClientReads

_PAUSE_MS = 250


class ClientDialog(FormDialog):
    """Add a client, beginning with `name` as it was typed elsewhere; or edit the one of `detail`.

    Afterwards `saved` is the client's uuid; `used_existing` says that it is one who was there already.
    """

    draft_kind = "client"

    def __init__(
        self,
        reads: "ClientReads",
        runner: Runner,
        parent: QWidget | None = None,
        *,
        name: str = "",
        detail: ClientDetail | None = None,
        today: Callable[[], date] = local_today,
    ) -> None:
        title = self.tr("New client") if detail is None else self.tr("Edit client")
        action = self.tr("Add client") if detail is None else self.tr("Save")
        super().__init__(title, runner, parent, action_text=action, width=600)
        self._reads = reads
        self._client = new_uuid() if detail is None else detail.uuid
        self._waiting_healer: Any = None
        self._accepted: frozenset[UUID] = frozenset()
        self._has_twin = False
        self.saved: UUID | None = None
        self.used_existing = False
        self.form = ClientForm(today, self)
        self.alike = AlikeBox(may_use=detail is None)
        self._version = None if detail is None else self._follow(detail)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._build()
        self._connect()
        if detail is None:
            self.form.show_typed(name)
        else:
            self.form.show_detail(detail)
            self.about = detail.name
        self.mark_clean()

    def _build(self) -> None:
        self.body.setSpacing(self.body.spacing() * 3 // 4)
        first, contact, person, emergency = self.form.lines()
        for line in (first, contact):
            self.body.addLayout(line)
        self.body.addWidget(self.alike)
        self.body.addLayout(person)
        healer = row(labelled(self.tr("Preferred &healer"), self.form.preferred_healer))
        self.body.addLayout(healer)
        self.body.addLayout(emergency)
        self.body.addWidget(labelled(self.tr("N&ote"), self.form.note))
        self.body.addStretch(1)
        for field in NAMES:
            self.register(field, self.form.widget(field))

    def _follow(self, detail: ClientDetail) -> EditedVersion:
        read = partial(self._reads.detail, detail.uuid)
        record = ("client", detail.uuid)
        version = EditedVersion(self, self._runner, record, detail, self.form.fields(), read)
        self.edits(*record, version)
        return version

    @property
    def _detail(self) -> ClientDetail | None:
        """The client as they were read last; None while a new one is added."""
        if self._version is None:
            return None
        row: ClientDetail = self._version.row
        return row

    def _connect(self) -> None:
        for field in IDENTITY:
            self.form.widget(field).textChanged.connect(self._pause.start)  # type: ignore[attr-defined]
        self._pause.timeout.connect(lambda: self._runner.start(self._look(), self))
        self.alike.used.connect(lambda hit: self._runner.start(self._use(hit), self))
        self.alike.save_anyway.connect(self._save_anyway)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._runner.start(self._load_healers(), self)
        if self.form.last_name.text() and not self.form.first_name.text():
            self.form.first_name.setFocus()

    def done(self, result: int) -> None:
        self._pause.stop()
        super().done(result)

    async def _load_healers(self) -> None:
        healers = await self._runner.ask(self._reads.healers)
        detail = self._detail
        kept = None if detail is None else (detail.preferred_healer_name, detail.preferred_healer)
        self.form.set_healers(healers, kept if kept is not None and kept[1] is not None else None)
        if self._waiting_healer is not None:
            put_plain(self.form.preferred_healer, self._waiting_healer)
            self._waiting_healer = None

    # --- in another run ---------------------------------------------------------------------------
    def draft_values(self) -> dict[str, Any]:
        detail = self._detail
        return {
            "client": str(self._client),
            "detail": None if detail is None else row_to_plain(detail),
            "fields": {field: plain_in(self.form.widget(field)) for field in NAMES},
        }

    def fill_from(self, draft: Draft) -> None:
        """Fill in what was not saved. Before the form is shown; raises KeyError, TypeError or ValueError."""
        self._client = UUID(draft.values["client"])
        for field in NAMES:
            put_plain(self.form.widget(field), draft.values["fields"][field])
        # The healers come only when the form is shown.
        self._waiting_healer = draft.values["fields"]["preferred_healer"]
        self.take_up(draft.id)
        if self._version is not None:
            self._version.look_soon()

    def says(self, detail: ClientDetail) -> bool:
        """Whether all that stands in the form is stored so."""
        return all(self.form.value(field) == getattr(detail, field) for field in NAMES)

    # --- likely duplicates ----------------------------------------------------------------------
    async def _look(self) -> None:
        self.alike.show_hits(await self._find_alike())

    async def _find_alike(self) -> tuple[ClientHit, ...]:
        if not self._identity_changed():
            return ()
        value = self.form.value
        return await self._runner.ask(
            self._reads.duplicates,
            value("first_name"),
            value("last_name"),
            value("date_of_birth"),
            value("phone"),
            value("email"),
            self._client,
        )

    def _identity_changed(self) -> bool:
        detail = self._detail
        return detail is None or any(self.form.value(name) != getattr(detail, name) for name in IDENTITY)

    async def _check_twins(self, known: frozenset[UUID]) -> None:
        """Somebody at another desk may have added the same client after this one looked."""
        with contextlib.suppress(Unavailable):
            twins = [hit for hit in await self._find_alike() if hit.uuid not in known]
            if twins:
                self._has_twin = True
                self.alike.show_hits(twins)
                raise RuleBroken(ADDED_TWICE, name=twins[0].name)

    def _save_anyway(self) -> None:
        if self._has_twin:
            self.accept()
            return
        self._accepted |= {hit.uuid for hit in self.alike.hits}
        self.submit()

    async def _use(self, hit: ClientHit) -> None:
        try:
            if self._has_twin:
                mine = await self._runner.ask(self._reads.detail, self._client)
                await self._runner.do(ArchiveClient(client=self._client, version=mine.version), self)
            if hit.archived:
                detail = await self._runner.ask(self._reads.detail, hit.uuid)
                await self._runner.do(RestoreClient(client=hit.uuid, version=detail.version), self)
        except AppError as error:
            self.show_error(error)
            return
        self.saved, self.used_existing = hit.uuid, True
        self.mark_clean()
        self.accept()

    # --- saving ---------------------------------------------------------------------------------
    async def save(self) -> None:
        if self._has_twin:
            return
        fields = self.form.values()
        self._pause.stop()
        alike = await self._find_alike()
        self.alike.show_hits(alike)
        if not {hit.uuid for hit in alike} <= self._accepted:
            raise RuleBroken(LOOKS_ALIKE, count=len(alike))
        await self._runner.do(self._command(fields), self)
        self.saved = self._client
        if self._version is None:
            self.mark_clean()
            await self._check_twins(frozenset(hit.uuid for hit in alike))

    def _command(self, fields: ClientFields) -> AddClient | EditClient:
        values = {name: getattr(fields, name) for name in NAMES}
        if self._version is None:
            return AddClient(client=self._client, **values)
        return EditClient(client=self._client, version=self._version.version, **values)

    def show_error(self, error: AppError) -> None:
        if error.problem is LOOKS_ALIKE:
            self.clear_error()
            self.alike.ask()
        elif error.problem is ADDED_TWICE:
            self.clear_error()
            self.alike.ask_twin()
        else:
            super().show_error(error)
