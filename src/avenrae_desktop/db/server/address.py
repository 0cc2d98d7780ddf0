"""Where a practice server is, and how it proves that it is the right one."""

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum

from avenrae_desktop.db.server.problems import (
    BAD_DATABASE,
    BAD_HOST,
    BAD_PORT,
    NO_HOST,
    PIN_MISSING,
    TLS_NEEDED,
    TOO_MANY_HOSTS,
)
from avenrae_desktop.kernel.errors import RuleBroken

PORT = 3306
MOST_HOSTS = 9  # the largest group that MySQL forms
# Role names are made from it: `{database}_healer_desk` has to fit in the 32 characters of an account name
# on MySQL, and stay apart from every other name on the server.
LONGEST_DATABASE = 20

_NAME = re.compile(r"[^\W_](?:[\w.-]{0,251}\w)?")
# Small letters: some servers know no others in names of tables, and the names of roles must match.
_DATABASE = re.compile(r"[a-z][a-z0-9_]*")
_WITH_PORT = re.compile(r"(?P<name>\[[^\]]*\]|[^:]*)(?::(?P<port>.*))?")


class Trust(StrEnum):
    """What proves that a server is the right one."""

    NAMES = "names"
    """Its certificate: issued by the CA in `pem` (or, where that is empty, by one that this computer trusts) for
    the name of the host."""
    PINNED = "pinned"
    """Its certificate: exactly the one in `pem`, or issued by it. Names are not looked at."""
    NONE = "none"
    """Nothing, and nothing is encrypted: only for a server on this computer."""


@dataclass(frozen=True, slots=True)
class Host:
    """One computer, by name or IP address; a name that begins with `/` is a socket of this computer."""

    name: str
    port: int = PORT

    def __str__(self) -> str:
        name = f"[{self.name}]" if ":" in self.name else self.name
        return name if self.port == PORT or self.is_socket else f"{name}:{self.port}"

    @property
    def is_socket(self) -> bool:
        return self.name.startswith("/")


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """A practice on a server. No secret is in it.

    Raises RuleBroken (field "host") for an address that could not be trusted.
    """

    hosts: tuple[Host, ...]
    database: str
    trust: Trust
    pem: str = ""

    def __post_init__(self) -> None:
        if not self.hosts:
            raise RuleBroken(NO_HOST, field="host")
        if self.trust is Trust.NONE and not all(is_local(host) for host in self.hosts):
            raise RuleBroken(TLS_NEEDED, field="host")
        if self.trust is Trust.PINNED and not self.pem:
            raise RuleBroken(PIN_MISSING, field="host")


def parse_hosts(text: str) -> tuple[Host, ...]:
    """The hosts of a line like `db1, db2:3307, [fe80::1]:3306`. Raises RuleBroken (field "host")."""
    hosts = tuple(dict.fromkeys(_host(part.strip()) for part in text.split(",") if part.strip()))
    if not hosts:
        raise RuleBroken(NO_HOST, field="host")
    if len(hosts) > MOST_HOSTS:
        raise RuleBroken(TOO_MANY_HOSTS, field="host", most=MOST_HOSTS)
    return hosts


def is_local(host: Host) -> bool:
    """Whether what is sent to this host cannot leave this computer."""
    if host.is_socket or host.name.lower() == "localhost":
        return True
    address = _ip(host.name)
    return address is not None and address.is_loopback


def checked_database(name: str) -> str:
    """The name, if a database may have it. Raises RuleBroken (field "database")."""
    if len(name) > LONGEST_DATABASE or not _DATABASE.fullmatch(name):
        raise RuleBroken(BAD_DATABASE, field="database", most=LONGEST_DATABASE)
    return name


def _host(text: str) -> Host:
    if text.startswith("/") or _ip(text) is not None:
        return Host(text)
    found = _WITH_PORT.fullmatch(text)
    name = found["name"] if found else ""
    if found is None or not _named(name):
        raise RuleBroken(BAD_HOST, field="host", name=text)
    return Host(name.strip("[]").lower(), _port(found["port"], text))


def _named(name: str) -> bool:
    return _NAME.fullmatch(name) is not None or (name.startswith("[") and _ip(name[1:-1]) is not None)


def _port(text: str | None, host: str) -> int:
    if text is None:
        return PORT
    port = int(text) if text.isascii() and text.isdigit() and len(text) <= 5 else 0
    if not 0 < port < 65536:
        raise RuleBroken(BAD_PORT, field="host", name=host)
    return port


def _ip(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
