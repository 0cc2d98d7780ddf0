"""A clock that cannot be right is shown before anything is written with it."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt

from avenrae_desktop.bootstrap import Practices
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.settings.paths import Paths
from avenrae_desktop.shell.entry.clock import ClockPage
from avenrae_desktop.shell.entry.sign_in import SignInPage
from avenrae_desktop.shell.entry.welcome import WelcomePage
from avenrae_desktop.shell.program import Program
from tests.shell.hands import Hands
from tests.shell.test_way_in import PASSWORD, lindenhof, show
from tests.support.qt import InLoop


class Clock:
    """Stands where it is put."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock(program: Program, paths: Paths) -> Clock:
    """The clock of the computer that the window runs on."""
    made = Clock(datetime(1970, 1, 1, 0, 2, tzinfo=UTC))
    program._practices = Practices(paths, made)
    program.entrance._practices = program._practices
    return made


def test_a_dead_battery_is_told_before_the_first_page(
    program: Program, hands: Hands, clock: Clock, in_loop: InLoop
) -> None:
    async def run() -> None:
        show(program)
        page = hands.page(ClockPage)
        assert "This computer's clock must be wrong" in page.words
        assert "1970" in page.lead.text()
        await hands.until(page.retry.hasFocus)
        await hands.key(Qt.Key.Key_Space)
        assert isinstance(program.entrance.page, ClockPage), "it is wrong still"
        clock.now = utc_now()
        hands.page(ClockPage).retry.click()
        hands.page(WelcomePage)

    in_loop(run())


def test_somebody_in_need_may_go_on_and_is_asked_once(
    program: Program, hands: Hands, clock: Clock, in_loop: InLoop, paths: Paths
) -> None:
    lindenhof(paths)

    async def run() -> None:
        show(program)
        hands.page(ClockPage).go_on.click()
        page = hands.page(SignInPage)
        page.password.setText(PASSWORD)
        page.go.click()
        await hands.until(lambda: program.workspace is not None, 20)
        await hands.rest()

    in_loop(run())


def test_a_clock_before_the_last_entry_is_told_after_the_password(
    program: Program, hands: Hands, clock: Clock, in_loop: InLoop, paths: Paths
) -> None:
    lindenhof(paths)
    clock.now = utc_now() - timedelta(days=30)

    async def run() -> None:
        show(program)
        page = hands.page(SignInPage)
        page.password.setText(PASSWORD)
        page.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, ClockPage), 20)
        told = hands.page(ClockPage)
        assert "the last entry in this practice was made later" in told.lead.text()
        assert program.workspace is None
        assert program.entrance.waiting is not None, "it is closed with the window"
        clock.now = utc_now()
        told.retry.click()
        await hands.until(lambda: program.workspace is not None)
        assert program.app is not None
        await hands.rest()

    in_loop(run())
