"""One connection of PyMySQL, with what PyMySQL leaves open shut, and a way to break it off from outside."""

import contextlib
import select
import socket
import threading
import time
import weakref
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pymysql
from pymysql.connections import Connection
from pymysql.constants import CR, FIELD_TYPE, SERVER_STATUS
from pymysql.converters import conversions, convert_datetime

from avenrae_desktop.db.server.address import Host
from avenrae_desktop.db.server.wire import Deadline

PING_SECONDS = 3.0
PROBE_EVERY = 5.0
"""Seconds after which a connection that is used again is asked whether its host still takes writes."""
FRESH_SECONDS = 1.0
"""For so long after an answer nothing is asked before the next call. While a window is open, the feed's poll keeps
its connection that fresh."""
_PASSWORD_EXPIRED = 1820
_READ_ONLY_MODE = 1836
_PROBE = "SELECT @@global.read_only, @@max_allowed_packet"


def _instant(text: str) -> Any:
    """As PyMySQL reads a DATETIME, in a tenth of its time."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return convert_datetime(text)


CONVERSIONS = {**conversions, FIELD_TYPE.DATETIME: _instant, FIELD_TYPE.TIMESTAMP: _instant}


@contextlib.contextmanager
def _nothing_begun() -> Iterator[None]:
    """An expired password (MariaDB takes settings with it, and nothing else) lets no transaction begin."""
    try:
        yield
    except pymysql.err.OperationalError as error:
        if error.args[0] != _PASSWORD_EXPIRED:
            raise


class ServerConnection(Connection):  # type: ignore[misc]
    """A PyMySQL connection whose socket was made, looked at and is watched by us."""

    at: Host
    _read_timeout: float
    _write_timeout: float
    unsettled: str | None = None
    """The settings of the session, where they wait until a new password is chosen."""
    largest: int | None = None
    """Bytes that the server takes at once."""
    calling = False
    """Whether an answer is waited for."""
    _probed = 0.0
    _answered = 0.0

    def settle(self, call_s: float) -> None:
        """Connecting is over: from now on each read and write may take `call_s` seconds."""
        self._read_timeout = self._write_timeout = call_s

    def connect_over(self, sock: socket.socket) -> None:
        """As `connect`; what goes through a socket of this computer needs no more secrecy."""
        self._secure = sock.family not in (socket.AF_INET, socket.AF_INET6)
        self.connect(sock)

    def query(self, sql: str | bytes, unbuffered: bool = False) -> int:
        """As PyMySQL, but what is too large is refused before it is sent: the server would hang up on it."""
        if self.unsettled is not None:
            self._settle_late()
        if self.largest is not None:
            sql = sql.encode(self.encoding) if isinstance(sql, str) else sql
            if len(sql) >= self.largest:
                raise pymysql.err.OperationalError(1153, "larger than max_allowed_packet")
        self.calling = True
        try:
            return int(super().query(sql, unbuffered))
        finally:
            self.calling = False
            self._answered = time.monotonic()

    def set_character_set(self, charset: str, collation: str | None = None) -> None:
        """Part of the session's settings: one round trip less, and none that an expired password forbids."""

    def commit(self) -> None:
        """As PyMySQL; where nothing was begun, and while an expired password forbids it, each stands alone."""
        if self.unsettled is None and self._may_have_begun():
            with _nothing_begun():
                super().commit()

    def rollback(self) -> None:
        """As `commit`: behind a read there is nothing to take back, and no answer to wait for."""
        if self.unsettled is None and self._may_have_begun():
            with _nothing_begun():
                super().rollback()

    def _may_have_begun(self) -> bool:
        """Whether a transaction may be open, by what the server said last."""
        status = int(self.server_status)
        alone = status & SERVER_STATUS.SERVER_STATUS_AUTOCOMMIT
        return not alone or bool(status & SERVER_STATUS.SERVER_STATUS_IN_TRANS)

    def _settle_late(self) -> None:
        try:
            super().query(self.unsettled)
        except pymysql.err.OperationalError as error:
            if error.args[0] != _PASSWORD_EXPIRED:
                raise
        else:
            self.unsettled = None

    def ping(self, reconnect: bool = False) -> None:
        """As PyMySQL, but a link that died without a word is found out sooner, and a host that is read-only."""
        now = time.monotonic()
        if now - self._answered < FRESH_SECONDS and now - self._probed < PROBE_EVERY:
            # A server that ended the connection meanwhile said so, and that lies there unread.
            if not self.open or select.select([self._sock], [], [], 0)[0]:
                raise pymysql.err.OperationalError(CR.CR_SERVER_LOST, "the server ended the connection")
            return
        before = self._read_timeout
        self._read_timeout = min(before, PING_SECONDS)
        try:
            if now - self._probed < PROBE_EVERY:
                super().ping(False)
            else:
                self.probe()
        finally:
            self._read_timeout = before

    def probe(self) -> None:
        """Ask whether the host takes writes. Raises PyMySQL's error 1836 when it does not."""
        read_only, largest = self.row(_PROBE)
        if str(read_only).upper() not in ("0", "OFF"):
            raise pymysql.err.OperationalError(_READ_ONLY_MODE, "the host takes no writes")
        self.largest = int(largest)
        self._probed = time.monotonic()

    def row(self, statement: str) -> Any:
        """The first row that the statement gives."""
        with self.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()

    def cut(self) -> None:
        """Break the connection: a call that waits on it, on whichever thread, returns at once."""
        sock = self._sock
        if sock is not None:
            _shut(sock)


class UnderWay:
    """Whatever may be waited for on the way to a server, so that another thread can break it off."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._links: weakref.WeakSet[ServerConnection] = weakref.WeakSet()
        self._deadlines: weakref.WeakSet[Deadline] = weakref.WeakSet()

    def within(self, seconds: float) -> Deadline:
        """A time limit that ends at once when everything is broken off."""
        deadline = Deadline(seconds)
        with self._lock:
            self._deadlines.add(deadline)
        return deadline

    def begun(self, what: "socket.socket | ServerConnection") -> None:
        """From now on this is waited for."""
        with self._lock:
            if isinstance(what, ServerConnection):
                self._links.add(what)
            else:
                self._sockets.add(what)

    def cut(self) -> list[ServerConnection]:
        """Break all of it. The links are those on which the server was at work."""
        with self._lock:
            deadlines, sockets, links = list(self._deadlines), list(self._sockets), list(self._links)
        for deadline in deadlines:
            deadline.end()
        for sock in sockets:
            _shut(sock)
        calling = [link for link in links if link.calling]
        for link in links:
            link.cut()
        return calling


def _shut(sock: socket.socket) -> None:
    with contextlib.suppress(OSError):
        # Not SSLSocket's own, which pulls the session away from under the thread that reads.
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
