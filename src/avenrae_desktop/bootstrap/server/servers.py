"""The practice servers that this computer knows: joining one, and signing in."""

import contextlib
import glob
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from avenrae_desktop.areas.accounts.people import normal_sign_in_name
from avenrae_desktop.bootstrap import places
from avenrae_desktop.bootstrap.drafts import SUFFIX as DRAFT
from avenrae_desktop.bootstrap.guards import telling_world
from avenrae_desktop.bootstrap.places import ServerPlace
from avenrae_desktop.bootstrap.server.typed import TypedServers
from avenrae_desktop.kernel.errors import AppError, NotAllowed, Problem, Unavailable, noop
from avenrae_desktop.kernel.files import ENROLMENT_SUFFIX
from avenrae_desktop.kernel.time import Clock, utc_now
from avenrae_desktop.kernel.values import LogLevel
from avenrae_desktop.settings.machine import SERVERS, MachineSettings
from avenrae_desktop.settings.paths import Paths

if TYPE_CHECKING:
    from avenrae_desktop.areas.accounts.domain import CreatePractice
    from avenrae_desktop.bootstrap.server.checks import Check
    from avenrae_desktop.bootstrap.server.server_app import ServerApp
    from avenrae_desktop.bootstrap.server.session import Session
    from avenrae_desktop.bootstrap.server.setup import Administrator
    from avenrae_desktop.db.server.address import Host
    from avenrae_desktop.db.server.enrolment import Enrolment
    from avenrae_desktop.db.server.tls import Shown

Progress = Callable[[int, int], None]

CODE = Problem(
    "servers.code",
    noop("Choose a password of your own"),
    noop("What you typed is a one-time code. It lets you in once, to choose a password."),
    noop("Choose a password that only you know."),
)
NOT_HERE = Problem(
    "servers.not_here",
    noop("You do not belong to this practice"),
    noop("The server knows “{sign_in_name}”, but nobody of this practice signs in with that name."),
    noop("Check that you chose the right practice, or ask its administrator to invite you."),
)


class Servers(TypedServers):
    """Blocking calls, each safe to repeat; every fault is an AppError."""

    def __init__(self, paths: Paths, clock: Clock = utc_now) -> None:
        self._paths, self._clock = paths, clock

    def known(self) -> tuple[ServerPlace, ...]:
        """The practices that were joined, in no order. A damaged enrolment file is left out."""
        remembered = MachineSettings(self._paths.machine_settings).get(SERVERS)
        found = (_place(file, remembered) for file in _files(self._paths.servers))
        return tuple(place for place in found if place is not None)

    def join(self, enrolment: "Enrolment") -> ServerPlace:
        """Keep the enrolment; the practice is known from now on. Joined again, the newer address counts."""
        from avenrae_desktop.db.server.enrolment import write_enrolment

        known = {(p.practice_name, p.address.database): p for p in self.known()}
        before = known.get((enrolment.practice_name, enrolment.address.database))
        with telling_world(self._paths.servers):
            self._paths.servers.mkdir(parents=True, exist_ok=True)
            file = (
                before.file
                if before
                else places.free_file(self._paths.servers, enrolment.practice_name, ENROLMENT_SUFFIX)
            )
            write_enrolment(file, enrolment)
        if before is not None:
            return replace(before, address=enrolment.address)
        return ServerPlace(file, enrolment.practice_name, enrolment.address)

    def forget(self, place: ServerPlace) -> None:
        """Leave the practice out of the list; nothing on the server is touched."""
        with telling_world():
            for draft in place.file.parent.glob(f"{glob.escape(place.file.stem)}.*{DRAFT}"):
                draft.unlink(missing_ok=True)
            place.file.unlink(missing_ok=True)

    def sign_in(self, place: ServerPlace, sign_in_name: str, password: str) -> "ServerApp":
        """Connect as the person.

        Raises RuleBroken (wrong name or password), MustChoosePassword (it was a one-time code), NotAllowed (shut
        out, locked, nobody of this practice), Unavailable (server away and everything else).
        """
        name = normal_sign_in_name(sign_in_name)
        session = self._session(place, name, password)
        with _closing_on_error(session):
            app = self._opened(place, session)
        self._remember(place, name)
        return app

    def choose_password(self, place: ServerPlace, sign_in_name: str, code: str, new_password: str) -> "ServerApp":
        """Come in with a one-time code and an own password. Raises as `sign_in`, RuleBroken for a weak one."""
        from avenrae_desktop.areas.accounts.passwords import checked_password, hashed
        from avenrae_desktop.bootstrap.server.founder import come_in
        from avenrae_desktop.db.server import accounts

        name = normal_sign_in_name(sign_in_name)
        new = checked_password(new_password, (name, place.practice_name))
        come_in(place.address, name, code, new)
        app = self.sign_in(place, name, new)
        with _closing_on_error(app), app.session.engine.connect() as c:
            accounts.set_my_password_hash(c, hashed(new))
        return app

    def shown_certificate(self, host: "Host") -> "Shown":
        """The certificate that a server shows, for a person to compare. Nothing secret is sent."""
        from avenrae_desktop.db.server.tls import shown_certificate

        return shown_certificate(host)

    def look(self, admin: "Administrator") -> "tuple[Check, ...]":
        """Whether the server is fit for a practice."""
        from avenrae_desktop.bootstrap.server.checks import look

        return look(admin)

    def plan(self, admin: "Administrator", practice_name: str) -> tuple[str, ...]:
        """What `set_up` will do, in sentences."""
        from avenrae_desktop.bootstrap.server.setup import plan

        return plan(admin, practice_name)

    def set_up(self, admin: "Administrator", command: "CreatePractice", progress: Progress) -> "Enrolment":
        """Make the practice on the server; goes on where an earlier try ended."""
        from avenrae_desktop.bootstrap.server.setup import set_up

        return set_up(admin, command, progress, self._clock)

    def _session(self, place: ServerPlace, name: str, password: str) -> "Session":
        from avenrae_desktop.bootstrap.server.session import Session

        return Session(place.address, name, unicodedata.normalize("NFC", password))

    def _opened(self, place: ServerPlace, session: "Session") -> "ServerApp":
        from avenrae_desktop.areas.accounts.repository import AccountReads
        from avenrae_desktop.bootstrap.server.server_app import ServerApp

        session.check(self._clock)
        reads = AccountReads(session.engine)
        found = reads.member_named(session.user)
        if found is None:
            raise NotAllowed(NOT_HERE, sign_in_name=session.user)
        place = self._named(place, reads.settings().practice_name)
        app = ServerApp(place, session, found.person.uuid, self._clock)
        app.settle_all()
        app.log(LogLevel.INFO, "sign_in", f"{session.user} signed in")
        return app

    def _named(self, place: ServerPlace, practice_name: str) -> ServerPlace:
        """The place under the practice's own name: it may have been joined by address, or renamed since."""
        from avenrae_desktop.db.server.enrolment import Enrolment, write_enrolment

        if practice_name == place.practice_name:
            return place
        # What it is called in a list is not worth keeping anybody out of their practice.
        with contextlib.suppress(Unavailable):
            write_enrolment(place.file, Enrolment(practice_name, place.address))
        return replace(place, practice_name=practice_name)

    def _remember(self, place: ServerPlace, name: str) -> None:
        machine = MachineSettings(self._paths.machine_settings)
        # What was chosen last is not worth keeping anybody out of their practice.
        with contextlib.suppress(Unavailable):
            before = machine.get(SERVERS)
            machine.set(SERVERS, {**before, place.file.name: (self._clock(), name)})


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(folder.glob(f"*{ENROLMENT_SUFFIX}"))
    except OSError:
        return []


def _place(file: Path, remembered: dict[str, tuple[datetime, str]]) -> ServerPlace | None:
    from avenrae_desktop.db.server.enrolment import read_enrolment

    try:
        enrolment = read_enrolment(file)
    except AppError:
        return None
    at, name = remembered.get(file.name, (None, ""))
    return ServerPlace(file, enrolment.practice_name, enrolment.address, at, name)


@contextlib.contextmanager
def _closing_on_error(opened: "Session | ServerApp") -> Iterator[None]:
    try:
        yield
    except BaseException:
        opened.close()
        raise
