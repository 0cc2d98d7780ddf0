"""Every control that the style sheet names, in every state that it tells apart, can be read and seen (WCAG AA)."""

from pathlib import Path

import pytest

from avenrae_desktop.qtkit.theme import DARK, LIGHT, Tokens
from avenrae_desktop.qtkit.theme.sheet import fill
from avenrae_desktop.qtkit.theme.tokens import ratio
from tests.qtkit.sheet_model import Element, Sheet, colour_of

THEMES = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
READ, SEEN = 4.5, 3.0
PAGES = ("bg", "surface", "raised", "selection", "hover")
"""What transparent controls stand on; buttons in a list stand on its rows too."""
WORDLESS = {"QFrame", "QToolButton"}
"""Grounds and icons: the words on them are labels; icons are looked at as pixels."""


@pytest.fixture
def sheet(tokens: Tokens, tmp_path: Path) -> Sheet:
    return Sheet(fill(tokens, 1.0, tmp_path))


def pages(tokens: Tokens) -> list[str]:
    return [tokens.value(name) for name in PAGES]


def states(sheet: Sheet) -> list[Element]:
    """Every control in every state."""
    return [each.in_state(s) for each in sheet.elements() for s in sheet.states_of(each)]


@THEMES
def test_words_can_be_read_in_every_state(sheet: Sheet, tokens: Tokens) -> None:
    judged, wrong = 0, []
    for each in states(sheet):
        style = sheet.style(each)
        ink = colour_of(style.get("color", ""))
        if not ink or each.last.part not in ("", "::item", "::section", "::tab") or each.last.kind in WORDLESS:
            continue
        for ground in sheet.ground(each, pages(tokens)):
            judged += 1
            if ratio(ink, ground) < READ:
                wrong.append(f"{each}: {ink} on {ground} is {ratio(ink, ground):.2f}")
    assert judged > 300
    assert wrong == []


@THEMES
def test_what_is_selected_can_be_read(sheet: Sheet, tokens: Tokens) -> None:
    found = [
        (str(each), colour_of(style["selection-color"]), colour_of(style["selection-background-color"]))
        for each in states(sheet)
        if "selection-color" in (style := sheet.style(each))
    ]
    assert len(found) > 10
    assert [each for each, ink, ground in found if ratio(ink, ground) < READ] == []


@THEMES
def test_the_keyboard_can_be_seen_on_every_control(sheet: Sheet, tokens: Tokens) -> None:
    """The edge of what has the keyboard stands out from what is around the control."""
    wrong = []
    focused = [each for each in states(sheet) if "focus" in each.last.states]
    for each in focused:
        edge = colour_of(sheet.style(each).get("border", ""))
        around = each.around
        outside = sheet.ground(around, pages(tokens)) if around is not None else pages(tokens)
        if edge:
            wrong += [f"{each}: {edge} on {g} is {ratio(edge, g):.2f}" for g in outside if ratio(edge, g) < SEEN]
    assert len(focused) > 60
    assert wrong == []


@THEMES
def test_the_keyboard_changes_the_look_of_every_control(sheet: Sheet, tokens: Tokens) -> None:
    same = []
    for each in states(sheet):
        if "focus" in each.last.states:
            without = each.in_state(sorted(each.last.states - {"focus"}))
            # A field inside another one shows it by what is around it, a list by its chosen row.
            row = each.part("::item")
            shown = sheet.style(row) != sheet.style(row.in_state(sorted(row.last.states - {"focus"})))
            if each.around is None and not shown and sheet.style(each) == sheet.style(without):
                same.append(str(each))
    assert same == []


@THEMES
def test_boxes_to_tick_can_be_seen(sheet: Sheet, tokens: Tokens) -> None:
    wrong = []
    for each in states(sheet):
        role = dict(each.last.attributes).get("role")
        if each.last.part != "::indicator" or role == "segment":
            continue
        edge = colour_of(sheet.style(each).get("border", ""))
        wrong += [f"{each}: {edge} on {page}" for page in pages(tokens) if ratio(edge, page) < SEEN]
    assert wrong == []
