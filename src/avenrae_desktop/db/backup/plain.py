"""Values as people read them in a table: instants in UTC, uuids and hashes as letters."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

# What spreadsheets take for the beginning of a formula, also in the wide form of East Asian keyboards.
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plain_text(value: Any) -> str:
    """The value as text; nothing for NULL."""
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case Enum():
            return str(value.value)
        case datetime():
            return _instant(value)
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case UUID():
            return str(value)
        case bytes():
            return value.hex()
    return str(value)


def harmless(value: Any) -> str:
    """As `plain_text`; a text that a spreadsheet would run begins with an apostrophe. Numbers stay numbers."""
    text = plain_text(value)
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, Enum)
    if is_number or not text.lstrip(" ").startswith(_BEGINS_FORMULA):
        return text
    return f"'{text}"


def _instant(value: datetime) -> str:
    if value.tzinfo is None:
        return value.isoformat(" ", "minutes" if not value.second and not value.microsecond else "auto")
    return value.astimezone(UTC).isoformat(" ").replace("+00:00", "Z")
