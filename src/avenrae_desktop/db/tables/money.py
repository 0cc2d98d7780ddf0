"""Columns of everything that is paid: what it costs less, and what the ledger says was paid for it."""

from typing import Any

import sqlalchemy as sa

from avenrae_desktop.db.tables.base import ref
from avenrae_desktop.db.types import Money, choice
from avenrae_desktop.kernel.values import PaymentStatus


def coupon_columns() -> list[sa.Column[Any]]:
    """The coupon that was used, and what it and other reasons took off the price."""
    return [
        ref("coupon_id", "coupons", nullable=True),
        sa.Column("discount_amount", Money, nullable=False, server_default="0"),
    ]


def paid_columns(label: str) -> list[sa.Column[Any]]:
    """Kept by the triggers of `transactions` alone; `label` is the name of the ENUM."""
    return [
        sa.Column("paid_amount", Money, nullable=False, server_default="0"),
        sa.Column("refunded_amount", Money, nullable=False, server_default="0"),
        sa.Column(
            "payment_status",
            choice(PaymentStatus, label),
            nullable=False,
            server_default=PaymentStatus.UNPAID.value,
        ),
    ]


def paid_checks(total: str) -> list[sa.CheckConstraint]:
    """Nobody gets back more than they gave, and nothing is paid twice; `total` is the column of the price."""
    return [
        sa.CheckConstraint(f"{total} >= 0", name="price_not_negative"),
        sa.CheckConstraint("discount_amount >= 0", name="discount_not_negative"),
        sa.CheckConstraint(
            "refunded_amount >= 0 and refunded_amount <= paid_amount", name="refunds_within_payments"
        ),
        sa.CheckConstraint(f"paid_amount - refunded_amount <= {total}", name="payments_within_price"),
    ]
