"""Booking by keyboard alone, and every way in which a time is refused."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import Engine

from avenrae_desktop.areas.calendar.dialogs import BookingDialog
from avenrae_desktop.areas.calendar.domain import SetWeeklyHours
from avenrae_desktop.areas.calendar.panel import CalendarPanel
from avenrae_desktop.areas.clients.dialogs import ClientDialog
from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import BookingStatus
from tests.calendar_ui.conftest import Open
from tests.calendar_ui.hands import button, card, dialog_of, focus, loaded, offered, press, texts, type_in
from tests.calendar_ui.practice import Place, make_place
from tests.support.qt import InLoop, until

CTRL = Qt.KeyboardModifier.ControlModifier


async def open_dialog(panel: CalendarPanel) -> BookingDialog:
    await loaded(panel)
    panel.view.setFocus()
    press(Qt.Key.Key_N)
    return await dialog_of(panel, BookingDialog)


async def pick(dialog: BookingDialog, panel: CalendarPanel, text: str) -> None:
    """Type, wait for the hits, Enter."""
    dialog.client.setFocus()
    type_in(text)
    await until(QApplication.activePopupWidget)
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Return)
    await until(lambda: dialog.client.hit is not None)
    await loaded(panel)


def set_time(dialog: BookingDialog, day: date, start: time) -> None:
    dialog.when.date.set_value(day)
    dialog.when.start.set_value(start)


async def refused(dialog: BookingDialog, title: str) -> None:
    press(Qt.Key.Key_Return, CTRL)
    await until(lambda: dialog.banner.isVisible() and dialog.banner.text().startswith(title))


def test_the_shortest_way_is_by_keyboard_alone(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    place.book("Marco Rossi", "Yoga 1:1", 0, "9:00")
    place.book("Priya Nair", "Reiki session", 2, "13:00")

    async def act() -> None:
        panel = open_panel(place)
        said: list[str] = []
        panel.said.connect(lambda text, _: said.append(text))
        dialog = await open_dialog(panel)
        assert focus() is dialog.client
        await pick(dialog, panel, "marc")
        # What Marco came for last time is preselected; the first free time of today too.
        assert dialog.service.currentText().startswith("Yoga 1:1")
        assert (dialog.when.date.value(), dialog.when.start.text()) == (date(2026, 11, 25), "14:00")
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: said == ["Booked Marco Rossi, Wed 25 Nov 14:00"])
        await until(lambda: panel.pane.booking.client.text() == "Marco Rossi" and panel.pane.shown is not None)
        booked = panel.view.board.cards[panel.view.current_row()]
        assert (booked.title, booked.column, booked.start, booked.end) == ("Marco Rossi", 2, 840, 900)

    in_loop(act())


def test_the_tab_order_is_the_order_of_the_questions(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await loaded(panel)
        seen = []
        dialog.client.setFocus()
        for _ in range(10):
            press(Qt.Key.Key_Tab)
            seen.append(focus().accessibleName())
        assert seen == [
            "Service",
            "Healer",
            "Wednesday 25 November 2026, 13:00",
            "Later days",
            "Day",
            "Start",
            "End",
            "Ends on another day",
            "Room",
            "Price (EUR)",
        ]

    in_loop(act())


def test_a_double_click_brings_its_time_along(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.view.create_requested.emit(3, 10 * 60 + 15, 11 * 60 + 15)
        dialog = await dialog_of(panel, BookingDialog)
        assert (dialog.when.date.value(), dialog.when.start.text()) == (date(2026, 11, 26), "10:15")
        assert not dialog.dirty
        dialog.service.setFocus()
        press(Qt.Key.Key_M)  # the massage, which takes 90 minutes
        assert (dialog.when.start.text(), dialog.when.end.text()) == ("10:15", "11:45")
        assert dialog.price.text() == "130.00"

    in_loop(act())


def test_a_taken_time_offers_three_and_everything_typed_stays(
    place: Place, open_panel: Open, in_loop: InLoop
) -> None:
    place.book("Priya Nair", "Reiki session", 3, "9:00")

    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "keller")
        dialog.note.setPlainText("Brings her mother")
        dialog.price.setText("99.50")
        set_time(dialog, date(2026, 11, 26), time(9, 30))
        await refused(dialog, "This time is taken")
        assert "Mira Voss already has Priya Nair from 09:00 to 10:00." in dialog.banner.text()
        assert focus() is dialog.when.start
        assert [each.text() for each in dialog.when.alternatives.buttons] == [
            "Thu 26 Nov, 10:00",
            "Thu 26 Nov, 10:15",
            "Thu 26 Nov, 10:30",
        ]
        await until(lambda: dialog.height() <= 690)  # fits a window of 720 pixels
        kept = (dialog.client.hit.name, dialog.note.toPlainText(), dialog.price.text())
        assert kept == ("Anna Keller", "Brings her mother", "99.50")
        (await offered(dialog, "Thu 26 Nov, 10:15")).click()
        assert dialog.when.start.text() == "10:15"
        assert dialog.banner.isHidden()
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: dialog.booked is not None)
        detail = place.calendar.booking(dialog.booked)
        assert (detail.note, detail.row.total_price) == ("Brings her mother", Decimal("99.50"))
        assert detail.row.local_start == datetime(2026, 11, 26, 10, 15)

    in_loop(act())


def test_beside_a_taken_time_with_a_reason(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    place.book("Priya Nair", "Reiki session", 3, "9:00")

    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "keller")
        set_time(dialog, date(2026, 11, 26), time(9))
        await refused(dialog, "This time is taken")
        (await offered(dialog, "Book beside it anyway…")).click()
        assert focus() is dialog.when.overbooking
        type_in("Short talk")
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: dialog.booked is not None)
        await loaded(panel)
        assert place.calendar.booking(dialog.booked).overbooking_reason == "Short talk"
        await until(lambda: len(panel.view.board.cards) == 2)
        assert panel.view.board.cards[card(panel, "Anna Keller")].badge == "overbooked"

    in_loop(act())


def test_outside_hours_asks_for_a_reason_in_place(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "keller")
        set_time(dialog, date(2026, 11, 26), time(19))
        assert not dialog.when.outside.isVisible()
        await refused(dialog, "Outside working hours")
        assert "Mira Voss does not work then: it is outside the weekly hours." in dialog.banner.text()
        assert focus() is dialog.when.outside
        await until(lambda: dialog.height() <= 690)  # fits a window of 720 pixels
        type_in("After work")
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: dialog.booked is not None)
        assert place.calendar.booking(dialog.booked).outside_hours_reason == "After work"

    in_loop(act())


def test_end_before_start_is_told_at_the_end(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "keller")
        set_time(dialog, date(2026, 11, 26), time(10))
        dialog.when.end.setFocus()
        type_in("930")
        await refused(dialog, "The end is not after the start")
        assert focus() is dialog.when.end
        assert dialog.when.end.property("invalid") is True
        assert dialog.when.end.text() == "09:30"

    in_loop(act())


def test_an_own_end_stays_when_the_start_moves_by_a_chip(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await loaded(panel)
        set_time(dialog, date(2026, 11, 26), time(10))
        dialog.when.end.setFocus()
        type_in("1130")
        assert dialog.when.length.text() == "Thu, 1 h 30 min"
        chip = await offered(dialog, "Friday 27 November 2026, 08:00")
        chip.setFocus()
        chip.click()
        assert (dialog.when.start.text(), dialog.when.end.text()) == ("08:00", "09:30")
        press(Qt.Key.Key_Right)
        following = dialog.when.free.buttons[dialog.when.free.buttons.index(chip) + 1]
        assert dialog.when.start.text() == following.text() != "08:00"
        press(Qt.Key.Key_Tab)  # from one chip past all the others
        assert focus().accessibleName() == "Later days"
        assert dialog.when.minutes() == 90

    in_loop(act())


@pytest.mark.parametrize(
    ("leave_out", "title"),
    [("client", "Choose a client"), ("date", "Choose a day"), ("start", "Choose a time")],
)
def test_what_is_missing_is_asked_for_at_its_field(
    place: Place, open_panel: Open, in_loop: InLoop, leave_out: str, title: str
) -> None:
    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        if leave_out != "client":
            await pick(dialog, panel, "keller")
        fields = {"client": dialog.client, "date": dialog.when.date, "start": dialog.when.start}
        fields[leave_out].setText("")
        await refused(dialog, title)
        assert focus() is fields[leave_out]

    in_loop(act())


def test_the_day_on_which_clocks_go_forward(file_db: Engine, open_panel: Open, in_loop: InLoop) -> None:
    place = make_place(file_db)

    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "keller")
        set_time(dialog, date(2027, 3, 28), time(2, 30))
        await refused(dialog, "This time does not exist")
        assert "On Sun 28 Mar 2027 the clocks go forward and skip 02:30." in dialog.banner.text()
        assert focus() is dialog.when.start
        # An hour that spans the gap ends an hour later on the clock, and is still an hour.
        dialog.when.start.set_value(time(1, 30))
        assert (dialog.when.end.text(), dialog.when.length.text()) == ("03:30", "Sun, 1 h")

    in_loop(act())


def test_the_day_on_which_clocks_go_back(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "keller")
        set_time(dialog, date(2027, 10, 31), time(2, 30))
        assert not dialog.when.twice.isVisible()
        await refused(dialog, "This time exists twice")
        assert dialog.when.twice.isVisible()
        dialog.when.twice.segment("second").click()
        await refused(dialog, "Outside working hours")
        type_in("Night shift")
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: dialog.booked is not None)
        row = place.calendar.booking(dialog.booked).row
        assert (row.starts_at.hour, row.starts_at.minute) == (1, 30)  # the second 02:30 is in winter time

    in_loop(act())


def test_two_rossis_are_told_apart_and_evil_names_are_plain(
    place: Place, open_panel: Open, in_loop: InLoop
) -> None:
    evil = new_uuid()
    place.do(AddClient(client=evil, first_name="<img src=x>", last_name="Rossi"))

    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "<img")
        assert dialog.client.hit.uuid == evil
        assert dialog.client.text() == "<img src=x> Rossi"
        assert dialog.who.text() == "no birth date, phone or e-mail"
        hits = place.client_reads.find("rossi")
        endings = {hit.name: hit.phone_ending for hit in hits}
        assert endings["Marco Rossi"] != endings["Maria Rossi"]

    in_loop(act())


def test_a_new_client_is_added_in_place(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        dialog.client.add_requested.emit("Zoe Lind")
        add = await dialog_of(panel, ClientDialog)
        add.submit()
        await until(lambda: dialog.client.hit is not None)
        assert dialog.client.hit.name == "Zoe Lind"
        await until(lambda: dialog.focusWidget() is dialog.service)
        dialog.activateWindow()
        await until(lambda: QApplication.focusWidget() is dialog.service)
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: dialog.booked is not None)
        assert place.calendar.booking(dialog.booked).row.client_name == "Zoe Lind"

    in_loop(act())


def test_pending_room_and_own_price_are_saved(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await pick(dialog, panel, "keller")
        dialog.status.segment(BookingStatus.PENDING).click()
        dialog.room.set_value(place.rooms["Room 2"])
        dialog.price.setText("ninety")
        await refused(dialog, "This is not an amount")
        assert focus() is dialog.price
        dialog.price.setText("90")
        press(Qt.Key.Key_Return, CTRL)
        await until(lambda: dialog.booked is not None)
        row = place.calendar.booking(dialog.booked).row
        assert (row.status, row.room_name, row.total_price) == (BookingStatus.PENDING, "Room 2", Decimal("90.00"))

    in_loop(act())


def test_without_free_times_it_says_so(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    place.do(SetWeeklyHours(healer=place.actor.healer, hours=()))

    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await loaded(panel)
        assert "No free time in the coming weeks. Choose any other time below." in texts(dialog)

    in_loop(act())


def test_escape_asks_before_throwing_typing_away(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        dialog = await open_dialog(panel)
        await loaded(panel)
        assert not dialog.dirty  # the first free time was filled in by the program
        dialog.note.setFocus()
        type_in("x")
        press(Qt.Key.Key_Escape)
        assert dialog.isVisible()
        button(dialog, "Discard").click()
        assert not dialog.isVisible()

    in_loop(act())
