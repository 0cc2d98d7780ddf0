"""What may be done with services and rooms: the commands."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from avenrae_desktop.kernel.bus import Command
from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.kernel.values import ServiceCategory

SHORTEST_MINUTES = 5
LONGEST_MINUTES = 1440
STEP_MINUTES = 5
LONGEST_BUFFER_MINUTES = 240


@dataclass(frozen=True, kw_only=True)
class ServiceFields:
    """A service as a person typed it. The first of `healers` is the one whose service it is first of all."""

    service_name: str
    service_category: ServiceCategory
    duration_minutes: int
    buffer_before_minutes: int = 0
    buffer_after_minutes: int = 0
    price: Decimal
    description: str = ""
    healers: tuple[UUID, ...]
    room: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class AddService(ServiceFields, Command):
    """Offer something new."""

    kind = "services.add"
    needs = Permission.MANAGE_SERVICES
    service: UUID


@dataclass(frozen=True, kw_only=True)
class EditService(ServiceFields, Command):
    """Replace a service's data. Bookings that exist keep their healer, length and price."""

    kind = "services.edit"
    needs = Permission.MANAGE_SERVICES
    service: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class ArchiveService(Command):
    """Offer it no more; bookings and history stay."""

    kind = "services.archive"
    needs = Permission.MANAGE_SERVICES
    service: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class RestoreService(Command):
    """The inverse of ArchiveService."""

    kind = "services.restore"
    needs = Permission.MANAGE_SERVICES
    service: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class AddRoom(Command):
    """A room that bookings can occupy."""

    kind = "services.add_room"
    needs = Permission.MANAGE_SERVICES
    room: UUID
    resource_name: str


@dataclass(frozen=True, kw_only=True)
class ArchiveRoom(Command):
    """Use a room no more; bookings that have it keep it."""

    kind = "services.archive_room"
    needs = Permission.MANAGE_SERVICES
    room: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class RestoreRoom(Command):
    """The inverse of ArchiveRoom."""

    kind = "services.restore_room"
    needs = Permission.MANAGE_SERVICES
    room: UUID
    version: int
