"""An opened practice with somebody signed in: what the window works with."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy import event

from avenrae_desktop.areas.accounts.domain import AddPerson, ChangeMyPassword, RecoverPassword, SetPassword
from avenrae_desktop.areas.accounts.passwords import fits
from avenrae_desktop.areas.accounts.practice_settings import PracticeSettings
from avenrae_desktop.areas.accounts.problems import DISABLED, NO_PERSON
from avenrae_desktop.areas.accounts.queries import Credentials
from avenrae_desktop.bootstrap import demo
from avenrae_desktop.bootstrap.places import Place
from avenrae_desktop.bootstrap.session import actor_of
from avenrae_desktop.bootstrap.wiring import bus_over, reads_over
from avenrae_desktop.db.keyfile import KeyFile, mark_of
from avenrae_desktop.db.system_log import log
from avenrae_desktop.kernel.bus import Command, Outcome
from avenrae_desktop.kernel.errors import NotAllowed, NotFound, RuleBroken
from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.kernel.time import Clock, zone_of
from avenrae_desktop.kernel.values import LogLevel


class App:
    """Reads are safe from any thread; `do` is called from one thread at a time."""

    def __init__(
        self,
        place: Place,
        engine: sa.Engine,
        keys: KeyFile,
        key: bytes,
        person: UUID,
        clock: Clock,
        on_close: Callable[[], None],
    ) -> None:
        """Signs the person in; raises NotAllowed if they are shut out. `on_close` lets the practice go."""
        self.place = place
        self._engine = engine
        self._keys = keys
        self._key = key
        self._on_close = on_close
        self._clock = clock
        self._busy = _busy_connections(engine)
        self._bus = bus_over(engine, clock)
        reads = reads_over(engine, self.zone, clock)
        self.accounts, self.clients = reads.accounts, reads.clients
        self.services, self.calendar = reads.services, reads.calendar
        self._settings = self.accounts.settings()
        self._me = self._credentials(person)
        if self._me.person.disabled:
            raise NotAllowed(DISABLED, sign_in_name=self._me.person.sign_in_name)
        self.actor = actor_of(self._me)

    def settings(self) -> PracticeSettings:
        """The practice's settings as of the last change; costs nothing."""
        return self._settings

    def zone(self) -> ZoneInfo:
        """The practice's time zone."""
        return zone_of(self._settings.time_zone)

    def do(self, command: Command) -> Outcome:
        """Carry out a command as the person who is signed in.

        Raises AppError. If the key file alone could not be saved (Unavailable), the same command again
        finishes it.
        """
        outcome = self._bus(command, self.actor)
        if outcome.changes.concerns(("person", "setting", "practice")):
            self._follow(command)
        return outcome

    def check_password(self, password: str) -> bool:
        """Whether this is the password of the person who is signed in. Takes about 0.2 s."""
        try:
            self._keys.open_by_password(self._me.person.sign_in_name, password)
        except RuleBroken:
            return False
        return True

    def check_pin(self, pin: str) -> bool:
        """Whether this is their PIN. Takes about 0.3 s. Counting the misses is the lock screen's task."""
        return fits(pin, self._me.pin_hash)

    @property
    def has_pin(self) -> bool:
        return self._me.pin_hash is not None

    @property
    def demo_password(self) -> str | None:
        """The password that everybody may know, to show where the demo practice asks for it."""
        return demo.PASSWORD if self.place.is_demo else None

    def new_recovery_key(self) -> str:
        """Make a new recovery key, to show once; the old one stops working. Raises NotAllowed, Unavailable."""
        self.actor.require(Permission.SET_UP_PRACTICE)
        keys, shown = self._keys.with_recovery_key(self._key)
        self._save(keys)
        return shown

    def log(self, level: LogLevel, source: str, message: str) -> None:
        """Add a line to the practice's own log; no client data."""
        log(self._engine, self._clock, level, source, message)

    def interrupt(self) -> None:
        """Make database calls under way return at once, with an error."""
        for connection in tuple(self._busy):
            connection.interrupt()

    def close(self) -> None:
        """End the session and let the file go; may be called twice."""
        self._engine.dispose()
        self._on_close()

    def bring_in_step(self, password: str | None = None) -> None:
        """Make key file and database agree after a program that died between the two.

        `password` is the one that just opened the key file: it is what counts.
        """
        entry = next((e for e in self._keys.people if e.person == self.actor.uuid), None)
        if password is not None and entry is not None and entry.mark != mark_of(self._me.password_hash):
            self.do(RecoverPassword(password=password))
        else:
            self._save(self._in_step())

    def _follow(self, command: Command) -> None:
        self._settings = self.accounts.settings()
        self._me = self._credentials(self.actor.uuid)
        self.actor = actor_of(self._me)
        keys = self._in_step()
        match command:
            case AddPerson() | SetPassword():
                keys = self._with_password(keys, self._credentials(command.person), command.password)
            case ChangeMyPassword():
                keys = self._with_password(keys, self._me, command.new)
            case RecoverPassword():
                keys = self._with_password(keys, self._me, command.password)
        self._save(keys)

    def _in_step(self) -> KeyFile:
        people = self.accounts.people()
        names = {p.uuid: p.name for p in people}
        shut_out = frozenset(p.uuid for p in people if p.disabled)
        keys = self._keys.in_step(self._key, names, shut_out)
        return replace(keys, practice_name=self._settings.practice_name)

    def _with_password(self, keys: KeyFile, found: Credentials, password: str) -> KeyFile:
        p = found.person
        mark = mark_of(found.password_hash)
        return keys.with_password(self._key, p.uuid, p.sign_in_name, p.name, password, mark)

    def _save(self, keys: KeyFile) -> None:
        if keys != self._keys:
            keys.save(self.place.keys)
            self._keys = keys
        self.place = replace(self.place, practice_name=keys.practice_name)

    def _credentials(self, person: UUID) -> Credentials:
        found = self.accounts.credentials(person)
        if found is None:
            raise NotFound(NO_PERSON)
        return found


def _busy_connections(engine: sa.Engine) -> set[Any]:
    """The driver's connections that somebody works with at the moment; kept up by the pool."""
    busy: set[Any] = set()
    event.listen(engine, "checkout", lambda connection, _record, _proxy: busy.add(connection))
    event.listen(engine, "checkin", lambda connection, _record: busy.discard(connection))
    return busy
