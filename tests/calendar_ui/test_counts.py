"""What a step in the calendar costs, counted: statements, widgets, and what is left to the screen's thread."""

import gc
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication
from sqlalchemy import Engine

from avenrae_desktop.areas.calendar.detail.buttons import LineButton
from avenrae_desktop.areas.calendar.dialogs import (
    BookingDialog,
    CancelDialog,
    HoursDialog,
    MoveDialog,
    TimeOffDialog,
)
from avenrae_desktop.areas.calendar.panel import CalendarPanel, loading
from avenrae_desktop.qtkit.calendar_view import surface
from avenrae_desktop.qtkit.calendar_view.geometry import Geometry
from tests.calendar_ui.conftest import Open
from tests.calendar_ui.hands import dialog_of, loaded
from tests.calendar_ui.practice import Place, fill_week
from tests.support.qt import InLoop

Statements = Callable[[Engine], AbstractContextManager[list[str]]]


def alive() -> Counter[str]:
    """Qt objects under every window, by class; what waits for its end has had it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    found: Counter[str] = Counter()
    for window in QApplication.topLevelWidgets():
        if window.parent() is None:
            found.update(each.metaObject().className() for each in (window, *window.findChildren(QObject)))
    return found


async def turned(panel: CalendarPanel, pages: int) -> None:
    panel.turn(pages)
    await loaded(panel)


def test_a_page_turned_is_two_boards_and_nothing_else(
    place: Place, open_panel: Open, in_loop: InLoop, statements: Statements
) -> None:
    fill_week(place)

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        with statements(place.engine) as ran:
            await turned(panel, 1)
        # Bookings, time off and hours of the page, and of today for the pane.
        assert 1 <= len(ran) <= 6, ran
        with statements(place.engine) as ran:
            await turned(panel, -1)
        assert 1 <= len(ran) <= 6, ran

    in_loop(act())


def test_a_card_chosen_is_at_most_three_statements(
    place: Place, open_panel: Open, in_loop: InLoop, statements: Statements
) -> None:
    made = fill_week(place)

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        with statements(place.engine) as ran:
            panel.view.select_key(str(made["j"]))
            await loaded(panel)
        assert 1 <= len(ran) <= 3, ran

    in_loop(act())


def test_going_from_card_to_card_makes_no_new_widgets(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    made = fill_week(place)

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)

        async def through_all() -> None:
            for key in made.values():
                panel.view.select_key(str(key))
                await loaded(panel)

        await through_all()
        first, lines = alive(), panel.pane.findChildren(LineButton)
        await through_all()
        assert alive() == first
        assert panel.pane.findChildren(LineButton) == lines
        assert lines

    in_loop(act())


@pytest.mark.parametrize(
    ("step", "kind"),
    [
        ("book", BookingDialog),
        ("move", MoveDialog),
        ("cancel", CancelDialog),
        ("hours", HoursDialog),
        ("time off", TimeOffDialog),
    ],
)
def test_forms_that_were_closed_are_gone(
    place: Place, open_panel: Open, in_loop: InLoop, step: str, kind: Any
) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.view.select_key(str(booking))
        await loaded(panel)
        open_ = {
            "book": panel.new_booking,
            "hours": panel.desk.edit_hours,
            "time off": panel.desk.edit_time_off,
        }.get(step, lambda: panel._step(step))
        counts = []
        for _ in range(4):
            open_()
            dialog = await dialog_of(panel, kind)
            dialog.discard()
            del dialog
            await loaded(panel)
            counts.append(alive())
        assert counts[1] == counts[2] == counts[3]
        assert sum(counts[3].values()) > 50

    in_loop(act())


def test_a_page_is_drawn_and_laid_out_where_it_is_read(
    place: Place, open_panel: Open, in_loop: InLoop, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_week(place)
    drawn, laid_out = [], []
    draw = loading.view_board

    def noting(*arguments: Any) -> Any:
        drawn.append(threading.get_ident())
        return draw(*arguments)

    def counting(*arguments: Any) -> Geometry:
        laid_out.append(arguments)
        return Geometry(*arguments)

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        monkeypatch.setattr(loading, "view_board", noting)
        monkeypatch.setattr(surface, "Geometry", counting)
        for pages in (1, 1, -1):
            await turned(panel, pages)
        assert len(panel.view.board.columns) == 7

    in_loop(act())
    assert len(drawn) == 3
    assert threading.get_ident() not in drawn
    assert laid_out == []


def test_a_window_of_another_width_lays_the_page_out_again(
    place: Place, open_panel: Open, in_loop: InLoop
) -> None:
    fill_week(place)

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        before = panel.view.geometry_now
        panel.resize(panel.width(), panel.height() + 80)
        assert panel.view.geometry_now is before
        panel.resize(panel.width() + 200, panel.height())
        assert panel.view.geometry_now is not before
        assert panel.view.geometry_now.width > before.width

    in_loop(act())
