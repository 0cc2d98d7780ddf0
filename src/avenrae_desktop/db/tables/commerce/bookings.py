"""Bookings, what they occupy, and the slots that make double booking impossible."""

import sqlalchemy as sa

from avenrae_desktop.db.tables.base import created_at, identity, ref, table, version
from avenrae_desktop.db.tables.money import coupon_columns, paid_checks, paid_columns
from avenrae_desktop.db.types import Money, Utc, Wall, choice, exact
from avenrae_desktop.kernel.values import BookingStatus, ResourceKind

resources = table(
    "resources",
    *identity(),
    version(),
    sa.Column("kind", choice(ResourceKind, "resource_kind"), nullable=False),
    sa.Column("resource_name", sa.String(150), nullable=False),
    sa.Column("healer_id", sa.Integer, sa.ForeignKey("healers.id"), unique=True),
    sa.Column("archived_at", Utc),
    sa.CheckConstraint("(kind = 'healer') = (healer_id is not null)", name="healer_of_healer"),
    created_at(),
)

bookings = table(
    "bookings",
    *identity(),
    version(),
    ref("client_id", "clients"),
    ref("healer_id", "healers"),
    ref("service_id", "services"),
    ref("room_id", "resources", nullable=True),
    # The start and the end, in UTC; local_start and time_zone keep what was agreed with the client.
    sa.Column("booking_date", Utc, nullable=False),
    sa.Column("ends_at", Utc, nullable=False),
    sa.Column("local_start", Wall, nullable=False),
    sa.Column("time_zone", exact(64), nullable=False),
    sa.Column("buffer_before_minutes", sa.Integer, nullable=False, server_default="0"),
    sa.Column("buffer_after_minutes", sa.Integer, nullable=False, server_default="0"),
    sa.Column("status", choice(BookingStatus, "booking_status"), nullable=False),
    *paid_columns("booking_payment_status"),
    *coupon_columns(),
    sa.Column("total_price", Money, nullable=False),
    sa.Column("client_rating", sa.Integer),
    sa.Column("note", sa.String(2000)),
    # Lane 0 is the normal one; another lane is an overbooking and says why.
    sa.Column("lane", sa.Integer, nullable=False, server_default="0"),
    sa.Column("overbooking_reason", sa.String(500)),
    sa.Column("outside_hours_reason", sa.String(500)),
    ref("created_by", "users"),
    sa.Column("confirmed_at", Utc),
    sa.Column("arrived_at", Utc),
    sa.Column("completed_at", Utc),
    sa.Column("cancelled_at", Utc),
    sa.Column("cancellation_reason", sa.String(500)),
    sa.Column("no_show_at", Utc),
    # Taken back by undo: it never happened, and no list shows it.
    sa.Column("withdrawn_at", Utc),
    created_at(),
    sa.ForeignKeyConstraint(
        ["service_id", "healer_id"],
        ["service_providers.service_id", "service_providers.healer_id"],
        name="fk_bookings_service_provider",
    ),
    sa.CheckConstraint("ends_at > booking_date", name="ends_after_start"),
    sa.CheckConstraint("buffer_before_minutes >= 0 and buffer_after_minutes >= 0", name="buffers_not_negative"),
    *paid_checks("total_price"),
    sa.CheckConstraint("client_rating between 1 and 5", name="client_rating_range"),
    sa.CheckConstraint("lane >= 0", name="lane_not_negative"),
    sa.CheckConstraint("lane = 0 or overbooking_reason is not null", name="overbooking_has_reason"),
    sa.CheckConstraint("status <> 'cancelled' or cancelled_at is not null", name="cancelled_has_time"),
    sa.Index("ix_bookings_client_id_booking_date", "client_id", "booking_date"),
    sa.Index("ix_bookings_healer_id_booking_date", "healer_id", "booking_date"),
    sa.Index("ix_bookings_booking_date", "booking_date"),
    sa.Index("ix_bookings_service_id_healer_id", "service_id", "healer_id"),
    # Holds all that revenue reports ask for: without it they look up every booking one by one.
    sa.Index("ix_bookings_report", "status", "healer_id", "booking_date", "total_price", "client_rating"),
)

booking_slots = table(
    "booking_slots",
    # A slot is five minutes: seconds since 1970 in UTC, divided by 300.
    sa.Column("resource_id", sa.Integer, sa.ForeignKey("resources.id"), primary_key=True, autoincrement=False),
    sa.Column("slot", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("lane", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column(
        "booking_id", sa.Integer, sa.ForeignKey("bookings.id", ondelete="CASCADE"), nullable=False, index=True
    ),
)
