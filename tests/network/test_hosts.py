"""A list of hosts: the one that takes writes is found, and one that stops taking them is left."""

import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.server import connect
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.connect import host_of, practice_engine
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.kernel.errors import LinkLost
from tests.network.own_server import OwnServer
from tests.network.proxy import proxied
from tests.support.servers import execute, server_address, server_url

USER, PASSWORD, DATABASE = "host_walker", "four words make this", "p_hosts"


@dataclass
class Pair:
    """Two servers that know nothing of each other; `first` may be made read-only."""

    first: sa.URL
    address: ServerAddress

    def read_only(self, *, on: bool) -> None:
        execute(self.first, f"SET GLOBAL read_only = {int(on)}")
        if "MariaDB" not in str(execute(self.first, "SELECT VERSION()")):
            execute(self.first, f"SET GLOBAL super_read_only = {int(on)}")


@pytest.fixture(scope="module")
def pair(own_server: OwnServer, run_folder: Path) -> Iterator[Pair]:
    kind, own = own_server.kind, own_server.url
    shared = server_url(kind, run_folder)
    for url in (own, shared):
        execute(
            url,
            f"DROP DATABASE IF EXISTS {DATABASE}",
            f"CREATE DATABASE {DATABASE}",
            f"CREATE TABLE {DATABASE}.rows_of (id INT PRIMARY KEY)",
            f"DROP USER IF EXISTS {USER}",
            f"CREATE USER {USER} IDENTIFIED BY '{PASSWORD}' REQUIRE SSL",
            f"GRANT ALL ON {DATABASE}.* TO {USER}",
        )
    pem = (own_server.run / kind.value / "tls" / "ca.pem").read_text()
    there = server_address(kind, run_folder, DATABASE)
    hosts = (Host("localhost", own.port or 0), *there.hosts)
    yield Pair(own, ServerAddress(hosts, DATABASE, Trust.NAMES, pem + there.pem))
    for url in (own, shared):
        execute(url, f"DROP DATABASE {DATABASE}", f"DROP USER {USER}")


@pytest.fixture
def engine(pair: Pair) -> Iterator[Engine]:
    made = practice_engine(pair.address, USER, PASSWORD, context_for(pair.address))
    yield made
    made.dispose()
    pair.read_only(on=False)


def write(engine: Engine) -> str | None:
    """Writes one row; returns the host that took it."""
    with telling_faults(), engine.begin() as c:
        c.exec_driver_sql(f"INSERT INTO rows_of VALUES ({secrets.randbelow(2**31)})")
    return host_of(engine)


def test_a_host_that_turns_read_only_is_left(pair: Pair, engine: Engine) -> None:
    first, second = (str(host) for host in pair.address.hosts)
    assert write(engine) == first
    pair.read_only(on=True)
    with pytest.raises(LinkLost):
        write(engine)
    assert write(engine) == second
    pair.read_only(on=False)
    assert write(engine) == second, "a host that works is stayed with"


def test_a_read_only_host_is_passed_by(pair: Pair, engine: Engine) -> None:
    pair.read_only(on=True)
    assert write(engine) == str(pair.address.hosts[1])


def test_a_silent_host_is_passed_by(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the connection and says nothing: within the limit for one host the next is asked."""
    monkeypatch.setattr(connect, "HOST_SECONDS", 1.0)
    with proxied("127.0.0.1", pair.address.hosts[0].port) as proxy:
        proxy.freeze()
        address = ServerAddress((proxy.host, pair.address.hosts[1]), DATABASE, Trust.NAMES, pair.address.pem)
        engine = practice_engine(address, USER, PASSWORD, context_for(address))
        began = time.monotonic()
        assert write(engine) == str(pair.address.hosts[1])
        assert time.monotonic() - began < 3
        engine.dispose()
