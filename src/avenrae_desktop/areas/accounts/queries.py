"""What screens read about people and settings: frozen rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.values import HealerType


class PersonRow(NamedTuple):
    """Somebody who works in the practice. `healer` is the uuid of their healer profile, if they have one."""

    uuid: UUID
    name: str
    first_name: str
    last_name: str
    sign_in_name: str
    roles: tuple[Role, ...]
    healer: UUID | None
    healer_type: HealerType | None
    hue: str | None
    version: int
    disabled: bool
    email: str | None = None
    seen_at: datetime | None = None
    """When the person was here last; on a server while the window is open, to about ten seconds."""
    has_account: bool = False
    """Whether an account on the server was begun for them."""
    code_until: datetime | None = None
    """Until when the one-time code is valid with which they come in first; None once they have come in."""


class HealerRow(NamedTuple):
    """Somebody who can be booked."""

    uuid: UUID
    name: str
    healer_type: HealerType
    hue: str


class Member(NamedTuple):
    """A person and the inner key of their row."""

    user_id: int
    person: PersonRow


@dataclass(frozen=True, slots=True)
class Secrets:
    """What a typed password or PIN is compared with: bcrypt hashes. Nobody can read them on a server."""

    password_hash: str
    pin_hash: str | None
