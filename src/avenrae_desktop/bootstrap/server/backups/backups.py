"""The backups of a practice on a server, as one computer makes them."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path
from uuid import UUID

from avenrae_desktop.bootstrap.backup.backups import Backups
from avenrae_desktop.bootstrap.backup.making import back_up_server
from avenrae_desktop.bootstrap.backup.shelf import Kept, Shelf, telling_system
from avenrae_desktop.bootstrap.server.administrator import Administrator
from avenrae_desktop.bootstrap.server.backups import keys as server_keys
from avenrae_desktop.db.backup.container import Opener
from avenrae_desktop.db.backup.dump_program import find_program
from avenrae_desktop.db.backup.watch import Told, Watch
from avenrae_desktop.db.keyfile import load
from avenrae_desktop.db.server.address import ServerAddress
from avenrae_desktop.db.server.connect import practice_engine
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop
from avenrae_desktop.kernel.time import Clock

CALL_S = 60.0

NOT_HERE = Problem(
    "backup.not_here",
    noop("A server's practice is restored on the command line"),
    noop("It needs the account of the server's administrator, and a new database."),
    noop("Run: avenrae restore “{name}”"),
)


def home_of(enrolment: Path) -> Path:
    """Where this computer keeps the backups of a practice that it joined by this file."""
    return enrolment.parent.parent / "backups" / enrolment.stem


@dataclass(frozen=True, slots=True)
class Signer:
    """Whose password opens the backups of a server."""

    sign_in_name: str
    person: UUID
    password: Callable[[], str] = field(repr=False)


class ServerBackups(Backups):
    """Of a practice on a server: sealed with a key of this computer's, made with an account that only reads."""

    on_server = True

    def __init__(
        self, home: Path, address: ServerAddress, signer: Signer, clock: Clock, zone: Callable[[], tzinfo]
    ) -> None:
        super().__init__(home, clock, zone)
        self.address, self._signer = address, signer

    @property
    def needs_set_up(self) -> bool:
        return not server_keys.is_set_up(self.home)

    def set_up(self, user: str, password: str, practice_name: str) -> str:
        """Make the account with the server administrator's own; returns the recovery key to show once.

        Nothing of that account is stored. Raises AppError.
        """
        signer, admin = self._signer, Administrator(self.address, user, password)
        with telling_system(self.home):
            return server_keys.set_up(
                self.home, admin, practice_name, signer.sign_in_name, signer.password(), signer.person
            )

    def restore(self, path: Path, told: Told | None = None) -> Path:
        raise RuleBroken(NOT_HERE, name=str(path))

    def _shelf(self) -> Shelf | None:
        if self.needs_set_up:
            return None
        return Shelf(self.folder, load(self.home / server_keys.KEYS).practice)

    def _make(self, watch: Watch) -> Kept:
        opened = self._open()
        account = opened.account
        engine = practice_engine(
            self.address, account.user, account.password, context_for(self.address), pool_size=3, timeout_s=CALL_S
        )
        try:
            with engine.connect() as connection:
                is_mariadb = "MariaDB" in str(connection.exec_driver_sql("SELECT VERSION()").scalar_one())
            program = find_program(is_mariadb=is_mariadb)
            shelf = Shelf(self.folder, opened.keys.practice)
            now, zone = self._clock(), self._zone()
            return back_up_server(
                shelf, engine, self.address, account, program, opened.keys, opened.key, now, zone, watch
            )
        finally:
            engine.dispose()

    def _key(self, opener: Opener) -> bytes:
        with suppress(RuleBroken):
            return opener.head.keys.open_by_password(self._signer.sign_in_name, self._signer.password())
        return self._open().key

    def _open(self) -> server_keys.ServerKeys:
        return server_keys.open_keys(self.home, self._signer.sign_in_name, self._signer.password())
