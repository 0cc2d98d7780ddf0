"""A connection over TLS that breaks at a random byte: nothing acknowledged is lost, nothing is done twice."""

import random
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.bootstrap.session import actor_of
from avenrae_desktop.bootstrap.wiring import bus_over
from avenrae_desktop.kernel.bus import Bus
from avenrae_desktop.kernel.errors import TryAgain
from avenrae_desktop.kernel.identity import Actor
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import utc_now
from tests.network.figures import keep
from tests.network.ledger import Ledger, Send, through
from tests.network.proxy import RESETS, Cut, Proxy, Way, proxied
from tests.support.server_practice import ServerPractice

pytestmark = RESETS
# So many bytes before the server's last one of a command: its answer to COMMIT is there (after it comes that to
# the ROLLBACK of a connection that goes back to the pool).
NEAR_THE_COMMIT = range(20, 90)


@pytest.fixture
def proxy(server_practice: ServerPractice) -> Iterator[Proxy]:
    [host] = server_practice.address.hosts
    with proxied("127.0.0.1", host.port) as made:
        yield made


class Chance:
    """Where the next cut comes: anywhere in two commands' traffic, every third time near the answer to COMMIT."""

    def __init__(self, proxy: Proxy, ledger: Ledger, send: Send) -> None:
        self.seed = secrets.randbelow(1_000_000)
        sys.stdout.write(f"seed {self.seed}\n")
        self._random = random.Random(self.seed)
        self._proxy, self._ledger = proxy, ledger
        self._send = send
        for _ in range(4):  # statements are prepared, connections made
            self._ledger.send(self._send)
        self._bytes = {way: [0, 0] for way in Way}
        for _ in range(2):  # bookings and clients take turns
            before = dict(proxy.passed)
            turn = ledger.turn
            self._ledger.send(self._send)
            for way in Way:
                self._bytes[way][turn] = proxy.passed[way] - before[way]

    def strike(self, number: int) -> Cut:
        if number % 3 == 0:
            return self.at_the_commit()
        way = self._random.choice(list(Way))
        return self._proxy.cut(way, self._random.randrange(sum(self._bytes[way])))

    def at_the_commit(self) -> Cut:
        """Of the next command, which finds a connection that stands."""
        self._ledger.send(self._send)
        turn = self._ledger.turn
        return self._proxy.cut(Way.DOWN, self._bytes[Way.DOWN][turn] - self._random.choice(NEAR_THE_COMMIT))


@pytest.mark.timeout(1800)
def test_cut_at_a_random_byte(
    server_practice: ServerPractice, proxy: Proxy, tmp_path: Path, long_form: bool
) -> None:
    wanted, done = 1000 if long_form else 100, 0  # on each of the two servers
    ledger = Ledger(server_practice)
    with through(server_practice, proxy).app("front_desk", tmp_path) as app:
        chance = Chance(proxy, ledger, app.do)
        began, slowest = time.monotonic(), 0.0
        while done < wanted:
            cut = chance.strike(done)
            while not cut.done.is_set():
                sent = time.monotonic()
                ledger.send(app.do)
                slowest = max(slowest, time.monotonic() - sent)
            done += 1
        seconds = time.monotonic() - began
    ledger.check()
    assert ledger.repeated > 0, "no answer to a COMMIT was lost: the test proves nothing"
    keep(
        f"{server_practice.kind}-cuts",
        {
            "cuts": done,
            "acknowledged": len(ledger.acknowledged),
            "lost": 0,
            "doubled": 0,
            "done_though_unanswered": ledger.repeated,
            "slowest_command_s": round(slowest, 2),
            "seconds": round(seconds, 1),
            "seed": chance.seed,
        },
    )


def test_without_the_uuid_a_lost_answer_doubles(server_practice: ServerPractice, proxy: Proxy) -> None:
    """The control: the same bus, but what was not answered is sent again under another uuid."""
    ledger = Ledger(server_practice)
    with through(server_practice, proxy).engine("front_desk") as engine:
        bus, actor = bus_and_actor(server_practice, engine)
        sent = 0

        def once_more() -> None:
            nonlocal sent
            sent += 1
            while True:
                command = AddClient(client=new_uuid(), first_name="Naive", last_name=f"N{sent:06}")
                try:
                    bus._once(command, actor)
                except TryAgain:
                    continue
                return

        chance = Chance(proxy, ledger, lambda command: bus(command, actor))
        cuts = 0
        while (doubled := doubles(server_practice)) == 0 and cuts < 300:
            cut = chance.at_the_commit()
            while not cut.done.is_set():
                once_more()
            cuts += 1
    assert doubled > 0
    keep(f"{server_practice.kind}-cuts-control", {"cuts": cuts, "commands": sent, "doubled": doubled})


def bus_and_actor(practice: ServerPractice, engine: Engine) -> tuple[Bus, Actor]:
    found = AccountReads(engine).member_named(practice.people["front_desk"].sign_in_name)
    assert found is not None
    return bus_over(engine, utc_now), actor_of(found)


def doubles(practice: ServerPractice) -> int:
    rows = practice.execute(
        "SELECT last_name FROM users WHERE first_name = 'Naive' GROUP BY last_name HAVING COUNT(*) > 1"
    )
    return len(rows)
