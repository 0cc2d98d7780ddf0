"""What somebody else does at another desk, as the calendar and its forms show it."""

from datetime import datetime, time, timedelta
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from avenrae_desktop.areas.calendar import domain as d
from avenrae_desktop.areas.calendar.detail.buttons import LineButton
from avenrae_desktop.areas.calendar.dialogs import BookingDialog, MoveDialog
from avenrae_desktop.areas.calendar.panel import CalendarPanel
from avenrae_desktop.kernel.bus import Command
from avenrae_desktop.qtkit.runner import Runner
from tests.calendar_ui.conftest import Open
from tests.calendar_ui.hands import dialog_of, loaded
from tests.calendar_ui.practice import MONDAY, Place
from tests.support.qt import InLoop, until


def elsewhere(place: Place, runner: Runner, command: Command) -> None:
    """Somebody does this at another desk, and the window hears of it."""
    runner.changed.emit(place.do(command).changes, None)


def book(place: Place, client: str, day: int, hour: int, healer: str = "Mira Voss") -> d.Book:
    start = datetime.combine(MONDAY + timedelta(days=day), time(hour))
    return d.Book(
        booking=UUID(int=day * 100 + hour), client=place.clients[client], healer=place.healers[healer],
        service=place.services["Reiki session"], local_start=start,
    )  # fmt: skip


async def chosen(panel: CalendarPanel, booking: UUID) -> None:
    await loaded(panel)
    assert panel.view.select_key(str(booking))
    await until(lambda: panel.pane.detail is not None and panel.pane.shown == booking)
    await loaded(panel)


async def moving(panel: CalendarPanel, booking: UUID) -> MoveDialog:
    await chosen(panel, booking)
    row = panel.row(str(booking))
    assert row is not None
    panel.desk.step("move", row)
    dialog = await dialog_of(panel, MoveDialog)
    await loaded(panel)
    return dialog


def moved(place: Place, booking: UUID, to: datetime) -> d.MoveBookings:
    version = place.calendar.booking(booking).row.version
    return d.MoveBookings(moves=(d.Move(booking=booking, version=version, local_start=to),))


def test_the_pane_keeps_the_keyboard_when_something_changes(
    place: Place, open_panel: Open, runner: Runner, in_loop: InLoop
) -> None:
    first = place.book("Marco Rossi", "Reiki session", 2, "9:00")
    place.book("Marco Rossi", "Reiki session", 0, "9:00")

    async def act() -> None:
        panel = open_panel(place)
        await chosen(panel, first)
        line = panel.pane.booking.findChild(LineButton)
        assert line is not None
        line.setFocus()
        name = line.accessibleName()
        # Nothing of what stands there: the very same buttons stay.
        elsewhere(place, runner, book(place, "Priya Nair", 3, 9))
        await loaded(panel)
        assert line.hasFocus()
        # One more of the same client: the list is made anew, the keyboard stays on its line.
        elsewhere(place, runner, book(place, "Marco Rossi", 4, 9))
        await until(lambda: len(panel.pane.booking.findChildren(LineButton)) > 1)
        await loaded(panel)
        focused = panel.focusWidget()
        assert isinstance(focused, QAbstractButton)
        assert focused.accessibleName() == name

    in_loop(act())


def test_an_open_choice_of_healers_stays_open(
    place: Place, open_panel: Open, runner: Runner, in_loop: InLoop
) -> None:
    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        healers = panel.header.healers
        healers.showPopup()
        healers.view().setCurrentIndex(healers.model().index(2, 0))
        elsewhere(place, runner, book(place, "Priya Nair", 3, 9))
        await loaded(panel)
        assert healers.view().isVisible()
        assert healers.view().currentIndex().row() == 2
        healers.hidePopup()

    in_loop(act())


def test_a_time_that_somebody_books_can_no_longer_be_pressed(
    place: Place, open_panel: Open, runner: Runner, in_loop: InLoop
) -> None:
    async def act() -> None:
        panel = open_panel(place)
        await loaded(panel)
        panel.new_booking()
        dialog = await dialog_of(panel, BookingDialog)
        dialog.service.set_value(place.services["Reiki session"])
        dialog.healer.set_value(place.healers["Mira Voss"])
        await until(lambda: dialog.when.free.buttons)
        await loaded(panel)
        buttons = list(dialog.when.free.buttons)
        at = buttons[-1].property("instant")
        local = at.astimezone(panel.zone()).replace(tzinfo=None)
        command = d.Book(
            booking=UUID(int=7), client=place.clients["Priya Nair"], healer=place.healers["Mira Voss"],
            service=place.services["Reiki session"], local_start=local,
        )  # fmt: skip
        elsewhere(place, runner, command)
        await until(lambda: not buttons[-1].isEnabled())
        assert dialog.when.free.buttons == buttons
        assert buttons[0].isEnabled()
        dialog.discard()

    in_loop(act())


def test_a_booking_that_moved_elsewhere_is_offered_beside_my_own_time(
    place: Place, open_panel: Open, runner: Runner, in_loop: InLoop
) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")
    theirs, mine = (datetime.combine(MONDAY + timedelta(days=day), time(10)) for day in (3, 4))

    async def act() -> None:
        panel = open_panel(place)
        dialog = await moving(panel, booking)
        assert dialog.newer is not None
        dialog.when.set_start(mine)
        elsewhere(place, runner, moved(place, booking, theirs))
        await until(dialog.newer.isVisible)
        assert list(dialog.newer.lines) == ["when"]
        assert "Thu 26 Nov" in dialog.what.text()
        assert dialog.when.local_start() == mine
        dialog.submit()
        assert dialog.isVisible()
        QTest.mouseClick(dialog.newer.lines["when"].mine, Qt.MouseButton.LeftButton)
        dialog.submit()
        await until(lambda: dialog.said)
        assert place.calendar.booking(booking).row.local_start == mine

    in_loop(act())


def test_a_booking_that_moved_elsewhere_is_taken_over_where_nothing_was_chosen(
    place: Place, open_panel: Open, runner: Runner, in_loop: InLoop
) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")
    theirs = datetime.combine(MONDAY + timedelta(days=3), time(10))

    async def act() -> None:
        panel = open_panel(place)
        dialog = await moving(panel, booking)
        elsewhere(place, runner, moved(place, booking, theirs))
        await until(lambda: dialog.when.local_start() == theirs)
        assert not dialog.dirty
        assert dialog.newer is not None
        assert dialog.newer.undecided() == ()
        dialog.discard()

    in_loop(act())


def test_a_booking_that_was_cancelled_elsewhere_says_so_in_the_form(
    place: Place, open_panel: Open, runner: Runner, in_loop: InLoop
) -> None:
    booking = place.book("Marco Rossi", "Reiki session", 2, "14:00")

    async def act() -> None:
        panel = open_panel(place)
        dialog = await moving(panel, booking)
        version = place.calendar.booking(booking).row.version
        elsewhere(place, runner, d.CancelBooking(booking=booking, version=version, reason="Ill"))
        await until(lambda: "can no longer be moved: cancelled" in dialog.banner.text())
        dialog.discard()

    in_loop(act())
