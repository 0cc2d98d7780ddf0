"""Transactions & commerce: bookings and their slots, orders, the ledger, coupons."""

from avenrae_desktop.db.tables.commerce.bookings import booking_slots, bookings, resources
from avenrae_desktop.db.tables.commerce.ledger import coupons, transactions
from avenrae_desktop.db.tables.commerce.orders import order_items, orders

__all__ = ["booking_slots", "bookings", "coupons", "order_items", "orders", "resources", "transactions"]
