"""The guards themselves: a guard that never fires would hide what it is for."""

import logging
import threading

import pytest

from tests.support.leaks import LogTrap, QtState, leaked_threads


def test_a_thread_that_outlives_the_test_is_named() -> None:
    stop = threading.Event()
    before = set(threading.enumerate())
    thread = threading.Thread(target=stop.wait, name="left over")
    thread.start()
    try:
        assert leaked_threads(before, patience=0.1) == ["left over"]
    finally:
        stop.set()
        thread.join()
    assert leaked_threads(before) == []


@pytest.mark.parametrize(
    ("logger", "level", "expected"),
    [
        ("avenrae_desktop.db", logging.WARNING, ["WARNING avenrae_desktop.db: lost 3"]),
        ("avenrae_desktop.db", logging.INFO, []),
        ("somebody.else", logging.ERROR, []),
    ],
)
def test_only_our_own_warnings_count(
    logger: str, level: int, expected: list[str], logged: list[logging.LogRecord]
) -> None:
    trap = LogTrap()
    logging.getLogger().addHandler(trap)
    try:
        logging.getLogger(logger).log(level, "lost %d", 3)
    finally:
        logging.getLogger().removeHandler(trap)
    assert trap.lines() == expected
    assert len(logged) == len(expected)


def test_windows_and_timers_that_stay_are_named_once(qapp) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget

    before = QtState()
    window, timer = QWidget(objectName="forgotten"), QTimer(objectName="ticking")
    window.show()
    timer.start(1000)
    assert before.leaks() == ["window QWidget 'forgotten' ''", "running timer 'ticking' of None, 1000 ms"]
    assert before.leaks() == []


def test_windows_that_are_closed_by_their_parent_are_no_leak(qtbot) -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QMenu, QWidget

    before = QtState()
    window = QWidget()
    QMenu(window)
    QTimer(window).start(1000)
    window.show()
    window.deleteLater()
    del window
    assert before.leaks() == []
