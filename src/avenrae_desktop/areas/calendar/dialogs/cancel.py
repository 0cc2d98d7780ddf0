"""Cancel a booking: why, in a word or two."""

from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.calendar.domain import CancelBooking
from avenrae_desktop.areas.calendar.problems import REASON_NEEDED
from avenrae_desktop.areas.calendar.queries import BookingRow
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import ComboBox, LineEdit, PlainLabel, name


class CancelDialog(FormDialog):
    """Keeps the reason with the booking; undo brings it back."""

    draft_kind = "cancel"

    def __init__(self, booking: BookingRow, when: str, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Cancel this booking?"), runner, parent, width=420)
        self._booking = booking
        self.set_action(self.tr("Cancel the booking"), danger=True)
        self.cancel.setText(self.tr("Keep it"))
        self.body.addWidget(PlainLabel(booking.client_name, "strong", wrap=True))
        what = f"{booking.service_name} · {booking.healer_name}\n{when}"
        self.body.addWidget(PlainLabel(what, "muted", wrap=True))
        self.reason = ComboBox()
        self.reason.setEditable(True)
        self.reason.addItems(
            [
                self.tr("The client asked for it"),
                self.tr("The client is ill"),
                self.tr("The healer is not available"),
                self.tr("Booked by mistake"),
            ]
        )
        self.reason.setCurrentIndex(-1)
        typed = LineEdit(self.tr("Choose or type"))
        self.reason.setLineEdit(typed)
        self.about = booking.client_name
        self.edits("booking", booking.uuid)
        self.field("reason", self.tr("&Reason"), self.reason)
        name(typed, self.tr("Reason"))

    async def save(self) -> None:
        reason = self.reason.currentText().strip()
        if not reason:
            raise RuleBroken(REASON_NEEDED, field="reason")
        command = CancelBooking(booking=self._booking.uuid, version=self._booking.version, reason=reason)
        await self._runner.do(command, self)
