"""What a new connection to a server costs: one context for all, a new one for each, and no encryption at all."""

import ssl
from collections.abc import Callable, Iterator

import sqlalchemy as sa

from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.driver import CALL_SECONDS, Login, connected
from avenrae_desktop.db.server.tls import context_for, shown_certificate
from avenrae_desktop.db.server.wire import Deadline
from tests.bench.data import Data
from tests.bench.measure import CPU, WALL, Act, Figure, compare


def measure(data: Data, rounds: int) -> Iterator[Figure]:
    """On a server that offers TLS."""
    url = data.place.where
    assert isinstance(url, sa.URL)
    address = address_of(url)
    shared = context_for(address)
    ours = _connecting(url, address, lambda: shared)
    anew = _connecting(url, address, lambda: context_for(address))
    plain = _connecting(url, address, lambda: None)
    name = f"{data.place.kind}: connecting, one context"
    for control, what in ((anew, "a new one each"), (plain, "no TLS")):
        for clock, unit in ((CPU, "CPU"), (WALL, "time")):
            yield Figure.of(f"{name} against {what}, {unit}", *compare(ours, control, rounds, clock))


def address_of(url: sa.URL) -> ServerAddress:
    """The server as a desk would know it: by the certificate that it shows."""
    host = Host(url.host or "", url.port or 3306)
    return ServerAddress((host,), url.database or "", Trust.PINNED, shown_certificate(host).pem)


def _connecting(url: sa.URL, address: ServerAddress, context: Callable[[], ssl.SSLContext | None]) -> Act:
    login = Login(url.username or "", lambda: str(url.password), address.database, call_s=CALL_SECONDS)
    return lambda: connected(address.hosts[0], login, context(), Deadline(CALL_SECONDS)).close()
