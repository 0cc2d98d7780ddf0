"""What may be done with people and settings: the commands."""

from dataclasses import dataclass, field
from uuid import UUID

from avenrae_desktop.kernel.bus import Command
from avenrae_desktop.kernel.codec import SECRET
from avenrae_desktop.kernel.identity import Permission, Role
from avenrae_desktop.kernel.values import HealerType

# The hues of healers in the calendar, in the order in which new healers get them.
HUES = ("blue", "violet", "green", "amber", "rose", "teal", "slate", "sand")


@dataclass(frozen=True, kw_only=True)
class CreatePractice(Command):
    """The first command of every practice; `person` becomes its administrator, and a healer if they are one."""

    kind = "accounts.create_practice"
    needs = Permission.SET_UP_PRACTICE
    practice_name: str
    time_zone: str
    currency: str
    person: UUID
    first_name: str
    last_name: str
    sign_in_name: str
    is_healer: bool = True
    healer_type: HealerType | None = None
    password: str = field(metadata=SECRET, repr=False)


@dataclass(frozen=True, kw_only=True)
class AddPerson(Command):
    """Let another person in. `healer_type` is needed with the healer role and else left out."""

    kind = "accounts.add_person"
    needs = Permission.MANAGE_PEOPLE
    person: UUID
    first_name: str
    last_name: str
    sign_in_name: str
    roles: tuple[Role, ...]
    healer_type: HealerType | None = None
    hue: str | None = None
    password: str = field(metadata=SECRET, repr=False)


@dataclass(frozen=True, kw_only=True)
class EditPerson(Command):
    """Change name, roles or healer profile. A role that is taken away is ended, not forgotten."""

    kind = "accounts.edit_person"
    needs = Permission.MANAGE_PEOPLE
    person: UUID
    version: int
    first_name: str
    last_name: str
    roles: tuple[Role, ...]
    healer_type: HealerType | None = None
    hue: str | None = None


@dataclass(frozen=True, kw_only=True)
class DisablePerson(Command):
    """Shut a person out; all that they did stays."""

    kind = "accounts.disable_person"
    needs = Permission.MANAGE_PEOPLE
    person: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class EnablePerson(Command):
    """Let a person in again, with the password they had."""

    kind = "accounts.enable_person"
    needs = Permission.MANAGE_PEOPLE
    person: UUID
    version: int


@dataclass(frozen=True, kw_only=True)
class ChangeMyPassword(Command):
    """Change my own password, knowing the old one."""

    kind = "accounts.change_my_password"
    needs = Permission.CHANGE_OWN_ACCOUNT
    old: str = field(metadata=SECRET, repr=False)
    new: str = field(metadata=SECRET, repr=False)


@dataclass(frozen=True, kw_only=True)
class SetPassword(Command):
    """Give a colleague who forgot theirs a new password."""

    kind = "accounts.set_password"
    needs = Permission.MANAGE_PEOPLE
    person: UUID
    password: str = field(metadata=SECRET, repr=False)


@dataclass(frozen=True, kw_only=True)
class RecoverPassword(Command):
    """Set my own password without the old one: only for somebody who showed the recovery key."""

    kind = "accounts.recover_password"
    needs = Permission.CHANGE_OWN_ACCOUNT
    password: str = field(metadata=SECRET, repr=False)


@dataclass(frozen=True, kw_only=True)
class EditMyself(Command):
    """Change my own name and e-mail address; `person` is me."""

    kind = "accounts.edit_myself"
    needs = Permission.CHANGE_OWN_ACCOUNT
    person: UUID
    version: int
    first_name: str
    last_name: str
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class SetPin(Command):
    """Set the PIN that unlocks my running session, or remove it with None."""

    kind = "accounts.set_pin"
    needs = Permission.CHANGE_OWN_ACCOUNT
    pin: str | None = field(metadata=SECRET, repr=False)


@dataclass(frozen=True, kw_only=True)
class ChangeSettings(Command):
    """Change settings of the practice: (name, value as text) each; names: `practice_settings.DECLARED`."""

    kind = "accounts.change_settings"
    needs = Permission.CHANGE_SETTINGS
    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SettingBefore:
    """What a setting was, and the version that the change left it at."""

    name: str
    value: str
    version: int


@dataclass(frozen=True, kw_only=True)
class RestoreSettings(Command):
    """Put settings back as they were; refused if somebody changed them again."""

    kind = "accounts.restore_settings"
    needs = Permission.CHANGE_SETTINGS
    values: tuple[SettingBefore, ...]
