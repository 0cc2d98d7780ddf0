"""One statement a read, cheap in a long history; gaps, restores and presence."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain
from statistics import median
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine

from avenrae_desktop.db import feed as feed_module
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.feed import LONGEST_TRANSACTION, FeedReader
from avenrae_desktop.db.presence import FRESH_SECONDS, OpenRecord
from avenrae_desktop.db.unit_of_work import reading
from avenrae_desktop.kernel.changes import Touched
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import utc_now
from tests.feed.figures import keep
from tests.support.engines import Place

Statements = Callable[[Engine], AbstractContextManager[list[str]]]


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def done(connection: Connection, *touched: Touched, number: int | None = None) -> UUID:
    """Leaves a command's row, as the bus does."""
    uuid = new_uuid()
    values = {
        "uuid": uuid,
        "kind": "test.done",
        "body_hash": bytes(32),
        "body": "{}",
        "answer": "{}",
        "touched": json.dumps([[each.kind, str(each.uuid), each.version] for each in touched]),
        "created_at": utc_now(),
    }
    connection.execute(t.commands.insert().values(values if number is None else {**values, "id": number}))
    return uuid


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def reader(db: Engine, clock: Clock) -> FeedReader:
    made = FeedReader(db, clock=clock)
    made.start()
    return made


@pytest.fixture
def open_transaction(db: Engine) -> Iterator[Connection]:
    """Somebody's transaction that is not committed yet."""
    with db.connect() as connection:
        yield connection


def seen(reader: FeedReader) -> list[UUID]:
    return [row.uuid for row in reader.read().rows]


def test_a_command_is_told_once_with_what_it_touched(db: Engine, reader: FeedReader) -> None:
    things = Touched("booking", new_uuid(), 3), Touched("client", new_uuid(), 1)
    with db.begin() as c:
        uuid = done(c, *things)
    [row] = reader.read().rows
    assert (row.uuid, row.kind, row.touched, row.actor_id) == (uuid, "test.done", things, None)
    assert reader.read().rows == ()


def test_what_was_there_at_the_start_is_not_told(db: Engine) -> None:
    with db.begin() as c:
        done(c)
        done(c)
    reader = FeedReader(db)
    reader.start()
    assert seen(reader) == []


def test_late_and_undone_commits(db: Engine, reader: FeedReader, open_transaction: Connection) -> None:
    late = done(open_transaction)
    with db.begin() as c:
        early = done(c)
    with db.connect() as undone:
        done(undone)
        undone.rollback()
    with db.begin() as c:
        last = done(c)
    assert seen(reader) == [early, last]
    assert seen(reader) == []
    open_transaction.commit()
    assert seen(reader) == [late]
    assert seen(reader) == []


def test_a_commit_that_was_under_way_at_the_start(db: Engine, open_transaction: Connection) -> None:
    late = done(open_transaction)
    with db.begin() as c:
        done(c)
    reader = FeedReader(db)
    reader.start()
    assert seen(reader) == []
    open_transaction.commit()
    assert seen(reader) == [late]


def test_a_gap_is_given_up_when_no_transaction_can_be_that_old(
    db: Engine, reader: FeedReader, clock: Clock, open_transaction: Connection, statements: Statements
) -> None:
    gap = done(open_transaction)
    number = open_transaction.scalar(sa.select(t.commands.c.id).where(t.commands.c.uuid == gap))
    with db.begin() as c:
        done(c)
    reader.read()
    clock.now += LONGEST_TRANSACTION - 1
    assert number in reader._asked()
    clock.now += 2
    assert number not in reader._asked()


def test_many_gaps_take_turns(reader: FeedReader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed_module, "ASKED_AT_ONCE", 10)
    reader._last = 100
    reader._miss(0, {100})
    asked = [reader._asked() for _ in range(25)]
    assert all(len(each) == len(set(each)) == 10 for each in asked)
    assert all(set(range(95, 100)) <= set(each) for each in asked)
    assert set().union(*asked) == set(range(1, 100))


def test_a_counter_that_was_moved_is_no_gap(db: Engine, reader: FeedReader) -> None:
    with db.begin() as c:
        first = done(c)
        far = done(c, number=5_000_000)
    assert seen(reader) == [first, far]
    assert len(reader._gaps) <= feed_module.WIDEST_GAP
    with db.begin() as c:
        after = done(c)
    assert seen(reader) == [after]


def test_more_than_one_read_holds(
    db: Engine, reader: FeedReader, monkeypatch: pytest.MonkeyPatch, open_transaction: Connection
) -> None:
    """After a night asleep a window reads in portions; late ones come first, and nothing is left out."""
    monkeypatch.setattr(feed_module, "ROWS_AT_ONCE", 5)
    late = [done(open_transaction) for _ in range(7)]
    with db.begin() as c:
        early = [done(c)]
    assert seen(reader) == early
    open_transaction.commit()
    with db.begin() as c:
        rest = [done(c) for _ in range(9)]
    portions = [seen(reader) for _ in range(8)]
    assert [*chain(*portions)] == late + rest
    assert all(len(each) <= 5 for each in portions)


def test_a_read_that_failed_is_made_again(db: Engine, reader: FeedReader) -> None:
    with db.begin() as c:
        uuid = done(c)

    def fail(*_: object) -> None:
        raise sa.exc.OperationalError("", {}, Exception("the link is gone"))

    sa.event.listen(db, "after_cursor_execute", fail)
    with pytest.raises(sa.exc.OperationalError):
        reader.read()
    sa.event.remove(db, "after_cursor_execute", fail)
    assert seen(reader) == [uuid]


def test_a_server_that_was_put_back_from_a_copy(db: Engine, reader: FeedReader) -> None:
    """Its numbers begin again below the last one that was read; a reader would be blind until they catch up."""
    with db.begin() as c:
        for _ in range(5):
            done(c)
    assert len(seen(reader)) == 5
    with db.begin() as c:
        c.exec_driver_sql("DROP TRIGGER commands_before_delete")
        c.exec_driver_sql("DELETE FROM commands WHERE id > 3")
        c.exec_driver_sql("ALTER TABLE commands AUTO_INCREMENT = 4")
    told = reader.read()
    assert told.everything
    assert told.rows == ()
    with db.begin() as c:
        uuid = done(c)
    told = reader.read()
    assert ([row.uuid for row in told.rows], told.everything) == ([uuid], False)


def test_a_copy_that_has_grown_past_the_last_number(db: Engine, reader: FeedReader) -> None:
    with db.begin() as c:
        done(c)
    reader.read()
    with db.begin() as c:
        c.exec_driver_sql("DROP TRIGGER commands_before_delete")
        c.exec_driver_sql("DELETE FROM commands")
        c.exec_driver_sql("ALTER TABLE commands AUTO_INCREMENT = 1")
        for _ in range(3):
            done(c)
    assert reader.read().everything


# --- presence -------------------------------------------------------------------------------------


def person(c: Connection, first: str, last: str) -> int:
    values = {"uuid": new_uuid(), "first_name": first, "last_name": last, "user_type": "healer"}
    return int(c.execute(t.users.insert().values(**values, created_at=utc_now())).lastrowid)


def here(c: Connection, window: UUID, user: int, record: UUID | None, *, silent: float = 0.0) -> None:
    [now] = c.execute(sa.select(sa.func.utc_timestamp(6))).one()
    c.execute(
        t.presence.insert().values(
            uuid=window,
            user_id=user,
            record_kind="client" if record else None,
            record_uuid=record,
            seen_at=now.replace(tzinfo=UTC) - timedelta(seconds=silent),
            created_at=datetime.now(UTC),
        )
    )


def test_records_open_in_other_windows(db: Engine, statements: Statements) -> None:
    mine, record, old = new_uuid(), new_uuid(), new_uuid()
    with db.begin() as c:
        ada, bo = person(c, "Ada", "Ünal"), person(c, "Bo", "")
        here(c, mine, ada, new_uuid())
        here(c, new_uuid(), ada, record)
        here(c, new_uuid(), bo, None)
        here(c, new_uuid(), bo, old, silent=FRESH_SECONDS + 1)
        done(c)
    reader = FeedReader(db, mine)
    reader.start()
    with db.begin() as c:
        uuid = done(c)
    with statements(db) as ran:
        told = reader.read()
    assert len(ran) == 1
    assert [row.uuid for row in told.rows] == [uuid]
    assert told.open_elsewhere == (OpenRecord("Ada Ünal", "client", record),)


# --- its cost -------------------------------------------------------------------------------------


def fill(engine: Engine, rows: int) -> None:
    """A long history, fast: each statement doubles it, or adds what is done within its time limit."""
    columns = "kind, body_hash, body, answer, touched, created_at"
    with engine.begin() as c:
        c.exec_driver_sql("DROP TRIGGER commands_after_insert")
        done(c, Touched("booking", new_uuid()))
    there = 1
    while there < rows:
        more = min(there, rows - there, 50_000)
        with engine.begin() as c:
            c.exec_driver_sql(
                f"INSERT INTO commands (id, uuid, {columns})"
                f" SELECT id + {there}, UNHEX(REPLACE(UUID(), '-', '')), {columns}"
                f" FROM commands ORDER BY id LIMIT {more}"
            )
        there += more
    with engine.begin() as c:
        c.exec_driver_sql("ANALYZE TABLE commands").close()


@pytest.mark.timeout(600)
def test_a_read_costs_the_same_in_a_long_history(
    place: Place, db: Engine, clock: Clock, statements: Statements, long_form: bool
) -> None:
    rows = 1_000_000 if long_form else 20_000
    fill(db, rows)
    reader = FeedReader(db, new_uuid(), clock)
    reader.start()
    with db.connect() as undone:
        for _ in range(30):
            done(undone)
        undone.rollback()
    with db.begin() as c:
        uuid = done(c)
    with statements(db) as ran:
        assert seen(reader) == [uuid]
        assert len(reader._gaps) == 30
        assert seen(reader) == []
    assert len(ran) == 2
    assert len(ran[-1]) < 2000
    ours, control = cost(lambda: seen(reader), lambda: nothing(db))
    keep(f"{place.kind}-read-of-{rows}", {"ms_a_read": ours, "ms_select_1": control, "letters": len(ran[-1])})
    for step in plan(db, reader):
        if step["table"] == "commands":
            assert (step["type"], step["key"]) == ("range", "PRIMARY")
            assert int(step["rows"]) < 200, step


def nothing(engine: Engine) -> None:
    with reading(engine) as c:
        c.exec_driver_sql("SELECT 1").close()


def cost(*calls: Callable[[], object]) -> list[float]:
    """Milliseconds of each call, the median of many, in turn."""
    taken: list[list[float]] = [[] for _ in calls]
    for _ in range(200):
        for call, times in zip(calls, taken, strict=True):
            began = time.perf_counter()
            call()
            times.append(time.perf_counter() - began)
    return [round(1000 * median(times), 2) for times in taken]


def plan(engine: Engine, reader: FeedReader) -> list[dict[str, Any]]:
    with engine.connect() as c:

        @sa.event.listens_for(c, "before_cursor_execute", retval=True)
        def explain(
            _c: object, _cursor: object, sql: str, values: object, _context: object, _many: bool
        ) -> tuple[str, object]:
            return f"EXPLAIN FORMAT=TRADITIONAL {sql}", values

        found = c.execute(reader._query, {"last": reader._last, "asked": reader._asked(), "most": 1000})
        names = found.cursor.description if found.cursor else ()
        steps = [dict(zip([n[0] for n in names], row, strict=True)) for row in found.cursor.fetchall()]
    assert "commands" in [step["table"] for step in steps]
    return steps
