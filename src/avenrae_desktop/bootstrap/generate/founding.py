"""Who the generated practice belongs to."""

import secrets

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.bootstrap.generate import ZONE
from avenrae_desktop.bootstrap.generate.plan import Plan, Uuids

SIGN_IN_NAME = "owner"
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # none that is read as another one


def new_password() -> str:
    """A password that a person can type from paper: four groups of five letters and digits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(4))


def founding(plan: Plan, password: str, sign_in_name: str = SIGN_IN_NAME) -> CreatePractice:
    """The practice, and its founder, who runs it and sees no clients."""
    new = Uuids(plan.dice(f"founder {plan.bookings} {plan.today}"))
    return CreatePractice(
        uuid=new.at(plan.now),
        person=new.at(plan.now),
        practice_name=f"Practice of {plan.bookings:,} bookings",
        time_zone=ZONE,
        currency="EUR",
        first_name="Iris",
        last_name="Sandoz",
        sign_in_name=sign_in_name,
        is_healer=False,
        password=password,
    )
