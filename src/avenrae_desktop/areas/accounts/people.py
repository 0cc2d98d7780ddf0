"""Rules about people: their names, sign-in names and roles."""

import unicodedata
from collections.abc import Iterable

from avenrae_desktop.areas.accounts.domain import HUES
from avenrae_desktop.areas.accounts.problems import (
    BAD_EMAIL,
    BAD_HUE,
    BAD_SIGN_IN_NAME,
    FIRST_NAME_MISSING,
    HEALER_TYPE_MISSING,
    NAME_TOO_LONG,
    NOT_A_STAFF_ROLE,
    ROLE_MISSING,
)
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.text import clean
from avenrae_desktop.kernel.values import HealerType, UserType

NAME_LIMIT = 100
SIGN_IN_NAME_LIMIT = 32
EMAIL_LIMIT = 255
_PRIMARY = (
    (Role.ADMIN, UserType.ADMIN),
    (Role.HEALER, UserType.HEALER),
    (Role.FRONT_DESK, UserType.FRONT_DESK),
)


def checked_name(first_name: str, last_name: str) -> tuple[str, str]:
    """First and last name as they are stored; the last one may be empty. Raises RuleBroken."""
    first, last = clean(first_name), clean(last_name)
    if not first:
        raise RuleBroken(FIRST_NAME_MISSING, field="first_name")
    for field, text in (("first_name", first), ("last_name", last)):
        if len(text) > NAME_LIMIT:
            raise RuleBroken(NAME_TOO_LONG, field=field, limit=NAME_LIMIT, length=len(text))
    return first, last


def normal_sign_in_name(typed: str) -> str:
    """The form that sign-in names are stored and compared in."""
    return unicodedata.normalize("NFC", typed.strip().casefold())


def checked_sign_in_name(typed: str) -> str:
    """The sign-in name as it is stored; raises RuleBroken."""
    name = normal_sign_in_name(typed)
    if not 1 <= len(name) <= SIGN_IN_NAME_LIMIT or not all(c.isalnum() or c in "._-" for c in name):
        raise RuleBroken(BAD_SIGN_IN_NAME, field="sign_in_name", text=clean(typed), limit=SIGN_IN_NAME_LIMIT)
    return name


def checked_email(typed: str) -> str | None:
    """A person's own address as it is stored and compared, None for none; raises RuleBroken."""
    text = clean(typed)
    if not text:
        return None
    from email_validator import EmailNotValidError, validate_email

    try:
        # Nobody means two people by two spellings of one address.
        found = validate_email(text, check_deliverability=False).normalized.casefold()
    except EmailNotValidError:
        found = ""
    if not found or len(found) > EMAIL_LIMIT:
        raise RuleBroken(BAD_EMAIL, field="email", text=text)
    return found


def checked_roles(roles: Iterable[Role], healer_type: HealerType | None) -> frozenset[Role]:
    """The roles of somebody who works here; raises RuleBroken."""
    wanted = frozenset(roles)
    if not wanted:
        raise RuleBroken(ROLE_MISSING, field="roles")
    if Role.CLIENT in wanted:
        raise RuleBroken(NOT_A_STAFF_ROLE, field="roles")
    if Role.HEALER in wanted and healer_type is None:
        raise RuleBroken(HEALER_TYPE_MISSING, field="healer_type")
    return wanted


def checked_hue(hue: str) -> str:
    """The hue; raises RuleBroken for one that the calendar does not have."""
    if hue not in HUES:
        raise RuleBroken(BAD_HUE, field="hue", text=clean(hue))
    return hue


def primary_type(roles: frozenset[Role]) -> UserType:
    """The one type that stands for several roles where only one has room."""
    return next(kind for role, kind in _PRIMARY if role in roles)
