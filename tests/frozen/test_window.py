"""The packaged program's window, seen from outside on a screen of its own by a person without rights."""

from pathlib import Path

from tests.frozen.conftest import Installed, somebody
from tests.frozen.picture import WatchedScreen
from tests.frozen.start import first_picture, open_demo


def test_the_window_is_painted_and_the_demo_opens_in_it(installed: Installed, tmp_path: Path) -> None:
    program, home = [str(installed.folder / "avenrae")], installed.other_home("window")
    with WatchedScreen(tmp_path / "x") as screen:
        painted = first_picture(screen, program, home, 8, cwd=home, **somebody())
        way_in, calendar = open_demo(screen, program, home, cwd=home, **somebody())
    assert 0 < painted.cpu < way_in.cpu
    assert calendar.cpu > 0
    [database] = home.rglob("practice.db")
    assert database.parent.parent == home / ".local" / "share" / "Avenrae Desktop"
    assert not database.read_bytes().startswith(b"SQLite format 3")
