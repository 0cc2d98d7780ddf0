"""Closing the window does not wait for a server: what is under way is broken off at once."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from avenrae_desktop.db.engine import WRITES
from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.connect import interrupt
from avenrae_desktop.db.server.wire import Deadline
from avenrae_desktop.kernel.errors import LinkLost
from tests.server_link import rogue
from tests.server_link.conftest import Connect, Server
from tests.server_link.rogue import Rogue

SOON = 0.5


@pytest.fixture
def aside() -> Iterator[Callable[..., "Future[float]"]]:
    """Runs a call on another thread; the result is when it ended with LinkLost."""
    with ThreadPoolExecutor(4) as pool:

        def lost(fn: Callable[[], object]) -> float:
            with pytest.raises(LinkLost), telling_faults():
                fn()
            return time.monotonic()

        yield lambda fn: pool.submit(lost, fn)


def sleeping(engine: sa.Engine, said: threading.Event) -> Callable[[], object]:
    def call() -> object:
        with engine.connect() as c:
            c.execute(sa.text("SELECT 1"))
            said.set()
            return c.execute(sa.text("SELECT SLEEP(30)")).all()

    return call


def asleep(there: Server, name: str) -> int:
    """How many statements the server is working on for this account."""
    query = f"SELECT COUNT(*) FROM information_schema.processlist WHERE user = '{name}' AND info LIKE '%SLEEP%'"
    return int(str(there.run(query)[0][0]))


def wait_for(there: Server, name: str, number: int) -> None:
    until = time.monotonic() + 10
    while asleep(there, name) != number:
        assert time.monotonic() < until
        time.sleep(0.02)


def test_calls_under_way_return_at_once(there: Server, engines: Connect, aside: Callable[..., object]) -> None:
    with there.account() as name:
        engine = engines(there.address, name)
        calls = [aside(sleeping(engine, threading.Event())) for _ in range(2)]
        wait_for(there, name, 2)
        before = time.monotonic()
        interrupt(engine)
        assert all(call.result(5) - before < SOON for call in calls)  # type: ignore[attr-defined]
        # The server is told too: it would go on for half a minute, and hold its locks.
        wait_for(there, name, 0)
        with engine.connect() as c:
            assert c.scalar(sa.text("SELECT 1")) == 1


def test_a_write_that_is_broken_off_lets_go_of_its_locks(
    there: Server, engines: Connect, aside: Callable[..., object]
) -> None:
    there.run("CREATE TABLE things (id INT PRIMARY KEY, n INT)", "INSERT INTO things VALUES (1, 0)")
    with there.account() as name:
        engine = engines(there.address, name)

        def write() -> None:
            with engine.execution_options(**WRITES).begin() as c:
                c.execute(sa.text("UPDATE things SET n = 1"))
                c.execute(sa.text("SELECT SLEEP(30)"))

        call = aside(write)
        wait_for(there, name, 1)
        interrupt(engine)
        call.result(5)  # type: ignore[attr-defined]
        with engine.begin() as c:
            c.execute(sa.text("UPDATE things SET n = n + 10"))
        assert there.run("SELECT n FROM things") == [(10,)]


def test_idle_connections_are_replaced(there: Server, engines: Connect) -> None:
    with there.account() as name:
        engine = engines(there.address, name)
        with engine.connect():
            pass
        interrupt(engine)
        with telling_faults(), engine.connect() as c:
            assert c.scalar(sa.text("SELECT 1")) == 1


def test_before_anything_is_connected(there: Server, engines: Connect) -> None:
    engine = engines(there.address, "nobody")
    interrupt(engine)
    interrupt(engine)


@pytest.mark.parametrize("script", [rogue.waiting, rogue.dripping], ids=["silent", "dripping"])
def test_while_it_connects(engines: Connect, aside: Callable[..., object], script: object) -> None:
    with Rogue(script) as there:  # type: ignore[arg-type]
        engine = engines(ServerAddress((there.host, there.host), "practice", Trust.NONE), "anna")
        call = aside(engine.connect)
        while not there.calls:
            time.sleep(0.01)
        time.sleep(0.2)
        before = time.monotonic()
        interrupt(engine)
        assert call.result(5) - before < SOON  # type: ignore[attr-defined]
        assert there.calls == 1


def test_while_a_name_is_looked_up(
    engines: Connect, aside: Callable[..., object], monkeypatch: pytest.MonkeyPatch, issued: object
) -> None:
    """The system's resolver may take half a minute where the network is gone."""
    asked, answer = threading.Event(), threading.Event()

    def slow(*_: object, **__: object) -> list[object]:
        asked.set()
        answer.wait(10)
        return []

    monkeypatch.setattr("avenrae_desktop.db.server.wire.socket.getaddrinfo", slow)
    pem = issued.ca.read_text()  # type: ignore[attr-defined]
    engine = engines(ServerAddress((Host("db.example.org"),), "practice", Trust.NAMES, pem), "anna")
    call = aside(engine.connect)
    assert asked.wait(5)
    before = time.monotonic()
    interrupt(engine)
    assert call.result(5) - before < SOON  # type: ignore[attr-defined]
    answer.set()


def test_a_step_has_no_more_time_than_the_whole() -> None:
    whole = Deadline(10)
    step = whole.part(60)
    assert step.left() <= 10
    assert step.left(0.5) == 0.5
    assert not step.over
    whole.end()
    assert step.over
    assert step.left() < 0.01
    assert step.part(5).over
