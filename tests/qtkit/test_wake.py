"""Sleep and wake, told from the two clocks."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from avenrae_desktop.qtkit.wake import EVERY_S, LATE_S, WakeWatch


class Clocks:
    wall = 1_800_000_000.0
    steady = 5_000.0

    def on(self, wall: float, steady: float | None = None) -> None:
        self.wall += wall
        self.steady += wall if steady is None else steady


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def woke(qapp: QApplication, clocks: Clocks) -> Iterator[list[float]]:
    parent = QObject()
    watch = WakeWatch(parent, wall=lambda: clocks.wall, steady=lambda: clocks.steady)
    watch.stop()  # looked at by hand
    found: list[float] = []
    watch.woke.connect(found.append)
    clocks.look = watch.look  # type: ignore[attr-defined]
    yield found
    parent.deleteLater()


@pytest.mark.parametrize(
    ("wall", "steady", "told"),
    [
        (1, 1, []),
        (1.4, 1, []),
        (0.2, 1, []),
        (LATE_S, LATE_S, []),  # a screen's thread that was busy for long
        (8 * 3600 + 1, 1, [8 * 3600 + 1]),  # most systems: the steady clock slept too
        (3600, 3600, [3600]),  # both clocks count sleep, as on Windows; or the process was stopped
        (EVERY_S + LATE_S + 1, EVERY_S + LATE_S + 1, [EVERY_S + LATE_S + 1]),
        (-7200, 1, [0]),  # the clock was set back
        (56 * 365 * 86400, 1, [56 * 365 * 86400]),  # a clock that stood at 1970 was set
    ],
)
def test_a_gap_between_two_looks(
    clocks: Clocks, woke: list[float], wall: float, steady: float, told: list[float]
) -> None:
    clocks.on(wall, steady)
    clocks.look()  # type: ignore[attr-defined]
    assert woke == pytest.approx(told)
    clocks.on(1)
    clocks.look()  # type: ignore[attr-defined]
    assert woke == pytest.approx(told), "told once"


def test_a_clock_that_is_corrected_little_by_little_is_no_sleep(clocks: Clocks, woke: list[float]) -> None:
    for _ in range(3600):
        clocks.on(1.0005, 1)
        clocks.look()  # type: ignore[attr-defined]
    assert woke == []


def test_it_looks_by_itself(qapp: QApplication, qtbot, clocks: Clocks) -> None:  # type: ignore[no-untyped-def]
    parent = QObject()
    watch = WakeWatch(parent, wall=lambda: clocks.wall, steady=lambda: clocks.steady)
    with qtbot.waitSignal(watch.woke, timeout=5000) as told:
        clocks.on(600, 0)
    assert told.args == [600]
    parent.deleteLater()
