"""What screens are given of clients: frozen rows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from avenrae_desktop.kernel.values import Gender


def full_name(first_name: str, last_name: str) -> str:
    """Both names as they are read out; one of them may be empty."""
    return f"{first_name} {last_name}".strip()


class ClientHit(NamedTuple):
    """What tells one client from another in a short list. `phone_ending` is the last four digits, or empty."""

    uuid: UUID
    name: str
    date_of_birth: date | None
    phone_ending: str
    email: str
    archived: bool = False


class ClientRow(NamedTuple):
    """One line of the list."""

    uuid: UUID
    name: str
    first_name: str
    last_name: str
    date_of_birth: date | None
    phone: str
    email: str
    archived: bool
    version: int


@dataclass(frozen=True, slots=True)
class ClientDetail:
    """Everything that is known of one client; texts that are not known are empty."""

    uuid: UUID
    version: int
    name: str
    first_name: str
    last_name: str
    date_of_birth: date | None
    gender: Gender | None
    phone: str
    email: str
    emergency_contact_name: str
    emergency_contact_phone: str
    note: str
    preferred_healer: UUID | None
    preferred_healer_name: str
    archived: bool
    created_at: datetime
