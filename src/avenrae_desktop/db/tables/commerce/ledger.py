"""The ledger, which is only ever added to, and coupons."""

import sqlalchemy as sa

from avenrae_desktop.db.tables.base import created_at, identity, ref, table, version
from avenrae_desktop.db.types import Money, Utc, choice, exact
from avenrae_desktop.kernel.values import CouponScope, Tender, TransactionKind

transactions = table(
    "transactions",
    *identity(),
    sa.Column("kind", choice(TransactionKind, "transaction_kind"), nullable=False),
    sa.Column("tender", choice(Tender, "tender"), nullable=False),
    # Into the till above zero, out of it below.
    sa.Column("amount", Money, nullable=False),
    sa.Column("currency", exact(3), nullable=False),
    # What it pays for: one of the three, or none for a client's payment on account.
    ref("booking_id", "bookings", nullable=True),
    ref("order_id", "orders", nullable=True),
    ref("event_registration_id", "event_registrations", nullable=True),
    ref("client_id", "clients", nullable=True, indexed=False),
    # The entry that this one takes back, whole; each at most once.
    sa.Column("reverses_id", sa.Integer, sa.ForeignKey("transactions.id"), unique=True),
    # The payment that a refund gives back from, where it is known.
    ref("refund_of_id", "transactions", nullable=True),
    # Entries on one receipt (a split payment, several things at once) share its number.
    sa.Column("receipt_number", exact(50), index=True),
    sa.Column("amount_given", Money),  # cash that was handed over; the rest was change
    # Of a card only what a receipt may show; the number itself is stored nowhere.
    sa.Column("card_brand", exact(20)),
    sa.Column("card_last4", exact(4)),
    sa.Column("provider", exact(40)),
    sa.Column("provider_reference", exact(120)),
    sa.Column("note", sa.String(500)),
    ref("created_by", "users"),
    sa.Column("taken_at", Utc, nullable=False),
    created_at(),
    sa.UniqueConstraint("provider", "provider_reference"),
    sa.CheckConstraint(
        "(kind = 'payment') = (reverses_id is null) and amount > 0"
        " or (kind = 'payment') <> (reverses_id is null) and amount < 0",
        name="sign_of_kind",
    ),
    sa.CheckConstraint(
        "(case when booking_id is null then 0 else 1 end) + (case when order_id is null then 0 else 1 end)"
        " + (case when event_registration_id is null then 0 else 1 end) <= 1",
        name="for_one_thing",
    ),
    sa.CheckConstraint(
        "client_id is not null or booking_id is not null or order_id is not null"
        " or event_registration_id is not null",
        name="of_somebody_or_for_something",
    ),
    sa.CheckConstraint("refund_of_id is null or kind = 'refund'", name="refund_of_payment"),
    sa.CheckConstraint("amount_given is null or tender = 'cash' and amount_given >= amount", name="given_is_cash"),
    sa.CheckConstraint("(provider is null) = (provider_reference is null)", name="provider_is_whole"),
    sa.Index("ix_transactions_client_id_taken_at", "client_id", "taken_at"),
    sa.Index("ix_transactions_taken_at", "taken_at"),
)

coupons = table(
    "coupons",
    *identity(),
    version(),
    sa.Column("code", exact(50), nullable=False, unique=True),
    sa.Column("coupon_name", sa.String(150), nullable=False, server_default=""),
    sa.Column("scope", choice(CouponScope, "coupon_scope"), nullable=False),
    # One of the two.
    sa.Column("percent_off", sa.Integer),
    sa.Column("amount_off", Money),
    sa.Column("minimum_amount", Money),
    sa.Column("valid_from", Utc),
    sa.Column("valid_until", Utc),
    # Empty: as often as anybody likes. used_count is counted by the triggers of what uses coupons.
    sa.Column("max_uses", sa.Integer),
    sa.Column("used_count", sa.Integer, nullable=False, server_default="0"),
    sa.Column("is_active", sa.Boolean, nullable=False, server_default=sa.true()),
    ref("created_by", "users"),
    created_at(),
    sa.CheckConstraint("(percent_off is null) <> (amount_off is null)", name="percent_or_amount"),
    sa.CheckConstraint("percent_off between 1 and 100", name="percent_range"),
    sa.CheckConstraint("amount_off > 0", name="amount_positive"),
    sa.CheckConstraint("minimum_amount >= 0", name="minimum_not_negative"),
    sa.CheckConstraint("valid_until > valid_from", name="valid_until_after_from"),
    sa.CheckConstraint("max_uses >= 0", name="max_uses_not_negative"),
    sa.CheckConstraint("used_count >= 0", name="used_not_negative"),
    sa.CheckConstraint("used_count <= max_uses", name="used_within_max"),
)
