"""Every pair of text and ground that the screens use can be read (WCAG AA), light and dark."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from avenrae_desktop.qtkit.theme import DARK, LIGHT, Tokens
from avenrae_desktop.qtkit.theme.tokens import ratio

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
GROUNDS = ("bg", "surface", "raised", "input", "hover", "selection", "off_hours")
TEXTS = [(text, ground) for ground in GROUNDS for text in ("text", "muted")] + [
    ("accent_ink", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("accent", "surface"),
    ("accent", "bg"),
    ("on_danger", "danger"),
    ("on_danger", "danger_hover"),
    ("danger_ink", "danger_soft"),
    ("danger_ink", "surface"),
    ("warning_ink", "warning_soft"),
    ("positive_ink", "positive_soft"),
    ("info_ink", "info_soft"),
    ("rail_text", "rail"),
    ("rail_on", "rail"),
    ("rail_on", "rail_selected"),
    ("surface", "text"),
    ("muted", "line"),
]
SHAPES = [
    ("line_strong", "surface"),
    ("line_strong", "bg"),
    ("focus", "surface"),
    ("focus", "bg"),
    ("focus", "input"),
    ("now", "surface"),
    ("now", "off_hours"),
    ("danger", "surface"),
    ("rail_mark", "rail"),
    ("rail_mark", "rail_selected"),
]


def test_ratio_is_that_of_wcag() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert ratio("#FFFFFF", "#777777") == ratio("#777777", "#FFFFFF")


@THEMES
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read(tokens: Tokens, text: str, ground: str) -> None:
    assert ratio(tokens.value(text), tokens.value(ground)) >= 4.5


@THEMES
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_shapes_that_carry_meaning_can_be_seen(tokens: Tokens, shape: str, ground: str) -> None:
    assert ratio(tokens.value(shape), tokens.value(ground)) >= 3


@THEMES
def test_hues_and_tones(tokens: Tokens) -> None:
    for name, hue in [*tokens.hues.items(), *tokens.tones.items()]:
        assert ratio(hue.ink, hue.fill) >= 4.5, name
        for ground in (hue.fill, tokens.surface, tokens.off_hours):
            assert ratio(hue.bar, ground) >= 3, (name, ground)


@THEMES
def test_every_colour_is_written_in_full(tokens: Tokens) -> None:
    for field in fields(tokens):
        value = getattr(tokens, field.name)
        if isinstance(value, str):
            assert re.fullmatch(r"#[0-9A-F]{6}", value), field.name


def test_both_themes_have_the_same_hues_and_tones() -> None:
    assert set(LIGHT.hues) == set(DARK.hues)
    assert set(LIGHT.tones) == set(DARK.tones)


def test_an_unknown_hue_is_slate_and_an_unknown_tone_neutral() -> None:
    assert LIGHT.hue("from a newer version") == LIGHT.hues["slate"]
    assert DARK.tone("") == DARK.tones["neutral"]


def test_the_style_sheet_names_no_colour_of_its_own() -> None:
    import avenrae_desktop.qtkit.theme as package

    text = (Path(package.__file__).parent / "theme.qss").read_text(encoding="utf-8")
    assert not re.search(r"#[0-9A-Fa-f]{3,8}\b", text)
