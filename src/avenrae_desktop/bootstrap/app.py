"""An opened practice with somebody signed in: what the window works with, wherever the data is."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from avenrae_desktop.areas.accounts.practice_settings import PracticeSettings
from avenrae_desktop.areas.accounts.problems import DISABLED, NO_PERSON
from avenrae_desktop.areas.accounts.queries import Member
from avenrae_desktop.bootstrap.drafts import DraftBox
from avenrae_desktop.bootstrap.session import actor_of
from avenrae_desktop.bootstrap.wiring import bus_over, reads_over
from avenrae_desktop.db.system_log import log
from avenrae_desktop.kernel.bus import Command, Handler, Outcome
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.errors import AppError, NotAllowed, NotFound
from avenrae_desktop.kernel.time import Clock, zone_of
from avenrae_desktop.kernel.values import LogLevel

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.backup.backups import Backups
    from avenrae_desktop.bootstrap.live import Live
    from avenrae_desktop.bootstrap.places import Place, ServerPlace
    from avenrae_desktop.db.server.address import ServerAddress

OWN = ("person", "setting", "practice")
"""Kinds of changes that the session itself goes by."""


class App(ABC):
    """What both homes of a practice have in common. Reads are safe from any thread; `do` from one at a time."""

    def __init__(
        self,
        place: "Place | ServerPlace",
        engine: sa.Engine,
        person: UUID,
        clock: Clock,
        handlers: Mapping[type[Command], Handler],
    ) -> None:
        """Signs the person in; raises NotAllowed if they are shut out."""
        self.place = place
        self._engine = engine
        self._clock = clock
        self._bus = bus_over(engine, clock, handlers)
        reads = reads_over(engine, self.zone, clock)
        self.accounts, self.clients = reads.accounts, reads.clients
        self.services, self.calendar = reads.services, reads.calendar
        self.reports = reads.reports
        self._settings = self.accounts.settings()
        self._me = self._member(person)
        if self._me.person.disabled:
            raise NotAllowed(DISABLED, sign_in_name=self._me.person.sign_in_name)
        self.actor = actor_of(self._me)

    @property
    def live(self) -> "Live | None":
        """What others do meanwhile; None where nobody else can be."""
        return None

    @property
    def server(self) -> "ServerAddress | None":
        """Where the data is; None for a file on this computer."""
        return None

    @property
    def notice(self) -> AppError | None:
        """What the person should know before they begin."""
        return None

    @property
    def demo_password(self) -> str | None:
        """The password that everybody may know, to show where the demo practice asks for it."""
        return None

    @property
    def drafts(self) -> DraftBox | None:
        """Keeps what the person typed and did not save; None where nothing is kept."""
        return None

    @property
    def backups(self) -> "Backups | None":
        """The practice's backups; None where there are none to make, and for who may not."""
        return None

    @property
    @abstractmethod
    def has_pin(self) -> bool:
        """Whether the person set a PIN for the lock screen."""

    def settings(self) -> PracticeSettings:
        """The practice's settings as of the last change; costs nothing."""
        return self._settings

    def zone(self) -> ZoneInfo:
        """The practice's time zone."""
        return zone_of(self._settings.time_zone)

    @abstractmethod
    def do(self, command: Command) -> Outcome:
        """Carry out a command as the person who is signed in. Raises AppError."""

    @abstractmethod
    def check_password(self, password: str) -> bool:
        """Whether this is the password of the person who is signed in."""

    @abstractmethod
    def check_pin(self, pin: str) -> bool:
        """Whether this is their PIN. Takes about 0.3 s. Counting the misses is the lock screen's task."""

    def log(self, level: LogLevel, source: str, message: str) -> None:
        """Add a line to the practice's own log; no client data."""
        log(self._engine, self._clock, level, source, message)

    @abstractmethod
    def interrupt(self) -> None:
        """Make database calls under way return at once, with an error."""

    def wake(self) -> None:
        """The computer slept: what was connected before may be connected no more."""
        return

    def close(self) -> None:
        """End the session and let the practice go; may be called twice."""
        self._engine.dispose()

    def _keep_up(self, changes: Changes) -> bool:
        """Know again who I am and how the practice is set, if the changes are about that."""
        if not changes.concerns(OWN):
            return False
        self._settings = self.accounts.settings()
        self._me = self._member(self.actor.uuid)
        self.actor = actor_of(self._me)
        return True

    def _member(self, person: UUID) -> Member:
        found = self.accounts.member(person)
        if found is None:
            raise NotFound(NO_PERSON)
        return found
