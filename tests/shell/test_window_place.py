"""Where the window goes: for each set of screens its own place, and never where no screen is."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QApplication, QMainWindow

from avenrae_desktop.shell import window_place
from avenrae_desktop.shell.screen_watch import ScreenWatch
from avenrae_desktop.shell.window_place import FRAME, LEAST, WISHED, Spot, WindowPlace, first_spot, fitted
from tests.support.qt import InLoop, until

LAPTOP = QRect(0, 0, 1440, 860)
MONITOR = QRect(1440, 0, 2560, 1400)
NETBOOK = QRect(0, 24, 1024, 576)


@pytest.fixture
def place(qapp: QApplication, tmp_path: Path) -> WindowPlace:
    return WindowPlace(tmp_path / "window.ini")


def spot(*rect: int, maximized: bool = False) -> Spot:
    return Spot(QRect(*rect), maximized)


def test_a_first_window_stands_in_the_middle_as_on_the_designs() -> None:
    found = first_spot(QRect(0, 0, 1920, 1080))
    assert (found.rect.size(), found.maximized) == (WISHED, False)
    assert QRect(0, 0, 1920, 1080).marginsRemoved(FRAME).contains(found.rect)


def test_on_a_small_screen_it_takes_all_there_is() -> None:
    found = first_spot(NETBOOK)
    assert found.maximized
    assert NETBOOK.contains(found.rect)


def test_a_place_on_screens_stays_also_across_two() -> None:
    for kept in (spot(100, 50, 1280, 800), spot(900, 40, 1400, 780), spot(1500, 0, 2000, 1300, maximized=True)):
        assert fitted(kept, (LAPTOP, MONITOR)) == kept


def test_a_place_whose_screen_is_gone_comes_to_the_nearest_one() -> None:
    found = fitted(spot(2600, 300, 1300, 1000), (LAPTOP,))
    assert LAPTOP.marginsRemoved(FRAME).contains(found.rect)
    assert found.rect.size() == QSize(1300, 820)
    # More than half of it hung below: all of it comes up again.
    assert LAPTOP.contains(fitted(spot(100, 700, 1100, 700), (LAPTOP, MONITOR)).rect)
    assert MONITOR.contains(fitted(spot(3900, 1300, 1200, 700), (LAPTOP, MONITOR)).rect)


def test_it_is_never_larger_than_the_screen() -> None:
    found = fitted(spot(0, 0, 2560, 1400), (NETBOOK,))
    assert NETBOOK.marginsRemoved(FRAME) == found.rect


def test_each_set_of_screens_has_its_own_place(place: WindowPlace, tmp_path: Path) -> None:
    docked, alone = spot(1500, 20, 1800, 1200), spot(10, 60, 1100, 700, maximized=True)
    place.remember("docked", docked)
    place.remember("alone", alone)
    again = WindowPlace(tmp_path / "window.ini")
    assert (again.known("docked"), again.known("alone"), again.known("other")) == (docked, alone, None)


def test_the_set_that_was_used_longest_ago_is_forgotten(place: WindowPlace) -> None:
    for number in range(20):
        place.remember(f"set-{number}", spot(number, 0, 1280, 800))
        place.remember("home", spot(5, 5, 1280, 800))
    assert place.known("home") == spot(5, 5, 1280, 800)
    assert place.known("set-19") is not None
    assert [n for n in range(20) if place.known(f"set-{n}")] == list(range(9, 20))


@pytest.mark.parametrize("text", ["", "here", "1 2 3 4 0", "1 2 0 4 0 1", "1 2 -3 4 0 1", "1.5 2 3 4 0 1"])
def test_a_damaged_line_counts_as_nothing(qapp: QApplication, tmp_path: Path, text: str) -> None:
    file = tmp_path / "window.ini"
    file.write_text(f"[places]\ndocked={text}\n")
    assert WindowPlace(file).known("docked") is None


def test_a_file_that_cannot_be_written_does_no_harm(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("")
    place = WindowPlace(tmp_path / "blocked" / "window.ini")
    window = QMainWindow()
    assert not place.restore(window)
    place.keep(window)


class Screens:
    """Screens that come and go at a word."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.key, self.areas = "alone", (LAPTOP,)
        monkeypatch.setattr(window_place, "screens_key", lambda: self.key)
        monkeypatch.setattr("avenrae_desktop.shell.screen_watch.screens_key", lambda: self.key)
        monkeypatch.setattr(window_place, "free_areas", lambda: self.areas)


def test_it_goes_along_when_a_screen_comes_and_goes(
    qapp: QApplication, place: WindowPlace, monkeypatch: pytest.MonkeyPatch, in_loop: InLoop
) -> None:
    screens = Screens(monkeypatch)
    window = QMainWindow()
    docked, alone = QRect(1600, 100, 1800, 1200), QRect(60, 60, 1200, 740)
    place.remember("docked", Spot(docked, maximized=False))

    async def run() -> None:
        place.restore(window)
        assert window.minimumSize() == LEAST
        window.show()
        watch = ScreenWatch(window, place, settle_ms=1)
        window.setGeometry(alone)
        # Where the person puts it is known before a screen is pulled out.
        await until(lambda: place.known("alone") == Spot(alone, maximized=False))
        screens.key, screens.areas = "docked", (LAPTOP, MONITOR)
        qapp.primaryScreenChanged.emit(qapp.primaryScreen())
        await until(lambda: window.geometry() == docked)
        # The system pushes it somewhere while a screen goes: that is nobody's choice.
        screens.key, screens.areas = "alone", (LAPTOP,)
        qapp.primaryScreenChanged.emit(qapp.primaryScreen())
        window.setGeometry(QRect(0, 0, 1024, 768))
        await until(lambda: window.geometry() == alone)
        assert place.known("docked") == Spot(docked, maximized=False)
        # A bar of the system takes part of the screen: it stays reachable.
        window.setGeometry(QRect(60, 120, 1200, 740))
        screens.areas = (LAPTOP.adjusted(0, 0, 0, -100),)
        qapp.primaryScreen().availableGeometryChanged.emit(screens.areas[0])
        await until(lambda: screens.areas[0].contains(window.geometry()))
        assert not watch.changed.isActive()

    in_loop(run())
    window.deleteLater()
