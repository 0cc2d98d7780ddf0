"""`avenrae server init`: a practice on a server, from nothing to its enrolment file."""

import argparse

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.areas.accounts.passwords import checked_password
from avenrae_desktop.areas.accounts.people import checked_sign_in_name
from avenrae_desktop.areas.accounts.practice_settings import checked
from avenrae_desktop.bootstrap.server.setup import Administrator, look, plan, set_up
from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import zone_of
from avenrae_desktop.terminal.console import Console
from avenrae_desktop.terminal.server.address import address_of, administrator_of
from avenrae_desktop.terminal.server.answers import NONE, first_name, healer_type
from avenrae_desktop.terminal.server.files import place_for, write
from avenrae_desktop.terminal.server.showing import bad, show_checks

NOT_READY = Problem(
    "terminal.not_ready",
    noop("This server is not ready for a practice"),
    noop("{number} of the checks above failed: {titles}. Nothing was changed."),
    noop("Run the lines that stand with them, then start this command again."),
)
NOT_WANTED = Problem(
    "terminal.not_wanted",
    noop("Nothing was done"),
    noop("You did not say yes."),
    noop("Run the command again when you want to."),
)


def run(asked: argparse.Namespace, console: Console) -> int:
    """Raises AppError; then the same command goes on where it was."""
    address = address_of(asked, console)
    admin = administrator_of(asked, console, address)
    _check(asked, console, admin)
    create = _practice(asked, console)
    file = place_for(console, asked.enrolment, create.practice_name, overwrite=asked.overwrite)
    _agree(asked, console, plan(admin, create.practice_name))
    steps = _Steps(console)
    enrolment = set_up(admin, create, steps.count, accepted=asked.accept, told=steps.name)
    write(console, file, enrolment)
    console.say()
    console.say(f"Done. Join from every desk with this file; you sign in as “{create.sign_in_name}”.")
    console.say("Further people: in the program under Settings, Team, or with “avenrae server add-person”.")
    return 0


class _Steps:
    """One line for each step."""

    def __init__(self, console: Console) -> None:
        self._console, self._name = console, ""

    def name(self, step: str) -> None:
        self._name = step

    def count(self, done: int, of: int) -> None:
        if self._name:
            self._console.say(f"  [{done:2}/{of}] {self._name}")
        self._name = ""


def _check(asked: argparse.Namespace, console: Console, admin: Administrator) -> None:
    checks = look(admin)
    show_checks(console, checks)
    console.say()
    failed = bad(checks, asked.accept)
    if failed:
        titles = ", ".join(check.title for check in failed)
        raise RuleBroken(NOT_READY, number=len(failed), titles=titles)


def _practice(asked: argparse.Namespace, console: Console) -> CreatePractice:
    name = console.value(asked.practice_name, "Name of the practice", lambda t: checked("practice_name", t))
    zone = console.value(asked.zone, "Time zone", lambda t: checked("time_zone", t), _zone_here())
    currency = console.value(asked.currency, "Currency", lambda t: checked("currency", t), "EUR")
    console.say("Its first administrator:")
    first = first_name(asked, console, "First name")
    last = console.maybe(asked.last_name, "Last name")
    sign_in_name = console.value(asked.sign_in_name, "Sign-in name", checked_sign_in_name, first.casefold())
    kind = healer_type(asked, console, NONE)
    names = (f"{first} {last}".strip(), first, last, sign_in_name, name)
    password = console.new_secret(
        f"A password for {sign_in_name} (at least 12 characters)",
        asked.new_password_file,
        lambda typed: checked_password(typed, names),
    )
    return CreatePractice(
        practice_name=name,
        time_zone=zone,
        currency=currency,
        person=new_uuid(),
        first_name=first,
        last_name=last,
        sign_in_name=sign_in_name,
        is_healer=kind is not None,
        healer_type=kind,
        password=password,
    )


def _zone_here() -> str:
    from tzlocal import get_localzone_name

    try:
        return zone_of(get_localzone_name() or "UTC").key
    except RuleBroken:
        return "UTC"


def _agree(asked: argparse.Namespace, console: Console, sentences: tuple[str, ...]) -> None:
    console.say("\nThis will be done:")
    for number, sentence in enumerate(sentences, 1):
        console.say(f"{number}. {sentence}", hang=3)
    if not asked.yes and not console.confirms("Go on?"):
        raise RuleBroken(NOT_WANTED)
