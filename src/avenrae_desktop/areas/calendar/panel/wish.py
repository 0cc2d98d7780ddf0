"""A wished change of one booking's time, kept whole so that it can be asked for again another way."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from avenrae_desktop.areas.calendar.domain import Move, MoveBookings, ResizeBooking
from avenrae_desktop.areas.calendar.panel.refusal import Retry
from avenrae_desktop.areas.calendar.queries import BookingRow
from avenrae_desktop.kernel.bus import Command


@dataclass(frozen=True, slots=True)
class Wish:
    """`minutes` None keeps the length and makes it a move; with minutes it is a resize."""

    row: BookingRow
    local_start: datetime
    healer: UUID | None = None
    minutes: int | None = None
    second: bool | None = None
    outside_hours_reason: str = ""
    overbooking_reason: str = ""

    def command(self) -> Command:
        if self.minutes is not None:
            return ResizeBooking(
                booking=self.row.uuid,
                version=self.row.version,
                local_start=self.local_start,
                minutes=self.minutes,
                second=self.second,
                outside_hours_reason=self.outside_hours_reason,
                overbooking_reason=self.overbooking_reason,
            )
        move = Move(
            booking=self.row.uuid,
            version=self.row.version,
            local_start=self.local_start,
            second=self.second,
            healer=self.healer,
        )
        return MoveBookings(
            moves=(move,),
            outside_hours_reason=self.outside_hours_reason,
            overbooking_reason=self.overbooking_reason,
        )

    def again(self, way: Retry) -> "Wish":
        """The same wish, taken up the way that was chosen."""
        return replace(
            self,
            local_start=way.time.local_start if way.time is not None else self.local_start,
            second=way.second if way.second is not None else self.second,
            outside_hours_reason=way.outside_hours_reason or self.outside_hours_reason,
            overbooking_reason=way.overbooking_reason or self.overbooking_reason,
        )
