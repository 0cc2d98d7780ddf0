"""The judges of every screen see what they are for: each fault, planted alone, is told, and nothing else is."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.widgets import Button, ComboBox, IconButton, LineEdit, PlainLabel, column, labelled
from tests.look import clipped, colours, named
from tests.support.qt import theme

__all__ = ["theme"]
Page = Callable[..., QWidget]


@pytest.fixture
def page(qtbot, theme: Theme) -> Page:
    """Shows widgets one below the other."""

    def show(*widgets: QWidget) -> QWidget:
        made = QWidget()
        qtbot.addWidget(made)
        made.setAutoFillBackground(True)
        made.setLayout(column(*widgets, spacing=8, margins=12))
        made.resize(420, 300)
        made.show()
        qtbot.wait(1)
        return made

    return show


def faults(window: QWidget) -> list[str]:
    return [*clipped.faults(window), *named.faults(window), *colours.faults(window, set())]


def usual() -> tuple[QWidget, ...]:
    choice = ComboBox()
    choice.fill([("Reiki session", 1), ("Talk therapy", 2)])
    return (
        PlainLabel("Words that wrap where the window ends, as they do everywhere.", wrap=True),
        labelled("Name", LineEdit("As on the invoice")),
        labelled("Number", choice),
        Button("Save", "primary"),
        IconButton("x", "Close"),
    )


def test_a_usual_page_has_none(page: Page) -> None:
    assert faults(page(*usual())) == []


def narrow(widget: QWidget) -> QWidget:
    widget.setFixedWidth(30)
    return widget


def low(widget: QWidget) -> QWidget:
    widget.setFixedHeight(9)
    return widget


def chosen(text: str) -> QWidget:
    combo = ComboBox()
    combo.fill([(text, 1)])
    combo.setFixedWidth(60)
    return labelled("Choice", combo)


def pale(text: str) -> QWidget:
    label = PlainLabel(text, "display")
    label.setStyleSheet("color: #B0B0B0;")
    return label


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: narrow(PlainLabel("Not seen whole")), "cut at the side"),
        (lambda: narrow(PlainLabel("Donaudampfschifffahrt", wrap=True)), "cut at the side"),
        (lambda: low(PlainLabel("Some words that need more than one line.", wrap=True)), "cut below"),
        (lambda: narrow(PlainLabel("Somebody's long name", elide=True)), "shortened to"),
        (lambda: narrow(Button("Save everything")), "cut at the side"),
        (lambda: narrow(labelled("Id", LineEdit("Such as 17"))), "needs"),
        (lambda: chosen("A choice of many words"), "needs"),
        (lambda: IconButton("x", ""), "no name"),
        (lambda: pale("Faint"), "faint"),
    ],
)  # fmt: skip
def test_each_fault_is_told(make: Callable[[], QWidget], told: str, page: Page) -> None:
    found = faults(page(make()))
    assert any(told in each for each in found), found


def test_a_combo_box_without_a_label_is_told(page: Page) -> None:
    combo = ComboBox()
    combo.setAccessibleName("Not told by Qt")
    combo.fill([("One", 1)])
    assert any("no name" in each for each in faults(page(combo)))


def test_two_of_one_name_are_told(page: Page) -> None:
    assert any("2 times “Edit”" in each for each in faults(page(Button("Edit"), Button("Edit"))))


def test_what_lies_over_another_is_told(page: Page, qtbot) -> None:
    one, other = Button("One"), Button("Other")
    window = page(one, other)
    other.move(one.pos())
    assert any("covered by" in each for each in faults(window))


def test_what_no_bar_scrolls_to_is_told(page: Page) -> None:
    inner = QWidget()
    box = QVBoxLayout(inner)
    box.addWidget(Button("Far away"), alignment=Qt.AlignmentFlag.AlignTop)
    window = page(inner)
    inner.move(window.width() - 20, 0)
    assert any("beyond the edge" in each for each in faults(window))


def test_a_window_larger_than_its_screen_is_told(page: Page) -> None:
    window = page(PlainLabel("Large"))
    window.resize(window.screen().availableSize() * 2)
    assert any("larger than the screen" in each for each in faults(window))
