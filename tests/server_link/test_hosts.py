"""Several hosts: the one that takes writes is found, and a read-only or lost one is left."""

import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

import pymysql
import pytest
import sqlalchemy as sa

from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.server import connect, connection, driver
from avenrae_desktop.db.server import problems as p
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.certificates import Issued
from avenrae_desktop.db.server.connect import host_of, practice_engine
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.kernel.errors import LinkLost, TryAgain
from tests.server_link import rogue
from tests.server_link.conftest import PASSWORD, Connect, Server, own_server, refusal_of
from tests.server_link.rogue import Rogue
from tests.server_link.test_refused import closed_port
from tests.support.places import ServerKind

USER = "anna"


@pytest.fixture(scope="module", params=list(ServerKind), ids=str)
def two(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Server]]:
    """Two servers with the same practice and the same account."""
    with ExitStack() as stack:
        folder = tmp_path_factory.mktemp("two")
        servers = [stack.enter_context(own_server(ServerKind(request.param), folder / n)) for n in ("a", "b")]
        for each in servers:
            each.run(
                f"CREATE USER '{USER}'@'%' IDENTIFIED BY '{PASSWORD}' REQUIRE SSL",
                f"GRANT ALL ON {each.address.database}.* TO '{USER}'@'%'",
                "CREATE TABLE things (id INT PRIMARY KEY)",
            )
        yield servers


@pytest.fixture
def pair(two: list[Server]) -> Iterator[list[Server]]:
    yield two
    for each in two:
        read_only(each, False)


def read_only(server: Server, on: bool) -> None:
    """As an orchestrator does on a switch-over."""
    name = "read_only" if server.mariadb else "super_read_only"
    server.run(f"SET GLOBAL {name} = {int(on)}")
    if not on:
        server.run("SET GLOBAL read_only = 0")


def together(*servers: Server) -> ServerAddress:
    """One address of all; they have certificates of different CAs, so both are trusted."""
    return ServerAddress(
        tuple(each.address.hosts[0] for each in servers),
        servers[0].address.database,
        Trust.NAMES,
        "".join(each.address.pem for each in servers),
    )


def at(server: Server) -> str:
    return str(server.address.hosts[0])


def write(engine: sa.Engine) -> None:
    with telling_faults(), engine.begin() as c:
        c.execute(sa.text("INSERT INTO things VALUES (:id)"), {"id": secrets.randbelow(1 << 30)})


def test_the_first_that_takes_writes_is_taken(pair: list[Server], engines: Connect) -> None:
    first, second = pair
    engine = engines(together(*pair), USER)
    write(engine)
    assert host_of(engine) == at(first)
    read_only(first, True)
    engine = engines(together(*pair), USER)
    assert host_of(engine) is None
    write(engine)
    assert host_of(engine) == at(second)


def test_a_host_that_becomes_read_only_is_left(pair: list[Server], engines: Connect) -> None:
    """The write that finds it out fails in words; the next one goes to the other host, on every connection."""
    first, second = pair
    engine = engines(together(*pair), USER)
    with engine.connect(), engine.connect():
        pass
    read_only(first, True)
    with pytest.raises(LinkLost) as refused:
        write(engine)
    assert refused.value.problem is p.READ_ONLY
    for _ in range(2):
        write(engine)
    assert host_of(engine) == at(second)
    read_only(first, False)
    read_only(second, True)
    with pytest.raises(LinkLost):
        write(engine)
    write(engine)
    assert host_of(engine) == at(first)


def test_who_only_reads_leaves_it_too(
    pair: list[Server], engines: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host that was left behind answers reads with what was true once."""
    monkeypatch.setattr(connection, "PROBE_EVERY", 0.0)
    first, second = pair
    engine = engines(together(*pair), USER)
    with engine.connect() as c:
        c.execute(sa.text("SELECT 1"))
    read_only(first, True)
    with engine.connect() as c:
        c.execute(sa.text("SELECT 1"))
    assert host_of(engine) == at(second)


def test_a_lost_host_is_left(pair: list[Server], engines: Connect) -> None:
    """The first address leads nowhere."""
    _, second = pair
    address = together(*pair)
    nowhere = Host("127.0.0.1", closed_port())
    engine = engines(replace(address, hosts=(nowhere, address.hosts[1])), USER)
    write(engine)
    assert host_of(engine) == at(second)


def test_a_silent_host_does_not_hold_for_long(
    pair: list[Server], engines: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "HOST_SECONDS", 0.5)
    address = together(*pair)
    with Rogue(rogue.waiting) as there:
        engine = engines(replace(address, hosts=(there.host, address.hosts[0])), USER)
        before = time.monotonic()
        write(engine)
        assert time.monotonic() - before < 4
        engine.dispose()
        write(engine)
        assert there.calls == 1  # the one that answers is asked first from then on


def test_a_host_that_is_not_ours_gets_nothing_and_does_not_stop_us(
    pair: list[Server], engines: Connect, stranger: Issued
) -> None:
    address = together(*pair)
    script = rogue.encrypting(rogue.server_context(stranger.certificate, stranger.key))
    with Rogue(script) as there:
        host = Host("localhost", there.host.port)
        engine = engines(replace(address, hosts=(host, address.hosts[1])), USER)
        write(engine)
    assert host_of(engine) == str(address.hosts[1])
    assert len(there.heard) == rogue.SSL_REQUEST


def test_none_that_takes_writes(pair: list[Server]) -> None:
    for each in pair:
        read_only(each, True)
    error = refusal_of(together(*pair), USER)
    assert (type(error), error.problem) == (LinkLost, p.READ_ONLY)
    # Also where another host does not even answer: this is what may pass.
    address = replace(together(*pair), hosts=(Host("127.0.0.1", closed_port()), pair[0].address.hosts[0]))
    assert refusal_of(address, USER).problem is p.READ_ONLY


def test_a_wrong_password_is_tried_once(pair: list[Server]) -> None:
    """Servers count: trying it on each host would lock the account sooner."""
    with Rogue(rogue.waiting) as there:
        address = together(*pair)
        error = refusal_of(replace(address, hosts=(*address.hosts, there.host)), USER, "Falsch 13 falsch")
        assert there.calls == 0
    assert error.problem is p.WRONG_PASSWORD


def test_the_servers_own_word_on_reading_only(pair: list[Server], engines: Connect) -> None:
    engine = engines(together(pair[0]), USER)
    with engine.connect() as c:
        read_only(pair[0], True)
        with pytest.raises(sa.exc.DBAPIError) as failed:
            c.execute(sa.text("INSERT INTO things VALUES (1)"))
    assert failed.value.orig.args[0] == 1290  # type: ignore[union-attr]
    assert failed.value.connection_invalidated


def root_over_tls(server: Server, statement: str) -> None:
    """What the tests' usual way in cannot do any more."""
    user, password = str(server.root.username), str(server.root.password)
    engine = practice_engine(server.address, user, password, context_for(server.address))
    with engine.connect() as c:
        c.execute(sa.text(statement))
    engine.dispose()


def test_as_many_connections_as_the_server_takes(pair: list[Server], engines: Connect) -> None:
    server, limit = pair[0], 10  # the least that MariaDB allows
    most = server.run("SELECT @@max_connections")[0][0]
    server.run(f"SET GLOBAL max_connections = {limit}")
    engine = engines(server.address, USER, pool_size=2 * limit)
    with ExitStack() as held:
        with pytest.raises(TryAgain) as refused, telling_faults():
            held.enter_context(all_of(engine, limit + 1))
        assert refused.value.problem is p.SERVER_FULL
    server.run(f"SET GLOBAL max_connections = {most}")
    write(engine)


@contextmanager
def all_of(engine: sa.Engine, number: int) -> Iterator[None]:
    """So many connections at once."""
    with ExitStack() as held:
        for _ in range(number):
            held.enter_context(engine.connect())
        yield


def test_a_server_that_insists_on_tls(pair: list[Server]) -> None:
    server = pair[0]
    address = ServerAddress(
        (Host("127.0.0.1", server.address.hosts[0].port),), server.address.database, Trust.NONE
    )
    with server.account("") as name:
        server.run("SET GLOBAL require_secure_transport = 1")
        try:
            error = refusal_of(address, name)
        finally:
            root_over_tls(server, "SET GLOBAL require_secure_transport = 0")
    # MariaDB only says that it does not want this person.
    assert error.problem is (p.WRONG_PASSWORD if server.mariadb else p.INSISTS_ON_TLS)


def ask_on_and_on(engine: sa.Engine) -> None:
    with telling_faults(), engine.connect() as c:
        while True:
            c.execute(sa.text("SELECT SLEEP(0.02)"))


def wait_until_closed(host: Host) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", host.port)) != 0:
                return
        time.sleep(0.05)
    pytest.fail("the server is still there")


def test_a_server_that_goes_down(two: list[Server], engines: Connect) -> None:
    """The last test of the two: the call under way fails, and the next goes to the host that is left."""
    first, second = two
    engine = engines(together(*two), USER)
    write(engine)
    stopping = threading.Timer(0.2, first.run, ("SHUTDOWN",))
    stopping.start()
    with pytest.raises(LinkLost) as lost:
        ask_on_and_on(engine)
    stopping.join()
    assert lost.value.problem is p.SERVER_AWAY
    write(engine)
    assert host_of(engine) == at(second)
    wait_until_closed(first.address.hosts[0])
    error = refusal_of(first.address, USER)
    assert (type(error), error.problem) == (LinkLost, p.NOTHING_THERE)


class Member:
    """Answers what a host says of its place in a group."""

    def __init__(self, answer: tuple[str, str] | Exception | None) -> None:
        self.answer = answer

    def row(self, _: str) -> tuple[str, str] | None:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize(
    ("answer", "leads"),
    [
        (("ONLINE", "PRIMARY"), True),
        (("ONLINE", "SECONDARY"), False),
        (("RECOVERING", "PRIMARY"), False),
        (("ERROR", ""), False),
        (("OFFLINE", ""), True),
        (None, True),
        (pymysql.err.OperationalError(1142, "SELECT command denied"), True),
    ],
)
def test_the_place_in_a_group(answer: tuple[str, str] | Exception | None, leads: bool) -> None:
    assert driver._leads_its_group(Member(answer)) is leads


def test_a_group_that_cannot_say() -> None:
    with pytest.raises(pymysql.err.OperationalError):
        driver._leads_its_group(Member(pymysql.err.OperationalError(2013, "Lost connection")))
