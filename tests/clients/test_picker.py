"""Picking a client by typing, arrow keys and Return."""

import asyncio
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from avenrae_desktop.areas.clients.picker import ClientPicker
from avenrae_desktop.areas.clients.queries import ClientHit
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from tests.clients.conftest import Desk
from tests.support.qt import InLoop, until


@pytest.fixture
def picker(qtbot, theme: Theme, runner: Runner, file_desk: Desk) -> ClientPicker:
    file_desk.add("Anna", "Keller", date_of_birth=date(1980, 5, 1), phone="044 555 01 23")
    file_desk.add("Anna", "Kern")
    made = ClientPicker(file_desk.reads, runner)
    qtbot.addWidget(made)
    made.show()
    return made


def type_into(picker: ClientPicker, text: str) -> None:
    picker.setFocus()
    QTest.keyClicks(picker, text)


def test_typing_offers_hits_that_can_be_told_apart(picker: ClientPicker, in_loop: InLoop) -> None:
    picked: list[ClientHit] = []
    picker.picked.connect(picked.append)

    async def go() -> None:
        type_into(picker, "anna ke")
        await until(lambda: len(picker.choices()) == 3)
        texts = [(c.text, c.detail) for c in picker.choices()]
        assert texts == [
            ("Anna Keller", "1 May 1980  ·  …0123"),
            ("Anna Kern", "no birth date, phone or e-mail"),
            ("Add new client “anna ke”", ""),
        ]
        QTest.keyClick(picker._found, Qt.Key.Key_Down)
        QTest.keyClick(picker._found, Qt.Key.Key_Return)
        assert [hit.name for hit in picked] == ["Anna Kern"]
        assert picker.hit == picked[0]
        assert picker.text() == "Anna Kern"
        QTest.keyClicks(picker, "x")
        assert picker.hit is None

    in_loop(go())


def test_the_last_row_adds_a_client_and_leaves_the_text(picker: ClientPicker, in_loop: InLoop) -> None:
    wished: list[str] = []
    picker.add_requested.connect(wished.append)

    async def go() -> None:
        type_into(picker, "Nobody 100%")
        await until(lambda: len(picker.choices()) == 1)
        assert picker.choices()[0].detail == "No client matches"
        QTest.keyClick(picker._found, Qt.Key.Key_Return)
        assert wished == ["Nobody 100%"]
        assert (picker.text(), picker.hit) == ("Nobody 100%", None)

    in_loop(go())


def test_only_the_last_search_counts(picker: ClientPicker, in_loop: InLoop) -> None:
    async def go() -> None:
        for letter in "0123":
            type_into(picker, letter)
            await asyncio.sleep(0.02)
        await until(lambda: len(picker.choices()) == 2)
        assert picker.choices()[0].text == "Anna Keller"

    in_loop(go())


def test_a_hit_can_be_set(picker: ClientPicker, file_desk: Desk) -> None:
    [hit] = file_desk.reads.find("keller")
    picker.set_hit(hit)
    assert (picker.hit, picker.text()) == (hit, "Anna Keller")
    picker.set_hit(None)
    assert (picker.hit, picker.text()) == (None, "")
