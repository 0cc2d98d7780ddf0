"""Services & offerings: services and who offers them, products, events and who takes part."""

import sqlalchemy as sa

from avenrae_desktop.db.tables.base import created_at, identity, ref, table, version
from avenrae_desktop.db.tables.money import coupon_columns, paid_checks, paid_columns
from avenrae_desktop.db.types import Money, Percent, Utc, Wall, choice, exact
from avenrae_desktop.kernel.values import EventStatus, EventType, ProductType, RegistrationStatus, ServiceCategory

services = table(
    "services",
    *identity(),
    version(),
    # The healer whose service it is first of all; everybody who offers it stands in service_providers.
    ref("healer_id", "healers"),
    sa.Column("service_name", sa.String(150), nullable=False),
    sa.Column("duration_minutes", sa.Integer, nullable=False),
    sa.Column("buffer_before_minutes", sa.Integer, nullable=False, server_default="0"),
    sa.Column("buffer_after_minutes", sa.Integer, nullable=False, server_default="0"),
    sa.Column("price", Money, nullable=False),
    sa.Column("service_category", choice(ServiceCategory, "service_category"), nullable=False),
    sa.Column("description", sa.String(2000)),
    ref("room_id", "resources", nullable=True),
    sa.Column("archived_at", Utc),
    sa.CheckConstraint("duration_minutes > 0", name="duration_positive"),
    sa.CheckConstraint("buffer_before_minutes >= 0 and buffer_after_minutes >= 0", name="buffers_not_negative"),
    sa.CheckConstraint("price >= 0", name="price_not_negative"),
    sa.Index("ix_services_service_name", "service_name", "id"),
    created_at(),
)

service_providers = table(
    "service_providers",
    sa.Column("service_id", sa.Integer, sa.ForeignKey("services.id"), primary_key=True),
    sa.Column("healer_id", sa.Integer, sa.ForeignKey("healers.id"), primary_key=True, index=True),
    # Offered no more; the row stays, because bookings of the past refer to it.
    sa.Column("ended_at", Utc),
    created_at(),
)

products = table(
    "products",
    *identity(),
    version(),
    sa.Column("product_name", sa.String(200), nullable=False),
    sa.Column("product_type", choice(ProductType, "product_type"), nullable=False),
    # A group in the practice's own words, inside the type.
    sa.Column("product_category", sa.String(100), nullable=False, server_default=""),
    sa.Column("sku", exact(50), nullable=False, unique=True),
    sa.Column("barcode", exact(50), unique=True),
    sa.Column("description", sa.String(2000)),
    sa.Column("price", Money, nullable=False),
    sa.Column("tax_rate", Percent, nullable=False, server_default="0"),
    # On hand. Sales and returns go through order_items, whose triggers count here; deliveries and corrections are
    # added or taken by `stock_quantity = stock_quantity + n`.
    sa.Column("stock_quantity", sa.Integer, nullable=False, server_default="0"),
    sa.Column("reorder_level", sa.Integer, nullable=False, server_default="10"),
    sa.Column("is_active", sa.Boolean, nullable=False, server_default=sa.true()),
    created_at(),
    sa.CheckConstraint("price >= 0", name="price_not_negative"),
    sa.CheckConstraint("tax_rate >= 0", name="tax_rate_not_negative"),
    sa.CheckConstraint("stock_quantity >= 0", name="stock_not_negative"),
    sa.CheckConstraint("reorder_level >= 0", name="reorder_level_not_negative"),
    sa.Index("ix_products_product_type_is_active", "product_type", "is_active"),
    sa.Index("ix_products_is_active_stock_quantity", "is_active", "stock_quantity", "id"),
    sa.Index("ix_products_product_name", "product_name", "id"),
)

events = table(
    "events",
    *identity(),
    version(),
    sa.Column("event_name", sa.String(200), nullable=False),
    sa.Column("event_type", choice(EventType, "event_type"), nullable=False),
    sa.Column("description", sa.String(4000)),
    # The start and the end, in UTC; local_start and time_zone keep what was announced.
    sa.Column("event_date", Utc, nullable=False),
    sa.Column("ends_at", Utc, nullable=False),
    sa.Column("local_start", Wall, nullable=False),
    sa.Column("time_zone", exact(64), nullable=False),
    ref("organizer_healer_id", "healers"),
    ref("room_id", "resources", nullable=True),
    sa.Column("location", sa.String(200), nullable=False, server_default=""),
    # Empty: as many as come. seats_taken is counted by the triggers of event_registrations.
    sa.Column("max_capacity", sa.Integer),
    sa.Column("seats_taken", sa.Integer, nullable=False, server_default="0"),
    sa.Column("price", Money, nullable=False),
    sa.Column("status", choice(EventStatus, "event_status"), nullable=False),
    sa.Column("registration_ends_at", Utc),
    sa.Column("cancelled_at", Utc),
    sa.Column("cancellation_reason", sa.String(500)),
    ref("created_by", "users"),
    created_at(),
    sa.CheckConstraint("ends_at > event_date", name="ends_after_start"),
    sa.CheckConstraint("max_capacity >= 0", name="capacity_not_negative"),
    sa.CheckConstraint("seats_taken >= 0", name="seats_not_negative"),
    sa.CheckConstraint("seats_taken <= max_capacity", name="seats_within_capacity"),
    sa.CheckConstraint("price >= 0", name="price_not_negative"),
    sa.CheckConstraint("status <> 'cancelled' or cancelled_at is not null", name="cancelled_has_time"),
    sa.Index("ix_events_event_date", "event_date"),
)

event_registrations = table(
    "event_registrations",
    *identity(),
    version(),
    ref("event_id", "events", indexed=False),
    ref("client_id", "clients"),
    sa.Column("status", choice(RegistrationStatus, "registration_status"), nullable=False),
    sa.Column("seats", sa.Integer, nullable=False, server_default="1"),
    *coupon_columns(),
    sa.Column("total_price", Money, nullable=False),
    *paid_columns("registration_payment_status"),
    sa.Column("note", sa.String(2000)),
    ref("created_by", "users"),
    sa.Column("registered_at", Utc),
    # Who waits longest is asked first.
    sa.Column("waitlisted_at", Utc),
    sa.Column("attended_at", Utc),
    sa.Column("no_show_at", Utc),
    sa.Column("cancelled_at", Utc),
    sa.Column("cancellation_reason", sa.String(500)),
    created_at(),
    # Who comes back after cancelling takes the same row up again.
    sa.UniqueConstraint("event_id", "client_id"),
    sa.CheckConstraint("seats > 0", name="seats_positive"),
    sa.CheckConstraint("status <> 'cancelled' or cancelled_at is not null", name="cancelled_has_time"),
    sa.CheckConstraint("status <> 'waitlisted' or waitlisted_at is not null", name="waitlisted_has_time"),
    *paid_checks("total_price"),
    sa.Index("ix_event_registrations_event_id_status_waitlisted_at", "event_id", "status", "waitlisted_at"),
)
