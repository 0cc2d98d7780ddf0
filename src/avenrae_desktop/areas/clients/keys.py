"""The forms that clients are searched and compared by; the columns beside them are indexed."""

import re
from dataclasses import dataclass

from avenrae_desktop.areas.clients.domain import ClientFields
from avenrae_desktop.kernel.text import digits, email_key, search_key

NAME_KEY = 100
EMAIL_KEY = 255
PHONE_KEY = 40
PHONE_SIGNS = frozenset("0123456789+-()/. ")
_BREAKS = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class SearchKeys:
    """What the key columns hold for one client."""

    last_key: str
    first_key: str
    other_key: str
    email_key: str
    phone_key: str
    phone_tail: str


def keys_of(fields: ClientFields) -> SearchKeys:
    """The search keys of a client's names, e-mail and phone."""
    last, first = search_key(fields.last_name), search_key(fields.first_name)
    phone = digits(fields.phone)[:PHONE_KEY]
    return SearchKeys(
        last_key=last[:NAME_KEY],
        first_key=first[:NAME_KEY],
        other_key=(_last_part(last) or _last_part(first))[:NAME_KEY],
        email_key=email_key(fields.email)[:EMAIL_KEY],
        phone_key=phone,
        phone_tail=phone[::-1],
    )


def _last_part(key: str) -> str:
    """The last word of a name of many words ("van der Berg", "Müller-Lüdenscheid"), else nothing."""
    parts = [part for part in _BREAKS.split(key) if part]
    return parts[-1] if len(parts) > 1 else ""


def words_of(text: str) -> tuple[str, ...]:
    """What was typed, as words in the form of the keys; a phone number is one word of digits."""
    text = text[:NAME_KEY]
    number = digits(text)
    if len(number) > 1 and PHONE_SIGNS.issuperset(text):
        return (number,)
    words = (word.strip(",;") for word in search_key(text).split())
    return tuple(dict.fromkeys(word for word in words if word))[:6]
