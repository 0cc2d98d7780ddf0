"""What is measured at the window is measured: a stall with its cause, growth, a whole round of work."""

import asyncio
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from avenrae_desktop.bootstrap.generate.fill import fill
from avenrae_desktop.bootstrap.generate.plan import Plan
from avenrae_desktop.qtkit.widgets.bars import Banner
from tests.bench.data import SEED, TODAY, Data, found, founder
from tests.bench.ui import growth, slices
from tests.bench.ui.census import Census, census
from tests.bench.ui.growth import Growth
from tests.bench.ui.meter import Meter, Slice, tell
from tests.support.engines import Place
from tests.support.qt import InLoop, in_loop

__all__ = ["in_loop"]


@pytest.fixture
def small(sqlcipher_place: Place, tmp_path: Path) -> Data:
    """Four years of one healer would be 5,000 bookings; this is a young practice."""
    data = Data(sqlcipher_place, Plan(400, SEED, TODAY), tmp_path)
    engine = data.open()
    found(engine, data.plan)
    fill(engine, founder(), data.plan, lambda _done, _of: None)
    engine.dispose()
    return data


def work_hard(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        Banner("danger").deleteLater()


def test_a_stall_is_seen_with_its_cause_and_waiting_is_none(qapp: QApplication, in_loop: InLoop) -> None:
    async def run() -> Meter:
        with Meter() as meter:
            meter.step = "reads"
            await asyncio.sleep(0.1)
            threading.Event().wait(0.06)
            await asyncio.sleep(0.1)
            meter.step = "works"
            work_hard(0.06)
            await asyncio.sleep(0.1)
        return meter

    meter = in_loop(run())
    worst = max(meter.slices, key=lambda each: each.cpu)
    assert worst.step == "works"
    assert worst.cpu >= 55
    assert "qtkit/widgets/bars.py" in worst.cause
    assert all(each.cpu < 40 for each in meter.slices if each.step == "reads")
    assert meter.longest_beat == worst.cpu
    assert meter.worked >= 0.06
    assert meter.beats > 20
    lines: list[str] = []
    tell([worst], lines.append)
    assert "works: " in lines[0]


def test_a_census_counts_what_was_made_and_forgets_what_is_gone(qapp: QApplication) -> None:
    before = census()
    kept = [QWidget() for _ in range(7)]
    during = census()
    assert during.grown(before)["Qt QWidget"] == 7
    assert during.grown(before)["PySide6.QtWidgets.QWidget"] == 7
    assert during.rss >= during.uss > 10_000
    for each in kept:
        each.deleteLater()
    kept.clear()
    assert "Qt QWidget" not in census().grown(before)


def test_only_what_grows_with_every_round_is_a_leak() -> None:
    before = Census(1, 1024, Counter(leak=5, cache=5), Counter(QLabel=3))
    after = Census(1, 3072, Counter(leak=9, cache=8), Counter(QLabel=7))
    grown = Growth(before, after, actions=100, uss=(2048, 2800, 3000, 3100), seconds=60.0)
    assert grown.rounds == 4
    assert grown.steady() == {"leak": 4, "Qt QLabel": 4}
    assert grown.kib_an_action == 2.0


def test_a_round_of_work_is_done_and_its_slices_are_told(
    qapp: QApplication, small: Data, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = list(slices.measure(small, 0))
    assert len({f.name for f in figures}) == 3
    assert figures[0].budget == "16 ms"
    assert figures[0].ours > figures[0].control > 0
    said = capsys.readouterr().err
    assert "ms CPU" in said
    actions = int(figures[2].control)
    assert actions > 50
    assert f"{actions} actions in" in said


def test_what_is_rare_is_told_apart() -> None:
    worked = slices.Worked(
        (Slice(20.0, 20.0, "book", ""), Slice(15.0, 15.0, "move", ""), Slice(90.0, 90.0, "theme: dark", "")),
        idle=0.5, actions=10, refused=0, seconds=1.0, cpu=0.1,
    )  # fmt: skip
    assert worked.longest(rare=False) == 20.0
    assert worked.longest(rare=True) == 90.0
    assert worked.over(16) == 1


@pytest.mark.long
def test_used_again_and_again_no_qt_object_is_left_by_every_round(qapp: QApplication, small: Data) -> None:
    grown = slices.in_the_loop(growth.watch(small, 0, warm_up=3, least=6))
    assert grown.rounds == 6
    # Bookings become more with every round, and with them the rows that are read of them.
    assert [name for name in grown.steady() if name.startswith("Qt ")] == []
    figures = list(growth.figures(grown, small))
    assert [f.budget for f in figures] == ["1.2x", "", "1.05x", "1.05x"]
    assert figures[2].ratio <= 1.05
