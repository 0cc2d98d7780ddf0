"""Book: who, what, with whom, when. Free times first; everything typed stays when something is refused."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.dialogs.closing import thrown_away
from avenrae_desktop.areas.calendar.dialogs.offer import For, Offer, hit_of, read_habits
from avenrae_desktop.areas.calendar.dialogs.when import WhenBox
from avenrae_desktop.areas.calendar.domain import Book
from avenrae_desktop.areas.calendar.problems import NO_CLIENT, NO_HEALER, NO_SERVICE
from avenrae_desktop.areas.calendar.queries import HistoryRow
from avenrae_desktop.areas.clients.dialogs import ClientDialog
from avenrae_desktop.areas.clients.picker import ClientPicker
from avenrae_desktop.areas.clients.queries import ClientHit
from avenrae_desktop.areas.clients.words import hit_text
from avenrae_desktop.areas.services.queries import ServiceRow
from avenrae_desktop.areas.services.words import amount_text, price_text
from avenrae_desktop.kernel.codec import row_from_plain, row_to_plain
from avenrae_desktop.kernel.errors import AppError, RuleBroken
from avenrae_desktop.kernel.identity import Actor, Permission
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.money import parse_amount
from avenrae_desktop.kernel.time import Clock
from avenrae_desktop.kernel.values import BookingStatus
from avenrae_desktop.qtkit.dialogs import FormDialog, ask
from avenrae_desktop.qtkit.dialogs.draft import Draft, plain_in, put_plain
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import (
    ComboBox,
    LineEdit,
    PlainLabel,
    SegmentedControl,
    TextArea,
    column,
    labelled,
    row,
)

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.panel.loading import Sources


@dataclass(frozen=True, slots=True)
class Prefill:
    """What is known before anything is typed. A `local_start` stays, whatever times are free."""

    client: ClientHit | None = None
    service: UUID | None = None
    healer: UUID | None = None
    local_start: datetime | None = None
    minutes: int | None = None
    room: UUID | None = None
    likely_service: UUID | None = None


class BookingDialog(FormDialog):
    """Saves with `Book`; afterwards `booked` is the new booking and `said` what to tell."""

    draft_kind = "booking"

    def __init__(
        self,
        sources: "Sources",
        offer: Offer,
        runner: Runner,
        zone: ZoneInfo,
        currency: str,
        actor: Actor,
        clock: Clock,
        prefill: Prefill,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("New booking"), runner, parent, action_text=self.tr("Book"), width=600)
        self._sources, self._offer, self._zone, self._currency = sources, offer, zone, currency
        self._prefill = prefill
        self._booking = new_uuid()
        self.booked: UUID | None = None
        self.booked_at: datetime | None = None
        self.said = ""
        self._service_touched = prefill.service is not None
        self._healer_touched = prefill.healer is not None
        self.client = ClientPicker(sources.clients, runner)
        self.who = PlainLabel("", "small", elide=True)
        self.service = ComboBox()
        self.healer = ComboBox()
        self.when = WhenBox(
            self, sources.calendar, runner, zone, clock, may_overbook=actor.may(Permission.OVERBOOK)
        )
        self.room = ComboBox()
        self.price = LineEdit()
        self.status = SegmentedControl(
            self.tr("State"),
            [(BookingStatus.CONFIRMED, self.tr("Confirmed")), (BookingStatus.PENDING, self.tr("Pending"))],
        )
        self.note = TextArea(2)
        self._build()
        self.when.free.comes_after = self.healer
        self._connect()
        self._fill()

    def _build(self) -> None:
        px = current_theme().px
        self.body.setSpacing(px(10))
        self.body.addLayout(column(labelled(self.tr("&Client"), self.client), self.who, spacing=3))
        self.register("client", self.client)
        self.who.hide()
        what = row(
            labelled(self.tr("&Service"), self.service), labelled(self.tr("&Healer"), self.healer), spacing=12
        )
        what.setStretch(0, 3)
        what.setStretch(1, 2)
        self.body.addLayout(what)
        self.body.addWidget(self.when)
        price = self.tr("&Price ({currency})").format(currency=self._currency)
        extras = row(spacing=12)
        for label, widget in ((self.tr("&Room"), self.room), (price, self.price), (self.tr("State"), self.status)):
            extras.addWidget(labelled(label, widget), 1 if widget is self.room else 0, Qt.AlignmentFlag.AlignTop)
        self.price.setFixedWidth(px(110))
        self.body.addLayout(extras)
        self.field("note", self.tr("&Note"), self.note)
        for key, widget in (
            ("service", self.service),
            ("healer", self.healer),
            ("room", self.room),
            ("price", self.price),
            ("status", self.status),
        ):
            self.register(key, widget)

    def _connect(self) -> None:
        self.client.picked.connect(self._on_client)
        self.client.cleared.connect(self.who.hide)
        self.client.add_requested.connect(lambda text: self._runner.start(self._add_client(text), self))
        self.service.changed.connect(self._on_service)
        self.service.activated.connect(lambda _: self._touch_service())
        self.healer.changed.connect(self._on_healer)
        self.healer.activated.connect(lambda _: self._touch_healer())
        self.room.changed.connect(lambda _: self._offer_times())

    def _fill(self) -> None:
        given = self._prefill
        rooms = [(self.tr("No room"), None), *((r.resource_name, r.uuid) for r in self._offer.rooms)]
        self.room.fill(rooms)
        services = self._offer.services_of(given.healer)
        self.service.fill([(self._service_text(s), s.uuid) for s in services])
        self.service.set_value(given.service or given.likely_service)
        self._on_service(self.service.value())
        if given.room is not None:
            self.room.set_value(given.room)
        if given.local_start is not None:
            self.when.set_start(given.local_start, given.minutes)
        if given.client is not None:
            self.client.set_hit(given.client)
            self._on_client(given.client)
        self.mark_clean()

    def _service_text(self, service: ServiceRow) -> str:
        length = words.duration_text(service.duration_minutes)
        return f"{service.service_name} · {length} · {price_text(service.price, self._currency)}"

    # --- one choice leads to the next ----------------------------------------------------------
    def _touch_service(self) -> None:
        self._service_touched = True

    def _touch_healer(self) -> None:
        self._healer_touched = True

    def _on_client(self, hit: ClientHit) -> None:
        self.mark_dirty()
        self.clear_error()
        self.about = hit.name
        self.who.setText(hit_text(hit))
        self.who.show()
        if not (self._service_touched and self._healer_touched):
            self._runner.start(self._prefer(hit.uuid), self)

    async def _prefer(self, client: UUID) -> None:
        """What this client came for last time is likely wanted again."""
        read = partial(read_habits, self._sources, client)
        habits = await self._runner.ask(read, key=("booking.habits", id(self)))
        found = self._likely(habits.history)
        if found is not None and not self._service_touched:
            self.service.set_value(found[0])
        wanted = found[1] if found is not None and found[1] is not None else habits.preferred_healer
        if wanted is not None and not self._healer_touched:
            self.healer.set_value(wanted)

    def _likely(self, history: tuple[HistoryRow, ...]) -> tuple[UUID, UUID | None] | None:
        offered = {service.uuid for service in self._offer.services_of(self._prefill.healer)}
        past = next((past for past in history if past.service in offered), None)
        if past is None:
            return None
        healers = {healer.uuid for healer in self._offer.healers_of(past.service)}
        return past.service, past.healer if past.healer in healers else None

    def _on_service(self, uuid: UUID | None) -> None:
        service = self._offer.service(uuid)
        self.healer.fill([(h.name, h.uuid) for h in self._offer.healers_of(uuid)])
        if self._prefill.healer is not None and not self._healer_touched_by_hand():
            self.healer.set_value(self._prefill.healer)
        if service is not None:
            self.price.setText(amount_text(service.price, self._currency))
            self.room.set_value(service.room)
        self._offer_times()

    def _healer_touched_by_hand(self) -> bool:
        return self._healer_touched and self._prefill.healer is None

    def _on_healer(self, _uuid: UUID | None) -> None:
        self._offer_times()

    def _offer_times(self) -> None:
        service, healer = self._offer.service(self.service.value()), self.healer.value()
        if service is None or healer is None:
            self.when.offer_for(None)
            return
        self.when.offer_for(For(healer, service.uuid, service.duration_minutes, self.room.value()))

    async def _add_client(self, text: str) -> None:
        with thrown_away(ClientDialog(self._sources.clients, self._runner, self, name=text)) as dialog:
            if not await ask(dialog) or dialog.saved is None:
                return
            client = dialog.saved
        detail = await self._runner.ask(self._sources.clients.detail, client)
        hit = hit_of(detail)
        self.client.set_hit(hit)
        self._on_client(hit)
        self.service.setFocus()

    # --- in another run --------------------------------------------------------------------------
    def draft_values(self) -> dict[str, Any]:
        hit = self.client.hit
        return {
            "booking": str(self._booking),
            "client": None if hit is None else row_to_plain(hit),
            "client_text": self.client.text(),
            "fields": {key: plain_in(widget) for key, widget in self._kept().items()},
            "when": self.when.draft_values(),
        }

    def fill_from(self, draft: Draft) -> None:
        """Fill in what was not saved. Before the form is shown; raises KeyError, TypeError or ValueError."""
        values = draft.values
        self._booking = UUID(values["booking"])
        self._service_touched = self._healer_touched = True
        # In this order: the service brings its healers, its price and its room along.
        for key, widget in self._kept().items():
            put_plain(widget, values["fields"][key])
        self.when.fill_from(values["when"])
        if values["client"] is None:
            self.client.setText(values["client_text"])
        else:
            hit = row_from_plain(ClientHit, values["client"])
            self.client.set_hit(hit)
            self._on_client(hit)
        self.take_up(draft.id)

    def _kept(self) -> dict[str, QWidget]:
        return {
            "service": self.service,
            "healer": self.healer,
            "room": self.room,
            "price": self.price,
            "status": self.status,
            "note": self.note,
        }

    # --- saving ----------------------------------------------------------------------------------
    def show_error(self, error: AppError) -> None:
        self.when.reveal(error)
        super().show_error(error)

    async def save(self) -> None:
        command = self._command()
        await self._runner.do(command, self)
        self.booked, self.booked_at = command.booking, command.local_start
        client = self.client.hit
        when = f"{words.day_text(command.local_start.date())} {words.time_text(command.local_start)}"
        self.said = self.tr("Booked {client}, {when}").format(client=client.name if client else "", when=when)

    def _command(self) -> Book:
        hit = self.client.hit
        if hit is None:
            raise RuleBroken(NO_CLIENT, field="client")
        if self.service.value() is None:
            raise RuleBroken(NO_SERVICE, field="service")
        if self.healer.value() is None:
            raise RuleBroken(NO_HEALER, field="healer")
        return Book(
            # The same one however often it is tried: what was saved before the program died is known again.
            booking=self._booking,
            client=hit.uuid,
            healer=self.healer.value(),
            service=self.service.value(),
            local_start=self.when.local_start(),
            second=self.when.second,
            minutes=self.when.minutes(),
            room=self.room.value(),
            use_service_room=False,
            price=self._price(),
            note=self.note.toPlainText(),
            status=BookingStatus(self.status.value),
            outside_hours_reason=self.when.outside_reason(),
            overbooking_reason=self.when.overbooking_reason(),
        )

    def _price(self) -> Decimal:
        try:
            return parse_amount(self.price.text(), self._currency)
        except RuleBroken as error:
            raise RuleBroken(error.problem, field="price", **error.params) from None
