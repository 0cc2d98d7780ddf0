"""Every table of the practice, in the specification's six groups."""

from avenrae_desktop.db.tables.accounts import clients, healers, user_roles, users
from avenrae_desktop.db.tables.base import metadata
from avenrae_desktop.db.tables.commerce import booking_slots, bookings, resources
from avenrae_desktop.db.tables.offerings import service_providers, services
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
    "healer_availability",
    "healers",
    "metadata",
    "presence",
    "resources",
    "service_providers",
    "services",
    "settings",
    "system_logs",
    "user_roles",
    "users",
]
