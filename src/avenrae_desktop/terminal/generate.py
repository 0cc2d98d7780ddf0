"""`avenrae generate`: a practice with as many invented bookings as one likes, here or on a server."""

import argparse
from datetime import UTC, date, datetime

from avenrae_desktop.areas.accounts.passwords import checked_password
from avenrae_desktop.areas.accounts.people import checked_sign_in_name
from avenrae_desktop.bootstrap.generate import BOOKINGS_LIMIT
from avenrae_desktop.bootstrap.generate.founding import SIGN_IN_NAME, founding, new_password
from avenrae_desktop.bootstrap.generate.plan import Plan
from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.settings.paths import user_paths
from avenrae_desktop.terminal.console import Console

_LINES = 20  # of progress, where nobody watches a line that changes

BAD_NUMBER = Problem(
    "generate.bad_number",
    noop("This number of bookings does not work"),
    noop("A practice of {bookings} bookings cannot be generated."),
    noop("Give a number from 1 to {limit}."),
)
BAD_DAY = Problem(
    "generate.bad_day",
    noop("This is not a day"),
    noop("“{text}” is no day from 1990 to 2090."),
    noop("Write it like 2026-11-23."),
)


def run(asked: argparse.Namespace, console: Console) -> int:
    """Raises AppError."""
    if not 1 <= asked.bookings <= BOOKINGS_LIMIT:
        raise RuleBroken(BAD_NUMBER, bookings=asked.bookings, limit=f"{BOOKINGS_LIMIT:,}")
    plan = Plan(asked.bookings, asked.seed, _day(asked.day))
    console.say(f"Bookings: {plan.bookings:,}, clients: {plan.clients:,}, healers: {len(plan.colleagues)}")
    return _on_server(asked, console, plan) if asked.server else _in_folder(asked, console, plan)


def _day(typed: str | None) -> date:
    if typed is None:
        return utc_now().date()
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        raise RuleBroken(BAD_DAY, text=typed) from None
    if not 1990 <= day.year <= 2090:
        raise RuleBroken(BAD_DAY, text=typed)
    return day


def _in_folder(asked: argparse.Namespace, console: Console, plan: Plan) -> int:
    from avenrae_desktop.bootstrap.generate.folder import generate_folder

    name = _sign_in_name(asked)
    password, shown = _password(asked, console, plan, name)
    create, bar = founding(plan, password, name), _Progress(console)
    try:
        made = generate_folder(user_paths(), asked.folder, plan, create, bar.tell, utc_now())
    except KeyboardInterrupt:
        console.say("\nStopped. Nothing is left of it.")
        return 130
    console.say(f"The practice is in the program's list, and here:\n  {made.folder}")
    _show_password(console, name, shown)
    console.say(f"Its recovery key:\n  {made.recovery_key}")
    return 0


def _on_server(asked: argparse.Namespace, console: Console, plan: Plan) -> int:
    from avenrae_desktop.bootstrap.generate.on_server import generate_on_server, is_set_up
    from avenrae_desktop.terminal.server.address import address_of, administrator_of
    from avenrae_desktop.terminal.server.files import place_for, write

    admin = administrator_of(asked, console, address_of(asked, console))
    name, fresh = _sign_in_name(asked), not is_set_up(admin)
    password, shown = _password(asked, console, plan, name) if fresh else ("", None)
    create, bar = founding(plan, password, name), _Progress(console)
    file = place_for(console, asked.enrolment, create.practice_name, overwrite=asked.overwrite)
    try:
        enrolment = generate_on_server(admin, plan, create if fresh else None, bar.tell, asked.accept)
    except KeyboardInterrupt:
        console.say(f"\nStopped: {bar.done:,} of {plan.bookings:,} bookings are in {admin.address.database}.")
        console.say("What is there is whole. The same command goes on; or drop the database.")
        _show_password(console, name, shown)
        return 130
    write(console, file, enrolment)
    _show_password(console, name, shown)
    return 0


def _sign_in_name(asked: argparse.Namespace) -> str:
    return checked_sign_in_name(asked.sign_in_name or SIGN_IN_NAME)


def _password(asked: argparse.Namespace, console: Console, plan: Plan, name: str) -> tuple[str, str | None]:
    """The founder's password, and the same to show if it was made here."""
    if asked.new_password_file is None:
        made = new_password()
        return made, made
    given = console.secret(f"Password for {name}", asked.new_password_file)
    return checked_password(given, (name, founding(plan, given, name).practice_name)), None


def _show_password(console: Console, name: str, shown: str | None) -> None:
    if shown is not None:
        console.say(f"Sign in as “{name}” with this password, which is shown only now:")
        console.say(f"  {shown}")


class _Progress:
    """A line that changes for somebody who watches; now and then one for a log."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = datetime.now(UTC)
        self._told = -1
        self.done = 0

    def tell(self, done: int, of: int) -> None:
        self.done = done
        if self._console.out.isatty():
            self._console.out.write(f"\r  {done:,} of {of:,} bookings{self._left(done, of)}   ")
            self._console.out.write("\n" if done == of else "")
            self._console.out.flush()
        elif done * _LINES // of > self._told:
            self._told = done * _LINES // of
            self._console.say(f"  {done:,} of {of:,} bookings")

    def _left(self, done: int, of: int) -> str:
        seconds = (datetime.now(UTC) - self._began).total_seconds()
        left = seconds * (of - done) / done if done else 0
        return f", about {left / 60:.0f} min to go" if left >= 60 else " " * 24
