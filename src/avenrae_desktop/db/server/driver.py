"""From an address to a connection on which a practice can work: who is there, TLS, sign-in, settings, writable."""

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pymysql

from avenrae_desktop.db.engine import SQL_MODE
from avenrae_desktop.db.server.address import Host
from avenrae_desktop.db.server.connection import CONVERSIONS, ServerConnection, UnderWay
from avenrae_desktop.db.server.problems import (
    NO_TLS,
    NOT_A_DATABASE,
    NOT_THIS_COMPUTER,
    READ_ONLY,
    SERVER_AWAY,
    UNSAFE_SIGN_IN,
    WRONG_PASSWORD,
)
from avenrae_desktop.db.server.refusals import refusal, tls_refusal
from avenrae_desktop.db.server.wire import Deadline, Greeting, greeting, is_this_computer, plugin_name, reach
from avenrae_desktop.kernel.errors import AppError, LinkLost, RuleBroken, Unavailable

CONNECT_SECONDS = 3.0
CALL_SECONDS = 15.0
IDLE_SECONDS = 120
"""The server ends sessions that are idle for longer, so that no transaction of a lost client lives on."""
SAFE_PLUGINS = {"caching_sha2_password", "mysql_native_password"}
DECOY_PLUGIN = "sha256_password"
"""What MySQL asks of some names that it does not know, so that nobody learns which it knows. No account that this
program makes has it."""
_HANDLE_EXPIRED_PASSWORDS = 1 << 22
_GROUP = (
    "SELECT MEMBER_STATE, MEMBER_ROLE FROM performance_schema.replication_group_members "
    "WHERE MEMBER_ID = @@server_uuid"
)


@dataclass(frozen=True, slots=True)
class Login:
    """Who connects to which database."""

    user: str
    password: Callable[[], str] = field(repr=False)
    """Asked for each connection: a person may change it meanwhile."""
    database: str
    expired_ok: bool = False
    call_s: float = CALL_SECONDS
    """For how long one read or write may take."""


class _SafePlugins:
    """Asked by PyMySQL for each way of signing in that a server wants, before it answers.

    Left to itself PyMySQL sends the password in the clear to whoever asks by `mysql_clear_password` or `dialog`.
    """

    def __init__(self, host: Host) -> None:
        self._host = host

    def get(self, plugin: str | bytes) -> None:
        name = plugin_name(plugin if isinstance(plugin, bytes) else plugin.encode())
        if name == DECOY_PLUGIN:
            raise RuleBroken(WRONG_PASSWORD, field="password")
        if name not in SAFE_PLUGINS:
            raise Unavailable(UNSAFE_SIGN_IN, host=self._host.name, plugin=name)


def connected(
    host: Host,
    login: Login,
    context: ssl.SSLContext | None,
    deadline: Deadline,
    under_way: UnderWay | None = None,
) -> ServerConnection:
    """A connection to this host, if it takes writes. Raises AppError in words.

    What is waited for is in `under_way`, so that another thread can break it off.
    """
    under_way = under_way or UnderWay()
    sock = reach(host, deadline.part(CONNECT_SECONDS), under_way.begun)
    try:
        greeted = greeting(sock, host, deadline)
        _check(greeted, sock, host, context)
        link = _link(greeted, host, login, context, deadline)
        under_way.begun(link)
        _sign_in(link, sock, greeted, login, deadline)
    except BaseException:
        sock.close()
        raise
    return link


def _check(greeted: Greeting, sock: socket.socket, host: Host, context: ssl.SSLContext | None) -> None:
    if context is None and not is_this_computer(sock):
        raise Unavailable(NOT_THIS_COMPUTER, host=host.name)
    if context is not None and not greeted.offers_tls:
        raise Unavailable(NO_TLS, host=host.name)
    if greeted.plugin not in SAFE_PLUGINS:
        # PyMySQL begins by this plugin, before it asks whether it may.
        raise Unavailable(UNSAFE_SIGN_IN, host=host.name, plugin=greeted.plugin)


def _link(
    greeted: Greeting, host: Host, login: Login, context: ssl.SSLContext | None, deadline: Deadline
) -> ServerConnection:
    link = ServerConnection(
        user=login.user,
        # PyMySQL would encode it as Latin-1, the server knows it in UTF-8.
        password=login.password().encode(),
        host=host.name,
        port=host.port,
        database=login.database,
        charset="utf8mb4",
        read_timeout=deadline.left(),
        write_timeout=deadline.left(),
        init_command=None if login.expired_ok else _settings(greeted),
        autocommit=None,
        conv=CONVERSIONS,
        client_flag=_HANDLE_EXPIRED_PASSWORDS if login.expired_ok else 0,
        auth_plugin_map=_SafePlugins(host),
        defer_connect=True,
        **({"ssl_disabled": True} if context is None else {"ssl": context}),
    )
    link.at = host
    return link


def _sign_in(
    link: ServerConnection, sock: socket.socket, greeted: Greeting, login: Login, deadline: Deadline
) -> None:
    with _words(link.at, login), _watched(link, deadline):
        link.connect_over(sock)
        if login.expired_ok:
            link.unsettled = _settings(greeted)
        else:
            link.probe()
            if greeted.product == "MySQL" and not _leads_its_group(link):
                raise LinkLost(READ_ONLY)
    link.settle(login.call_s)


def _settings(greeted: Greeting) -> str:
    """The settings of a session, in one round trip."""
    old_name = greeted.product == "MariaDB" and greeted.version < (11, 1)
    isolation = "tx_isolation" if old_name else "transaction_isolation"
    return (
        f"SET NAMES utf8mb4, autocommit=1, sql_mode='{SQL_MODE}', time_zone='+00:00', innodb_lock_wait_timeout=5, "
        f"wait_timeout={IDLE_SECONDS}, {isolation}='READ-COMMITTED'"
    )


def _leads_its_group(link: ServerConnection) -> bool:
    """Whether this host may write for its group; a host without a group leads itself."""
    try:
        row = link.row(_GROUP)
    except pymysql.err.Error as error:
        if error.args[0] in (1044, 1142, 1143, 1146, 1227):
            return True  # not everybody may look; super_read_only has told the same, if later
        raise
    return row is None or tuple(row) == ("ONLINE", "PRIMARY") or row[0] == "OFFLINE"


@contextlib.contextmanager
def _words(host: Host, login: Login) -> Iterator[None]:
    """What PyMySQL raises while connecting, in words; without the server's own text, which proves nothing."""
    try:
        yield
    except AppError:
        raise
    except pymysql.err.Error as error:
        code = error.args[0] if error.args else None
        world = getattr(error, "original_exception", None)
        if code == 2003 and isinstance(world, OSError):
            raise tls_refusal(world, host) from error
        told = refusal(code, host, login.database)
        if told is None and isinstance(code, int) and code >= 1000:
            raise
        raise told or Unavailable(NOT_A_DATABASE, host=host.name, port=host.port) from error
    except (OSError, ValueError, AttributeError) as error:
        # A socket that was shut, or closed, in the middle of a step.
        raise LinkLost(SERVER_AWAY) from error
    except (LookupError, TypeError, AssertionError, RuntimeError, struct.error) as error:
        # PyMySQL believes that what it is sent makes sense.
        raise Unavailable(NOT_A_DATABASE, host=host.name, port=host.port) from error


@contextlib.contextmanager
def _watched(link: ServerConnection, deadline: Deadline) -> Iterator[None]:
    """PyMySQL limits each single read; a server that drips would hold it for ever."""
    watch = threading.Timer(deadline.left(), link.cut)
    watch.name, watch.daemon = "connect-limit", True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()
