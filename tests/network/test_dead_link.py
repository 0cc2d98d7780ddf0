"""Packets that vanish: every call returns within its limit, and a window closes at once."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.bootstrap.app import App
from avenrae_desktop.bootstrap.server import sender
from avenrae_desktop.kernel.errors import AppError, LinkLost
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.link import LinkState
from tests.network.ledger import Ledger, through
from tests.network.proxy import Proxy, proxied
from tests.support.server_practice import ServerPractice

AT_ONCE = 0.5


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


def test_a_look_at_the_feed_returns_and_says_so(app: App, proxy: Proxy) -> None:
    proxy.freeze()
    assert app.live is not None
    # Its own limit of 5 s, and the ping's of 3 s before it.
    with within(15):
        assert app.live.poll().state is not LinkState.CONNECTED


def test_a_read_returns(app: App, proxy: Proxy) -> None:
    proxy.freeze()
    with within(25), pytest.raises(LinkLost):
        app.clients.find("n")


def test_a_command_gives_up_and_is_settled_when_the_link_is_back(
    app: App, server_practice: ServerPractice, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a minute in the program; here after a moment."""
    monkeypatch.setattr(sender, "PATIENCE_S", 1.0)
    ledger = Ledger(server_practice)
    proxy.freeze()
    command = new_client()
    with within(120), pytest.raises(LinkLost):
        app.do(command)
    proxy.thaw()
    app.do(command)
    ledger.acknowledged.append(command)
    ledger.check()


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
