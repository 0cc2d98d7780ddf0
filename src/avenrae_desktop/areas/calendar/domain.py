"""What a person may do in the calendar: the commands, and the states a booking may pass through."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from avenrae_desktop.kernel.bus import Command
from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.kernel.values import BookingStatus, HoursKind

OPEN = frozenset(
    {
        BookingStatus.REQUESTED,
        BookingStatus.PENDING,
        BookingStatus.CONFIRMED,
        BookingStatus.ARRIVED,
        BookingStatus.IN_SESSION,
    }
)
"""States in which a booking can still be moved, resized or cancelled."""

GIVES_BACK = frozenset({BookingStatus.CANCELLED, BookingStatus.NO_SHOW})
"""States that occupy no time (the database's triggers say the same)."""

MAY_BECOME: dict[BookingStatus, frozenset[BookingStatus]] = {
    BookingStatus.CONFIRMED: frozenset({BookingStatus.REQUESTED, BookingStatus.PENDING}),
    BookingStatus.ARRIVED: frozenset({BookingStatus.REQUESTED, BookingStatus.PENDING, BookingStatus.CONFIRMED}),
    BookingStatus.COMPLETED: OPEN - {BookingStatus.REQUESTED},
    BookingStatus.NO_SHOW: frozenset({BookingStatus.PENDING, BookingStatus.CONFIRMED}),
    BookingStatus.CANCELLED: OPEN,
}
"""For each state: the states that it may be reached from."""


@dataclass(frozen=True, slots=True)
class Hours:
    """One stretch of a healer's week, in minutes after midnight on the wall clock; 1440 ends the day."""

    weekday: int  # 0 is Monday
    kind: HoursKind
    start_minute: int
    end_minute: int
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class SetWeeklyHours(Command):
    """The whole week of one healer, replacing what was there."""

    kind = "calendar.set_hours"
    needs = Permission.MANAGE_HOURS
    healer: UUID
    hours: tuple[Hours, ...]


@dataclass(frozen=True, kw_only=True)
class BlockDates(Command):
    """Time off of one healer, or of the whole practice (`healer` None), in wall times of the practice."""

    kind = "calendar.block"
    needs = Permission.MANAGE_HOURS
    block: UUID
    healer: UUID | None
    local_start: datetime
    local_end: datetime
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class UnblockDates(Command):
    kind = "calendar.unblock"
    needs = Permission.MANAGE_HOURS
    block: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class RestoreBlock(Command):
    """The inverse of UnblockDates."""

    kind = "calendar.restore_block"
    needs = Permission.MANAGE_HOURS
    block: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class Book(Command):
    """A new booking. `second` tells the two apart when the wall time exists twice (clocks going back).

    `minutes`, `room` and `price` default to the service's own; `use_service_room` False with `room`
    None books without a room. A reason given for `overbooking_reason` takes a lane beside the taken time.
    """

    kind = "calendar.book"
    needs = Permission.BOOK
    booking: UUID
    client: UUID
    healer: UUID
    service: UUID
    local_start: datetime
    second: bool | None = None
    minutes: int | None = None
    room: UUID | None = None
    use_service_room: bool = True
    price: Decimal | None = None
    note: str = ""
    status: BookingStatus = BookingStatus.CONFIRMED
    outside_hours_reason: str = ""
    overbooking_reason: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """Where one booking goes; `healer` None stays with the healer, `minutes` None keeps the length."""

    booking: UUID
    version: int
    local_start: datetime
    second: bool | None = None
    healer: UUID | None = None
    minutes: int | None = None


@dataclass(frozen=True, kw_only=True)
class MoveBookings(Command):
    """Move one booking or several at once (a swap, a whole day): all give back their time, then all take."""

    kind = "calendar.move"
    needs = Permission.BOOK
    moves: tuple[Move, ...]
    outside_hours_reason: str = ""
    overbooking_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ResizeBooking(Command):
    """A new start (may be the same) and length of one booking."""

    kind = "calendar.resize"
    needs = Permission.BOOK
    booking: UUID
    version: int
    local_start: datetime
    minutes: int
    second: bool | None = None
    outside_hours_reason: str = ""
    overbooking_reason: str = ""


@dataclass(frozen=True, kw_only=True)
class CancelBooking(Command):
    kind = "calendar.cancel"
    needs = Permission.BOOK
    booking: UUID
    version: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class ConfirmBooking(Command):
    kind = "calendar.confirm"
    needs = Permission.BOOK
    booking: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class ArriveBooking(Command):
    kind = "calendar.arrive"
    needs = Permission.BOOK
    booking: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class CompleteBooking(Command):
    kind = "calendar.complete"
    needs = Permission.BOOK
    booking: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class NoShowBooking(Command):
    kind = "calendar.no_show"
    needs = Permission.BOOK
    booking: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class WithdrawBooking(Command):
    """The inverse of Book: as if it had never been made."""

    kind = "calendar.withdraw"
    needs = Permission.BOOK
    booking: UUID
    version: int


@dataclass(frozen=True, slots=True)
class BookingState:
    """Everything about a booking that moving, resizing and changing its state alters."""

    healer: UUID
    room: UUID | None
    starts_at: datetime
    ends_at: datetime
    local_start: datetime
    status: BookingStatus
    lane: int
    overbooking_reason: str | None
    outside_hours_reason: str | None
    confirmed_at: datetime | None
    arrived_at: datetime | None
    completed_at: datetime | None
    cancelled_at: datetime | None
    cancellation_reason: str | None
    no_show_at: datetime | None


@dataclass(frozen=True, slots=True)
class Restored:
    """One booking put back: the version it must still have, and how it was."""

    booking: UUID
    version: int
    before: BookingState


@dataclass(frozen=True, kw_only=True)
class RestoreBookings(Command):
    """The inverse of every change of existing bookings."""

    kind = "calendar.restore"
    needs = Permission.BOOK
    bookings: tuple[Restored, ...]
