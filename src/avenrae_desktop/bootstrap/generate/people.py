"""Clients by the thousand, from the names of the demo practice's sixty."""

from collections.abc import Iterator
from datetime import date, timedelta

from avenrae_desktop.areas.clients.domain import ClientFields
from avenrae_desktop.bootstrap.demo.clients import DemoClient, demo_clients
from avenrae_desktop.bootstrap.generate.plan import Plan
from avenrae_desktop.kernel.text import search_key

_OLDEST = date(1938, 1, 1)
_DAYS_OF_BIRTH = 70 * 365
_DOUBLE_LAST, _DOUBLE_FIRST = 0.12, 0.08
_NO_EMAIL, _NO_PHONE, _NOTE = 0.08, 0.06, 0.03


def clients_of(plan: Plan) -> Iterator[ClientFields]:
    """Every client of the practice, in the order of their numbers; nobody has a preferred healer here."""
    known = demo_clients()
    notes = [each.note for each in known if each.note]
    dice = plan.dice("clients")
    for number in range(plan.clients):
        person = dice.choice(known)
        first, last = person.first_name, dice.choice(known).last_name
        if dice.random() < _DOUBLE_FIRST:
            first = f"{first} {_namesake(dice.choice(known), person)}".strip()
        if dice.random() < _DOUBLE_LAST:
            last = f"{last}-{dice.choice(known).last_name}"
        has_email, has_phone = dice.random() >= _NO_EMAIL, dice.random() >= _NO_PHONE
        yield ClientFields(
            first_name=first,
            last_name=last,
            date_of_birth=_OLDEST + timedelta(days=dice.randrange(_DAYS_OF_BIRTH)),
            gender=person.gender,
            phone=_phone(dice.randrange(10**7)) if has_phone else "",
            email=_email(first, last, number) if has_email else "",
            note=dice.choice(notes) if dice.random() < _NOTE else "",
        )


def _namesake(other: DemoClient, person: DemoClient) -> str:
    same = other.gender == person.gender and other.first_name != person.first_name
    return other.first_name if same else ""


def _email(first: str, last: str, number: int) -> str:
    letters = "".join(c for c in search_key(f"{first}.{last}") if c.isascii() and (c.isalnum() or c == "."))
    return f"{letters.strip('.') or 'client'}{number}@example.org"


def _phone(number: int) -> str:
    digits = f"{number:07}"
    return f"+41 79 {digits[:3]} {digits[3:5]} {digits[5:]}"
