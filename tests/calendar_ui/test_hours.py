"""Weekly hours and time off through their dialogs."""

from datetime import date, datetime, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from avenrae_desktop.areas.calendar.dialogs import HoursDialog, TimeOffDialog
from avenrae_desktop.areas.calendar.domain import BlockDates, Hours
from avenrae_desktop.kernel.bus import Undo
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import HoursKind
from tests.calendar_ui.conftest import Open
from tests.calendar_ui.hands import button, dialog_of, loaded, press, texts
from tests.calendar_ui.practice import Place
from tests.support.qt import InLoop, until

CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_week_is_changed_and_copied(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        said: list[str] = []
        panel.said.connect(lambda text, _: said.append(text))
        await loaded(panel)
        press(Qt.Key.Key_H)
        dialog = await dialog_of(panel, HoursDialog)
        assert dialog.total.text() == "45 h a week"
        assert not dialog.dirty
        monday = dialog.days[0]
        monday.stretches[0].start.set_value(time(9))
        monday.stretches[0].end.set_value(time(0))  # midnight, the end of the day
        assert monday.total.text() == "14 h"
        button(dialog, "Copy Monday to Tuesday – Friday").click()
        assert dialog.total.text() == "70 h a week"
        await loaded(panel)
        button(dialog, "Add hours on Saturday").click()
        await loaded(panel)
        assert QApplication.focusWidget() is dialog.days[5].stretches[0].start
        button(dialog, "Remove this break of Friday").click()
        assert QApplication.focusWidget() is dialog.days[4].add_work
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: said == ["Saved the hours of Mira Voss"])
        hours = place.calendar.hours(place.actor.healer)
        assert Hours(1, HoursKind.WORK, 9 * 60, 1440) in hours
        assert Hours(1, HoursKind.BREAK, 12 * 60, 13 * 60, "Lunch") in hours
        assert [(h.kind, h.start_minute, h.end_minute) for h in hours if h.weekday == 4] == [
            (HoursKind.WORK, 9 * 60, 1440)
        ]
        assert [(h.start_minute, h.end_minute) for h in hours if h.weekday == 5] == [(9 * 60, 17 * 60)]
        await until(lambda: panel.view.board.columns[5].available == ((540, 1020),))
        await panel._runner.do(Undo())
        await until(lambda: panel.view.board.columns[5].available == ())

    in_loop(act())


def test_hours_that_do_not_fit_are_told_at_their_day(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.desk.edit_hours()
        dialog = await dialog_of(panel, HoursDialog)
        dialog.days[2].stretches[1].end.set_value(time(19))
        press(Qt.Key.Key_Return, CTRL)
        await until(dialog.banner.isVisible)
        assert dialog.banner.text() == (
            "These hours do not fit\n"
            "On Wednesday, 12:00 to 19:00 is not possible: a break lies outside the working time.\n"
            "Change the hours of that day."
        )
        dialog.days[2].stretches[1].end.setText("")
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: dialog.banner.text().startswith("Choose a time"))
        # Typed hours of one healer are not thrown away by looking at another.
        dialog.healer.setCurrentIndex(1)
        assert dialog.healer.currentText() == "Mira Voss"
        assert dialog.banner.text().startswith("Save first")

    in_loop(act())


def test_time_off_shows_what_it_would_strand(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    place.book("Marco Rossi", "Reiki session", 3, "14:00")
    place.book("Priya Nair", "Reiki session", 4, "9:00")

    async def act() -> None:
        panel = open_panel(place)
        said: list[str] = []
        panel.said.connect(lambda text, _: said.append(text))
        await loaded(panel)
        press(Qt.Key.Key_O)
        dialog = await dialog_of(panel, TimeOffDialog)
        await until(dialog.stranded.isVisible)
        assert "1 booking lies in this time\nThu 26 Nov, 14:00 · Marco Rossi" in dialog.stranded.text()
        dialog.last.set_value(date(2026, 11, 27))
        await until(lambda: "2 bookings lie in this time" in dialog.stranded.text())
        dialog.first.set_value(date(2026, 12, 24))
        await until(dialog.stranded.isHidden)
        assert dialog.last.value() == date(2026, 12, 24)
        dialog.reason.setText("<b>Christmas</b>")
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: said == ["Blocked Mira Voss, Thu 24 Dec"])
        [block] = place.calendar.blocks(date(2026, 12, 20), 10)
        assert (block.healer, block.reason) == (place.actor.healer, "<b>Christmas</b>")

    in_loop(act())


def test_planned_time_off_is_listed_and_removed(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    for healer, day in ((None, 24), (place.actor.healer, 26)):
        start, end = datetime(2026, 12, day), datetime(2026, 12, day + 1)
        place.do(BlockDates(block=new_uuid(), healer=healer, local_start=start, local_end=end, reason="Rest"))

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.desk.edit_time_off()
        dialog = await dialog_of(panel, TimeOffDialog)
        await until(lambda: "The whole practice · Rest" in texts(dialog))
        assert {"Thu 24 Dec", "Sat 26 Dec", "Mira Voss · Rest"} <= set(texts(dialog))
        button(dialog, "Remove: The whole practice · Rest, Thu 24 Dec").click()
        await until(lambda: "The whole practice · Rest" not in texts(dialog))
        assert len(place.calendar.blocks(date(2026, 12, 20), 10)) == 1
        await panel._runner.do(Undo())
        assert len(place.calendar.blocks(date(2026, 12, 20), 10)) == 2

    in_loop(act())


def test_part_of_a_day_needs_an_end_after_its_start(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.desk.edit_time_off()
        dialog = await dialog_of(panel, TimeOffDialog)
        assert not dialog.start.isVisible()
        dialog.all_day.click()
        assert dialog.start.isVisible()
        dialog.end.set_value(time(11))
        press(Qt.Key.Key_Return, CTRL)
        await until(dialog.banner.isVisible)
        assert dialog.banner.text().startswith(
            "The end is not after the start\nTime off has to end after it begins."
        )
        dialog.end.set_value(time(13, 30))
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: len(place.calendar.blocks(date(2026, 11, 26), 1)) == 1)
        [block] = place.calendar.blocks(date(2026, 11, 26), 1)
        assert (block.starts_at.hour, block.ends_at.minute) == (11, 30)  # 12:00 and 13:30 in Zurich

    in_loop(act())
