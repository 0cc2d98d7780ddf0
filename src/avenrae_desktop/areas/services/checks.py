"""What may be stored of a service or a room."""

from decimal import Decimal

from avenrae_desktop.areas.services.domain import (
    LONGEST_BUFFER_MINUTES,
    LONGEST_MINUTES,
    SHORTEST_MINUTES,
    STEP_MINUTES,
    ServiceFields,
)
from avenrae_desktop.areas.services.problems import (
    BAD_BUFFER,
    BAD_DURATION,
    NAME_MISSING,
    NO_HEALERS,
    ROOM_NAME_MISSING,
    TOO_LONG,
)
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.money import check_amount
from avenrae_desktop.kernel.text import clean, clean_lines

LIMITS = {"service_name": 150, "description": 2000, "resource_name": 150}
"""The lengths of the columns, in characters."""


def checked(fields: ServiceFields, currency: str) -> ServiceFields:
    """The fields as they are stored. Raises RuleBroken that names the field; nothing is ever cut off."""
    name = _fits("service_name", clean(fields.service_name))
    if not name:
        raise RuleBroken(NAME_MISSING, field="service_name")
    minutes = fields.duration_minutes
    if not SHORTEST_MINUTES <= minutes <= LONGEST_MINUTES or minutes % STEP_MINUTES:
        raise RuleBroken(BAD_DURATION, field="duration_minutes", minutes=minutes)
    _check_buffer("buffer_before_minutes", fields.buffer_before_minutes)
    _check_buffer("buffer_after_minutes", fields.buffer_after_minutes)
    if not fields.healers:
        raise RuleBroken(NO_HEALERS, field="healers")
    return ServiceFields(
        service_name=name,
        service_category=fields.service_category,
        duration_minutes=minutes,
        buffer_before_minutes=fields.buffer_before_minutes,
        buffer_after_minutes=fields.buffer_after_minutes,
        price=_price(fields, currency),
        description=_fits("description", clean_lines(fields.description)),
        healers=tuple(dict.fromkeys(fields.healers)),
        room=fields.room,
    )


def checked_room_name(typed: str) -> str:
    """The name as it is stored; raises RuleBroken."""
    name = _fits("resource_name", clean(typed))
    if not name:
        raise RuleBroken(ROOM_NAME_MISSING, field="resource_name")
    return name


def _fits(field: str, text: str) -> str:
    if len(text) > LIMITS[field]:
        raise RuleBroken(TOO_LONG[field], field=field, limit=LIMITS[field], length=len(text))
    return text


def _check_buffer(field: str, minutes: int) -> None:
    if not 0 <= minutes <= LONGEST_BUFFER_MINUTES:
        raise RuleBroken(BAD_BUFFER, field=field, minutes=minutes, limit=LONGEST_BUFFER_MINUTES)


def _price(fields: ServiceFields, currency: str) -> Decimal:
    try:
        return check_amount(fields.price, currency)
    except RuleBroken as error:
        raise RuleBroken(error.problem, field="price", **error.params) from None
