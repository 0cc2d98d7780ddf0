"""Orders of products and their items; what an item takes from the stock is counted by its triggers."""

import sqlalchemy as sa

from avenrae_desktop.db.tables.base import created_at, identity, ref, table, version
from avenrae_desktop.db.tables.money import coupon_columns, paid_checks, paid_columns
from avenrae_desktop.db.types import Money, Percent, Utc, choice, exact
from avenrae_desktop.kernel.values import OrderChannel, OrderStatus

orders = table(
    "orders",
    *identity(),
    version(),
    # Empty: somebody who bought at the desk and is no client.
    ref("client_id", "clients", nullable=True, indexed=False),
    sa.Column("order_number", exact(50), nullable=False, unique=True),
    sa.Column("order_date", Utc, nullable=False),
    sa.Column("channel", choice(OrderChannel, "order_channel"), nullable=False),
    sa.Column("status", choice(OrderStatus, "order_status"), nullable=False),
    *coupon_columns(),
    # The sum of the items; discount_amount is what the order as a whole costs less.
    sa.Column("subtotal", Money, nullable=False),
    sa.Column("shipping_amount", Money, nullable=False, server_default="0"),
    sa.Column("tax_amount", Money, nullable=False, server_default="0"),
    # Prices hold the tax already, as is the custom in Europe; else it comes on top.
    sa.Column("is_tax_included", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column("total_amount", Money, nullable=False),
    sa.Column("currency", exact(3), nullable=False),
    *paid_columns("order_payment_status"),
    sa.Column("shipping_address", sa.String(500)),
    sa.Column("tracking_number", sa.String(100)),
    sa.Column("note", sa.String(2000)),
    ref("created_by", "users"),
    sa.Column("ready_at", Utc),
    sa.Column("shipped_at", Utc),
    sa.Column("completed_at", Utc),
    sa.Column("cancelled_at", Utc),
    sa.Column("cancellation_reason", sa.String(500)),
    created_at(),
    *paid_checks("total_amount"),
    sa.CheckConstraint("subtotal >= 0 and shipping_amount >= 0 and tax_amount >= 0", name="parts_not_negative"),
    sa.CheckConstraint(
        "total_amount = subtotal - discount_amount + shipping_amount"
        " + case when is_tax_included then 0 else tax_amount end",
        name="total_adds_up",
    ),
    sa.CheckConstraint("status <> 'cancelled' or cancelled_at is not null", name="cancelled_has_time"),
    sa.Index("ix_orders_client_id_order_date", "client_id", "order_date"),
    sa.Index("ix_orders_order_date", "order_date"),
)

order_items = table(
    "order_items",
    *identity(),
    version(),
    ref("order_id", "orders"),
    ref("product_id", "products"),
    # As they were when it was sold.
    sa.Column("product_name", sa.String(200), nullable=False),
    sa.Column("sku", exact(50), nullable=False),
    sa.Column("unit_price", Money, nullable=False),
    sa.Column("tax_rate", Percent, nullable=False, server_default="0"),
    sa.Column("quantity", sa.Integer, nullable=False),
    sa.Column("discount_amount", Money, nullable=False, server_default="0"),
    sa.Column("line_total", Money, nullable=False),
    # Came back, and of these, back on the shelf. The stock is less by quantity - restocked_quantity.
    sa.Column("returned_quantity", sa.Integer, nullable=False, server_default="0"),
    sa.Column("restocked_quantity", sa.Integer, nullable=False, server_default="0"),
    # Written by the triggers of orders: a cancelled order holds nothing.
    sa.Column("holds_stock", sa.Boolean, nullable=False, server_default=sa.true()),
    created_at(),
    sa.CheckConstraint("quantity > 0", name="quantity_positive"),
    sa.CheckConstraint("unit_price >= 0 and discount_amount >= 0 and tax_rate >= 0", name="prices_not_negative"),
    sa.CheckConstraint("line_total = unit_price * quantity - discount_amount", name="line_adds_up"),
    sa.CheckConstraint("line_total >= 0", name="line_not_negative"),
    sa.CheckConstraint("returned_quantity >= 0 and returned_quantity <= quantity", name="returned_within_sold"),
    sa.CheckConstraint(
        "restocked_quantity >= 0 and restocked_quantity <= returned_quantity", name="restocked_within_returned"
    ),
)
