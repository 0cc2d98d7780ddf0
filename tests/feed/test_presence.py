"""What is open in one window, marked in another: with the accounts and rights that people really have."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Engine

from avenrae_desktop.db.feed import FeedReader
from avenrae_desktop.db.presence import OpenRecord, Presence
from avenrae_desktop.kernel.ids import new_uuid
from tests.support.server_practice import ServerPractice, server_kind, server_practice

__all__ = ["server_kind", "server_practice"]


@pytest.fixture
def desk(server_practice: ServerPractice) -> Iterator[Engine]:
    with server_practice.engine("front_desk", pool_size=1) as engine:
        yield engine


@pytest.fixture
def healer(server_practice: ServerPractice) -> Iterator[Engine]:
    with server_practice.engine("healer", pool_size=1) as engine:
        yield engine


def reader(engine: Engine, window: UUID) -> FeedReader:
    made = FeedReader(engine, window)
    made.start()
    return made


def test_a_record_is_marked_until_it_is_closed(desk: Engine, healer: Engine) -> None:
    window, record = new_uuid(), new_uuid()
    mine, theirs = reader(desk, window), reader(healer, new_uuid())
    presence = Presence(desk, window)
    presence.beat(("client", record))
    [seen] = theirs.read().open_elsewhere
    assert seen == OpenRecord(seen.person_name, "client", record)
    assert seen.person_name.endswith("Moor")
    assert mine.read().open_elsewhere == ()
    presence.beat(None)
    assert theirs.read().open_elsewhere == ()


def test_the_same_person_at_two_windows(desk: Engine) -> None:
    here, there, record = new_uuid(), new_uuid(), new_uuid()
    Presence(desk, there).beat(("booking", record))
    assert [seen.record for seen in reader(desk, here).read().open_elsewhere] == [record]
    Presence(desk, there).beat(None)


def test_a_beat_says_when_somebody_was_last_seen(desk: Engine, server_practice: ServerPractice) -> None:
    name = server_practice.people["front_desk"].sign_in_name
    Presence(desk, new_uuid()).beat(None)
    [(age,)] = server_practice.execute(
        f"SELECT TIMESTAMPDIFF(SECOND, seen_at, UTC_TIMESTAMP(6)) FROM users WHERE sign_in_name = '{name}'"
    )
    assert 0 <= int(str(age)) < 60
