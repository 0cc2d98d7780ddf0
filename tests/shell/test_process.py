"""The program as a process: second start, end by signal, nothing heavy before the first window."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from avenrae_desktop.shell.instance import SingleInstance

PROGRAM = [sys.executable, "-W", "error", "-m", "avenrae_desktop"]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    own = {f"XDG_{name}_HOME": str(tmp_path / name.lower()) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    return {**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture
def first(environment: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A first program that has claimed its data folder."""
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen(PROGRAM, env=environment, stdout=log, stderr=log)
    lock = tmp_path / "data" / "Avenrae Desktop" / "window.lock"
    until = time.monotonic() + 20
    while not lock.exists() and process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    yield process
    process.kill()
    process.wait()
    log.close()


def test_a_second_start_raises_the_first_window_and_ends(
    first: subprocess.Popen[bytes], environment: dict[str, str]
) -> None:
    second = subprocess.run(PROGRAM, env=environment, capture_output=True, timeout=60, check=False)
    assert (second.returncode, second.stderr.decode()) == (0, "")
    assert first.poll() is None
    first.send_signal(signal.SIGTERM)
    assert first.wait(20) == 0


def test_the_first_hears_of_the_second(qapp: QApplication, tmp_path: Path) -> None:
    one, two = SingleInstance(tmp_path), SingleInstance(tmp_path)
    heard: list[bool] = []
    one.raise_asked.connect(lambda: heard.append(True))
    assert one.claim()
    one.listen()
    assert not two.claim()
    script = (
        "import sys; from pathlib import Path; from PySide6.QtCore import QCoreApplication;"
        "from avenrae_desktop.shell.instance import SingleInstance; app = QCoreApplication([]);"
        "i = SingleInstance(Path(sys.argv[1])); sys.exit(0 if not i.claim() and i.wake_first() else 3)"
    )
    other = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)])
    until = time.monotonic() + 30
    while other.poll() is None and time.monotonic() < until:
        QCoreApplication.processEvents()
        time.sleep(0.005)
    assert other.wait(1) == 0
    assert heard == [True]
    one.release()
    assert two.claim()
    two.release()


def test_the_window_needs_no_database_library(tmp_path: Path) -> None:
    script = (
        "import sys, avenrae_desktop.shell.program, avenrae_desktop.shell.run, avenrae_desktop.bootstrap;"
        "heavy = {'sqlalchemy', 'alembic', 'cryptography', 'passlib', 'sqlcipher3', 'pymysql'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=60)
    assert told.stdout.decode().strip() == "[]"


def test_the_first_picture_needs_no_event_loop_of_asyncio_and_no_page(tmp_path: Path) -> None:
    script = (
        "import sys, avenrae_desktop.shell.run, avenrae_desktop.__main__;"
        "later = {'asyncio', 'qasync', 'PySide6.QtNetwork', 'avenrae_desktop.qtkit.widgets'};"
        "print(sorted(later & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, timeout=60)
    assert told.stdout.decode().strip() == "[]"
