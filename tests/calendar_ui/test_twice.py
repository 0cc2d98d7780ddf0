"""Impatient hands: nothing is done twice, nothing is lost."""

import threading
from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
import sqlalchemy as sa
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from avenrae_desktop.areas.calendar.panel import CalendarPanel
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.bus import Command, Outcome, Undo
from tests.calendar_ui.conftest import Open
from tests.calendar_ui.hands import card, drag, loaded, press, spot
from tests.calendar_ui.practice import Place
from tests.calendar_ui.test_booking_dialog import CTRL, open_dialog, pick, set_time
from tests.support.qt import InLoop, until


class Gate:
    """A bus whose commands wait until it is opened."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._open = threading.Event()
        self.came: list[str] = []

    def __call__(self, command: Command) -> Outcome:
        self.came.append(command.kind)
        assert self._open.wait(5)
        return self._place.do(command)

    def open(self) -> None:
        self._open.set()


@pytest.fixture
def gate(place: Place) -> Iterator[Gate]:
    made = Gate(place)
    yield made
    made.open()


def kept(place: Place, kind: str) -> int:
    with place.engine.connect() as c:
        wanted = sa.select(sa.func.count()).select_from(t.commands).where(t.commands.c.kind == kind)
        return c.scalar(wanted) or 0


def test_ctrl_return_twice_books_once_and_escape_waits(
    place: Place, open_panel: Open, in_loop: InLoop, gate: Gate
) -> None:
    async def act() -> None:
        panel = open_panel(place)
        panel._runner.use(gate)
        said: list[str] = []
        panel.said.connect(lambda text, _: said.append(text))
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "keller")
        set_time(dialog, date(2026, 11, 26), time(9))
        dialog.note.setPlainText("Brings her mother")
        press(Qt.Key.Key_Return, CTRL)
        dialog.submit()
        await until(lambda: gate.came)
        dialog.submit()
        dialog.reject()
        dialog.close()
        QApplication.processEvents()
        assert dialog.isVisible()
        assert dialog.note.toPlainText() == "Brings her mother"
        gate.open()
        await until(lambda: said == ["Booked Anna Keller, Thu 26 Nov 09:00"])
        await loaded(panel)
        assert gate.came == ["calendar.book"]
        assert kept(place, "calendar.book") == 1
        [shown] = panel.view.board.cards
        assert place.calendar.booking(panel.row(shown.key).uuid).note == "Brings her mother"

    in_loop(act())


def test_a_second_drag_while_the_first_is_saved_does_nothing(
    place: Place, open_panel: Open, in_loop: InLoop, gate: Gate, failed: list[Exception]
) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "10:00")

    async def act() -> None:
        panel = open_panel(place)
        panel._runner.use(gate)
        await loaded(panel)
        drag(panel, spot(panel, 2, 630), spot(panel, 3, 570))
        drag(panel, spot(panel, 2, 630), spot(panel, 4, 570))
        panel.view.move_requested.emit(str(booking), 4, 540)  # however it is asked for
        await until(lambda: gate.came)
        panel.view.resize_requested.emit(str(booking), 600, 700)
        gate.open()
        await until(lambda: place.calendar.booking(booking).row.version == 2)
        await loaded(panel)
        await until(lambda: not panel.view.busy_keys)
        assert gate.came == ["calendar.move"]
        assert place.calendar.booking(booking).row.local_start == datetime(2026, 11, 26, 9)
        # And once the board shows it, it can be dragged on.
        drag(panel, spot(panel, 3, 570), spot(panel, 4, 570))
        await until(lambda: place.calendar.booking(booking).row.version == 3)

    in_loop(act())
    assert failed == []


def test_a_drag_between_saving_and_the_new_board_is_no_conflict(
    place: Place, open_panel: Open, in_loop: InLoop, failed: list[Exception]
) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "10:00")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        again: list[bool] = []

        def drag_at_once(_text: str, _undoable: bool) -> None:
            # The change is saved, the board is still the old one.
            if not again:
                again.append(panel.view.board.cards[0].column == 2)
                panel.view.move_requested.emit(str(booking), 4, 600)

        panel.said.connect(drag_at_once)
        panel.view.move_requested.emit(str(booking), 3, 600)
        await until(lambda: again)
        await until(lambda: not panel.view.busy_keys and panel.view.board.cards[0].column == 3)
        assert again == [True]
        assert place.calendar.booking(booking).row.version == 2
        panel.view.move_requested.emit(str(booking), 4, 600)
        await until(lambda: panel.view.board.cards[0].column == 4)

    in_loop(act())
    assert failed == []


def test_two_cards_are_moved_at_once_and_taken_back_one_by_one(
    place: Place, open_panel: Open, in_loop: InLoop, gate: Gate
) -> None:
    first = place.book("Marco Rossi", "Reiki session", 2, "10:00")
    second = place.book("Anna Keller", "Reiki session", 2, "14:00")

    def starts(panel: CalendarPanel) -> dict[str, int]:
        return {each.title: each.column for each in panel.view.board.cards}

    async def act() -> None:
        panel = open_panel(place)
        panel._runner.use(gate)
        await loaded(panel)
        panel.view.move_requested.emit(str(first), 3, 600)
        panel.view.move_requested.emit(str(second), 4, 840)
        assert panel.view.busy_keys == {str(first), str(second)}
        gate.open()
        await until(lambda: starts(panel) == {"Marco Rossi": 3, "Anna Keller": 4})
        await until(lambda: not panel.view.busy_keys)
        await panel._runner.do(Undo())
        await until(lambda: starts(panel) == {"Marco Rossi": 3, "Anna Keller": 2})
        await panel._runner.do(Undo())
        await until(lambda: starts(panel) == {"Marco Rossi": 2, "Anna Keller": 2})
        assert card(panel, "Anna Keller") != card(panel, "Marco Rossi")

    in_loop(act())
