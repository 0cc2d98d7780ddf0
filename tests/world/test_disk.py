"""A practice on a disk that goes away while it is open, comes back, or is full."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.bootstrap import App, Practices
from avenrae_desktop.db import away
from avenrae_desktop.db.away import FULL_AT_OPENING, GONE
from avenrae_desktop.db.faults import DISK_FAILED, NOT_WRITABLE
from avenrae_desktop.db.unit_of_work import reading
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.settings.paths import Paths, paths_under

PAGE = 4096


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_under(tmp_path)


@pytest.fixture
def app(paths: Paths, demo_home: Path) -> Iterator[App]:
    """The demo practice, on a disk of its own."""
    shutil.copytree(paths_under(demo_home).demo, paths.demo)
    opened = Practices(paths).open_demo()
    yield opened
    opened.close()


def add(app: App, name: str) -> AddClient:
    command = AddClient(client=new_uuid(), last_name=name)
    app.do(command)
    return command


def clients(app: App) -> int:
    with reading(app._engine) as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM users").scalar_one())


def test_a_disk_that_is_gone_is_told_and_works_again_when_it_is_back(app: App, paths: Paths) -> None:
    before = clients(app)
    add(app, "Before")
    elsewhere = paths.demo.with_name("elsewhere")
    paths.demo.rename(elsewhere)
    # What is open stays open in a folder that was only renamed; a dead disk lets nothing be opened.
    app._engine.dispose()
    lost = AddClient(client=new_uuid(), last_name="During")
    with pytest.raises(Unavailable) as told:
        app.do(lost)
    assert told.value.problem is GONE
    with pytest.raises(Unavailable) as told:
        clients(app)
    assert (told.value.problem, told.value.params) == (GONE, {"folder": str(paths.demo)})
    elsewhere.rename(paths.demo)
    app.do(lost)
    assert clients(app) == before + 2


def test_what_a_lost_disk_left_open_is_closed_before_anything_is_opened_anew(app: App, paths: Paths) -> None:
    """The last dead one to be closed would take a new journal of the same name with it."""
    engine, order = app._engine, []
    event.listen(engine, "connect", lambda *_: order.append("open"))
    event.listen(engine, "close", lambda *_: order.append("close"))
    with engine.connect() as one, engine.connect() as two:
        one.exec_driver_sql("SELECT 1")
        two.exec_driver_sql("SELECT 1")
    with engine.connect() as busy:
        busy.exec_driver_sql("SELECT 1")
        paths.demo.rename(paths.demo.with_name("elsewhere"))
        with engine.connect(), pytest.raises(Unavailable) as told, engine.connect():
            pass
        assert told.value.problem is GONE
        paths.demo.with_name("elsewhere").rename(paths.demo)
    assert order == ["open", "close", "close"], "one was open from the start"
    add(app, "After")
    assert order[3:] == ["open"]


def test_what_reads_like_damage_in_an_open_practice_is_not_called_damage(app: App, paths: Paths) -> None:
    """A disk that dies gives pages that do not fit; the next opening finds out whether the file itself is hurt."""
    add(app, "Before")
    with reading(app._engine) as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    app._engine.dispose()
    file = paths.demo / "practice.db"
    whole = file.read_bytes()
    with file.open("r+b") as page:
        page.seek(PAGE)
        page.write(bytes(len(whole) - PAGE))
    with pytest.raises(Unavailable) as told:
        add(app, "During")
    assert told.value.problem is DISK_FAILED
    file.write_bytes(whole)
    add(app, "After")


def test_a_file_that_may_no_longer_be_written_is_told_as_such(
    app: App, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = away._told("attempt to write a readonly database", paths.demo / "practice.db")
    assert told.problem is DISK_FAILED, "it can be written: what was open is stale, and is opened anew"
    monkeypatch.setattr("os.access", lambda *_: False)
    assert away._told("attempt to write a readonly database", paths.demo / "practice.db").problem is NOT_WRITABLE


def test_a_full_disk_is_told_at_opening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There the database can only say that the disk failed."""
    with pytest.raises(Unavailable) as told, away.telling_full_disk(tmp_path):
        raise Unavailable(DISK_FAILED)
    assert told.value.problem is DISK_FAILED
    monkeypatch.setattr(away, "ROOM_TO_OPEN", 1 << 62)
    with pytest.raises(Unavailable) as told, away.telling_full_disk(tmp_path):
        raise Unavailable(DISK_FAILED)
    assert told.value.problem is FULL_AT_OPENING
    with pytest.raises(Unavailable) as told, away.telling_full_disk(tmp_path / "gone"):
        raise Unavailable(DISK_FAILED)
    assert told.value.problem is DISK_FAILED
