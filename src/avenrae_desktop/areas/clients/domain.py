"""What may be done with clients: the commands."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from avenrae_desktop.kernel.bus import Command
from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.kernel.values import Gender


@dataclass(frozen=True, kw_only=True)
class ClientFields:
    """What is known of a client, as a person typed it. Only the last name is needed."""

    first_name: str = ""
    last_name: str
    date_of_birth: date | None = None
    gender: Gender | None = None
    phone: str = ""
    email: str = ""
    emergency_contact_name: str = ""
    emergency_contact_phone: str = ""
    note: str = ""
    preferred_healer: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class AddClient(ClientFields, Command):
    """A new client, who cannot sign in."""

    kind = "clients.add"
    needs = Permission.MANAGE_CLIENTS
    client: UUID


@dataclass(frozen=True, kw_only=True)
class EditClient(ClientFields, Command):
    """Replace everything that is known of a client; `version` is the one that was edited."""

    kind = "clients.edit"
    needs = Permission.MANAGE_CLIENTS
    client: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class ArchiveClient(Command):
    """Take a client out of lists and search; bookings and history stay."""

    kind = "clients.archive"
    needs = Permission.MANAGE_CLIENTS
    client: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class RestoreClient(Command):
    """The inverse of ArchiveClient."""

    kind = "clients.restore"
    needs = Permission.MANAGE_CLIENTS
    client: UUID
    version: int
