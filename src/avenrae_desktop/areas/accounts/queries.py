"""What screens read about people and settings: frozen rows."""

from dataclasses import dataclass
from uuid import UUID

from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.values import HealerType


@dataclass(frozen=True, slots=True)
class PersonRow:
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


@dataclass(frozen=True, slots=True)
class HealerRow:
    """Somebody who can be booked."""

    uuid: UUID
    name: str
    healer_type: HealerType
    hue: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """What sign-in and the lock screen need to know of a person; hashes are bcrypt."""

    user_id: int
    person: PersonRow
    password_hash: str
    pin_hash: str | None
