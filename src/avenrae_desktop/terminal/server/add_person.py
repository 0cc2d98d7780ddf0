"""`avenrae server add-person`: an administrator of the practice lets somebody in, with their own account."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from avenrae_desktop.areas.accounts.codes import new_code
from avenrae_desktop.areas.accounts.domain import AddPerson
from avenrae_desktop.areas.accounts.people import checked_sign_in_name
from avenrae_desktop.bootstrap.places import ServerPlace
from avenrae_desktop.bootstrap.server.servers import Servers
from avenrae_desktop.db.server.enrolment import Enrolment, read_enrolment
from avenrae_desktop.kernel.identity import Permission, Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import HealerType
from avenrae_desktop.settings.paths import paths_under
from avenrae_desktop.terminal.console import Console
from avenrae_desktop.terminal.server.address import chosen
from avenrae_desktop.terminal.server.answers import first_name, healer_type
from avenrae_desktop.terminal.words import ROLES

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.app import App


def run(asked: argparse.Namespace, console: Console) -> int:
    """Prints the one-time code. Raises AppError."""
    enrolment = read_enrolment(asked.enrolment)
    console.say(f"{enrolment.practice_name} on {', '.join(str(host) for host in enrolment.address.hosts)}")
    user = console.value(asked.user, "Your own sign-in name", checked_sign_in_name)
    password = console.secret(f"Password of {user}", asked.password_file)
    with _signed_in(asked.enrolment, enrolment, user, password) as app:
        app.actor.require(Permission.MANAGE_PEOPLE)
        command = _command(asked, console)
        app.do(command)
    name = f"{command.first_name} {command.last_name}".strip()
    console.say(f"{name} signs in as “{command.sign_in_name}” with this one-time code, within 24 hours:")
    console.say(f"  {command.password}")
    console.say("With it they choose a password of their own. Give it to nobody else.")
    return 0


@contextmanager
def _signed_in(file: Path, enrolment: Enrolment, user: str, password: str) -> Iterator["App"]:
    # This computer does not become a desk of the practice by it: what it would remember goes with the folder.
    with tempfile.TemporaryDirectory() as nowhere:
        place = ServerPlace(file, enrolment.practice_name, enrolment.address)
        app = Servers(paths_under(Path(nowhere))).sign_in(place, user, password)
        try:
            yield app
        finally:
            app.close()


def _command(asked: argparse.Namespace, console: Console) -> AddPerson:
    first = first_name(asked, console, "Their first name")
    last = console.maybe(asked.last_name, "Their last name")
    sign_in_name = console.value(asked.sign_in_name, "Their sign-in name", checked_sign_in_name)
    roles = tuple(Role(role) for role in asked.role or ()) or _roles(console)
    kind = healer_type(asked, console, HealerType.OTHER.value) if Role.HEALER in roles else None
    return AddPerson(
        person=new_uuid(),
        first_name=first,
        last_name=last,
        sign_in_name=sign_in_name,
        roles=roles,
        healer_type=kind,
        password=new_code(),
    )


def _roles(console: Console) -> tuple[Role, ...]:
    def read(text: str) -> tuple[Role, ...]:
        return tuple(Role(chosen(each, ROLES)) for each in text.replace(",", " ").split()) or (Role.FRONT_DESK,)

    return console.value(None, f"Their roles ({', '.join(ROLES)})", read, Role.FRONT_DESK.value)
