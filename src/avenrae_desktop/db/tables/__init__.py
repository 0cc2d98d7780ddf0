"""Every table of the practice, in the specification's six groups."""

from avenrae_desktop.db.tables.accounts import clients, healers, user_roles, users
from avenrae_desktop.db.tables.base import metadata
from avenrae_desktop.db.tables.commerce import (
    booking_slots,
    bookings,
    coupons,
    order_items,
    orders,
    resources,
    transactions,
)
from avenrae_desktop.db.tables.communication import conversations, messages, notifications, support_tickets
from avenrae_desktop.db.tables.community import favorite_healers, reviews, wishlist_items
from avenrae_desktop.db.tables.offerings import (
    event_registrations,
    events,
    products,
    service_providers,
    services,
)
from avenrae_desktop.db.tables.operations import (
    audit_logs,
    blocked_dates,
    commands,
    healer_availability,
    presence,
    settings,
    system_logs,
)

__all__ = [
    "audit_logs",
    "blocked_dates",
    "booking_slots",
    "bookings",
    "clients",
    "commands",
    "conversations",
    "coupons",
    "event_registrations",
    "events",
    "favorite_healers",
    "healer_availability",
    "healers",
    "messages",
    "metadata",
    "notifications",
    "order_items",
    "orders",
    "presence",
    "products",
    "resources",
    "reviews",
    "service_providers",
    "services",
    "settings",
    "support_tickets",
    "system_logs",
    "transactions",
    "user_roles",
    "users",
    "wishlist_items",
]
