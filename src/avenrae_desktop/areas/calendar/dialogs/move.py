"""Move a booking by keyboard: another time, another healer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.dialogs.offer import For, Offer
from avenrae_desktop.areas.calendar.dialogs.when import WhenBox
from avenrae_desktop.areas.calendar.domain import GIVES_BACK, Move, MoveBookings
from avenrae_desktop.areas.calendar.problems import NO_HEALER
from avenrae_desktop.areas.calendar.queries import BookingRow
from avenrae_desktop.kernel.errors import AppError, RuleBroken
from avenrae_desktop.kernel.identity import Actor, Permission
from avenrae_desktop.kernel.time import Clock, comes_second, instants_of, wall_of
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.dialogs.version import EditedVersion, Fields
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import ComboBox, PlainLabel

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.repository import CalendarReads


@dataclass(frozen=True, slots=True)
class _When:
    """Start and end, as instants: what is compared with a newer version."""

    starts_at: datetime
    ends_at: datetime


class MoveDialog(FormDialog):
    """Saves with `MoveBookings`; `said` is what to tell afterwards."""

    draft_kind = "move"

    def __init__(
        self,
        booking: BookingRow,
        room: UUID | None,
        reads: "CalendarReads",
        offer: Offer,
        runner: Runner,
        zone: ZoneInfo,
        actor: Actor,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Move booking"), runner, parent, action_text=self.tr("Move"), width=600)
        self._room, self._reads, self._zone, self._clock = room, reads, zone, clock
        self.what = PlainLabel("", "muted", wrap=True)
        self.body.addWidget(self.what)
        self.healer = ComboBox()
        names = {booking.healer: booking.healer_name}
        names |= {h.uuid: h.name for h in offer.healers_of(booking.service)}
        self.healer.fill([(text, healer) for healer, text in names.items()])
        self.healer.set_value(booking.healer)
        self.field("healer", self.tr("&Healer"), self.healer)
        self.when = WhenBox(self, reads, runner, zone, clock, may_overbook=actor.may(Permission.OVERBOOK))
        self.body.addWidget(self.when)
        self.when.free.comes_after = self.healer
        record = ("booking", booking.uuid)
        self._edited_booking = EditedVersion(self, runner, record, booking, self._fields_of_move(), self._read)
        self.edits(*record, self._edited_booking)
        self._put("when", _When(booking.starts_at, booking.ends_at))
        self._say_what(booking)
        self.about = booking.client_name
        self.healer.changed.connect(lambda _: self._offer_times())
        self.said = ""
        self.moved_to = wall_of(booking.starts_at, zone).date()
        self._offer_times()
        self.mark_clean()

    @property
    def _booking(self) -> BookingRow:
        """The booking as it was read last."""
        row: BookingRow = self._edited_booking.row
        return row

    @property
    def _minutes(self) -> int:
        return words.minutes_between(self._booking.starts_at, self._booking.ends_at)

    def _offer_times(self) -> None:
        healer = self.healer.value()
        if healer is None:
            self.when.offer_for(None)
            return
        booking = self._booking
        self.when.offer_for(For(healer, booking.service, self._minutes, self._room, booking.uuid))

    # --- a newer version of the booking ----------------------------------------------------------
    def _fields_of_move(self) -> Fields:
        return Fields(
            ("healer", "when"), self._label, self._typed, self._put, self._stored_text, self._text,
            stored=self._stored, prepare=self._prepare,
        )  # fmt: skip

    def _read(self) -> BookingRow:
        return self._reads.booking(self._booking.uuid).row

    def _label(self, field: str) -> str:
        return self.tr("healer") if field == "healer" else self.tr("day and time")

    @staticmethod
    def _stored(row: BookingRow, field: str) -> Any:
        return row.healer if field == "healer" else _When(row.starts_at, row.ends_at)

    def _typed(self, field: str) -> Any:
        if field == "healer":
            return self.healer.value()
        local, second = self.when.local_start(), self.when.second
        instants = instants_of(local, self._zone)
        if not instants:
            return local
        start = instants[-1 if second else 0]
        minutes = self.when.minutes() or self._minutes
        return _When(start, start + timedelta(minutes=minutes))

    def _put(self, field: str, value: Any) -> None:
        if field == "healer":
            self.healer.set_value(value)
            return
        local = wall_of(value.starts_at, self._zone)
        twice = len(instants_of(local, self._zone)) > 1
        second = comes_second(value.starts_at, self._zone) if twice else None
        minutes = words.minutes_between(value.starts_at, value.ends_at)
        self.when.set_start(local, minutes if minutes != self._minutes else None, second)

    def _stored_text(self, field: str, row: BookingRow) -> str:
        return row.healer_name if field == "healer" else self._when_text(row.starts_at, row.ends_at)

    def _text(self, field: str) -> str:
        if field == "healer":
            return self.healer.currentText()
        typed = self._typed(field)
        return self._when_text(typed.starts_at, typed.ends_at) if isinstance(typed, _When) else ""

    def _when_text(self, starts_at: datetime, ends_at: datetime) -> str:
        today = wall_of(self._clock(), self._zone).date()
        return words.when_text(starts_at, ends_at, self._zone, today)

    def _prepare(self, row: BookingRow) -> None:
        if row.healer not in [self.healer.itemData(at) for at in range(self.healer.count())]:
            self.healer.add(row.healer_name, row.healer)
        self._say_what(row)
        if row.status in GIVES_BACK and self._booking.status not in GIVES_BACK:
            text = self.tr("It can no longer be moved: {state}.").format(
                state=words.state_text(row.status).lower()
            )
            self.banner.tell(self.tr("Somebody else was faster"), text, tone="warning")

    def _say_what(self, row: BookingRow) -> None:
        """The booking as it stands now."""
        parts = [f"{row.client_name} · {row.service_name}", self._when_text(row.starts_at, row.ends_at)]
        if row.status in GIVES_BACK:
            parts.append(words.state_text(row.status))
        self.what.setText("\n".join(parts))

    def show_error(self, error: AppError) -> None:
        self.when.reveal(error)
        super().show_error(error)

    async def save(self) -> None:
        healer = self.healer.value()
        if healer is None:
            raise RuleBroken(NO_HEALER, field="healer")
        start = self.when.local_start()
        minutes = self.when.minutes()
        move = Move(
            booking=self._booking.uuid,
            version=self._booking.version,
            local_start=start,
            second=self.when.second,
            healer=healer,
            minutes=None if minutes == self._minutes else minutes,
        )
        command = MoveBookings(
            moves=(move,),
            outside_hours_reason=self.when.outside_reason(),
            overbooking_reason=self.when.overbooking_reason(),
        )
        await self._runner.do(command, self)
        self.moved_to = start.date()
        told = f"{words.day_text(start.date())} {words.time_text(start)}"
        self.said = self.tr("Moved to {when}").format(when=told)
