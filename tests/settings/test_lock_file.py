"""One holder at a time; the system lets go for those who die."""

import subprocess
import sys
from pathlib import Path

import pytest

from avenrae_desktop.settings.lock_file import FileLock

HOLD = """
import sys, time
from pathlib import Path
from avenrae_desktop.settings.lock_file import FileLock

held = FileLock(Path(sys.argv[1]))
print(held.acquire(), flush=True)
time.sleep(60)
"""


def test_the_second_has_to_wait_for_the_first(tmp_path: Path) -> None:
    first, second = FileLock(tmp_path / "lock"), FileLock(tmp_path / "lock")
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()
    second.release()


def test_a_holder_that_is_killed_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "True"
        mine = FileLock(path)
        assert not mine.acquire()
        holder.kill()
        holder.wait()
        assert mine.acquire()
        mine.release()


def test_a_place_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "gone" / "lock").acquire()
