"""A run that did not end by itself is told at the next start, with a report that holds no client's name."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from avenrae_desktop import __version__
from avenrae_desktop.qtkit import crashlog
from avenrae_desktop.qtkit.crashlog import LOG, install_crash_handlers, recent_lines
from avenrae_desktop.qtkit.last_run import RunMark, log_last_run

# A program that works, is about to say a client's name to nobody, and breaks.
SCRIPT = """
import faulthandler, sys
from pathlib import Path
from avenrae_desktop.qtkit.crashlog import LOG, install_crash_handlers
from avenrae_desktop.qtkit.last_run import RunMark
logs = Path(sys.argv[1])
mark = RunMark(logs)
assert mark.begin() is None
install_crash_handlers(logs)
LOG.info("started: test")

def told_by_name(client):
    try:
        raise KeyError(client)
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    if sys.argv[2] == "fault":
        faulthandler._sigsegv()
    elif sys.argv[2] == "kill":
        import os, signal
        os.kill(os.getpid(), signal.SIGKILL)
    mark.end()

told_by_name("Marco Rossi")
"""


def run(logs: Path, how: str) -> int:
    words = [sys.executable, "-c", SCRIPT, str(logs), how]
    return subprocess.run(words, capture_output=True, timeout=60, check=False, env=os.environ).returncode


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return tmp_path / "Marco's own" / "logs"


@pytest.fixture
def handlers(logs: Path) -> Iterator[Path]:
    put_back: Callable[[], None] = install_crash_handlers(logs)
    yield logs / "avenrae.log"
    put_back()


def test_a_run_that_ended_by_itself_is_not_told(logs: Path) -> None:
    assert run(logs, "end") == 0
    assert RunMark(logs).begin() is None


def test_a_fault_of_the_interpreter_is_told_with_places_and_the_last_lines(logs: Path) -> None:
    assert run(logs, "fault") == -signal.SIGSEGV
    found = RunMark(logs).begin()
    assert found is not None
    assert "Segmentation fault" in found.fault
    for part in (__version__, "Qt 6", "in told_by_name", "started: test", "builtins.KeyError"):
        assert part in found.report, part
    assert "Marco" not in found.report
    assert str(logs) not in found.report


def test_a_killed_run_is_told_as_ended_from_outside(logs: Path) -> None:
    assert run(logs, "kill") == -signal.SIGKILL
    found = RunMark(logs).begin()
    assert found is not None
    assert found.fault == ""
    assert "ended from outside" in found.report
    assert "builtins.KeyError" in found.report
    assert "Marco" not in found.report


def test_it_is_told_once_and_kept_in_the_log(logs: Path) -> None:
    run(logs, "fault")
    mark = RunMark(logs)
    found = mark.begin()
    assert found is not None
    put_back = install_crash_handlers(logs)
    log_last_run(found)
    mark.end()
    put_back()
    assert "Segmentation fault" in (logs / "avenrae.log").read_text()
    assert (logs / "fault.log").read_text() == ""
    assert mark.begin() is None


@pytest.mark.parametrize("mark", ["", "{", "[]", '{"versions": 5}'])
def test_a_damaged_mark_still_says_that_the_run_did_not_end(logs: Path, mark: str) -> None:
    logs.mkdir(parents=True)
    (logs / "running.json").write_text(mark)
    found = RunMark(logs).begin()
    assert found is not None
    assert "ended from outside" in found.report
    assert __version__ in json.loads((logs / "running.json").read_text())["versions"]


def test_the_log_is_cut_and_only_a_few_old_ones_are_kept(
    logs: Path, handlers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "x" * 1000
    for _ in range(2 * (crashlog.KEPT + 1) * crashlog.SIZE // 1000):
        LOG.info("%s", line)
    found = sorted(each.name for each in logs.iterdir())
    assert found == ["avenrae.log", *(f"avenrae.log.{n}" for n in range(1, crashlog.KEPT + 1)), "fault.log"]
    assert all(each.stat().st_size <= crashlog.SIZE for each in logs.iterdir())


def test_the_latest_lines_are_at_hand_for_a_report(handlers: Path) -> None:
    for number in range(100):
        LOG.info("line %d", number)
    assert [line.split()[-1] for line in recent_lines()] == [str(n) for n in range(60, 100)]


def test_without_a_log_there_are_no_lines(logs: Path) -> None:
    assert recent_lines() == ()
    assert not LOG.isEnabledFor(logging.INFO)
