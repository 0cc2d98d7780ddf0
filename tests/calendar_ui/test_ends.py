"""Bookings that end on another day, and lengths on days when clocks change."""

from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt

from avenrae_desktop.areas.calendar.dialogs import BookingDialog, MoveDialog
from avenrae_desktop.areas.calendar.domain import BlockDates
from avenrae_desktop.areas.calendar.panel import CalendarPanel
from avenrae_desktop.kernel.ids import new_uuid
from tests.calendar_ui.conftest import Open
from tests.calendar_ui.hands import dialog_of, focus, loaded, press, type_in
from tests.calendar_ui.practice import Place
from tests.calendar_ui.test_booking_dialog import CTRL, open_dialog, pick, refused, set_time
from tests.support.qt import InLoop, until


async def open_move(panel: CalendarPanel, booking: object) -> MoveDialog:
    await loaded(panel)
    assert panel.view.select_key(str(booking))
    panel.steps["move"].trigger()
    dialog = await dialog_of(panel, MoveDialog)
    await loaded(panel)
    return dialog


def ends_on_another_day(dialog: BookingDialog | MoveDialog) -> None:
    dialog.when.other_day.setFocus()
    press(Qt.Key.Key_Space)


def test_a_retreat_of_three_days(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "keller")
        when = dialog.when
        set_time(dialog, date(2026, 11, 26), time(9))
        assert not when.end_date.isVisible()
        ends_on_another_day(dialog)
        assert focus() is when.end_date
        assert (when.end_date.value(), when.other_day.isVisible()) == (date(2026, 11, 27), False)
        type_in("28.11.2026")
        when.end.setFocus()
        type_in("17")
        assert when.length.text() == "2 d 8 h"
        await refused(dialog, "Outside working hours")
        await until(lambda: dialog.height() <= 690)  # fits a window of 720 pixels
        type_in("Retreat")
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: dialog.booked is not None)
        row = place.calendar.booking(dialog.booked).row
        assert row.ends_at - row.starts_at == timedelta(days=2, hours=8)
        await loaded(panel)
        shown = [(c.column, c.start, c.end) for c in panel.view.board.cards]
        assert shown == [(3, 540, 1440), (4, 0, 1440), (5, 0, 1020)]
        # Moved a day on, by its day alone: the end goes along and the length stays.
        move = await open_move(panel, dialog.booked)
        assert (move.when.end_date.value(), move.when.end.text()) == (date(2026, 11, 28), "17:00")
        move.when.date.set_value(date(2026, 11, 27))
        assert (move.when.end_date.value(), move.when.length.text()) == (date(2026, 11, 29), "2 d 8 h")
        await refused_move(move, "Outside working hours")
        type_in("Retreat")
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: place.calendar.booking(dialog.booked).row.version == 2)
        row = place.calendar.booking(dialog.booked).row
        assert row.local_start == datetime(2026, 11, 27, 9)
        assert row.ends_at - row.starts_at == timedelta(days=2, hours=8)
        # Made shorter by its last day.
        await until(lambda: panel.view.board.cards[0].column == 4)
        resize = await open_move(panel, dialog.booked)
        resize.when.end_date.set_value(date(2026, 11, 28))
        press_in(resize)
        await until(lambda: place.calendar.booking(dialog.booked).row.version == 3)
        row = place.calendar.booking(dialog.booked).row
        assert row.ends_at - row.starts_at == timedelta(days=1, hours=8)

    in_loop(act())


async def refused_move(dialog: MoveDialog, title: str) -> None:
    press_in(dialog)
    await until(lambda: dialog.banner.isVisible() and dialog.banner.text().startswith(title))


def press_in(dialog: MoveDialog) -> None:
    dialog.when.end.setFocus()
    press(Qt.Key.Key_Return, CTRL)


def test_over_midnight(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        set_time(dialog, date(2026, 11, 26), time(23))
        # An hour before midnight ends the day; half an hour later it is another one, by itself.
        assert (dialog.when.end.text(), dialog.when.end_date.isVisible()) == ("00:00", False)
        dialog.when.start.set_value(time(23, 30))
        assert dialog.when.end_date.isVisible()
        assert (dialog.when.end_date.value(), dialog.when.end.text()) == (date(2026, 11, 27), "00:30")
        dialog.when.start.set_value(time(10))
        assert (dialog.when.end.text(), dialog.when.end_date.isVisible()) == ("11:00", False)

    in_loop(act())


def test_an_end_that_is_no_day_is_asked_for(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "keller")
        set_time(dialog, date(2026, 11, 26), time(10))
        ends_on_another_day(dialog)
        dialog.when.end_date.setText("soon")
        await refused(dialog, "Choose a day")
        assert focus() is dialog.when.end_date
        dialog.when.end_date.set_value(date(2026, 11, 25))
        await refused(dialog, "The end is not after the start")
        dialog.when.end_date.set_value(date(2026, 12, 28))
        await refused(dialog, "This is too long")

    in_loop(act())


@pytest.mark.parametrize(
    ("first", "last", "length"),
    [
        (date(2027, 3, 27), date(2027, 3, 28), "23 h"),
        (date(2027, 10, 30), date(2027, 10, 31), "1 d 1 h"),
    ],
)
def test_a_night_in_which_clocks_change_has_its_real_length(
    place: Place, open_panel: Open, in_loop: InLoop, first: date, last: date, length: str
) -> None:
    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        set_time(dialog, first, time(10))
        ends_on_another_day(dialog)
        dialog.when.end.set_value(time(10))
        assert (dialog.when.end_date.value(), dialog.when.length.text()) == (last, length)
        assert dialog.when.minutes() == {"23 h": 23 * 60, "1 d 1 h": 25 * 60}[length]

    in_loop(act())


def test_given_minutes_are_real_ones(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    """Two hours from 01:30 on the day when 02:00 to 03:00 comes twice end at the second 02:30."""

    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        dialog.when.set_start(datetime(2027, 10, 31, 1, 30), 120)
        assert (dialog.when.end.text(), dialog.when.minutes()) == ("02:30", 120)
        dialog.when.set_start(datetime(2027, 3, 28, 1, 30), 60)
        assert (dialog.when.end.text(), dialog.when.minutes()) == ("03:30", 60)

    in_loop(act())


def test_moving_counts_its_own_time_as_free(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 3, "8:00", minutes=120)
    place.book("Priya Nair", "Reiki session", 3, "10:00")

    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_move(panel, booking)
        await until(lambda: dialog.when.free.first)
        thursday = [f.local_start for f in dialog.when.free._times if f.local_start.day == 26]
        # Two hours long as it is, and its own two hours are free for it.
        assert thursday[:2] == [datetime(2026, 11, 26, 8), datetime(2026, 11, 26, 13)]
        # A start that is typed takes the length along.
        dialog.when.start.set_value(time(13))
        assert dialog.when.end.text() == "15:00"
        press_in(dialog)
        await until(lambda: place.calendar.booking(booking).row.version == 2)
        row = place.calendar.booking(booking).row
        assert (row.local_start, row.ends_at - row.starts_at) == (datetime(2026, 11, 26, 13), timedelta(hours=2))

    in_loop(act())


def test_a_refused_move_offers_times_that_reach_into_its_own(place: Place) -> None:
    booking = place.book("Marco Rossi", "Massage", 3, "8:00")
    found = place.calendar.nearest_free(
        place.healers["Mira Voss"],
        place.services["Massage"],
        datetime(2026, 11, 26, 8, 15),
        exclude_booking=booking,
    )
    assert [f.local_start.strftime("%H:%M") for f in found] == ["08:00", "08:15", "08:30"]


def test_the_likely_service_is_found_when_it_has_another_name(
    place: Place, open_panel: Open, in_loop: InLoop
) -> None:
    place.book("Marco Rossi", "Yoga 1:1", 0, "9:00", healer="Jon Arden")
    [past] = place.calendar.history(place.clients["Marco Rossi"])
    assert (past.service, past.healer) == (place.services["Yoga 1:1"], place.healers["Jon Arden"])

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.set_healer(None)
        await loaded(panel)
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "marco")
        assert (dialog.service.value(), dialog.healer.value()) == (past.service, past.healer)

    in_loop(act())


def test_time_off_in_the_way_is_named(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    place.do(
        BlockDates(
            block=new_uuid(),
            healer=place.healers["Mira Voss"],
            local_start=datetime(2026, 11, 26, 9),
            local_end=datetime(2026, 11, 26, 12),
        )
    )

    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "keller")
        set_time(dialog, date(2026, 11, 26), time(10))
        await refused(dialog, "Outside working hours")
        assert "Mira Voss does not work then: time off." in dialog.banner.text()

    in_loop(act())


def test_a_retreat_in_the_way_is_named_with_its_days(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    place.book("Priya Nair", "Reiki session", 2, "14:00", minutes=3 * 1440, outside_hours_reason="retreat")

    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "keller")
        set_time(dialog, date(2026, 11, 26), time(10))
        await refused(dialog, "This time is taken")
        said = "Mira Voss already has Priya Nair from Wed 25 Nov 2026, 14:00 to Sat 28 Nov 2026, 14:00."
        assert said in dialog.banner.text()

    in_loop(act())
