"""The feed over a connection that breaks at random bytes: what was committed is still told once."""

import random
import secrets
import sys
from collections import Counter
from uuid import UUID

from avenrae_desktop.db.feed import FeedReader
from avenrae_desktop.kernel.errors import LinkLost
from tests.network.ledger import Ledger, through
from tests.network.proxy import RESETS, Proxy, Way, proxied
from tests.network.test_cuts import bus_and_actor
from tests.support.server_practice import ServerPractice

pytestmark = RESETS
ROUNDS = 40


def test_told_once_however_often_the_connection_breaks(server_practice: ServerPractice) -> None:
    [host] = server_practice.address.hosts
    chance = random.Random(seed := secrets.randbelow(1_000_000))
    sys.stdout.write(f"seed {seed}\n")
    ledger, seen, broken = Ledger(server_practice), Counter[UUID](), 0
    with (
        proxied("127.0.0.1", host.port) as proxy,
        through(server_practice, proxy).engine("healer", pool_size=1) as watching,
        server_practice.engine("front_desk") as working,
    ):
        bus, actor = bus_and_actor(server_practice, working)
        reader = FeedReader(watching)
        reader.start()
        most = bytes_of_a_read(proxy, reader)
        for _ in range(ROUNDS):
            ledger.send(lambda command: bus(command, actor))
            way = chance.choice(list(Way))
            proxy.cut(way, chance.randrange(most[way]))
            try:
                seen.update(row.uuid for row in reader.read().rows)
            except LinkLost:
                broken += 1
        proxy.cut(Way.UP, sys.maxsize)
        seen.update(row.uuid for row in reader.read().rows)
    assert broken > ROUNDS / 6, "the connection broke too seldom to prove anything"
    assert seen == Counter(command.uuid for command in ledger.acknowledged)


def bytes_of_a_read(proxy: Proxy, reader: FeedReader) -> dict[Way, int]:
    reader.read()
    before = dict(proxy.passed)
    reader.read()
    return {way: proxy.passed[way] - before[way] for way in Way}
