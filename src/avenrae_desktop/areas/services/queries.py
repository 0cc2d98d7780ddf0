"""What screens are given of services and rooms: frozen rows."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from avenrae_desktop.kernel.values import ServiceCategory


class ServiceRow(NamedTuple):
    """One service with everything about it. `healers` are those who offer it now, the main one first."""

    uuid: UUID
    version: int
    service_name: str
    service_category: ServiceCategory
    duration_minutes: int
    buffer_before_minutes: int
    buffer_after_minutes: int
    price: Decimal
    description: str
    healers: tuple[UUID, ...]
    healer_names: tuple[str, ...]
    room: UUID | None
    room_name: str
    archived: bool


class RoomRow(NamedTuple):
    """A room that can be chosen."""

    uuid: UUID
    resource_name: str


@dataclass(frozen=True, slots=True)
class ServiceChoices:
    """What a service's form offers: healers (uuid, name), rooms; and the currency of prices."""

    healers: tuple[tuple[UUID, str], ...]
    rooms: tuple[RoomRow, ...]
    currency: str
