"""Packets that vanish: every call returns within its limit, and a window closes at once."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.bootstrap.app import App
from avenrae_desktop.bootstrap.live import Live, Seen
from avenrae_desktop.bootstrap.server import sender
from avenrae_desktop.kernel.errors import AppError, LinkLost
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.link import LinkState
from tests.network.figures import keep
from tests.network.ledger import Ledger, through
from tests.network.proxy import RESETS, Proxy, proxied
from tests.support.places import ServerKind
from tests.support.server_practice import ServerPractice

pytestmark = RESETS
AT_ONCE = 0.5


@pytest.fixture(scope="module")
def server_kind() -> ServerKind:
    """The waiting is the program's own: one server is as good as the other."""
    return ServerKind.MYSQL


@pytest.fixture
def proxy(server_practice: ServerPractice) -> Iterator[Proxy]:
    [host] = server_practice.address.hosts
    with proxied("127.0.0.1", host.port) as made:
        yield made


@pytest.fixture
def app(server_practice: ServerPractice, proxy: Proxy, tmp_path: Path) -> Iterator[App]:
    with through(server_practice, proxy).app("front_desk", tmp_path) as opened:
        assert opened.live is not None
        assert opened.live.poll().state is LinkState.CONNECTED
        yield opened
        proxy.thaw()


@contextmanager
def within(seconds: float) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < seconds


def on_a_thread(call: Callable[[], object]) -> tuple[threading.Thread, list[AppError]]:
    failed: list[AppError] = []

    def run() -> None:
        try:
            call()
        except AppError as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread, failed


def new_client() -> AddClient:
    return AddClient(client=new_uuid(), first_name="Dead", last_name="Link")


def test_every_call_returns_within_its_limit(
    app: App, server_practice: ServerPractice, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "PATIENCE_S", 1.0)  # a minute in the program: somebody looks on meanwhile
    assert app.live is not None
    ledger, command, looks = Ledger(server_practice), new_client(), list[Seen]()
    proxy.freeze()
    calls = {
        # Its own limit of 5 s, after a ping's of 3 s; or the limit of finding a host.
        "look": (on_a_thread(partial(look, app.live, looks)), 15.0),
        "read": (on_a_thread(partial(app.clients.find, "n")), 25.0),
        "command": (on_a_thread(partial(app.do, command)), 60.0),
    }
    began, took = time.monotonic(), {}
    for name, ((thread, failed), limit) in calls.items():
        thread.join(limit)
        assert not thread.is_alive(), name
        took[name] = round(time.monotonic() - began, 1)
        assert [type(error) for error in failed] == ([] if name == "look" else [LinkLost]), name
    assert [seen.state for seen in looks] != [LinkState.CONNECTED]
    proxy.thaw()
    app.do(command)
    ledger.acknowledged.append(command)
    ledger.check()
    keep(f"{server_practice.kind}-dead-link-s", took)


def look(live: Live, looks: list[Seen]) -> None:
    looks.append(live.poll())


def test_a_window_closes_at_once(app: App, proxy: Proxy) -> None:
    proxy.freeze()
    thread, failed = on_a_thread(lambda: app.clients.find("n"))
    writing, unwritten = on_a_thread(lambda: app.do(new_client()))
    time.sleep(0.3)
    with within(AT_ONCE):
        app.interrupt()
        app.close()
    with within(3):  # a command tries a few times more, and finds the door shut
        thread.join()
        writing.join()
    assert [type(error) for error in failed] == [LinkLost]
    assert [type(error) for error in unwritten] == [LinkLost]


def test_it_goes_on_by_itself_when_packets_arrive_again(
    app: App, server_practice: ServerPractice, proxy: Proxy
) -> None:
    ledger = Ledger(server_practice)
    proxy.freeze()
    writing, failed = on_a_thread(lambda: ledger.send(app.do))
    time.sleep(0.5)
    proxy.thaw()
    writing.join(10)
    assert failed == []
    ledger.check()
    assert app.live is not None
    assert app.live.poll().state is LinkState.CONNECTED
