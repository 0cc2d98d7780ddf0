"""Rows of the specification's eight queries. Times are in UTC; averages have two decimals.

Rows are named tuples: a frozen dataclass takes as long to make as the row takes to read.
"""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from avenrae_desktop.kernel.values import BookingStatus, EventStatus, HealerType, ProductType


class StockState(StrEnum):
    """`low` is less than the product's own reorder level."""

    OUT = "out"
    LOW = "low"
    IN_STOCK = "in_stock"


class Basis(StrEnum):
    """When an amount counts: when the work was done, or when the money came and went."""

    SERVICE = "service"
    PAYMENT = "payment"


class AvailableHealer(NamedTuple):
    """1: a verified healer of a type who says that they are available."""

    healer: UUID
    name: str
    healer_type: HealerType
    hourly_rate: Decimal | None
    rating: Decimal | None


class PastBooking(NamedTuple):
    """2: a booking of one client, whenever it was."""

    booking: UUID
    starts_at: datetime
    local_start: datetime
    time_zone: str
    service_name: str
    healer_name: str
    status: BookingStatus
    total_price: Decimal


class UpcomingBooking(NamedTuple):
    """3: a booking of one healer that is not over."""

    booking: UUID
    client: UUID
    client_name: str
    service_name: str
    starts_at: datetime
    ends_at: datetime
    local_start: datetime
    time_zone: str
    status: BookingStatus


class HealerRevenue(NamedTuple):
    """4: a period's completed bookings, what of their price was given back, and its published reviews."""

    healer: UUID
    name: str
    bookings: int
    booked: Decimal
    refunded: Decimal
    revenue: Decimal
    reviews: int
    rating: Decimal | None


class RatedService(NamedTuple):
    """5: a service by its own published reviews."""

    service: UUID
    service_name: str
    healer_name: str
    healer_type: HealerType
    reviews: int
    rating: Decimal


class StockRow(NamedTuple):
    """6: a product that is sold."""

    product: UUID
    product_name: str
    product_type: ProductType
    product_category: str
    sku: str
    stock_quantity: int
    reorder_level: int
    price: Decimal
    state: StockState


class Attendance(NamedTuple):
    """7: an event. `registrations` and `seats` are of those who hold one; `filled` is per cent of the capacity."""

    event: UUID
    event_name: str
    event_date: datetime
    local_start: datetime
    time_zone: str
    status: EventStatus
    max_capacity: int | None
    registrations: int
    seats: int
    attended: int
    no_show: int
    waitlisted: int
    filled: Decimal | None


class MonthRevenue(NamedTuple):
    """8: a month in the practice's time zone. `other_revenue` is paid on account, for no thing yet."""

    month: date
    bookings: int
    booking_revenue: Decimal
    orders: int
    product_revenue: Decimal
    registrations: int
    event_revenue: Decimal
    other_revenue: Decimal
    refunds: Decimal
    total: Decimal
