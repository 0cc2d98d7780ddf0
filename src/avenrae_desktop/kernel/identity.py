"""Who is signed in and what they may do: the one table of permissions, the same for every way in."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from avenrae_desktop.kernel.errors import NotAllowed, Problem, noop


class Role(StrEnum):
    """What a person is in the practice; a person may hold several."""

    CLIENT = "client"
    HEALER = "healer"
    FRONT_DESK = "front_desk"
    ADMIN = "admin"


class Permission(StrEnum):
    """One thing that a role may or may not do; every command needs exactly one."""

    SET_UP_PRACTICE = "set_up_practice"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_CLIENTS = "manage_clients"
    MANAGE_SERVICES = "manage_services"
    MANAGE_HOURS = "manage_hours"
    BOOK = "book"
    OVERBOOK = "overbook"
    CHANGE_OWN_ACCOUNT = "change_own_account"
    CHANGE_SETTINGS = "change_settings"
    SEE_REPORTS = "see_reports"


_STAFF = frozenset(
    {Permission.MANAGE_CLIENTS, Permission.BOOK, Permission.OVERBOOK, Permission.CHANGE_OWN_ACCOUNT}
)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.CLIENT: frozenset({Permission.CHANGE_OWN_ACCOUNT}),
    Role.HEALER: _STAFF | {Permission.MANAGE_SERVICES, Permission.MANAGE_HOURS},
    Role.FRONT_DESK: _STAFF | {Permission.MANAGE_HOURS},
    Role.ADMIN: frozenset(Permission),
}

NOT_ALLOWED = Problem(
    "identity.not_allowed",
    noop("You may not do this"),
    noop("Your roles in this practice do not include this action."),
    noop("Ask an administrator of the practice."),
)


@dataclass(frozen=True, slots=True)
class Actor:
    """The person at the keyboard. `healer` is the uuid of their healer profile, if they are one."""

    user_id: int
    uuid: UUID
    name: str
    roles: frozenset[Role]
    healer: UUID | None = None

    def may(self, permission: Permission) -> bool:
        return any(permission in GRANTS[role] for role in self.roles)

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless one of the person's roles grants it."""
        if not self.may(permission):
            raise NotAllowed(NOT_ALLOWED)
