"""What the calendar's screens are given: frozen rows, times in UTC.

Rows are named tuples: a frozen dataclass takes as long to make as the row takes to read.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from avenrae_desktop.areas.calendar.domain import Hours
from avenrae_desktop.kernel.values import BookingStatus, PaymentStatus, ServiceCategory


class BookingRow(NamedTuple):
    """A booking as a card shows it."""

    uuid: UUID
    version: int
    client: UUID
    client_name: str
    healer: UUID
    healer_name: str
    service: UUID
    service_name: str
    category: ServiceCategory
    starts_at: datetime
    ends_at: datetime
    local_start: datetime
    time_zone: str
    buffer_before_minutes: int
    buffer_after_minutes: int
    status: BookingStatus
    payment_status: PaymentStatus
    total_price: Decimal
    lane: int
    room_name: str | None
    has_note: bool


class BlockRow(NamedTuple):
    """Time off; `healer` None is the whole practice."""

    uuid: UUID
    version: int
    healer: UUID | None
    starts_at: datetime
    ends_at: datetime
    reason: str


class HoursRow(NamedTuple):
    """One stretch of one healer's week."""

    healer: UUID
    hours: Hours


@dataclass(frozen=True, slots=True)
class Board:
    """Everything a week or a day shows."""

    bookings: tuple[BookingRow, ...]
    blocks: tuple[BlockRow, ...]
    hours: tuple[HoursRow, ...]


class HistoryRow(NamedTuple):
    """One line of a client's history."""

    uuid: UUID
    starts_at: datetime
    service: UUID
    service_name: str
    healer: UUID
    healer_name: str
    status: BookingStatus
    payment_status: PaymentStatus
    total_price: Decimal


@dataclass(frozen=True, slots=True)
class BookingDetail:
    """Everything the detail pane shows of one booking; `number` is its public number."""

    row: BookingRow
    number: int
    client_phone: str | None
    client_email: str | None
    client_born: date | None
    client_note: str | None
    room: UUID | None
    note: str
    overbooking_reason: str | None
    outside_hours_reason: str | None
    cancellation_reason: str | None
    created_at: datetime
    created_by: str
    confirmed_at: datetime | None
    arrived_at: datetime | None
    completed_at: datetime | None
    cancelled_at: datetime | None
    no_show_at: datetime | None
    history: tuple[HistoryRow, ...]


class FreeTime(NamedTuple):
    """A start at which the whole service fits: the instant and the wall time of the practice."""

    starts_at: datetime
    local_start: datetime
    second: bool  # the later one of a wall time that comes twice
    healer: UUID
    healer_name: str


class BookingHit(NamedTuple):
    """A booking found by the command bar."""

    uuid: UUID
    client_name: str
    service_name: str
    healer_name: str
    starts_at: datetime
    status: BookingStatus
