"""What may be stored of a client: cleaned, of a length that fits, and plausible."""

from datetime import date, datetime, timedelta

from avenrae_desktop.areas.clients.domain import ClientFields
from avenrae_desktop.areas.clients.keys import PHONE_SIGNS
from avenrae_desktop.areas.clients.problems import (
    BAD_EMAIL,
    BAD_PHONE,
    BORN_IN_FUTURE,
    BORN_TOO_EARLY,
    NAME_MISSING,
    TOO_LONG,
)
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.text import clean, clean_lines, digits

EARLIEST_YEAR = 1900
LIMITS = {
    "first_name": 100,
    "last_name": 100,
    "phone": 40,
    "email": 255,
    "emergency_contact_name": 200,
    "emergency_contact_phone": 20,
    "note": 2000,
}
"""The lengths of the columns, in characters."""

_FURTHEST_EAST = timedelta(hours=14)


def checked(fields: ClientFields, now: datetime) -> ClientFields:
    """The fields as they are stored. Raises RuleBroken that names the field; nothing is ever cut off."""
    last_name = _text("last_name", fields.last_name)
    if not last_name:
        raise RuleBroken(NAME_MISSING, field="last_name")
    return ClientFields(
        first_name=_text("first_name", fields.first_name),
        last_name=last_name,
        date_of_birth=_born(fields.date_of_birth, now),
        gender=fields.gender,
        phone=_phone("phone", fields.phone),
        email=_email(fields.email),
        emergency_contact_name=_text("emergency_contact_name", fields.emergency_contact_name),
        emergency_contact_phone=_phone("emergency_contact_phone", fields.emergency_contact_phone),
        note=_fits("note", clean_lines(fields.note)),
        preferred_healer=fields.preferred_healer,
    )


def _text(field: str, typed: str) -> str:
    return _fits(field, clean(typed))


def _fits(field: str, text: str) -> str:
    if len(text) > LIMITS[field]:
        raise RuleBroken(TOO_LONG[field], field=field, limit=LIMITS[field], length=len(text))
    return text


def _born(day: date | None, now: datetime) -> date | None:
    if day is None:
        return None
    # Where the day begins first, it may already be tomorrow.
    if day > (now + _FURTHEST_EAST).date():
        raise RuleBroken(BORN_IN_FUTURE, field="date_of_birth", day=f"{day:%d.%m.%Y}")
    if day.year < EARLIEST_YEAR:
        raise RuleBroken(BORN_TOO_EARLY, field="date_of_birth", year=EARLIEST_YEAR)
    return day


def _phone(field: str, typed: str) -> str:
    text = _text(field, typed)
    allowed = all(char in PHONE_SIGNS or char.isdecimal() for char in text)
    if text and not (allowed and len(digits(text)) >= 3):
        raise RuleBroken(BAD_PHONE, field=field, text=text)
    return text


def _email(typed: str) -> str:
    text = _text("email", typed)
    if not text:
        return ""
    from email_validator import EmailNotValidError, validate_email

    try:
        return _fits("email", validate_email(text, check_deliverability=False).normalized)
    except EmailNotValidError:
        raise RuleBroken(BAD_EMAIL, field="email", text=text) from None
