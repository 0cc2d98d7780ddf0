"""A connection that breaks while it is being made, at whichever byte: words, at once, and the next one works."""

import random
import time
from dataclasses import replace

import pytest
import sqlalchemy as sa

from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.server import connect
from avenrae_desktop.db.server.tls import shown_certificate
from avenrae_desktop.kernel.errors import AppError, LinkLost, Unavailable
from tests.network.proxy import Proxy, Way
from tests.server_link.conftest import Connect, Server

FROM = "127.0.0.1"
# Python's own: SSLContext.wrap_socket does not close what it was given when the other side has reset it already.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed <ssl.SSLSocket:ResourceWarning")


def open_once(engine: sa.Engine) -> None:
    with telling_faults(), engine.connect() as c:
        assert c.scalar(sa.text("SELECT 1")) == 1


@pytest.mark.parametrize("way", list(Way), ids=str)
def test_broken_at_any_byte(there: Server, engines: Connect, way: Way, long_form: bool) -> None:
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")  # noqa: T201 - pytest shows it when the test fails
    chance = random.Random(seed)
    with there.account() as name, Proxy(FROM, there.address.hosts[0].port) as proxy:
        address = replace(there.address, hosts=(proxy.host,))
        engine = engines(address, name)
        open_once(engine)
        engine.dispose()
        proxy.passed = dict.fromkeys(Way, 0)
        open_once(engine)
        traffic = proxy.passed[way]
        assert traffic > 300
        places = sorted({0, 1, 3, 4, 5, *chance.sample(range(traffic), 300 if long_form else 25)})
        for place in places:
            engine.dispose()
            cut = proxy.cut(way, place)
            before = time.monotonic()
            try:
                open_once(engine)
            except LinkLost:
                assert cut.done.wait(5)
            assert time.monotonic() - before < 4
        proxy.cut(way, 1 << 40)
        open_once(engine)


def test_frozen_at_any_byte(there: Server, engines: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing arrives any more, and nobody is told: the limit for one host ends it."""
    monkeypatch.setattr(connect, "HOST_SECONDS", 0.4)
    with there.account() as name, Proxy(FROM, there.address.hosts[0].port) as proxy:
        engine = engines(replace(there.address, hosts=(proxy.host,)), name)
        open_once(engine)
        engine.dispose()
        proxy.freeze()
        before = time.monotonic()
        with pytest.raises(LinkLost):
            open_once(engine)
        assert time.monotonic() - before < 2
        proxy.thaw()
        open_once(engine)


def test_a_link_that_died_without_a_word(there: Server, engines: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    """A laptop wakes up: what stands in the pool is asked first, for a short time, and replaced."""
    monkeypatch.setattr("avenrae_desktop.db.server.connection.PING_SECONDS", 0.4)
    monkeypatch.setattr("avenrae_desktop.db.server.connection.FRESH_SECONDS", 0.0)
    monkeypatch.setattr(connect, "HOST_SECONDS", 0.4)
    with there.account() as name, Proxy(FROM, there.address.hosts[0].port) as proxy:
        engine = engines(replace(there.address, hosts=(proxy.host,)), name)
        open_once(engine)
        proxy.freeze()
        before = time.monotonic()
        with pytest.raises(LinkLost):
            open_once(engine)
        assert time.monotonic() - before < 3
        proxy.break_all()
        proxy.thaw()
        open_once(engine)


def test_a_connection_that_just_answered_is_asked_nothing(there: Server, engines: Connect) -> None:
    """Neither a ping before a read nor a ROLLBACK behind it; and still it is replaced when the server ended it."""
    with there.account() as name:
        engine = engines(there.address, name)
        mine = (
            sa.text(
                "SELECT CONNECTION_ID(), VARIABLE_VALUE FROM performance_schema.session_status WHERE "
                "VARIABLE_NAME = 'Questions'"
            )
            if not there.mariadb
            else sa.text(
                "SELECT CONNECTION_ID(), VARIABLE_VALUE FROM information_schema.session_status "
                "WHERE VARIABLE_NAME = 'Questions'"
            )
        )
        seen = []
        for _ in range(3):
            with engine.connect() as c:
                seen.append(tuple(int(value) for value in c.execute(mine).one()))
        first, second, third = seen
        assert (second[1] - first[1], third[1] - second[1]) == (1, 1)
        assert first[0] == second[0] == third[0]
        there.run(f"KILL {first[0]}")
        with engine.connect() as c:
            assert c.scalar(sa.text("SELECT CONNECTION_ID()")) != first[0]


def test_a_look_at_the_certificate_that_breaks(there: Server) -> None:
    with Proxy(FROM, there.address.hosts[0].port) as proxy:
        shown_certificate(proxy.host)
        for place in (0, 3, 10, 60, 100, 150, 300, 600):
            proxy.cut(Way.DOWN, place)
            with pytest.raises(AppError) as broken:
                shown_certificate(proxy.host, timeout_s=3)
            assert isinstance(broken.value, Unavailable)
