"""A computer that slept: its old connections are dead without a word, and the server thinks its window closed."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.bootstrap.app import App
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.link import LinkState
from tests.network.ledger import through
from tests.network.proxy import RESETS, Proxy
from tests.support.places import ServerKind
from tests.support.server_practice import ServerPractice

pytestmark = RESETS
SOON = 2.5


class Sleepy(Proxy):
    """After `sleep` nothing comes through the connections of before; new ones work."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self._lost: set[threading.Thread] = set()
        self._over = threading.Event()

    def sleep(self) -> None:
        self._lost |= self._pipes

    def wait_until_moving(self) -> None:
        if threading.current_thread() in self._lost:
            self._over.wait()
        super().wait_until_moving()

    def __exit__(self, *how: object) -> None:
        self._over.set()
        super().__exit__(*how)


@pytest.fixture(scope="module")
def server_kind() -> ServerKind:
    """The waiting is the program's own: one server is as good as the other."""
    return ServerKind.MARIADB


@pytest.fixture
def proxy(server_practice: ServerPractice) -> Iterator[Sleepy]:
    [host] = server_practice.address.hosts
    with Sleepy("127.0.0.1", host.port) as made:
        yield made


@pytest.fixture
def app(server_practice: ServerPractice, proxy: Sleepy, tmp_path: Path) -> Iterator[App]:
    with through(server_practice, proxy).app("front_desk", tmp_path) as opened:
        assert opened.live is not None
        opened.do(AddClient(client=new_uuid(), last_name="Before"))
        assert opened.live.poll().state is LinkState.CONNECTED
        yield opened


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    began = time.monotonic()
    found = call()
    return time.monotonic() - began, found


def beats(practice: ServerPractice) -> Any:
    return practice.execute("SELECT MAX(seen_at) FROM presence")[0][0]


def test_after_waking_up_it_connects_anew_and_is_present_at_once(
    app: App, proxy: Sleepy, server_practice: ServerPractice
) -> None:
    before = beats(server_practice)
    proxy.sleep()
    took, _ = timed(app.wake)
    assert took < SOON
    assert app.live is not None
    took, seen = timed(app.live.poll)
    assert (seen.state, took < SOON) == (LinkState.CONNECTED, True)
    # Within the ten seconds for which it would have been silent otherwise.
    assert beats(server_practice) > before
    took, found = timed(lambda: app.clients.find("Before"))
    assert (len(found) > 0, took < SOON) == (True, True)
    took, _ = timed(lambda: app.do(AddClient(client=new_uuid(), last_name="After")))
    assert took < SOON


def test_a_question_that_was_on_its_way_is_given_up(app: App, proxy: Sleepy) -> None:
    proxy.sleep()
    live = app.live
    assert live is not None
    found: list[LinkState] = []
    asking = threading.Thread(target=lambda: found.append(live.poll().state))
    began = time.monotonic()
    asking.start()
    time.sleep(0.2)
    app.wake()
    asking.join(SOON)
    assert found
    assert time.monotonic() - began < SOON
    assert live.poll().state is LinkState.CONNECTED


def test_a_change_that_was_on_its_way_is_done_once(
    app: App, proxy: Sleepy, server_practice: ServerPractice
) -> None:
    proxy.sleep()
    client = new_uuid()
    failed: list[AppError] = []

    def add() -> None:
        try:
            app.do(AddClient(client=client, last_name="Meanwhile"))
        except AppError as error:
            failed.append(error)

    adding = threading.Thread(target=add)
    adding.start()
    time.sleep(0.2)
    took, _ = timed(app.wake)
    adding.join(2 * SOON)
    assert not adding.is_alive()
    assert (failed, took < SOON) == ([], True)
    rows = server_practice.execute(f"SELECT COUNT(*) FROM clients WHERE uuid = X'{client.hex}'")
    assert rows[0][0] == 1
