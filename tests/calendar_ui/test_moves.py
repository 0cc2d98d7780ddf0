"""Dragging in the grid: saved, refused with the ways on, and taken back."""

from datetime import datetime

from PySide6.QtCore import QPoint
from sqlalchemy import Engine

from avenrae_desktop.kernel.bus import Undo
from tests.calendar_ui.conftest import Open
from tests.calendar_ui.hands import button, card, drag, loaded, spot
from tests.calendar_ui.practice import Place, make_place
from tests.support.qt import InLoop, until


def test_drag_to_another_day_and_undo(
    place: Place, open_panel: Open, in_loop: InLoop, failed: list[Exception]
) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "10:00")

    async def act() -> None:
        panel = open_panel(place)
        said: list[tuple[str, bool]] = []
        panel.said.connect(lambda text, undoable: said.append((text, undoable)))
        await loaded(panel)
        drag(panel, spot(panel, 2, 630), spot(panel, 3, 570))
        assert panel.view.busy_keys == {str(booking)}
        await until(lambda: said == [("Moved to Thu 26 Nov 09:00", True)])
        await loaded(panel)
        moved = panel.view.board.cards[card(panel, "Marco Rossi")]
        assert (moved.column, moved.start, moved.end) == (3, 540, 600)
        assert panel.view.busy_keys == frozenset()
        await panel._runner.do(Undo())
        await until(lambda: panel.view.board.cards[0].column == 2)

    in_loop(act())
    assert failed == []


def test_drag_to_another_healer_in_the_day_view(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "10:00")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.set_healer(None)
        panel.set_mode("day")
        await until(lambda: len(panel.view.board.columns) == 2)
        drag(panel, spot(panel, 0, 630), spot(panel, 1, 630))
        await until(lambda: place.calendar.booking(booking).row.healer_name == "Jon Arden")

    in_loop(act())


def test_drag_an_edge_to_resize(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "10:00")

    async def act() -> None:
        panel = open_panel(place)
        said: list[str] = []
        panel.said.connect(lambda text, _: said.append(text))
        await loaded(panel)
        bottom = panel.view.geometry_now.rects[0].bottom() - panel.view.to_content(QPoint(0, 0)).y()
        edge = spot(panel, 2, 660)
        edge.setY(bottom - 1)
        end = spot(panel, 2, 690)
        drag(panel, edge, end)
        await until(lambda: said == ["Now Wed 25 Nov 10:00, 1 h 30 min"])
        row = place.calendar.booking(booking).row
        assert row.ends_at - row.starts_at == (datetime(1, 1, 1, 1, 30) - datetime(1, 1, 1))

    in_loop(act())


def test_a_taken_time_says_by_whom_and_a_press_takes_a_free_one(
    place: Place, open_panel: Open, in_loop: InLoop
) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")
    place.book("Priya Nair", "Reiki session", 3, "9:00")

    async def act() -> None:
        panel = open_panel(place)
        said: list[str] = []
        panel.said.connect(lambda text, _: said.append(text))
        await loaded(panel)
        panel.view.move_requested.emit(str(booking), 3, 9 * 60 + 30)
        await until(panel.refusal.isVisible)
        assert panel.refusal.title.text() == "This time is taken"
        assert panel.refusal.what.text() == "Mira Voss already has Priya Nair from 09:00 to 10:00."
        assert [each.text() for each in panel.refusal.ways] == [
            "Thu 26 Nov, 10:00",
            "Thu 26 Nov, 10:15",
            "Thu 26 Nov, 10:30",
        ]
        assert place.calendar.booking(booking).row.local_start == datetime(2026, 11, 25, 14)
        button(panel.refusal, "Thu 26 Nov, 10:00").click()
        await until(lambda: said == ["Moved to Thu 26 Nov 10:00"])
        assert panel.refusal.isHidden()

    in_loop(act())


def test_outside_hours_goes_on_with_a_reason(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.view.move_requested.emit(str(booking), 2, 19 * 60)
        await until(panel.refusal.isVisible)
        assert panel.refusal.title.text() == "Outside working hours"
        button(panel.refusal, "Book anyway").click()
        assert panel.refusal.isVisible()  # nothing was said yet
        panel.refusal.reason.setText("After work")
        button(panel.refusal, "Book anyway").click()
        await until(lambda: place.calendar.booking(booking).outside_hours_reason == "After work")
        assert place.calendar.booking(booking).row.local_start == datetime(2026, 11, 25, 19)

    in_loop(act())


def test_over_a_taken_time_and_outside_hours_asks_for_both_reasons(
    place: Place, open_panel: Open, in_loop: InLoop
) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")
    place.book("Priya Nair", "Reiki session", 2, "19:00", outside_hours_reason="late")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.view.move_requested.emit(str(booking), 2, 19 * 60)
        for title, reason in (("This time is taken", "beside"), ("Outside working hours", "late too")):
            await until(lambda title=title: panel.refusal.isVisible() and panel.refusal.title.text() == title)
            panel.refusal.reason.setText(reason)
            button(panel.refusal, "Book anyway").click()
        await until(lambda: place.calendar.booking(booking).overbooking_reason == "beside")
        assert place.calendar.booking(booking).outside_hours_reason == "late too"

    in_loop(act())


def test_a_time_that_comes_twice_is_asked_for(file_db: Engine, open_panel: Open, in_loop: InLoop) -> None:
    place = make_place(file_db)
    booking = place.book("Marco Rossi", "Talk therapy", 334, "5:00", outside_hours_reason="night")  # 23 Oct 2027

    async def act() -> None:
        from datetime import timedelta

        panel = open_panel(place)
        await loaded(panel)
        row = place.calendar.booking(booking).row
        panel.show_booking(booking, row.starts_at)
        await until(lambda: panel.pane.shown == booking)
        day = datetime(2027, 10, 31)  # the clocks go back at 03:00
        panel.moves.move(row, day + timedelta(hours=2, minutes=30), None)
        await until(panel.refusal.isVisible)
        assert panel.refusal.title.text() == "This time exists twice"
        button(panel.refusal, "The second 02:30").click()
        await until(lambda: panel.refusal.title.text() == "Outside working hours" and panel.refusal.isVisible())
        panel.refusal.reason.setText("night again")
        button(panel.refusal, "Book anyway").click()
        await until(lambda: place.calendar.booking(booking).row.version == 2)
        moved = place.calendar.booking(booking).row
        assert (moved.starts_at.hour, moved.local_start.hour) == (1, 2)  # 02:30 in winter time is 01:30 UTC

    in_loop(act())


def test_escape_forgets_the_wish(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    from PySide6.QtCore import Qt

    from tests.calendar_ui.hands import focus, press

    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.view.setFocus()
        panel.view.move_requested.emit(str(booking), 2, 19 * 60)
        await until(panel.refusal.isVisible)
        press(Qt.Key.Key_Escape)
        assert panel.refusal.isHidden()
        assert focus() is panel.view
        assert place.calendar.booking(booking).row.version == 1

    in_loop(act())
