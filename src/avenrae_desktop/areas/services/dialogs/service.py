"""Adding and editing a service, with a new room on the spot."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.services.checks import checked
from avenrae_desktop.areas.services.dialogs.fields import DurationBox, HealerChecks, MinutesSpin, RoomBox
from avenrae_desktop.areas.services.domain import (
    LONGEST_BUFFER_MINUTES,
    AddRoom,
    AddService,
    EditService,
    ServiceFields,
)
from avenrae_desktop.areas.services.problems import BAD_MINUTES
from avenrae_desktop.areas.services.queries import RoomRow, ServiceChoices, ServiceRow
from avenrae_desktop.areas.services.words import amount_text, category_text, field_text
from avenrae_desktop.kernel.errors import AppError, Conflict, RuleBroken
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.money import parse_amount
from avenrae_desktop.kernel.values import ServiceCategory
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.dialogs.newer import NewerBox, merge
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import ComboBox, LineEdit, PlainLabel, TextArea, labelled, name, row

if TYPE_CHECKING:
    from avenrae_desktop.areas.services.repository import ServiceReads

NAMES = (
    "service_name",
    "service_category",
    "duration_minutes",
    "buffer_before_minutes",
    "buffer_after_minutes",
    "price",
    "healers",
    "room",
    "description",
)


class ServiceDialog(FormDialog):
    """Add a service, or edit the one of `detail`. `choices` say what it can be made of.

    Afterwards `saved` is the service's uuid.
    """

    def __init__(
        self,
        reads: "ServiceReads",
        runner: Runner,
        choices: ServiceChoices,
        parent: QWidget | None = None,
        *,
        detail: ServiceRow | None = None,
        called: str = "",
    ) -> None:
        title = self.tr("New service") if detail is None else self.tr("Edit service")
        action = self.tr("Add service") if detail is None else self.tr("Save")
        super().__init__(title, runner, parent, action_text=action, width=600)
        self._reads, self._choices, self._detail = reads, choices, detail
        self._service = new_uuid() if detail is None else detail.uuid
        self._conflict: Conflict | None = None
        self.saved: UUID | None = None
        self.service_name = LineEdit()
        self.service_category = ComboBox()
        for category in ServiceCategory:
            self.service_category.add(category_text(category), category)
        self.duration = DurationBox()
        self.before, self.after = MinutesSpin(LONGEST_BUFFER_MINUTES), MinutesSpin(LONGEST_BUFFER_MINUTES)
        self.price = LineEdit()
        self.healers = HealerChecks()
        self.room = RoomBox()
        self.description = TextArea(2)
        self.newer = NewerBox()
        self._build()
        self._fill(detail, called)
        self.newer.mine.connect(self._save_mine)
        self.newer.theirs.connect(self._take_theirs)
        self.mark_clean()

    def _build(self) -> None:
        self.body.setSpacing(self.body.spacing() * 3 // 4)
        what = row(
            labelled(self.tr("&Name"), self.service_name),
            labelled(self.tr("Cate&gory"), self.service_category),
            spacing=12,
        )
        what.setStretch(0, 2)
        what.setStretch(1, 1)
        price = self.tr("&Price ({currency})").format(currency=self._choices.currency)
        size = row(spacing=12)
        for label, widget in (
            (self.tr("&Duration"), self.duration),
            (self.tr("Time &before"), self.before),
            (self.tr("Time a&fter"), self.after),
            (price, self.price),
        ):
            size.addWidget(labelled(label, widget), 1)
        self.price.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.body.addLayout(what)
        self.body.addLayout(size)
        self.body.addWidget(labelled(self.tr("&Healers who offer it"), self.healers))
        self.body.addWidget(labelled(self.tr("&Room"), self.room))
        name(self.room.combo, self.tr("Room"))
        self.body.addWidget(labelled(self.tr("D&escription"), self.description))
        self.body.addWidget(self.newer)
        self.body.addStretch(1)
        if not self._choices.healers:
            self.body.insertWidget(
                2, PlainLabel(self.tr("Nobody here is a healer yet: add one in Settings."), "danger", wrap=True)
            )
        for field in NAMES:
            self.register(field, self._widget(field))
        self.register("resource_name", self.room.new_name)

    def _widget(self, field: str) -> QWidget:
        other: dict[str, QWidget] = {
            "duration_minutes": self.duration,
            "buffer_before_minutes": self.before,
            "buffer_after_minutes": self.after,
        }
        found: QWidget = other.get(field) or getattr(self, field)
        return found

    def _fill(self, detail: ServiceRow | None, called: str) -> None:
        self.healers.offer(self._choices.healers)
        kept = None
        if detail is not None:
            self.healers.offer(tuple(zip(detail.healers, detail.healer_names, strict=True)))
            kept = RoomRow(detail.room, detail.room_name) if detail.room is not None else None
        self.room.offer(self._choices.rooms, kept)
        if detail is not None:
            for field in NAMES:
                self._put(field, getattr(detail, field))
            return
        self.service_name.setText(called)
        if len(self._choices.healers) == 1:
            self.healers.set_value([self._choices.healers[0][0]])

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.service_name.setFocus()

    # --- values ---------------------------------------------------------------------------------
    def _typed(self, field: str) -> Any:
        match field:
            case "service_name":
                return self.service_name.text()
            case "description":
                return self.description.toPlainText()
            case "duration_minutes":
                return self._minutes()
            case "price":
                return self._price()
            case "buffer_before_minutes":
                return self.before.value()
            case "buffer_after_minutes":
                return self.after.value()
        widget = self._widget(field)
        return widget.value() if isinstance(widget, (ComboBox, HealerChecks, RoomBox)) else None

    def _put(self, field: str, value: Any) -> None:
        match field:
            case "service_name":
                self.service_name.setText(value)
            case "description":
                self.description.setPlainText(value)
            case "duration_minutes":
                self.duration.set_minutes(value)
            case "price":
                self.price.setText(amount_text(value, self._choices.currency))
            case "buffer_before_minutes":
                self.before.setValue(value)
            case "buffer_after_minutes":
                self.after.setValue(value)
            case _:
                widget = self._widget(field)
                if isinstance(widget, (ComboBox, HealerChecks, RoomBox)):
                    widget.set_value(value)

    def _minutes(self) -> int:
        minutes = self.duration.minutes()
        if minutes is None:
            raise RuleBroken(BAD_MINUTES, field="duration_minutes", text=self.duration.currentText().strip())
        return minutes

    def _price(self) -> Decimal:
        try:
            return parse_amount(self.price.text().strip(), self._choices.currency)
        except RuleBroken as error:
            raise RuleBroken(error.problem, field="price", **error.params) from None

    # --- saving ---------------------------------------------------------------------------------
    async def save(self) -> None:
        fields = ServiceFields(**{field: self._typed(field) for field in NAMES})
        if self._conflict is not None:
            raise self._conflict
        wanted = self.room.wanted_name()
        if wanted is not None:
            # Only a service that can be saved makes a room.
            checked(fields, self._choices.currency)
            await self._make_room_called(wanted)
        try:
            await self._runner.do(self._command(fields), self)
        except Conflict as error:
            if self._detail is None:
                raise
            self._conflict = error
            self._newer = await self._runner.ask(self._reads.detail, self._service)
            raise
        self.saved = self._service

    async def _make_room_called(self, wanted: str) -> None:
        made = new_uuid()
        await self._runner.do(AddRoom(room=made, resource_name=wanted), self)
        self.room.offer(await self._runner.ask(self._reads.rooms))
        self.room.set_value(made)
        self.room.new_name.clear()

    def _command(self, fields: ServiceFields) -> AddService | EditService:
        values = {field: getattr(fields, field) for field in NAMES}
        values["room"] = self.room.value()
        if self._detail is None:
            return AddService(service=self._service, **values)
        return EditService(service=self._service, version=self._detail.version, **values)

    def show_error(self, error: AppError) -> None:
        if isinstance(error, Conflict) and self._detail is not None:
            self.clear_error()
            both = merge(NAMES, self._detail, self._newer, self._typed, self._put)
            self.newer.ask(field_text(field) for field in both)
        else:
            super().show_error(error)

    # --- somebody else was faster ---------------------------------------------------------------
    def _save_mine(self) -> None:
        self._settle()
        self.submit()

    def _take_theirs(self) -> None:
        self._fill(self._newer, "")
        self._settle()
        self.mark_clean()
        self.service_name.setFocus()

    def _settle(self) -> None:
        self._detail, self._conflict = self._newer, None
        self.newer.hide()
        self.clear_error()
