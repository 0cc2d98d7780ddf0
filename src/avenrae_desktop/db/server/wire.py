"""The first bytes between this computer and a server: who is there, before anything about an account is said."""

import contextlib
import ipaddress
import re
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from avenrae_desktop.db.server.address import Host, is_local
from avenrae_desktop.db.server.problems import (
    NOT_A_DATABASE,
    NOT_REACHED,
    NOTHING_THERE,
    SILENT,
    TOO_OLD,
    UNKNOWN_HOST,
)
from avenrae_desktop.db.server.refusals import refusal, tls_refusal
from avenrae_desktop.kernel.errors import AppError, LinkLost, Unavailable

LONGEST_GREETING = 1024  # bytes; real ones have about a hundred
KNOCK_SECONDS = 1.0
PARTIAL_SECONDS = 2.0  # half a greeting: the other half follows at once or never
_KNOCK = b"GET / HTTP/1.0\r\n\r\n"
_CLIENT_LONG_PASSWORD, _CLIENT_PROTOCOL_41, _CLIENT_SSL = 1, 1 << 9, 1 << 11
_CLIENT_SECURE_CONNECTION, _CLIENT_PLUGIN_AUTH = 1 << 15, 1 << 19
_UTF8MB4 = 45
_PLUGIN = re.compile(rb"\w{1,40}", re.ASCII)
_OLDEST = {"MySQL": (8, 0), "MariaDB": (10, 11)}


class Deadline:
    """An instant by which something has to be over, however many steps it takes."""

    def __init__(self, seconds: float, whole: "Deadline | None" = None) -> None:
        self._until = time.monotonic() + seconds
        self._whole = whole

    def part(self, seconds: float) -> "Deadline":
        """For one step: `seconds`, and never longer than the whole."""
        return Deadline(self.left(seconds), self)

    def left(self, most: float = float("inf")) -> float:
        """Seconds that are left, at most `most`; never 0, which sockets take for "at once"."""
        whole = most if self._whole is None else self._whole.left(most)
        return max(0.001, min(whole, self._until - time.monotonic()))

    @property
    def over(self) -> bool:
        return time.monotonic() >= self._until or (self._whole is not None and self._whole.over)

    def end(self) -> None:
        """It is over now."""
        self._until = 0.0


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a server says of itself, unasked and unproved."""

    product: str
    version: tuple[int, ...]
    capabilities: int
    plugin: str

    @property
    def offers_tls(self) -> bool:
        return bool(self.capabilities & _CLIENT_SSL)


def reach(host: Host, deadline: Deadline, begun: Callable[[socket.socket], object]) -> socket.socket:
    """A connected socket; `begun` sees each one before it is used. Raises LinkLost in words."""
    if host.is_socket:
        return _reach_socket(host, deadline)
    found = _resolved(host, deadline)
    last: OSError | None = None
    for number, (family, kind, protocol, _, where) in enumerate(found):
        sock = socket.socket(family, kind, protocol)
        begun(sock)
        # A name may have several addresses, of which the first leads nowhere from here.
        sock.settimeout(deadline.left() / (len(found) - number))
        try:
            sock.connect(where)
        except OSError as error:
            sock.close()
            last = error
            continue
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return sock
    raise _unreached(host, last) from last


def _reach_socket(host: Host, deadline: Deadline) -> socket.socket:
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    sock.settimeout(deadline.left())
    try:
        sock.connect(host.name)
    except OSError as error:
        sock.close()
        raise LinkLost(NOTHING_THERE, host=host.name, port=host.port) from error
    return sock


def _unreached(host: Host, error: OSError | None) -> LinkLost:
    refused = isinstance(error, ConnectionRefusedError)
    return LinkLost(NOTHING_THERE if refused else NOT_REACHED, host=host.name, port=host.port)


def _resolved(host: Host, deadline: Deadline) -> list[Any]:
    """The addresses of a name. The system's resolver knows no time limit, so it is asked aside."""
    answer: list[Any] = []

    def ask() -> None:
        with contextlib.suppress(OSError, UnicodeError):
            answer.extend(socket.getaddrinfo(host.name, host.port, type=socket.SOCK_STREAM))

    if is_local(host) or _is_ip(host.name):
        ask()
    else:
        asking = threading.Thread(target=ask, name="look-up", daemon=True)
        asking.start()
        while asking.is_alive() and not deadline.over:
            asking.join(deadline.left(0.1))
    if not answer:
        raise LinkLost(UNKNOWN_HOST, host=host.name)
    return list(answer)


def _is_ip(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def is_this_computer(sock: socket.socket) -> bool:
    """Whether the other end is on this computer, whatever it is called."""
    if sock.family not in (socket.AF_INET, socket.AF_INET6):
        return True
    return ipaddress.ip_address(sock.getpeername()[0].partition("%")[0]).is_loopback


def greeting(sock: socket.socket, host: Host, deadline: Deadline) -> Greeting:
    """What the server says first. It is left in the socket, for the driver to read again.

    Raises AppError in words when it is no server that this program can use.
    """
    payload = _peek(sock, host, deadline)
    if payload[:1] == b"\xff":
        code = struct.unpack("<H", payload[1:3])[0] if len(payload) >= 3 else 0
        told = refusal(code, host)
        # About accounts nothing was said yet, so whoever answers that is none of ours.
        known = told if isinstance(told, Unavailable) else None
        raise known or Unavailable(NOT_A_DATABASE, host=host.name, port=host.port)
    greeted = _parsed(payload)
    if greeted is None:
        raise Unavailable(NOT_A_DATABASE, host=host.name, port=host.port)
    if greeted.version < _OLDEST[greeted.product]:
        version = ".".join(map(str, greeted.version))
        raise Unavailable(TOO_OLD, host=host.name, product=greeted.product, version=version)
    return greeted


def _peek(sock: socket.socket, host: Host, deadline: Deadline) -> bytes:
    """The payload of the first packet. Raises LinkLost when nothing comes, Unavailable when it is too long."""
    data, stalled = b"", Deadline(deadline.left())
    while not deadline.over and not stalled.over:
        sock.settimeout(deadline.left())
        before = data
        try:
            data = sock.recv(LONGEST_GREETING, socket.MSG_PEEK)
        except TimeoutError:
            break
        except OSError as error:
            raise LinkLost(NOTHING_THERE, host=host.name, port=host.port) from error
        if not data:
            raise LinkLost(NOTHING_THERE, host=host.name, port=host.port)
        if len(data) >= 4:
            length = int.from_bytes(data[:3], "little")
            if data[3] != 0 or not 0 < length <= LONGEST_GREETING - 4:
                raise Unavailable(NOT_A_DATABASE, host=host.name, port=host.port)
            if len(data) >= 4 + length:
                return data[4 : 4 + length]
        if data != before:
            stalled = deadline.part(PARTIAL_SECONDS)
        time.sleep(0.005)
    raise LinkLost(SILENT, host=host.name, port=host.port) if data else _silence(sock, host)


def _silence(sock: socket.socket, host: Host) -> AppError:
    """A web server waits to be asked: what answers a question is no database."""
    with contextlib.suppress(OSError):
        sock.settimeout(KNOCK_SECONDS)
        sock.sendall(_KNOCK)
        if sock.recv(16):
            return Unavailable(NOT_A_DATABASE, host=host.name, port=host.port)
    return LinkLost(SILENT, host=host.name, port=host.port)


def _parsed(payload: bytes) -> Greeting | None:
    """Protocol version 10, version text, connection id, salt, capabilities, ..., name of the plugin."""
    text, end, rest = payload[1:].partition(b"\0")
    if payload[:1] != b"\x0a" or not end or len(rest) < 31:
        return None
    low, high, salt = rest[13:15], rest[18:20], rest[20]
    capabilities = int.from_bytes(low + high, "little")
    plugin = rest[31 + max(13, salt - 8) :].partition(b"\0")[0] if capabilities & _CLIENT_PLUGIN_AUTH else b""
    said = text.decode("latin-1")
    # MariaDB 10 calls itself 5.5.5-10.11.19-MariaDB, for clients of long ago.
    number = re.match(r"(?:5\.5\.5-)?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?", said)
    if number is None:
        return None
    version = tuple(int(part) for part in number.groups() if part is not None)
    product = "MariaDB" if "MariaDB" in said else "MySQL"
    return Greeting(product, version, capabilities, plugin_name(plugin))


def plugin_name(said: bytes) -> str:
    """The name of a way to sign in; "?" for what may be anything, because people are told it."""
    return said.decode() if _PLUGIN.fullmatch(said) else "?"


def to_tls(sock: socket.socket, host: Host, context: ssl.SSLContext, deadline: Deadline) -> ssl.SSLSocket:
    """Turn a connection that was greeted into an encrypted one. Raises AppError in words."""
    flags = _CLIENT_LONG_PASSWORD | _CLIENT_PROTOCOL_41 | _CLIENT_SSL
    flags |= _CLIENT_SECURE_CONNECTION | _CLIENT_PLUGIN_AUTH
    request = struct.pack("<IIB23x", flags, 1 << 24, _UTF8MB4)
    sock.settimeout(deadline.left())
    try:
        length = int.from_bytes(sock.recv(4, socket.MSG_PEEK)[:3], "little")
        sock.recv(4 + length, socket.MSG_WAITALL)
        sock.sendall(len(request).to_bytes(3, "little") + b"\x01" + request)
        return context.wrap_socket(sock, server_hostname=host.name)
    except OSError as error:
        raise tls_refusal(error, host) from error
