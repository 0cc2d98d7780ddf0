"""Light, dark, zoom, icons and fonts."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication, QWidget

from avenrae_desktop.qtkit import assets
from avenrae_desktop.qtkit.theme import DARK, LIGHT, Theme, current_theme
from avenrae_desktop.qtkit.widgets import Button, IconButton, MessageBar, PlainLabel


def test_there_is_one_theme_and_it_belongs_to_the_application(theme: Theme, qapp: QApplication) -> None:
    assert current_theme() is theme
    assert theme.parent() is qapp


def test_switching_restyles_and_tells(theme: Theme, qapp: QApplication, qtbot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.mode = "dark"
    assert theme.dark
    assert theme.tokens is DARK
    assert qapp.palette().window().color().name() == DARK.bg.lower()
    assert DARK.accent in qapp.styleSheet()
    theme.mode = "light"
    assert theme.tokens is LIGHT
    assert DARK.accent not in qapp.styleSheet()


def test_the_same_mode_again_changes_nothing(theme: Theme, qtbot) -> None:
    with qtbot.assertNotEmitted(theme.changed):
        theme.mode = "light"
        theme.zoom = 1.0


def test_nothing_in_the_style_sheet_stays_unfilled(theme: Theme, qapp: QApplication) -> None:
    assert "@" not in qapp.styleSheet()
    assert "icon(" not in qapp.styleSheet()


def test_zoom_scales_text_lengths_and_icons(theme: Theme, qapp: QApplication, qtbot) -> None:
    button = Button("New booking", "primary", "plus")
    qtbot.addWidget(button)
    label = PlainLabel("Marco Rossi", "title")
    qtbot.addWidget(label)
    before = (button.sizeHint().height(), button.iconSize().height(), label.sizeHint().height())
    theme.zoom = 2.0
    after = (button.sizeHint().height(), button.iconSize().height(), label.sizeHint().height())
    assert all(now >= 1.8 * then for then, now in zip(before, after, strict=True)), (before, after)
    assert qapp.font().pixelSize() == 26
    assert theme.px(10) == 20


def test_what_was_never_shown_follows_the_zoom(theme: Theme, qapp: QApplication, qtbot) -> None:
    theme.zoom = 1.9
    bar = MessageBar(window := QWidget())
    qtbot.addWidget(window)
    theme.zoom = 1.0
    bar.tell("Saved")
    window.show()
    assert {label.font().pixelSize() for label in bar.findChildren(PlainLabel) if label.text()} == {theme.px(13)}


@pytest.mark.parametrize(("wish", "got"), [(0.1, 0.8), (9, 2.1), (1.25, 1.25)])
def test_zoom_stays_within_reason(theme: Theme, wish: float, got: float) -> None:
    theme.zoom = wish
    assert theme.zoom == got


@pytest.mark.parametrize(("points", "zoom"), [(9, 1.0), (11, 1.0), (12, 1.0), (20, 2.08), (40, 2.1)])
def test_who_chose_no_size_gets_that_of_the_system(points: int, zoom: float, qapp: QApplication) -> None:
    """In a process of its own: the font of this one is ours already."""
    program = (
        "from PySide6.QtWidgets import QApplication\n"
        "from avenrae_desktop.qtkit.theme.theme import AS_SYSTEM, Theme\n"
        "app = QApplication([])\n"
        "font = app.font()\n"
        f"font.setPointSize({points})\n"
        "app.setFont(font)\n"
        "theme = Theme('light', AS_SYSTEM)\n"
        "theme.apply(app)\n"
        "print(theme.zoom)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert float(done.stdout) == zoom


def test_a_zoom_never_makes_a_line_vanish(theme: Theme, qapp: QApplication) -> None:
    theme.zoom = 0.8
    assert not re.search(r"border: 0px", qapp.styleSheet())


def test_icons_take_the_colour_of_the_theme(theme: Theme, qtbot) -> None:
    button = IconButton("bell", "Messages", tint="text")
    qtbot.addWidget(button)

    def darkest() -> int:
        image = button.icon().pixmap(18, 18).toImage()
        solid = [
            image.pixelColor(x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() > 200
        ]
        return min(colour.lightness() for colour in solid)

    assert darkest() < 80
    theme.mode = "dark"
    assert darkest() > 150


def test_inter_comes_with_its_weights(theme: Theme) -> None:
    assert {"Regular", "Medium", "SemiBold"} <= set(QFontDatabase.styles("Inter"))
    for weight in ("regular", "medium", "semibold"):
        info = QFontInfo(theme.font(13, weight))
        assert info.family() == "Inter"
        assert info.pixelSize() == 13
    widths = {weight: _width(theme, weight) for weight in ("regular", "medium", "semibold")}
    assert widths["regular"] < widths["medium"] < widths["semibold"]


def _width(theme: Theme, weight) -> float:
    return QFontMetricsF(theme.font(100, weight)).horizontalAdvance("Booking with Marco")


def test_every_icon_named_in_the_code_is_shipped() -> None:
    called = re.compile(
        r'(?:bind_icon\(\w+, |[Ii]con\(|IconButton\(\s*|EmptyState\(\s*|FactRow\(\s*|IconLabel\(\s*)"([a-z0-9-]+)"'
    )
    package = assets.root().parent / "src" / "avenrae_desktop"
    sources = [path.read_text(encoding="utf-8") for path in package.rglob("*.py")]
    named = {name for text in sources for name in called.findall(text)}
    assert len(named) > 10
    missing = {name for name in named if not assets.icon_path(name).is_file()}
    assert not missing


def test_licences_lie_beside_what_they_are_for() -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in assets.licence_paths()}
    assert "ISC License" in texts["lucide"]
    assert "SIL Open Font License" in texts["inter"]


def test_nothing_is_left_in_the_temporary_folder(tmp_path: Path) -> None:
    program = (
        "from PySide6.QtWidgets import QApplication\n"
        "from avenrae_desktop.qtkit.theme import Theme\n"
        "app = QApplication([])\n"
        "theme = Theme('light')\n"
        "theme.apply(app)\n"
        "import os; print(len(os.listdir(os.environ['TMPDIR'])))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "1"
    assert list(tmp_path.iterdir()) == []
