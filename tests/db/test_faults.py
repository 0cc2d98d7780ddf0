"""The world's faults on a practice file: what people are told, that nothing was changed, and that work goes on."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine, event

from avenrae_desktop.areas.calendar.domain import Book
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.engine import sqlcipher_engine
from avenrae_desktop.db.faults import (
    BUSY,
    DAMAGED,
    DISK_FAILED,
    DISK_FULL,
    NOT_WRITABLE,
    telling_faults,
    translate,
)
from avenrae_desktop.kernel.errors import AppError, TryAgain, Unavailable
from avenrae_desktop.kernel.ids import new_uuid
from tests.support.engines import TEST_KEY, Place
from tests.support.practice import Practice, make_practice


@pytest.fixture
def practice(file_db: Engine) -> Practice:
    return make_practice(file_db)


def book(p: Practice, *, note: str = "") -> Book:
    at = datetime(2026, 11, 24, 10)
    return Book(
        booking=new_uuid(),
        client=p.clients[0],
        healer=p.healers[0],
        service=p.services[0],
        local_start=at,
        note=note,
    )


@contextmanager
def pragma(engine: Engine, statement: str) -> Iterator[None]:
    """Every connection made inside the block begins with this statement."""

    def on_connect(connection: object, _record: object) -> None:
        connection.execute(statement).fetchall()  # type: ignore[attr-defined]

    engine.dispose()
    event.listen(engine, "connect", on_connect)
    try:
        yield
    finally:
        event.remove(engine, "connect", on_connect)
        engine.dispose()


def rows(engine: Engine) -> list[int]:
    with engine.connect() as c:
        return [
            c.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in (t.bookings, t.booking_slots, t.commands, t.audit_logs)
        ]


def read_everything(engine: Engine) -> None:
    with telling_faults(), engine.connect() as c:
        for table in t.metadata.tables.values():
            c.execute(sa.select(table)).all()


def refused(p: Practice, command: Book) -> AppError:
    with pytest.raises(AppError) as error:
        p.do(command)
    return error.value


def test_a_full_disk_changes_nothing_and_work_goes_on_when_there_is_room(practice: Practice) -> None:
    engine, command = practice.engine, book(practice, note="Long note. " * 180)
    before = rows(engine)
    with engine.connect() as c:
        pages = c.exec_driver_sql("PRAGMA page_count").scalar()
    with pragma(engine, f"PRAGMA max_page_count = {pages}"):
        full = refused(practice, command)
        assert (type(full), full.problem) == (Unavailable, DISK_FULL)
    assert rows(engine) == before
    assert not practice.do(command).repeated
    assert rows(engine) == [before[0] + 1, before[1] + 12, before[2] + 1, before[3] + 1]


@pytest.mark.parametrize("room", [0, 4096, 40_000, 80_000])
def test_a_disk_that_takes_no_more_is_not_called_damage(practice: Practice, room: int) -> None:
    """The system refuses to let any file grow past `room` bytes: the journal, or its index, cannot be written."""
    command, before = book(practice, note="Long note. " * 180), rows(practice.engine)
    practice.engine.dispose()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        problem = refused(practice, command).problem
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert problem in (DISK_FAILED, DISK_FULL)
    practice.engine.dispose()
    assert rows(practice.engine) == before
    assert not practice.do(command).repeated
    with practice.engine.connect() as c:
        assert c.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_a_folder_that_cannot_be_written(practice: Practice) -> None:
    command, before = book(practice), rows(practice.engine)
    with pragma(practice.engine, "PRAGMA query_only = ON"):
        assert refused(practice, command).problem is NOT_WRITABLE
    assert rows(practice.engine) == before
    practice.do(command)


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    engine = sqlcipher_engine(tmp_path / "gone" / "practice.db", TEST_KEY)
    with pytest.raises(Unavailable) as error, telling_faults(), engine.connect():
        pass
    assert error.value.problem is NOT_WRITABLE


def test_somebody_who_writes_for_too_long(practice: Practice, sqlcipher_place: Place) -> None:
    command = book(practice)
    other = sqlcipher_place.open()
    with pragma(practice.engine, "PRAGMA busy_timeout = 5"):
        with other.execution_options(avenrae_writes=True).begin():
            error = refused(practice, command)
        assert (type(error), error.problem) == (TryAgain, BUSY)
        practice.do(command)
    other.dispose()


def test_the_wrong_key_is_no_practice(sqlcipher_place: Place) -> None:
    assert isinstance(sqlcipher_place.where, Path)
    engine = sqlcipher_engine(sqlcipher_place.where, bytes(32))
    with pytest.raises(Unavailable) as error, telling_faults(), engine.connect():
        pass
    assert error.value.problem is DAMAGED


@pytest.mark.parametrize("damaged", [slice(0, 1), slice(2, None)], ids=["the first page", "the pages after it"])
def test_damage_is_told(practice: Practice, sqlcipher_place: Place, damaged: slice) -> None:
    practice.engine.dispose()
    assert isinstance(sqlcipher_place.where, Path)
    content = bytearray(sqlcipher_place.where.read_bytes())
    assert not sqlcipher_place.where.with_name("practice.db-wal").exists()
    for page in range(len(content) // 4096)[damaged]:
        content[page * 4096 + 100 : page * 4096 + 200] = bytes(100)
    sqlcipher_place.where.write_bytes(content)
    with pytest.raises(Unavailable) as error:
        read_everything(practice.engine)
    assert error.value.problem is DAMAGED
    assert error.value.texts()[1]


def test_our_own_bugs_stay_bugs(practice: Practice) -> None:
    with practice.engine.connect() as c, pytest.raises(sa.exc.OperationalError) as bug:
        c.exec_driver_sql("SELECT nothing FROM nowhere")
    assert translate(bug.value) is None
