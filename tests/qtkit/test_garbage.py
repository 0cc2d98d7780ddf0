"""Circles with Qt objects die on the screen's thread, whoever allocates."""

import gc
import itertools
import threading
import time

import pytest
from PySide6.QtCore import QObject

from avenrae_desktop.qtkit.garbage import ScreenGarbage


class Ring:
    """Garbage that only a collection finds; it notes the thread on which it dies."""

    def __init__(self, deaths: list[int]) -> None:
        self.me = self
        self.deaths = deaths

    def __del__(self) -> None:
        self.deaths.append(threading.get_ident())


def _allocate_much(kept: list[list[int]], count: int = 20_000) -> None:
    """Enough living objects for any generation to be due."""
    kept.extend([] for _ in range(count))


@pytest.fixture
def garbage(qapp):
    screen = ScreenGarbage()
    screen.start()
    yield screen
    screen.stop()


def test_a_worker_that_allocates_collects_nothing(garbage: ScreenGarbage) -> None:
    deaths: list[int] = []
    Ring(deaths)
    kept: list[list[int]] = []
    worker = threading.Thread(target=_allocate_much, args=(kept,))
    worker.start()
    worker.join()
    assert deaths == []
    garbage.collect()
    assert deaths == [threading.get_ident()]
    assert len(kept) == 20_000


def test_the_timer_collects_while_the_program_idles(garbage: ScreenGarbage, qtbot) -> None:
    deaths: list[int] = []
    Ring(deaths)
    kept = [QObject() for _ in range(3_000)]
    qtbot.waitUntil(lambda: bool(deaths), timeout=5_000)
    assert deaths == [threading.get_ident()]
    assert len(kept) == 3_000


def test_older_generations_get_their_turn(garbage: ScreenGarbage) -> None:
    deaths: list[int] = []
    ring = Ring(deaths)
    gc.collect()  # it is old now
    del ring
    kept: list[list[int]] = []
    for _ in range(150):
        _allocate_much(kept, 1_000)
        garbage.collect()
    assert len(kept) == 150_000
    assert len(deaths) == 1


def test_a_full_collection_waits_for_a_moment_of_rest(
    garbage: ScreenGarbage, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaths: list[int] = []
    ring = Ring(deaths)
    gc.collect()
    del ring
    worked = itertools.count()
    kept: list[list[int]] = []
    with monkeypatch.context() as busy:
        busy.setattr("avenrae_desktop.qtkit.garbage.time.thread_time", lambda: float(next(worked)))
        for _ in range(300):
            _allocate_much(kept, 1_000)
            garbage.collect()
        assert deaths == []
    garbage._worked = time.thread_time()
    garbage.collect()
    assert deaths == [threading.get_ident()]


def test_one_who_never_rests_does_not_fill_the_memory(
    garbage: ScreenGarbage, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaths: list[int] = []
    ring = Ring(deaths)
    gc.collect()
    del ring
    worked = itertools.count()
    monkeypatch.setattr("avenrae_desktop.qtkit.garbage.time.thread_time", lambda: float(next(worked)))
    kept: list[list[int]] = []
    for _ in range(1_500):
        _allocate_much(kept, 1_000)
        garbage.collect()
        if deaths:
            break
    assert len(deaths) == 1


def test_stop_gives_collecting_back_to_python(garbage: ScreenGarbage) -> None:
    assert not gc.isenabled()
    garbage.stop()
    assert gc.isenabled()
