"""A wished change of one booking's time, kept whole so that it can be asked for again another way."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from avenrae_desktop.areas.calendar.domain import Move, MoveBookings, ResizeBooking
from avenrae_desktop.areas.calendar.panel.refusal import Retry
from avenrae_desktop.areas.calendar.queries import BookingRow
from avenrae_desktop.areas.calendar.walls import minutes_until
from avenrae_desktop.kernel.bus import Command


@dataclass(frozen=True, slots=True)
class Wish:
    """With a `local_end`, or the `minutes` that it came to, it is a resize; else a move that keeps the length."""

    row: BookingRow
    local_start: datetime
    zone: ZoneInfo
    healer: UUID | None = None
    local_end: datetime | None = None
    minutes: int | None = None
    second: bool | None = None
    outside_hours_reason: str = ""
    overbooking_reason: str = ""

    def length(self) -> int | None:
        """Minutes, None to keep them. Raises RuleBroken for times that cannot be (fields "start", "end")."""
        if self.minutes is not None or self.local_end is None:
            return self.minutes
        return minutes_until(self.local_start, self.local_end, self.zone, second=self.second)

    def command(self) -> Command:
        """Raises RuleBroken as `length` does."""
        minutes = self.length()
        if minutes is not None:
            return ResizeBooking(
                booking=self.row.uuid,
                version=self.row.version,
                local_start=self.local_start,
                minutes=minutes,
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
        """The same wish, taken up the way that was chosen; at another time it keeps its length."""
        moved = way.time is not None
        return replace(
            self,
            local_start=way.time.local_start if way.time is not None else self.local_start,
            minutes=self.length() if moved else self.minutes,
            second=way.second if way.second is not None else self.second,
            outside_hours_reason=way.outside_hours_reason or self.outside_hours_reason,
            overbooking_reason=way.overbooking_reason or self.overbooking_reason,
        )
