"""Services & offerings: services and who offers them."""

import sqlalchemy as sa

from avenrae_desktop.db.tables.base import created_at, identity, ref, table, version
from avenrae_desktop.db.types import Money, Utc, choice
from avenrae_desktop.kernel.values import ServiceCategory

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
