"""A practice on a server, with somebody signed in to their own account there."""

import contextlib
import threading
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from avenrae_desktop.areas.accounts.domain import (
    AddPerson,
    ChangeMyPassword,
    DisablePerson,
    EditPerson,
    EnablePerson,
    SetPassword,
)
from avenrae_desktop.areas.accounts.passwords import checked_password, fits
from avenrae_desktop.areas.accounts.people import normal_sign_in_name
from avenrae_desktop.areas.accounts.problems import DISABLED
from avenrae_desktop.areas.accounts.server_use_cases import SERVER_HANDLERS
from avenrae_desktop.bootstrap.app import App
from avenrae_desktop.bootstrap.drafts import SUFFIX, DraftBox, key_from_password
from avenrae_desktop.bootstrap.live import Late, Live
from avenrae_desktop.bootstrap.places import ServerPlace
from avenrae_desktop.bootstrap.server.sender import Sender
from avenrae_desktop.bootstrap.server.session import Session
from avenrae_desktop.bootstrap.wiring import HANDLERS
from avenrae_desktop.db.feed import FeedReader
from avenrae_desktop.db.presence import Presence
from avenrae_desktop.db.server import accounts
from avenrae_desktop.db.server.address import ServerAddress
from avenrae_desktop.db.unit_of_work import reading
from avenrae_desktop.kernel.bus import Command, Outcome, Undo
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.errors import AppError, LinkLost, NotAllowed, Problem, RuleBroken, Unavailable, noop
from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import Clock

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.server.backups.backups import ServerBackups

CLOCKS_DIFFER = Problem(
    "server_app.clocks_differ",
    noop("The clocks differ"),
    noop("This computer's clock says {here}, the server's {there}."),
    noop("Set the clock that is wrong. Until then “now”, and who did what when, are wrong at one of the desks."),
)
MOST_APART = timedelta(minutes=2)
_ON_PEOPLE = (AddPerson, EditPerson, DisablePerson, EnablePerson, SetPassword, Undo)


class ServerApp(App):
    """Everything that touches accounts is a list of steps that can be gone through again: see `_carry_over`."""

    place: ServerPlace

    def __init__(self, place: ServerPlace, session: Session, person: UUID, clock: Clock) -> None:
        """Signs the person in; raises NotAllowed if they are shut out."""
        window = new_uuid()
        presence, feed = Presence(session.watch, window), FeedReader(session.watch, window)
        feed.start()  # what is changed after this is told; what is read below was changed before, or is told too
        super().__init__(place, session.engine, person, clock, {**HANDLERS, **SERVER_HANDLERS})
        self.session = session
        self._pin_hash = self._read_pin()
        self._backups: ServerBackups | None = None
        self._making_backups = threading.Lock()
        file = place.file.with_suffix(f".{person}{SUFFIX}")
        key = key_from_password(lambda: session.password)
        self._drafts = DraftBox(file, f"{place.address.database}|{person}", key)
        self._sender = Sender(self._bus, self._stored)
        self._unsettled: set[UUID] = set()
        self._guard = threading.Lock()
        self._live = Live(feed, presence, session.host, self._keep_up, self._sender.is_mine, self._late)

    @property
    def live(self) -> Live:
        return self._live

    @property
    def server(self) -> ServerAddress:
        return self.place.address

    @property
    def backups(self) -> "ServerBackups | None":
        if not self.actor.may(Permission.SET_UP_PRACTICE):
            return None
        with self._making_backups:  # screens ask on several threads
            if self._backups is None:
                from avenrae_desktop.bootstrap.server.backups.backups import ServerBackups, Signer, home_of

                signer = Signer(self.session.user, self.actor.uuid, lambda: self.session.password)
                home, address = home_of(self.place.file), self.place.address
                self._backups = ServerBackups(home, address, signer, self._clock, self.zone)
            return self._backups

    @property
    def drafts(self) -> DraftBox:
        return self._drafts

    @property
    def notice(self) -> AppError | None:
        ahead = self.session.clock_ahead
        if abs(ahead) <= MOST_APART:
            return None
        here = self._clock().astimezone()
        return Unavailable(CLOCKS_DIFFER, here=f"{here:%H:%M}", there=f"{here - ahead:%H:%M}")

    @property
    def has_pin(self) -> bool:
        return self._pin_hash is not None

    def do(self, command: Command) -> Outcome:
        """As `App.do`. LinkLost: the server did not answer for a minute, and it may or may not be done."""
        self.actor.require(command.needs)
        match command:
            case ChangeMyPassword():
                self._change_password(command)
            case AddPerson():
                self._check_free(command)
        outcome = self._sender(command, self.actor)
        if self._keep_up(outcome.changes):
            self._carry_over(command, outcome)
        return outcome

    def check_password(self, password: str) -> bool:
        return self.session.is_password(password)

    def check_pin(self, pin: str) -> bool:
        return fits(pin, self._pin_hash)

    def interrupt(self) -> None:
        if self._backups is not None:
            self._backups.stop()
        self._sender.stop_waiting()
        self.session.interrupt()

    def wake(self) -> None:
        self._live.wake()
        self.session.wake()

    def close(self) -> None:
        self._sender.stop_waiting()
        self.session.close()

    def _keep_up(self, changes: Changes) -> bool:
        mine = super()._keep_up(changes)
        if mine and self._me.person.disabled:
            raise NotAllowed(DISABLED, sign_in_name=self._me.person.sign_in_name)
        return mine

    # --- accounts on the server: what a transaction cannot hold ---------------------------------------
    def _carry_over(self, command: Command, outcome: Outcome) -> None:
        """Make the accounts agree with the rows; what fails for want of a link is done when it is back."""
        self._pin_hash = self._read_pin()
        if not isinstance(command, _ON_PEOPLE) or not self.actor.may(Permission.MANAGE_PEOPLE):
            return
        if isinstance(command, AddPerson | SetPassword):
            with self.session.engine.connect() as c:
                accounts.invite(c, command.person, command.password)
            return
        there = {p.uuid for p in self.accounts.people() if p.has_account}
        with self._guard:
            self._unsettled |= {t.uuid for t in outcome.changes.touched if t.kind == "person"} & there
        self._settle_people()

    def _settle_people(self) -> None:
        with self._guard:
            waiting = tuple(self._unsettled)
        for person in waiting:
            try:
                with self.session.engine.connect() as c:
                    accounts.settle(c, person)
            except LinkLost:
                return
            with self._guard:
                self._unsettled.discard(person)

    def settle_all(self) -> None:
        """At an administrator's sign-in: end what was left undone when a program died between two steps."""
        if self.actor.may(Permission.MANAGE_PEOPLE):
            with self._guard:
                self._unsettled |= {p.uuid for p in self.accounts.people() if p.has_account and p.disabled}
            self._settle_people()

    def _change_password(self, command: ChangeMyPassword) -> None:
        p = self._me.person
        names = (p.name, p.first_name, p.last_name, p.sign_in_name, self._settings.practice_name)
        new = checked_password(command.new, names, "new")
        kept = None
        with contextlib.suppress(AppError):
            kept = self._drafts.read()
        self.session.change_password(command.old, new)
        if kept is not None:
            # The old password opened them.
            with contextlib.suppress(AppError):
                self._drafts.keep(kept)

    def _check_free(self, command: AddPerson) -> None:
        """Before there is a person with a name that no account can have. One whose uuid is there goes on."""
        name = normal_sign_in_name(command.sign_in_name)
        if self.accounts.member(command.person) is not None or self.accounts.member_named(name) is not None:
            return
        with reading(self.session.engine) as c:
            if not accounts.is_name_free(c, name):
                raise RuleBroken(accounts.ACCOUNT_EXISTS, field="sign_in_name")

    def _read_pin(self) -> str | None:
        with reading(self.session.engine) as c:
            return accounts.my_pin_hash(c)

    def _stored(self, uuid: UUID) -> Outcome | None:
        with self._bus.begin(self.actor) as work:
            stored = work.stored(uuid)
        return None if stored is None else stored.outcome()

    def _late(self) -> Late:
        self._settle_people()
        return self._sender.late()
