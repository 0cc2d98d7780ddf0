"""SIGKILL of a server that keeps what it acknowledges: everybody goes on by themselves, and nothing is missing."""

import random
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import pytest

from avenrae_desktop.bootstrap.app import App
from tests.network.figures import keep
from tests.network.ledger import Ledger
from tests.network.own_server import OwnServer
from tests.network.proxy import RESETS
from tests.support.server_practice import ServerPractice, made_practice

pytestmark = RESETS
WRITERS = ("front_desk", "healer", "both", "admin")


class Writer(threading.Thread):
    """One window, sending command after command until told to stop."""

    def __init__(self, ledger: Ledger, app: App, stop: threading.Event) -> None:
        super().__init__(name="writer")
        self._ledger, self._app, self._told_to_end = ledger, app, stop
        self.answered: list[float] = []
        self.failed: BaseException | None = None

    def run(self) -> None:
        try:
            while not self._told_to_end.is_set():
                self._ledger.send(self._app.do)
                self.answered.append(time.monotonic())
        except BaseException as error:  # noqa: BLE001 - told by the test
            self.failed = error


@pytest.fixture
def practice(own_server: OwnServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[ServerPractice]:
    monkeypatch.delenv(own_server.kind.own_server_variable, raising=False)
    with made_practice(own_server.kind, own_server.run) as made:
        yield made


@pytest.mark.timeout(1800)
def test_the_server_is_killed(
    own_server: OwnServer, practice: ServerPractice, tmp_path: Path, long_form: bool
) -> None:
    kills, seed = 50 if long_form else 5, secrets.randbelow(1_000_000)
    chance = random.Random(seed)
    ledger, stop = Ledger(practice), threading.Event()
    with ExitStack() as stack:
        apps = [stack.enter_context(practice.app(who, tmp_path / who)) for who in WRITERS]
        writers = [Writer(ledger, app, stop) for app in apps]
        for writer in writers:
            writer.start()
        back, waited = [], []
        try:
            for _ in range(kills):
                time.sleep(chance.uniform(0.1, 0.6))
                own_server.kill()
                own_server.start()
                back.append(time.monotonic())
                waited.append(wait_for_all(writers, back[-1]))
        finally:
            stop.set()
            for writer in writers:
                writer.join()
    assert [writer.failed for writer in writers] == [None] * len(writers)
    ledger.check()
    keep(
        f"{practice.kind}-server-killed",
        {
            "kills": kills,
            "acknowledged": len(ledger.acknowledged),
            "lost": 0,
            "doubled": 0,
            "done_though_unanswered": ledger.repeated,
            "all_write_again_after_s": {"median": round(median(waited), 1), "most": round(max(waited), 1)},
            "seed": seed,
        },
    )


def wait_for_all(writers: list[Writer], since: float) -> float:
    """Until everybody had an answer again; returns the seconds since the server was back."""
    until = time.monotonic() + 60
    while not all(writer.answered and writer.answered[-1] > since for writer in writers):
        assert all(writer.is_alive() for writer in writers), [writer.failed for writer in writers]
        assert time.monotonic() < until, "somebody does not go on"
        time.sleep(0.01)
    return time.monotonic() - since
