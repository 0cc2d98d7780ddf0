"""Connections to a practice server: to the host that takes writes, verified, with a time limit on everything."""

import contextlib
import ssl
import threading
from collections.abc import Callable
from typing import Any

import pymysql
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import mysql, registry
from sqlalchemy.dialects.mysql.pymysql import MySQLDialect_pymysql

from avenrae_desktop.db.engine import WRITES_OPTION
from avenrae_desktop.db.server.address import Host, ServerAddress
from avenrae_desktop.db.server.connection import ServerConnection, UnderWay
from avenrae_desktop.db.server.driver import CALL_SECONDS, Login, connected
from avenrae_desktop.db.server.problems import READ_ONLY, SERVER_AWAY, WRONG_PASSWORD
from avenrae_desktop.db.server.verdicts import Verdict, verdict_of
from avenrae_desktop.db.server.wire import Deadline
from avenrae_desktop.kernel.errors import AppError, LinkLost, RuleBroken, TryAgain, Unavailable

HOST_SECONDS = 5.0  # for one host, from its name to the answer whether it takes writes
WALK_SECONDS = 9.0  # for all of them: whoever signs in learns within ten seconds what is wrong
KILL_SECONDS = 2.0
_DOOR = "avenrae_door"


class Door:
    """Makes the connections of one engine: walks the hosts and stays with the one that takes writes."""

    def __init__(self, address: ServerAddress, login: Login, context: ssl.SSLContext | None) -> None:
        self._address = address
        self._login = login
        self._context = context
        self._last: int | None = None
        self._under_way = UnderWay()
        self._shut = False
        # Once wrong, wrong until it is changed here: a window that asks on and on would lock the person's account.
        self._refused: str | None = None

    @property
    def host(self) -> str | None:
        """The host that took the latest connection."""
        return None if self._last is None else str(self._address.hosts[self._last])

    def __call__(self) -> ServerConnection:
        """A connection ready for work. Raises AppError in words."""
        hosts, first = self._address.hosts, self._last or 0
        whole = self._under_way.within(WALK_SECONDS)
        failed: list[AppError] = []
        for step in range(len(hosts)):
            if self._shut:
                raise LinkLost(SERVER_AWAY)
            number = (first + step) % len(hosts)
            try:
                link = self._connected(hosts[number], whole)
            except Unavailable as error:
                failed.append(error)
                if whole.over:
                    break
            else:
                self._last = number
                return link
        raise _most_telling(failed)

    def _connected(self, host: Host, whole: Deadline) -> ServerConnection:
        password = self._login.password()
        if password == self._refused:
            raise RuleBroken(WRONG_PASSWORD, field="password")
        try:
            return connected(host, self._login, self._context, whole.part(HOST_SECONDS), self._under_way)
        except RuleBroken as error:
            if error.problem is WRONG_PASSWORD:
                self._refused = password
            raise

    def cut(self) -> None:
        """Break every connection, and what is about to become one: whoever waits for an answer gets LinkLost."""
        left = self._under_way.cut()
        if left:
            # The server notices only when it has an answer to send; until then it works on, and holds its locks.
            threading.Thread(target=self._kill, args=(left,), name="kill-query", daemon=True).start()

    def shut(self) -> None:
        """Nobody connects any more."""
        self._shut = True

    def _kill(self, left: list[ServerConnection]) -> None:
        for link in left:
            with contextlib.suppress(AppError, pymysql.err.Error):
                own = connected(link.at, self._login, self._context, Deadline(KILL_SECONDS), UnderWay())
                with own:
                    own.kill(link.thread_id())


def _most_telling(failed: list[AppError]) -> AppError:
    """Of several hosts' refusals the one to tell: what may pass comes before what will not."""
    return min(failed, key=lambda e: (e.problem is not READ_ONLY, not isinstance(e, TryAgain)))


def practice_engine(
    address: ServerAddress,
    user: str,
    password: str | Callable[[], str],
    context: ssl.SSLContext | None,
    *,
    pool_size: int = 5,
    timeout_s: float = CALL_SECONDS,
    expired_ok: bool = False,
) -> sa.Engine:
    """The engine of a practice on a server, for one account. Connects when it is first used.

    `password` may be a function, asked for each new connection. `context` is what `tls.context_for(address)`
    made. `timeout_s` limits each wait for an answer. `expired_ok` lets a person in whose password has expired, to
    choose another one and for nothing else.

    Whatever keeps it from connecting comes out as AppError: RuleBroken on field "password", NotAllowed,
    MustChoosePassword, Unavailable; LinkLost where trying again may help.
    """
    ask = password if callable(password) else lambda: password
    login = Login(user, ask, address.database, expired_ok=expired_ok, call_s=timeout_s)
    door = Door(address, login, context)
    engine = sa.create_engine(
        "mysql+avenrae_expired://" if expired_ok else "mysql+avenrae://",
        creator=door,
        pool_size=pool_size,
        # The one that was just in use needs no probe.
        pool_use_lifo=True,
        # Where the password has expired, the server does not even answer a ping.
        pool_pre_ping=not expired_ok,
        execution_options={_DOOR: door},
        # New passwords are parameters too, and errors get into crash reports.
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        # Without it each statement counts at once, and a read needs no ROLLBACK behind it.
        if connection.get_execution_options().get(WRITES_OPTION):
            connection.exec_driver_sql("BEGIN")

    return engine


def host_of(engine: sa.Engine) -> str | None:
    """The host that took the engine's latest connection; None before the first."""
    return _door(engine).host


def interrupt(engine: sa.Engine) -> None:
    """Calls under way return at once with LinkLost, on whichever thread; later ones connect anew."""
    _door(engine).cut()


def shut(engine: sa.Engine) -> None:
    """Let go of the server for good: calls under way and all later ones return at once with LinkLost."""
    _door(engine).shut()
    engine.dispose()  # takes leave on the connections that nobody uses
    _door(engine).cut()


def _door(engine: sa.Engine) -> Door:
    door: Door = engine.get_execution_options()[_DOOR]
    return door


class _Choice(mysql.ENUM):
    """As SQLAlchemy's, but a value of a list costs one look into a dictionary instead of three calls."""

    def result_processor(self, dialect: object, coltype: object) -> Callable[[Any], Any]:
        """Raises KeyError for what is not in the list."""
        return {**self._object_lookup, None: None}.__getitem__


class ServerDialect(MySQLDialect_pymysql):
    """As SQLAlchemy's, for connections whose settings were made when they were opened."""

    supports_statement_cache = True
    colspecs = {**MySQLDialect_pymysql.colspecs, sa.Enum: _Choice}  # noqa: RUF012 - as in the base class

    def on_connect(self) -> None:  # type: ignore[override]
        """Nothing: it would be one more SET NAMES."""

    def is_disconnect(self, e: Any, connection: Any, cursor: Any) -> bool:
        """Also true of a host that takes no writes any more: all its connections are let go of."""
        lost = verdict_of(e) in (Verdict.READ_ONLY, Verdict.UNKNOWN)
        return lost or super().is_disconnect(e, connection, cursor)


class ExpiredDialect(ServerDialect):
    """Asks the server nothing by itself: a person whose password has expired may not ask anything."""

    supports_statement_cache = True

    def initialize(self, connection: sa.Connection) -> None:
        """Take the version from the server's greeting."""
        link = connection.connection.dbapi_connection
        self.server_version_info = self._parse_server_version(link.server_version)  # type: ignore[union-attr]


registry.register("mysql.avenrae", __name__, "ServerDialect")
registry.register("mysql.avenrae_expired", __name__, "ExpiredDialect")
