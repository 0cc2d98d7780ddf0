"""The world's faults go to the bar, our own to the crash dialog and the log; neither says what was typed."""

import faulthandler
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.errors import Problem, RuleBroken, Unavailable
from avenrae_desktop.qtkit.errors import ErrorReporter, crash_report, install_crash_handlers, problem_texts
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.widgets import MessageBar
from tests.support.qt import InLoop, until

FULL = Problem("disk_full", "The disk is full", "{file} was not saved.", "Make room.")


def failing(secret: str) -> None:
    raise KeyError(secret)


def caught(secret: str = "Marco Rossi") -> KeyError:
    with pytest.raises(KeyError) as info:
        failing(secret)
    return info.value


@pytest.fixture
def handlers(tmp_path):
    put_back: list[Callable[[], None]] = []

    def install(**how) -> Path:
        put_back.append(install_crash_handlers(tmp_path / "log", **how))
        return tmp_path / "log" / "avenrae.log"

    before = sys.excepthook, threading.excepthook
    yield install
    for back in put_back:
        back()
    assert (sys.excepthook, threading.excepthook) == before


def test_texts_have_their_parameters() -> None:
    assert problem_texts(Unavailable(FULL, file="practice.db")) == (
        "The disk is full",
        "practice.db was not saved.",
        "Make room.",
    )


def test_a_report_names_places_and_no_values() -> None:
    report = crash_report(caught())
    assert "builtins.KeyError" in report
    assert "tests/qtkit/test_errors.py:" in report
    assert "in failing" in report
    assert "Marco" not in report
    assert crash_report(RuleBroken(FULL, file="Marco.db")).count("Marco") == 0


def test_a_report_follows_the_chain_and_keeps_words_about_code() -> None:
    def translate() -> None:
        try:
            len(5)  # type: ignore[arg-type]
        except TypeError as error:
            raise RuntimeError("Marco") from error

    with pytest.raises(RuntimeError) as info:
        translate()
    report = crash_report(info.value)
    assert "object of type 'int' has no len()" in report
    assert "Marco" not in report


def test_uncaught_errors_of_any_thread_are_logged_and_passed_on(handlers, logged) -> None:
    crashes: list[BaseException] = []
    log = handlers(on_crash=crashes.append)
    error = caught()
    sys.excepthook(KeyError, error, error.__traceback__)
    thread = threading.Thread(target=failing, args=("Marco Rossi",))
    thread.start()
    thread.join()
    assert len(crashes) == 2
    text = log.read_text(encoding="utf-8")
    assert text.count("builtins.KeyError") == 2
    assert "Marco" not in text
    assert faulthandler.is_enabled()


def test_broken_rules_go_to_the_bar_and_bugs_to_the_crash_dialog(
    qtbot, theme: Theme, runner: Runner, in_loop: InLoop, logged
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    bar = MessageBar(window)
    reporter = ErrorReporter(bar, window, runner)

    async def raises(error: Exception) -> None:
        raise error

    async def go() -> None:
        runner.start(raises(Unavailable(FULL, file="practice.db")))
        await until(bar.text)
        assert reporter.crash is None
        runner.start(raises(caught()))
        await until(lambda: reporter.crash)
        first = reporter.crash
        threading.Thread(target=reporter.report, args=(ValueError("x"),)).start()
        await until(lambda: len(logged) == 2)
        assert reporter.crash is first
        assert "KeyError" in first.report.toPlainText()
        first.close_button.click()
        await until(lambda: reporter.crash is None)

    in_loop(go())
    assert "disk is full" in bar.text()
