"""Sign-in to a practice on a server: errors at fields, the server away, a first password. Nothing listens here."""

import asyncio
import threading
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from avenrae_desktop.areas.accounts.problems import PASSWORD_TOO_SHORT
from avenrae_desktop.bootstrap import Practices
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.enrolment import Enrolment
from avenrae_desktop.db.server.problems import ACCOUNT_LOCKED, NOT_REACHED, PASSWORD_EXPIRED, WRONG_PASSWORD
from avenrae_desktop.kernel.errors import AppError, MustChoosePassword, NotAllowed, RuleBroken, Unavailable
from avenrae_desktop.settings.paths import Paths
from avenrae_desktop.shell.entry.fault import FaultPage
from avenrae_desktop.shell.entry.server.attempt import Attempt, GivenUp
from avenrae_desktop.shell.entry.server.choose_password import ChoosePasswordPage
from avenrae_desktop.shell.entry.server.sign_in import ServerSignInPage
from avenrae_desktop.shell.entry.welcome import WelcomePage
from avenrae_desktop.shell.program import Program
from avenrae_desktop.shell.screenshots_servers import server_pages
from tests.shell.hands import Hands
from tests.shell.test_names import nameless
from tests.shell.test_way_in import PASSWORD, show
from tests.support.qt import InLoop

CODE = "Kd7m-Wq3x-Tz9p"
LOCAL = ServerAddress((Host("localhost", 3310),), "avenrae_db", Trust.NONE)


class Opened:
    """Stands for a practice that was opened; nobody works in it."""

    def __init__(self) -> None:
        self.closed = threading.Event()

    def close(self) -> None:
        self.closed.set()


@pytest.fixture
def joined(paths: Paths) -> None:
    Practices(paths).servers.join(Enrolment("Lindenhof", LOCAL))


@pytest.fixture
def opened(program: Program) -> list[Any]:
    """What the way in hands over, instead of a workspace."""
    found: list[Any] = []
    program.entrance.opened.disconnect(program.enter)
    program.entrance.opened.connect(found.append)
    return found


def answering(program: Program, method: str, *answers: Any) -> list[tuple[Any, ...]]:
    """Let the server answer one after the other; returns what it was asked."""
    asked: list[tuple[Any, ...]] = []
    left = list(answers)

    def answer(_place: object, *typed: Any) -> Any:
        asked.append(typed)
        now = left.pop(0)
        if isinstance(now, AppError):
            raise now
        return now() if callable(now) else now

    setattr(program._practices.servers, method, answer)
    return asked


def test_errors_stand_at_their_fields_and_the_name_stays(
    program: Program, hands: Hands, in_loop: InLoop, joined: None, opened: list[Any]
) -> None:
    async def run() -> None:
        wrong = RuleBroken(WRONG_PASSWORD, field="password")
        locked = NotAllowed(ACCOUNT_LOCKED)
        app = Opened()
        asked = answering(program, "sign_in", wrong, locked, app)
        show(program)
        page = hands.page(ServerSignInPage)
        assert page.title.text() == "Welcome"
        await hands.until(page.sign_in_name.hasFocus)
        await hands.key(Qt.Key.Key_Return)
        assert "The sign-in name is empty" in page.error_text()
        await hands.type("mira")
        await hands.key(Qt.Key.Key_Return)
        assert "The password is empty" in page.error_text()
        assert page.password.hasFocus()
        assert asked == []
        await hands.type("not this one")
        await hands.key(Qt.Key.Key_Return)
        await hands.until(page.error_text)
        assert "Name or password is wrong" in page.error_text()
        assert page.password.hasFocus()
        assert page.password.selectedText() != ""
        await hands.type(PASSWORD)
        assert page.error_text() == ""
        await hands.key(Qt.Key.Key_Return)
        await hands.until(page.error_text)
        assert "This account is closed" in page.banner.text()
        assert page.sign_in_name.text() == "mira"
        page.go.click()
        await hands.until(lambda: opened)
        assert asked == [("mira", "not this one"), ("mira", PASSWORD), ("mira", PASSWORD)]
        assert opened == [app]
        assert not app.closed.is_set()

    in_loop(run())


def test_a_server_that_is_away_is_told_with_what_was_tried_and_one_press_tries_again(
    program: Program, hands: Hands, in_loop: InLoop, joined: None, opened: list[Any]
) -> None:
    async def run() -> None:
        away = Unavailable(NOT_REACHED, host="localhost")
        asked = answering(program, "sign_in", away, away, Opened())
        show(program)
        page = hands.page(ServerSignInPage)
        page.sign_in_name.setText("mira")
        page.password.setText(PASSWORD)
        page.go.click()
        for tries in (1, 2):
            await hands.until(partial(_faults, program, asked, tries))
            fault = hands.page(FaultPage)
            assert "The server does not answer" in fault.words
            told = [label.text() for label in fault.findChildren(type(fault.title))]
            assert "Tried: localhost:3310" in told
            await hands.until(fault.retry.hasFocus)
            await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: opened)
        assert asked == [("mira", PASSWORD)] * 3

    in_loop(run())


def test_from_the_fault_to_another_practice(
    program: Program, hands: Hands, in_loop: InLoop, joined: None, opened: list[Any]
) -> None:
    async def run() -> None:
        answering(program, "sign_in", Unavailable(NOT_REACHED, host="localhost"))
        show(program)
        page = hands.page(ServerSignInPage)
        page.sign_in_name.setText("mira")
        page.password.setText(PASSWORD)
        page.go.click()
        await hands.until(lambda: _is(program, FaultPage))
        hands.page(FaultPage).other.click()
        welcome = hands.page(WelcomePage)
        assert welcome.back.isVisible()
        # What was typed is gone with the page that was kept behind the fault.
        await hands.rest()
        assert program.entrance.findChildren(ServerSignInPage) == []
        welcome.back.click()
        assert hands.page(ServerSignInPage).password.text() == ""

    in_loop(run())


@pytest.mark.parametrize("leave", ["esc", "click", "gone"])
def test_connecting_blocks_nothing_can_be_cancelled_and_what_opens_too_late_is_closed(
    leave: str, program: Program, hands: Hands, in_loop: InLoop, joined: None, opened: list[Any]
) -> None:
    going, late = threading.Event(), Opened()

    def slowly() -> Opened:
        going.wait(10)
        return late

    async def run() -> None:
        answering(program, "sign_in", slowly)
        show(program)
        page = hands.page(ServerSignInPage)
        page.sign_in_name.setText("mira")
        page.password.setText(PASSWORD)
        page.password.setFocus()
        page.go.click()
        await hands.until(page.stop.hasFocus)
        assert page.working.text() == "Connecting to localhost:3310…"
        assert page.progress.isVisible()
        assert not page.else_link.isEnabled()
        if leave == "esc":
            # Not `hands.key`, which waits until nothing is asked any more.
            asyncio.get_running_loop().call_soon(QTest.keyClick, program.window.windowHandle(), Qt.Key.Key_Escape)
        elif leave == "click":
            page.stop.click()
        else:
            program.entrance.welcome()
        if leave != "gone":
            await hands.until(page.password.hasFocus)
            assert not page.stop.isVisible()
            assert page.password.text() == PASSWORD
        going.set()
        await hands.until(late.closed.is_set)
        assert opened == []

    in_loop(run())


def test_after_a_one_time_code_a_password_of_ones_own(
    program: Program, hands: Hands, in_loop: InLoop, joined: None, opened: list[Any], failed: list[Exception]
) -> None:
    async def run() -> None:
        answering(program, "sign_in", MustChoosePassword(PASSWORD_EXPIRED))
        weak = RuleBroken(PASSWORD_TOO_SHORT, field="password", limit=12, length=5)
        asked = answering(program, "choose_password", weak, Opened())
        show(program)
        page = hands.page(ServerSignInPage)
        page.sign_in_name.setText("mira")
        page.password.setText(CODE)
        page.go.click()
        await hands.until(lambda: _is(program, ChoosePasswordPage))
        choose = hands.page(ChoosePasswordPage)
        await hands.until(choose.password.hasFocus)
        assert choose.rules.texts()[0].startswith("At least 12 characters (0 so far)")
        await hands.type("short")
        await hands.key(Qt.Key.Key_Tab)
        await hands.type("shorter")
        await hands.key(Qt.Key.Key_Return)
        assert "The two passwords differ" in choose.error_text()
        assert choose.again.hasFocus()
        choose.again.setText("short")
        choose.go.click()
        await hands.until(choose.error_text)
        assert "This password is too short" in choose.error_text()
        for field in (choose.password, choose.again):
            field.setText(PASSWORD)
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: opened)
        assert asked == [("mira", CODE, "short"), ("mira", CODE, PASSWORD)]

    in_loop(run())
    assert failed == []


def test_a_code_that_was_used_already_leads_back_to_sign_in(
    program: Program, hands: Hands, in_loop: InLoop, joined: None, opened: list[Any]
) -> None:
    async def run() -> None:
        answering(program, "sign_in", MustChoosePassword(PASSWORD_EXPIRED))
        lost = Unavailable(NOT_REACHED, host="localhost")
        answering(program, "choose_password", lost, RuleBroken(WRONG_PASSWORD, field="password"))
        show(program)
        page = hands.page(ServerSignInPage)
        page.sign_in_name.setText("mira")
        page.password.setText(CODE)
        page.go.click()
        await hands.until(lambda: _is(program, ChoosePasswordPage))
        choose = hands.page(ChoosePasswordPage)
        for field in (choose.password, choose.again):
            field.setText(PASSWORD)
        choose.go.click()
        await hands.until(choose.error_text)
        assert "The server does not answer" in choose.banner.text()
        assert choose.password.text() == PASSWORD
        choose.go.click()
        await hands.until(lambda: _is(program, ServerSignInPage))
        back = hands.page(ServerSignInPage)
        assert "This code was used already" in back.banner.text()
        assert back.sign_in_name.text() == "mira"

    in_loop(run())


def test_the_name_used_last_is_remembered(
    program: Program, hands: Hands, in_loop: InLoop, joined: None, paths: Paths
) -> None:
    servers = Practices(paths).servers
    servers._remember(servers.known()[0], "mira")

    async def run() -> None:
        show(program)
        page = hands.page(ServerSignInPage)
        assert page.title.text() == "Welcome back"
        assert page.sign_in_name.text() == "mira"
        await hands.until(page.password.hasFocus)

    in_loop(run())


def test_an_attempt_given_up_before_or_after_it_came_is_closed() -> None:
    before, after, used = Opened(), Opened(), Opened()
    early = Attempt()
    early.give_up()
    with pytest.raises(GivenUp):
        early.run(lambda: before)
    assert before.closed.wait(5)
    late = Attempt()
    assert late.run(lambda: after) is after
    late.give_up()
    assert after.closed.wait(5)
    taken = Attempt()
    taken.run(lambda: used)
    taken.taken()
    taken.give_up()
    assert not used.closed.wait(0.05)


def test_every_control_of_every_page_has_a_name(program: Program, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        show(program)
        seen = []
        for name, page in server_pages(program._practices, program._runner):
            program.entrance.show_page(page)
            await hands.rest()
            assert nameless(program.window) == [], name
            seen.append(name)
        assert len(seen) == len(set(seen)) > 12

    in_loop(run())


def _faults(program: Program, asked: list[Any], tries: int) -> bool:
    return len(asked) == tries and _is(program, FaultPage)


def _is(program: Program, kind: type[Any]) -> bool:
    return isinstance(program.entrance.page, kind)
