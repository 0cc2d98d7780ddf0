"""One person's connections to a practice server: for the work, and for watching what others do."""

import hmac
import unicodedata
from datetime import UTC, timedelta

import sqlalchemy as sa

from avenrae_desktop.db.schema import check_version
from avenrae_desktop.db.server import accounts
from avenrae_desktop.db.server.address import ServerAddress
from avenrae_desktop.db.server.connect import host_of, interrupt, practice_engine, shut
from avenrae_desktop.db.server.problems import PASSWORD_EXPIRED
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.db.unit_of_work import reading
from avenrae_desktop.kernel.errors import AppError, MustChoosePassword, NotAllowed, RuleBroken
from avenrae_desktop.kernel.time import Clock

WATCH_S = 5
"""How long the watching connection waits for an answer: its silence is what the window shows."""


class Session:
    """`password` is kept for the connections that are made later."""

    def __init__(self, address: ServerAddress, user: str, password: str) -> None:
        self.address, self.user, self.password = address, user, password
        self.clock_ahead = timedelta(0)
        """How much later it is here than there, as of the last check."""
        self._context = context_for(address)
        self.engine = practice_engine(address, user, self._password, self._context)
        self.watch = practice_engine(address, user, self._password, self._context, pool_size=1, timeout_s=WATCH_S)

    def host(self) -> str:
        """Which of the hosts answers, or did last."""
        return host_of(self.engine) or str(self.address.hosts[0])

    def check(self, clock: Clock) -> None:
        """Connect, and see whether this program and this practice fit together, and by how much the clocks differ.

        Raises RuleBroken, NotAllowed, Unavailable; MustChoosePassword where the password is a one-time code.
        """
        try:
            self._check(clock)
        except NotAllowed:
            # They chose a password, and the program ended before the code was used up: that is what is missing.
            self._accept()
            self._check(clock)
        except AppError as error:
            if error.problem is PASSWORD_EXPIRED:
                raise MustChoosePassword(error.problem, field="password") from error
            raise

    def is_password(self, typed: str) -> bool:
        """Asked here: the server would count each miss, and lock the account at the fifth."""
        normal = unicodedata.normalize("NFC", typed).encode("utf-8", "surrogatepass")
        return hmac.compare_digest(normal, self.password.encode())

    def change_password(self, old: str, new: str) -> None:
        """Change the account's password. Raises RuleBroken (fields "old", "new")."""
        if not self.is_password(old):
            raise RuleBroken(accounts.WRONG_OLD_PASSWORD, field="old")
        with reading(self.engine) as c:
            accounts.choose_password(c, self.user, self.password, new)
        self.password = new

    def interrupt(self) -> None:
        """Calls under way return at once, with an error."""
        interrupt(self.engine)
        interrupt(self.watch)

    def wake(self) -> None:
        """Connect anew: nothing comes through connections of before, and each would be waited for."""
        self.interrupt()
        self.engine.dispose()
        self.watch.dispose()

    def close(self) -> None:
        """May be called twice. Whoever still waits for the server gets LinkLost, and does not connect again."""
        shut(self.engine)
        shut(self.watch)

    def _password(self) -> str:
        return self.password

    def _check(self, clock: Clock) -> None:
        with reading(self.engine) as c:
            check_version(c)
            there = c.execute(sa.text("SELECT UTC_TIMESTAMP(6)")).scalar_one()
        self.clock_ahead = clock() - there.replace(tzinfo=UTC)

    def _accept(self) -> None:
        with reading(self.engine) as c:
            accounts.accept(c)
        self.engine.dispose()
