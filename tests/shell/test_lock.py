"""The lock covers everything and gives everything back."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from avenrae_desktop.areas.accounts.domain import ChangeSettings, SetPin
from avenrae_desktop.areas.calendar.dialogs import BookingDialog
from avenrae_desktop.bootstrap import App
from avenrae_desktop.shell.lock.keeper import LockKeeper
from avenrae_desktop.shell.lock.page import LockPage
from tests.shell.hands import CTRL, Hands, dialogs
from tests.support.qt import InLoop


def keeper_of(hands: Hands) -> LockKeeper:
    assert hands.program.keeper is not None
    return hands.program.keeper


def page_of(hands: Hands) -> LockPage:
    page = hands.program.window.places.currentWidget()
    assert isinstance(page, LockPage), page
    return page


def test_a_half_typed_dialog_comes_back_as_it_was(demo: App, hands: Hands, in_loop: InLoop, failed: list) -> None:
    async def run() -> None:
        await hands.key(Qt.Key.Key_B, CTRL)
        dialog = await hands.dialog()
        assert isinstance(dialog, BookingDialog)
        await hands.type("Mar")
        typing = QApplication.focusWidget()
        assert typing is not None
        assert typing.text() == "Mar"  # type: ignore[attr-defined]
        await hands.key(Qt.Key.Key_L, CTRL)
        page = page_of(hands)
        assert dialogs() == []
        assert hands.program.window.windowTitle() == "Avenrae Desktop"
        await hands.until(page.password.hasFocus)
        await hands.type("wrong")
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: not page.error.isHidden())
        assert page.error.text().startswith("Wrong password")
        assert keeper_of(hands).state.locked
        password = demo.demo_password
        assert password is not None
        await hands.type(password)
        await hands.key(Qt.Key.Key_Return)
        await hands.until(dialogs)
        assert dialogs() == [dialog]
        assert dialog.windowModality() == Qt.WindowModality.WindowModal
        await hands.until(typing.hasFocus)
        assert typing.text() == "Mar"  # type: ignore[attr-defined]
        assert hands.program.window.windowTitle().startswith("Demo practice")
        dialog.done(0)
        await hands.rest()
        assert dialogs() == []

    in_loop(run())
    assert failed == []


def test_no_action_works_while_it_is_locked(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        keeper_of(hands).lock()
        await hands.rest()
        for key in (Qt.Key.Key_B, Qt.Key.Key_K, Qt.Key.Key_2, Qt.Key.Key_Z):
            await hands.key(key, CTRL)
        assert hands.program.window.places.currentWidget() is page_of(hands)
        assert dialogs() == []
        assert hands.work.key == "calendar"

    in_loop(run())


def test_five_wrong_pins_end_the_pin_but_not_what_was_on_screen(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        await hands.program._runner.do(SetPin(pin="2580"))
        hands.work.go("clients")
        keeper = keeper_of(hands)
        keeper.lock()
        page = page_of(hands)
        await hands.until(page.pin.hasFocus)
        await hands.type("2580")
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: not keeper.state.locked)
        keeper.lock()
        for left in range(4, -1, -1):
            await hands.until(page.pin.hasFocus)
            await hands.type("1111")
            await hands.key(Qt.Key.Key_Return)
            await hands.until(lambda left=left: keeper.state.tries_left == left and page.go.isEnabled())
        assert "only the password unlocks" in page.error.text()
        assert page.pin.isHidden() or not page.pin.isVisible()
        assert not page.other.isVisible()
        await hands.until(page.password.hasFocus)
        assert demo.demo_password is not None
        await hands.type(demo.demo_password)
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: not keeper.state.locked)
        assert hands.work.isVisible()
        assert hands.work.key == "clients"
        assert keeper.state.pin_allowed

    in_loop(run())


def test_it_locks_by_itself_when_nobody_is_there(demo: App, hands: Hands, in_loop: InLoop) -> None:
    now = datetime.now(UTC)
    keeper = keeper_of(hands)

    async def run() -> None:
        nonlocal now
        keeper.state._clock = lambda: now
        keeper.state.active()
        now += timedelta(minutes=4)
        keeper.watch.look()
        assert not keeper.state.locked
        await hands.key(Qt.Key.Key_Escape)
        now += timedelta(minutes=4)
        keeper.watch.look()
        assert not keeper.state.locked
        now += timedelta(minutes=2)
        await hands.until(lambda: keeper.state.locked, 3)
        assert page_of(hands).isVisible()

    in_loop(run())


def test_a_key_pressed_too_late_locks_instead_of_working(demo: App, hands: Hands, in_loop: InLoop) -> None:
    now = datetime.now(UTC)
    keeper = keeper_of(hands)

    async def run() -> None:
        nonlocal now
        keeper.watch._timer.stop()
        keeper.state._clock = lambda: now
        now += timedelta(minutes=30)
        await hands.key(Qt.Key.Key_2, CTRL)
        assert keeper.state.locked
        assert hands.work.key == "calendar"

    in_loop(run())


def test_what_is_saved_meanwhile_is_told_only_after_unlocking(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        keeper, bar = keeper_of(hands), hands.program.window.bar
        keeper.lock()
        await hands.program._runner.do(ChangeSettings(values=(("practice_name", "Another"),)))
        await hands.rest()
        assert not bar.isVisible()
        assert bar.text() == ""
        assert hands.program.window.windowTitle() == "Avenrae Desktop"
        keeper._unlock()
        keeper.state.unlock_by_password()
        assert bar.isVisible()
        assert "Settings saved" in bar.text()

    in_loop(run())


def test_a_dialog_that_opens_late_stays_under_the_lock(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        keeper = keeper_of(hands)
        hands.work.new_booking()
        keeper.lock()
        await hands.rest()
        await hands.rest()
        assert dialogs() == []
        assert page_of(hands).isVisible()
        keeper._unlock()
        keeper.state.unlock_by_password()
        dialog = await hands.dialog()
        assert isinstance(dialog, BookingDialog)
        assert dialog.windowOpacity() == 1
        dialog.done(0)
        await hands.rest()

    in_loop(run())


def test_signing_out_of_a_locked_window_is_asked_in_place(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        keeper_of(hands).lock()
        page = page_of(hands)
        page.leave.click()
        assert page.leave.text() == "Sign out; what you typed is kept"
        assert hands.program.workspace is not None
        page.leave.click()
        await hands.rest()
        assert hands.program.workspace is None
        assert hands.program.app is None
        assert hands.program.entrance.isVisible()

    in_loop(run())
