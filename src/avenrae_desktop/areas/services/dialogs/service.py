"""Adding and editing a service, with a new room on the spot."""

from decimal import Decimal
from functools import partial
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
from avenrae_desktop.areas.services.words import amount_text, category_text, field_text, minutes_text
from avenrae_desktop.kernel.codec import row_to_plain
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.money import parse_amount
from avenrae_desktop.kernel.values import ServiceCategory
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.dialogs.draft import Draft, plain_in, put_plain
from avenrae_desktop.qtkit.dialogs.version import EditedVersion, Fields
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

    draft_kind = "service"

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
        self._reads, self._choices = reads, choices
        self._service = new_uuid() if detail is None else detail.uuid
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
        self._version = None if detail is None else self._follow(detail)
        self._build()
        self._fill(detail, called)
        self.about = "" if detail is None else detail.service_name
        self.mark_clean()

    def _follow(self, detail: ServiceRow) -> EditedVersion:
        fields = Fields(
            NAMES, field_text, self._typed, self._put, self._stored_text, self._text, prepare=self._offer
        )
        record, read = ("service", detail.uuid), partial(self._reads.detail, detail.uuid)
        version = EditedVersion(self, self._runner, record, detail, fields, read)
        self.edits(*record, version)
        return version

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
        self.room.offer(self._choices.rooms)
        if detail is not None:
            self._offer(detail)
            for field in NAMES:
                self._put(field, getattr(detail, field))
            return
        self.service_name.setText(called)
        if len(self._choices.healers) == 1:
            self.healers.set_value([self._choices.healers[0][0]])

    def _offer(self, detail: ServiceRow) -> None:
        """Put the service's healers and room among the choices."""
        self.healers.offer(tuple(zip(detail.healers, detail.healer_names, strict=True)))
        kept = RoomRow(detail.room, detail.room_name) if detail.room is not None else None
        self.room.offer(self._choices.rooms, kept)

    def showEvent(self, event: QShowEvent) -> None:
        first = not self.was_shown
        super().showEvent(event)
        if first:
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

    def _text(self, field: str) -> str:
        """What a field says now."""
        widget = self._widget(field)
        if isinstance(widget, TextArea):
            return widget.toPlainText()
        if isinstance(widget, RoomBox):
            return widget.combo.currentText() if widget.value() is not None else ""
        if isinstance(widget, HealerChecks):
            return ", ".join(box.accessibleName() for box in widget.boxes.values() if box.isChecked())
        return widget.currentText() if isinstance(widget, ComboBox) else str(widget.text())  # type: ignore[attr-defined]

    def _stored_text(self, field: str, row: ServiceRow) -> str:
        """A field of a stored service, as a person reads it."""
        match field:
            case "service_category":
                return category_text(row.service_category)
            case "duration_minutes":
                return minutes_text(row.duration_minutes)
            case "buffer_before_minutes" | "buffer_after_minutes":
                return minutes_text(getattr(row, field))
            case "price":
                return amount_text(row.price, self._choices.currency)
            case "healers":
                return ", ".join(row.healer_names)
            case "room":
                return row.room_name or ""
        return str(getattr(row, field))

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

    # --- in another run ---------------------------------------------------------------------------
    def draft_values(self) -> dict[str, Any]:
        return {
            "service": str(self._service),
            "detail": None if self._version is None else row_to_plain(self._version.row),
            "fields": {field: plain_in(widget) for field, widget in self._kept().items()},
            "healers": [str(healer) for healer in self.healers.value()],
        }

    def fill_from(self, draft: Draft) -> None:
        """Fill in what was not saved. Before the form is shown; raises KeyError, TypeError or ValueError."""
        self._service = UUID(draft.values["service"])
        for field, widget in self._kept().items():
            put_plain(widget, draft.values["fields"][field])
        self.healers.set_value([UUID(healer) for healer in draft.values["healers"]])
        self.take_up(draft.id)
        if self._version is not None:
            self._version.look_soon()

    def says(self, detail: ServiceRow) -> bool:
        """Whether all that stands in the form is stored so."""
        try:
            return all(self._typed(field) == getattr(detail, field) for field in NAMES)
        except RuleBroken:
            return False

    def _kept(self) -> dict[str, QWidget]:
        plain = {field: self._widget(field) for field in NAMES if field not in ("healers", "room")}
        return {**plain, "room": self.room.combo, "new_room": self.room.new_name}

    # --- saving ---------------------------------------------------------------------------------
    async def save(self) -> None:
        fields = ServiceFields(**{field: self._typed(field) for field in NAMES})
        wanted = self.room.wanted_name()
        if wanted is not None:
            # Only a service that can be saved makes a room.
            checked(fields, self._choices.currency)
            await self._make_room_called(wanted)
        await self._runner.do(self._command(fields), self)
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
        if self._version is None:
            return AddService(service=self._service, **values)
        return EditService(service=self._service, version=self._version.version, **values)
