"""A practice's disk that comes back is noticed without anybody doing anything."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject

from avenrae_desktop.db.away import GONE
from avenrae_desktop.db.faults import DISK_FULL
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.shell import disk_watch
from avenrae_desktop.shell.disk_watch import DiskWatch
from tests.support.qt import InLoop


async def until(holds: Callable[[], object], seconds: float = 30) -> None:
    end = asyncio.get_running_loop().time() + seconds
    while not holds():
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.005)


def test_the_problem_is_known_by_its_code() -> None:
    """The window knows nothing of the database."""
    assert GONE.code == disk_watch.GONE


def test_all_is_read_again_when_the_disk_is_back(runner: Runner, in_loop: InLoop, tmp_path: Path) -> None:
    parent, told, changes = QObject(), list[str](), list[Changes]()
    file = tmp_path / "practice.db"
    watch = DiskWatch(file, runner, told.append, parent, pause_ms=1)
    runner.changed.connect(lambda each, _initiator: changes.append(each))
    looks = 0

    def looked() -> None:
        nonlocal looks
        looks += 1

    watch._timer.timeout.connect(looked)

    async def run() -> None:
        runner.failed.emit(Unavailable(DISK_FULL))
        assert not watch._timer.isActive(), "that is another matter"
        runner.failed.emit(Unavailable(GONE, folder=str(tmp_path)))
        runner.failed.emit(Unavailable(GONE, folder=str(tmp_path)))
        await until(lambda: looks > 3)
        assert (told, changes) == ([], [])
        file.write_text("there")
        await until(lambda: changes)
        assert changes == [Changes(everything=True)]
        assert told == ["The practice folder is back."]
        assert not watch._timer.isActive()

    in_loop(run())


def test_a_file_that_is_there_and_fails_all_the_same_is_asked_for_ever_less_often(
    runner: Runner, in_loop: InLoop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk_watch, "LONGEST_MS", 8)
    parent, told, pauses = QObject(), list[str](), list[int]()
    (tmp_path / "practice.db").write_text("there")
    watch = DiskWatch(tmp_path / "practice.db", runner, told.append, parent, pause_ms=1)

    async def run() -> None:
        for round_ in range(5):
            runner.failed.emit(Unavailable(GONE, folder=str(tmp_path)))
            pauses.append(watch._timer.interval())
            await until(lambda round_=round_: len(told) > round_)

    in_loop(run())
    assert pauses == [1, 2, 4, 8, 8]
