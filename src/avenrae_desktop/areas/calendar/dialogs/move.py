"""Move a booking by keyboard: another time, another healer."""

from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.dialogs.offer import For, Offer
from avenrae_desktop.areas.calendar.dialogs.when import WhenBox
from avenrae_desktop.areas.calendar.domain import Move, MoveBookings
from avenrae_desktop.areas.calendar.problems import NO_HEALER
from avenrae_desktop.areas.calendar.queries import BookingRow
from avenrae_desktop.kernel.errors import AppError, RuleBroken
from avenrae_desktop.kernel.identity import Actor, Permission
from avenrae_desktop.kernel.time import Clock, comes_second, instants_of, wall_of
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import ComboBox, PlainLabel

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.repository import CalendarReads


class MoveDialog(FormDialog):
    """Saves with `MoveBookings`; `said` is what to tell afterwards."""

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
        self._booking, self._room = booking, room
        self._minutes = words.minutes_between(booking.starts_at, booking.ends_at)
        today = wall_of(clock(), zone).date()
        when = words.when_text(booking.starts_at, booking.ends_at, zone, today)
        what = f"{booking.client_name} · {booking.service_name}\n{when}"
        self.body.addWidget(PlainLabel(what, "muted", wrap=True))
        self.healer = ComboBox()
        names = {booking.healer: booking.healer_name}
        names |= {h.uuid: h.name for h in offer.healers_of(booking.service)}
        self.healer.fill([(text, healer) for healer, text in names.items()])
        self.healer.set_value(booking.healer)
        self.field("healer", self.tr("&Healer"), self.healer)
        self.when = WhenBox(self, reads, runner, zone, clock, may_overbook=actor.may(Permission.OVERBOOK))
        self.body.addWidget(self.when)
        self.when.free.comes_after = self.healer
        local = wall_of(booking.starts_at, zone)
        twice = len(instants_of(local, zone)) > 1
        self.when.set_start(local, second=comes_second(booking.starts_at, zone) if twice else None)
        self.healer.changed.connect(lambda _: self._offer_times())
        self.said = ""
        self.moved_to = local.date()
        self._offer_times()
        self.mark_clean()

    def _offer_times(self) -> None:
        healer = self.healer.value()
        if healer is None:
            self.when.offer_for(None)
            return
        booking = self._booking
        self.when.offer_for(For(healer, booking.service, self._minutes, self._room, booking.uuid))

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
