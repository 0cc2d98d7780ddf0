"""The calendar on screen: what it shows, and the keys that change a booking."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget
from sqlalchemy import Engine

from avenrae_desktop.areas.calendar.dialogs import (
    BookingDialog,
    CancelDialog,
    HoursDialog,
    MoveDialog,
    TimeOffDialog,
)
from avenrae_desktop.areas.calendar.domain import BlockDates, CancelBooking, ConfirmBooking, SetWeeklyHours
from avenrae_desktop.areas.clients.domain import AddClient
from avenrae_desktop.kernel.bus import Undo
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import BookingStatus
from tests.calendar_ui.conftest import Open
from tests.calendar_ui.hands import button, dialog_of, focus, loaded, offered, press, texts, type_in
from tests.calendar_ui.practice import NOW, Place, fill_week, make_place
from tests.support.qt import InLoop, until

Failed = list[Exception]


def test_the_week_of_the_person_at_the_desk(
    place: Place, open_panel: Open, in_loop: InLoop, failed: Failed
) -> None:
    fill_week(place)

    async def act() -> None:
        panel = open_panel(place)
        panel.header.new.hide()  # as in the window, whose own button stands right above it
        await loaded(panel)
        assert panel.header.title.text() == "23 – 29 November 2026"
        assert [column.title_main for column in panel.view.board.columns] == [
            "23",
            "24",
            "25",
            "26",
            "27",
            "28",
            "29",
        ]
        assert [column.is_today for column in panel.view.board.columns].index(True) == 2
        assert panel.view.board.now == (2, 11 * 60 + 20)
        assert panel.view.board.columns[2].available == ((480, 720), (780, 1080))
        assert panel.view.board.columns[6].available == ()
        assert {block.text for block in panel.view.board.blocks} == {"Lunch"}
        assert len(panel.view.board.cards) == 18
        assert panel.hint.isHidden()
        await until(lambda: "4 bookings" in texts(panel.pane))

    in_loop(act())
    assert failed == []


def test_states_show_by_icon_and_shape(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    place.book("Marco Rossi", "Reiki session", 2, "14:00", status=BookingStatus.PENDING)
    place.book("Priya Nair", "Talk therapy", 2, "16:00")
    place.book("Anna Keller", "Talk therapy", 2, "16:15", overbooking_reason="short talk")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        cards = {each.title: each for each in panel.view.board.cards}
        pending, confirmed = cards["Marco Rossi"], cards["Priya Nair"]
        assert (pending.state_icon, pending.state_shape) == ("circle-dashed", "dashed")
        assert (confirmed.state_icon, confirmed.state_shape) == ("circle-check", "solid")
        assert cards["Anna Keller"].badge == "overbooked"
        assert confirmed.accessible == (
            "Priya Nair, Talk therapy, Wed 25 Nov 16:00 – 16:45, Mira Voss, Confirmed, Unpaid"
        )

    in_loop(act())


def test_day_view_has_a_column_for_each_healer(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    place.book("Marco Rossi", "Reiki session", 2, "14:00")
    place.book("Priya Nair", "Reiki session", 2, "14:00", healer="Jon Arden")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.set_healer(None)
        press(Qt.Key.Key_D)
        await loaded(panel)
        assert [column.subtitle for column in panel.view.board.columns] == ["Mira Voss", "Jon Arden"]
        assert [(each.column, each.title) for each in panel.view.board.cards] == [
            (0, "Marco Rossi"),
            (1, "Priya Nair"),
        ]
        assert panel.header.title.accessibleName() == "Wednesday 25 November 2026"
        press(Qt.Key.Key_PageDown)
        await until(lambda: "26" in panel.header.title.text())
        press(Qt.Key.Key_T)
        await until(lambda: "25" in panel.header.title.text())
        press(Qt.Key.Key_W)
        await until(lambda: len(panel.view.board.columns) == 7)

    in_loop(act())


def test_who_is_no_healer_begins_with_a_day_in_columns(file_db: Engine, open_panel: Open, in_loop: InLoop) -> None:
    from dataclasses import replace

    place = make_place(file_db)
    place.actor = replace(place.actor, healer=None)

    async def act() -> None:
        panel = open_panel(place)
        await until(lambda: [c.subtitle for c in panel.view.board.columns] == ["Mira Voss", "Jon Arden"])

    in_loop(act())


def test_an_empty_week_says_how_to_book(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        assert panel.hint.isVisible()
        assert panel.hint.title.text() == "No bookings this week"
        assert "N" in panel.hint.text.text()

    in_loop(act())


def test_a_new_practice_is_led_to_its_services(file_db: Engine, open_panel: Open, in_loop: InLoop) -> None:
    place = make_place(file_db, healers=1, empty=True)

    async def act() -> None:
        panel = open_panel(place)
        asked: list[bool] = []
        panel.services_requested.connect(lambda: asked.append(True))
        await loaded(panel)
        assert panel.hint.title.text() == "First, say what you offer"
        button(panel.hint, "Add a service").click()
        assert asked == [True]
        assert panel.header.healers.isHidden()  # one healer alone needs no choice

    in_loop(act())


def test_keys_lead_a_booking_through_its_day(
    place: Place, open_panel: Open, in_loop: InLoop, failed: Failed
) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00", status=BookingStatus.PENDING)

    async def act() -> None:
        panel = open_panel(place)
        said: list[tuple[str, bool]] = []
        panel.said.connect(lambda text, undoable: said.append((text, undoable)))
        await loaded(panel)
        panel.view.select_key(str(booking))
        panel.view.setFocus()
        await loaded(panel)
        for key, state in (
            (Qt.Key.Key_C, BookingStatus.CONFIRMED),
            (Qt.Key.Key_A, BookingStatus.ARRIVED),
            (Qt.Key.Key_F, BookingStatus.COMPLETED),
        ):
            press(key)
            await until(lambda state=state: panel._rows[str(booking)].status is state)
            await loaded(panel)
        assert [text for text, _ in said] == [
            "Confirmed Marco Rossi",
            "Checked in Marco Rossi",
            "Completed Marco Rossi",
        ]
        assert all(undoable for _, undoable in said)
        assert panel.pane.booking.pill.text() == "Completed"
        # A completed booking cannot be cancelled: the key does nothing.
        press(Qt.Key.Key_X)
        assert panel.window().findChildren(CancelDialog) == []
        await panel._runner.do(Undo())
        await until(lambda: panel._rows[str(booking)].status is BookingStatus.ARRIVED)

    in_loop(act())
    assert failed == []


def test_cancel_needs_a_reason_and_undo_takes_it_back(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.view.select_key(str(booking))
        panel.view.setFocus()
        press(Qt.Key.Key_Delete)
        dialog = await dialog_of(panel, CancelDialog)
        assert "Marco Rossi" in texts(dialog)
        dialog.submit()
        await until(dialog.banner.isVisible)
        assert dialog.banner.text() == "Say why\nA cancelled booking keeps its reason.\nType or choose a reason."
        dialog.reason.setFocus()
        type_in("Has the flu")
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: not panel.view.board.cards)
        assert place.calendar.booking(booking).cancellation_reason == "Has the flu"
        panel.header.cancelled.click()
        await until(lambda: bool(panel.view.board.cards))
        assert panel.view.board.cards[0].state_shape == "ghost"
        await panel._runner.do(Undo())
        await until(lambda: panel.view.board.cards[0].state_shape == "solid")

    in_loop(act())


def test_the_pane_tells_everything_in_plain_text(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    evil = "<img src=x> & <b>Bold</b>"
    client = new_uuid()
    place.do(AddClient(client=client, first_name="<i>Eve</i>", last_name=evil, phone="+41 1", note="<u>note</u>"))
    place.clients["evil"] = client
    booking = place.book("evil", "Reiki session", 2, "14:00", note="<s>quiet</s>", room=place.rooms["Room 1"])
    place.book("evil", "Talk therapy", 1, "9:00")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.view.select_key(str(booking))
        await until(lambda: panel.pane.detail is not None)
        said = texts(panel.pane)
        assert f"<i>Eve</i> {evil}" in said
        for expected in ("<u>note</u>", "<s>quiet</s>", "+41 1", "Room 1", "€ 95.00", "Unpaid", "Confirmed"):
            assert expected in said
        assert "Wed 25 Nov, 14:00 – 15:00" in said
        assert "Booked by Mira Voss · Wed 25 Nov, 11:20" in said
        assert button(panel.pane, "24 Nov, Talk therapy · confirmed").isVisible()
        assert all(
            label.textFormat() is Qt.TextFormat.PlainText
            for label in panel.pane.findChildren(type(panel.pane.booking.client))
        )

    in_loop(act())


def test_other_peoples_changes_arrive_and_the_choice_stays(
    place: Place, open_panel: Open, in_loop: InLoop
) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00", status=BookingStatus.PENDING)

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.view.select_key(str(booking))
        panel.view.scroll_to(600)
        before = panel.view.verticalScrollBar().value()
        await panel._runner.do(ConfirmBooking(booking=booking, version=1))
        await until(lambda: panel.view.board.cards[0].state_icon == "circle-check")
        assert panel.view.current_key() == str(booking)
        assert panel.view.verticalScrollBar().value() == before
        await panel._runner.do(SetWeeklyHours(healer=place.actor.healer, hours=()))
        await until(lambda: panel.view.board.columns[2].available == ())

    in_loop(act())


def test_time_off_is_drawn_and_told(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    day = datetime(2026, 11, 26)
    place.do(
        BlockDates(
            block=new_uuid(), healer=None, local_start=day, local_end=day + timedelta(days=1), reason="Move"
        )
    )

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        assert panel.view.board.columns[3].available == ()
        off = [block for block in panel.view.board.blocks if block.kind == "time_off"]
        assert [(block.column, block.start, block.end, block.text) for block in off] == [
            (3, 0, 1440, "Closed · Move")
        ]
        assert "Closed · Move" in panel.view.board.columns[3].accessible

    in_loop(act())


def test_at_midnight_today_moves_on(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        place.now = NOW + timedelta(minutes=1)
        panel._hand.struck.emit()
        assert panel.view.board.now == (2, 11 * 60 + 21)
        place.now = datetime(2026, 11, 29, 23, 0, 30, tzinfo=UTC)  # Monday in Zurich
        panel._hand.struck.emit()
        await until(lambda: panel.view.board.columns[0].day == date(2026, 11, 30))
        assert panel.view.board.columns[0].is_today

    in_loop(act())


def test_show_booking_goes_there_from_anywhere(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    far = place.book(
        "Marco Rossi", "Reiki session", 30, "10:00", healer="Jon Arden", outside_hours_reason="holiday"
    )

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        assert panel.shown.healer == place.actor.healer
        panel.show_booking(far, place.calendar.booking(far).row.starts_at)
        await until(lambda: panel.pane.shown == far)
        assert panel.view.current_key() == str(far)
        assert panel.shown.healer is None

    in_loop(act())


def test_show_booking_finds_a_cancelled_one(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")
    place.do(CancelBooking(booking=booking, version=1, reason="Ill"))

    async def act() -> None:
        panel = open_panel(place)
        panel.show_booking(booking, place.calendar.booking(booking).row.starts_at)  # before anything is loaded
        await until(lambda: panel.pane.shown == booking)
        assert panel.header.cancelled.isChecked()
        await until(lambda: "Ill" in texts(panel.pane))
        panel.show_booking(new_uuid(), NOW)  # one that is gone: nothing is chosen, nothing goes round in circles
        await loaded(panel)
        assert panel._wanted is None

    in_loop(act())


def test_enter_goes_to_the_pane_and_escape_back(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.view.select_key(str(booking))
        panel.view.setFocus()
        press(Qt.Key.Key_Return)
        assert focus() is button(panel.pane, "Check in")
        press(Qt.Key.Key_Escape)
        assert focus() is panel.view

    in_loop(act())


def test_move_by_keyboard_offers_free_times(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")

    async def act() -> None:
        panel = open_panel(place)
        said: list[str] = []
        panel.said.connect(lambda text, _: said.append(text))
        await loaded(panel)
        panel.view.select_key(str(booking))
        panel.view.setFocus()
        press(Qt.Key.Key_M)
        dialog = await dialog_of(panel, MoveDialog)
        assert (dialog.when.start.text(), dialog.when.end.text()) == ("14:00", "15:00")
        dialog.healer.setFocus()
        press(Qt.Key.Key_Down)
        assert dialog.healer.currentText() == "Jon Arden"
        (await offered(dialog, "Thursday 26 November 2026, 08:00")).click()
        press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: said == ["Moved to Thu 26 Nov 08:00"])
        moved = place.calendar.booking(booking).row
        assert (moved.healer_name, moved.local_start) == ("Jon Arden", datetime(2026, 11, 26, 8))

    in_loop(act())


def test_every_control_has_a_name(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.view.select_key(str(booking))
        await until(lambda: panel.pane.detail is not None)
        nameless = [
            each
            for kind in (QAbstractButton, QComboBox, QLineEdit)
            for each in panel.findChildren(kind)
            if each.isVisible() and not (each.accessibleName() or getattr(each, "text", str)())
        ]
        assert nameless == []

    in_loop(act())


class _Windows(QObject):
    """Notes every window that appears."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_nothing_flashes_up_as_a_window_of_its_own(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")
    windows = _Windows()
    QApplication.instance().installEventFilter(windows)

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.view.select_key(str(booking))
        for name, kind in (("move", MoveDialog), ("cancel", CancelDialog), ("again", BookingDialog)):
            panel._step(name)
            (await dialog_of(panel, kind)).discard()
            await loaded(panel)
        panel.desk.edit_hours()
        (await dialog_of(panel, HoursDialog)).discard()
        await loaded(panel)
        panel.desk.edit_time_off()
        (await dialog_of(panel, TimeOffDialog)).discard()

    in_loop(act())
    QApplication.instance().removeEventFilter(windows)
    assert windows.shown == [
        "CalendarPanel",
        "MoveDialog",
        "CancelDialog",
        "BookingDialog",
        "HoursDialog",
        "TimeOffDialog",
    ]


@pytest.mark.parametrize("size", [(1196, 644), (1836, 1004)])
def test_a_week_stands_whole_in_small_windows(
    place: Place, open_panel: Open, in_loop: InLoop, size: tuple[int, int]
) -> None:
    async def act() -> None:
        panel = open_panel(place, size)
        await loaded(panel)
        assert panel.view.horizontalScrollBar().maximum() == 0
        assert panel.header.new.geometry().right() < panel.header.width()
        assert focus() is panel.view

    in_loop(act())


def test_a_title_opens_its_day_or_its_healer(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.set_healer(None)
        await loaded(panel)
        panel.view.column_activated.emit(3)
        await until(lambda: len(panel.view.board.columns) == 2)
        assert panel.view.board.columns[0].day == date(2026, 11, 26)
        panel.view.column_activated.emit(1)
        await until(lambda: len(panel.view.board.columns) == 7)
        assert panel.shown.healer == place.healers["Jon Arden"]

    in_loop(act())


def test_the_menu_offers_what_the_state_allows(place: Place, open_panel: Open, in_loop: InLoop) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")

    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.view.select_key(str(booking))
        panel.view.setFocus()
        press(Qt.Key.Key_Menu)
        await until(QApplication.activePopupWidget)
        menu = QApplication.activePopupWidget()
        assert [each.text() for each in menu.actions()] == [
            "Check in",
            "Complete",
            "Move…",
            "No-show",
            "Book again…",
            "Cancel…",
        ]
        menu.close()

    in_loop(act())
