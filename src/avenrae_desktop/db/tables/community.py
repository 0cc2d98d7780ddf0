"""Community & engagement: reviews, favourite healers, wish lists."""

import sqlalchemy as sa

from avenrae_desktop.db.tables.base import created_at, identity, ref, table, version
from avenrae_desktop.db.types import Utc, choice
from avenrae_desktop.kernel.values import ReviewStatus

reviews = table(
    "reviews",
    *identity(),
    version(),
    ref("client_id", "clients"),
    ref("healer_id", "healers", indexed=False),
    # What was rated; a review of the healer as a whole has none.
    ref("service_id", "services", nullable=True, indexed=False),
    # At most one review of a booking.
    sa.Column("booking_id", sa.Integer, sa.ForeignKey("bookings.id"), unique=True),
    sa.Column("rating", sa.Integer, nullable=False),
    sa.Column("review_text", sa.String(4000), nullable=False, server_default=""),
    sa.Column("status", choice(ReviewStatus, "review_status"), nullable=False),
    sa.Column("response", sa.String(4000)),
    sa.Column("responded_at", Utc),
    ref("moderated_by", "users", nullable=True),
    sa.Column("moderated_at", Utc),
    sa.Column("moderation_reason", sa.String(500)),
    created_at(),
    sa.CheckConstraint("rating between 1 and 5", name="rating_range"),
    sa.CheckConstraint("(response is null) = (responded_at is null)", name="response_has_time"),
    sa.CheckConstraint("booking_id is null or service_id is not null", name="booking_has_service"),
    sa.Index("ix_reviews_healer_id_status", "healer_id", "status", "rating"),
    sa.Index("ix_reviews_service_id_rating", "service_id", "rating"),
    sa.Index("ix_reviews_status_created_at", "status", "created_at"),
)

favorite_healers = table(
    "favorite_healers",
    *identity(),
    ref("client_id", "clients", indexed=False),
    ref("healer_id", "healers"),
    # No favourite any more; the row is taken up again when they are one again.
    sa.Column("removed_at", Utc),
    created_at(),
    sa.UniqueConstraint("client_id", "healer_id"),
)

wishlist_items = table(
    "wishlist_items",
    *identity(),
    version(),
    ref("client_id", "clients", indexed=False),
    ref("product_id", "products"),
    sa.Column("quantity", sa.Integer, nullable=False, server_default="1"),
    sa.Column("note", sa.String(500), nullable=False, server_default=""),
    # To be told when there is some again, and when they were.
    sa.Column("wants_notice", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("noticed_at", Utc),
    sa.Column("removed_at", Utc),
    created_at(),
    sa.UniqueConstraint("client_id", "product_id"),
    sa.CheckConstraint("quantity > 0", name="quantity_positive"),
)
