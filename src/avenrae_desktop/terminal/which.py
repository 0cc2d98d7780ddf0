"""Which practice a word is about, and who asks: from the command line, else asked for."""

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from avenrae_desktop.areas.accounts.people import checked_sign_in_name, normal_sign_in_name
from avenrae_desktop.areas.accounts.practice_settings import PracticeSettings
from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.bootstrap import places
from avenrae_desktop.bootstrap.places import Place, ServerPlace
from avenrae_desktop.bootstrap.practices import Practices
from avenrae_desktop.bootstrap.server.servers import Servers
from avenrae_desktop.db.engine import sqlcipher_engine
from avenrae_desktop.db.health import check_readable
from avenrae_desktop.db.keyfile import KeyFile
from avenrae_desktop.db.server.enrolment import read_enrolment
from avenrae_desktop.kernel.errors import NotAllowed, Problem, RuleBroken, noop
from avenrae_desktop.kernel.identity import NOT_ALLOWED, Role
from avenrae_desktop.settings.paths import paths_under, user_paths
from avenrae_desktop.terminal.console import Console

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.server.server_app import ServerApp

WHICH = Problem(
    "terminal.which_practice",
    noop("Which practice?"),
    noop("There are {number} practices on this computer: {names}."),
    noop("Name it: --practice FOLDER for one on this computer, --enrolment FILE for one on a server."),
)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A practice on this computer, opened beside the program's own window; `key` is its raw key."""

    place: Place
    keys: KeyFile
    key: bytes
    settings: PracticeSettings

    def __repr__(self) -> str:
        return f"OpenedFile({self.place.folder})"


def place_of(asked: argparse.Namespace) -> Place | ServerPlace:
    """The practice that was named, else the only one there is. Raises RuleBroken, Unavailable."""
    if asked.practice is not None:
        folder = asked.practice.absolute()
        return Place(folder, places.name_in(folder))
    known = [each for each in Practices(user_paths()).known() if not each.is_demo]
    if asked.enrolment is not None:
        enrolment = read_enrolment(asked.enrolment)
        joined = (each for each in known if isinstance(each, ServerPlace) and each.address == enrolment.address)
        file = user_paths().servers / asked.enrolment.name
        return next(joined, ServerPlace(file, enrolment.practice_name, enrolment.address))
    if len(known) != 1:
        names = ", ".join(f"“{each.practice_name}”" for each in known)
        raise RuleBroken(WHICH, number=len(known), names=names or "none")
    return known[0]


def open_file(asked: argparse.Namespace, console: Console, place: Place) -> OpenedFile:
    """For an administrator of the practice. The program's window may be open. Raises AppError."""
    keys = places.load_keys(place)
    name = console.value(asked.user, "Your sign-in name", normal_sign_in_name)
    key = keys.open_by_password(name, console.secret(f"Password of {name}", asked.password_file))
    check_readable(place.database, key)
    engine = sqlcipher_engine(place.database, key)
    try:
        reads = AccountReads(engine)
        found = reads.member_named(name)
        if found is None or Role.ADMIN not in found.person.roles:
            raise NotAllowed(NOT_ALLOWED)
        return OpenedFile(place, keys, key, reads.settings())
    finally:
        engine.dispose()


@contextmanager
def signed_in(asked: argparse.Namespace, console: Console, place: ServerPlace) -> Iterator["ServerApp"]:
    """With the person's own account on the server. Raises AppError."""
    name = console.value(asked.user, "Your sign-in name", checked_sign_in_name)
    password = console.secret(f"Password of {name}", asked.password_file)
    # This computer does not become a desk of the practice by it: what it would remember goes with the folder.
    with tempfile.TemporaryDirectory() as nowhere:
        app = Servers(paths_under(Path(nowhere))).sign_in(place, name, password)
        try:
            yield app
        finally:
            app.close()
