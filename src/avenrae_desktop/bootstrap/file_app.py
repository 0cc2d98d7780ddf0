"""A practice on this computer: the encrypted file, and the key file that lets people in."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlcipher3 import dbapi2 as sqlcipher

from avenrae_desktop.areas.accounts.domain import AddPerson, ChangeMyPassword, RecoverPassword, SetPassword
from avenrae_desktop.areas.accounts.passwords import fits
from avenrae_desktop.areas.accounts.queries import Member
from avenrae_desktop.bootstrap import demo
from avenrae_desktop.bootstrap.app import App
from avenrae_desktop.bootstrap.drafts import SUFFIX, DraftBox, key_from_practice
from avenrae_desktop.bootstrap.places import Place
from avenrae_desktop.bootstrap.wiring import HANDLERS
from avenrae_desktop.db.keyfile import KeyFile, mark_of
from avenrae_desktop.kernel.bus import Command, Outcome
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.kernel.time import Clock

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.backup.file_backups import FileBackups


class FileApp(App):
    """`on_close` lets the practice go."""

    place: Place

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
        """Signs the person in; raises NotAllowed if they are shut out."""
        super().__init__(place, engine, person, clock, HANDLERS)
        self._keys = keys
        self._key = key
        self._on_close = on_close
        self._backups: FileBackups | None = None
        self._making_backups = threading.Lock()
        self._busy = _busy_connections(engine)
        self._secrets = self.accounts.secrets(person)
        file = place.folder / f"{person}{SUFFIX}"
        self._drafts = DraftBox(file, f"{keys.practice}|{person}", key_from_practice(key))

    @property
    def drafts(self) -> DraftBox:
        return self._drafts

    @property
    def backups(self) -> "FileBackups | None":
        if not self.actor.may(Permission.SET_UP_PRACTICE):
            return None
        with self._making_backups:  # screens ask on several threads
            if self._backups is None:
                from avenrae_desktop.bootstrap.backup.file_backups import FileBackups

                self._backups = FileBackups(self.place, lambda: self._keys, self._key, self._clock, self.zone)
            return self._backups

    def do(self, command: Command) -> Outcome:
        """Carry out a command as the person who is signed in.

        Raises AppError. If the key file alone could not be saved (Unavailable), the same command again
        finishes it.
        """
        outcome = self._bus(command, self.actor)
        if self._keep_up(outcome.changes):
            self._secrets = self.accounts.secrets(self.actor.uuid)
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
        return fits(pin, self._secrets.pin_hash)

    @property
    def has_pin(self) -> bool:
        return self._secrets.pin_hash is not None

    @property
    def demo_password(self) -> str | None:
        return demo.PASSWORD if self.place.is_demo else None

    def new_recovery_key(self) -> str:
        """Make a new recovery key, to show once; the old one stops working. Raises NotAllowed, Unavailable."""
        self.actor.require(Permission.SET_UP_PRACTICE)
        keys, shown = self._keys.with_recovery_key(self._key)
        self._save(keys)
        return shown

    def interrupt(self) -> None:
        if self._backups is not None:
            self._backups.stop()
        for connection in tuple(self._busy):
            # One that a fault of the disk ended was closed meanwhile.
            with contextlib.suppress(sqlcipher.Error):
                connection.interrupt()

    def close(self) -> None:
        super().close()
        self._on_close()

    def bring_in_step(self, password: str | None = None) -> None:
        """Make key file and database agree after a program that died between the two.

        `password` is the one that just opened the key file: it is what counts.
        """
        entry = next((e for e in self._keys.people if e.person == self.actor.uuid), None)
        if password is not None and entry is not None and entry.mark != mark_of(self._secrets.password_hash):
            self.do(RecoverPassword(password=password))
        else:
            self._save(self._in_step())

    def _follow(self, command: Command) -> None:
        keys = self._in_step()
        match command:
            case AddPerson() | SetPassword():
                keys = self._with_password(keys, self._member(command.person), command.password)
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

    def _with_password(self, keys: KeyFile, found: Member, password: str) -> KeyFile:
        p = found.person
        mark = mark_of(self.accounts.secrets(p.uuid).password_hash)
        return keys.with_password(self._key, p.uuid, p.sign_in_name, p.name, password, mark)

    def _save(self, keys: KeyFile) -> None:
        if keys != self._keys:
            keys.save(self.place.keys)
            self._keys = keys
        self.place = replace(self.place, practice_name=keys.practice_name)


def _busy_connections(engine: sa.Engine) -> set[Any]:
    """The driver's connections that somebody works with at the moment; kept up by the pool."""
    busy: set[Any] = set()
    event.listen(engine, "checkout", lambda connection, _record, _proxy: busy.add(connection))
    event.listen(engine, "checkin", lambda connection, _record: busy.discard(connection))
    event.listen(engine, "invalidate", lambda connection, _record, _error: busy.discard(connection))
    return busy
