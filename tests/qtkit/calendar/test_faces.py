"""Card pictures: the store's limit, and that states and hard names can be drawn."""

import pytest
from PySide6.QtGui import QColor, QPixmap

from avenrae_desktop.qtkit.calendar_view.faces import FaceKey, FaceStore, ground, hatching, plain, render
from avenrae_desktop.qtkit.calendar_view.grid import block_ground
from avenrae_desktop.qtkit.calendar_view.look import look_of
from avenrae_desktop.qtkit.theme import DARK, LIGHT, Theme, Tokens, current_theme
from avenrae_desktop.qtkit.theme.tokens import ratio
from tests.qtkit.calendar.boards import STATES, card, styled


def test_the_store_throws_away_the_least_used_beyond_its_limit(qapp) -> None:
    store = FaceStore(limit=10 * 10 * 4 * 3)
    keys = [FaceKey(card(f"k{i}", 0, 0, 60), 10, 10, 1.0) for i in range(4)]
    for key in keys[:3]:
        store.keep(key, QPixmap(10, 10))
    assert store.find(keys[0]) is not None
    store.keep(keys[3], QPixmap(10, 10))
    assert [store.find(key) is not None for key in keys] == [True, False, True, True]
    assert store.size == 10 * 10 * 4 * 3


def test_each_state_looks_different(qapp) -> None:
    look = look_of(current_theme())
    pictures = set()
    for state in STATES:
        image = render(FaceKey(styled("a", 0, (0, 60), "Ann Lee", 0, state), 130, 56, 1.0), look).toImage()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == len(STATES)


@pytest.mark.parametrize(
    "name", ["", "عمر حداد", "🌸 Hana", "<b>x</b>", "x" * 300, "two\nlines\tof it", "\u202eabc"]
)
@pytest.mark.parametrize("size", [(1, 14), (20, 14), (58, 40), (58, 90), (130, 14), (130, 56), (130, 400)])
def test_any_name_at_any_size(qapp, name: str, size: tuple[int, int]) -> None:
    face = render(FaceKey(card("a", 0, 0, 60, title=name, badge="new"), *size, 2.0), look_of(current_theme()))
    assert (face.width(), face.height()) == (size[0] * 2, size[1] * 2)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("shape", ["solid", "dashed", "hatched", "faded"])
def test_words_are_readable_on_every_card(tokens: Tokens, shape) -> None:
    surface = QColor(tokens.surface)
    for hue in tokens.hues.values():
        fill, bar = QColor(hue.fill), QColor(hue.bar)
        grounds = [ground(shape, fill, surface), hatching(bar, fill) if shape == "hatched" else fill]
        assert min(ratio(hue.ink, colour.name()) for colour in grounds) >= 4.5
        assert ratio(hue.bar, ground(shape, fill, surface).name()) >= 3


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_words_on_breaks_and_struck_off_cards_are_readable(mode, qapp) -> None:
    look = look_of(Theme(mode))
    for colour in (look.colours.surface, look.colours.closed, block_ground(look)):
        assert ratio(look.colours.muted.name(), colour.name()) >= 4.5
    assert ratio(look.colours.now.name(), look.colours.surface.name()) >= 3


def test_a_name_is_one_line_of_bounded_length() -> None:
    assert plain("a\n b\t\tc") == "a b c"
    assert len(plain("x" * 10_000)) == 160
