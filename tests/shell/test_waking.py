"""The computer slept: the window locks if it is time, today is another day, the server is looked for at once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from avenrae_desktop.areas.calendar.panel import CalendarPanel
from avenrae_desktop.bootstrap import App, Practices
from avenrae_desktop.settings.paths import Paths
from avenrae_desktop.shell.lock.page import LockPage
from avenrae_desktop.shell.program import Program
from tests.shell.hands import Hands
from tests.shell.server_like import ServerLike
from tests.support.qt import InLoop

NIGHT = timedelta(hours=10)


class Clock:
    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def sleep(program: Program, clock: Clock, how_long: timedelta) -> None:
    """The wall clock goes on, the steady one stands; then the program looks at both."""
    watch = program.wake
    watch.stop()
    watch._before = watch._now()
    at = watch._before
    watch._steady = lambda: at.steady + 1
    watch._wall = lambda: at.wall + 1 + how_long.total_seconds()
    clock.now += how_long
    watch.look()


def calendar(hands: Hands, clock: Clock) -> CalendarPanel:
    panel = hands.work.panel("calendar")
    assert isinstance(panel, CalendarPanel)
    panel._clock = panel._hand._clock = clock
    return panel


def test_it_locks_before_anything_else(demo: App, hands: Hands, in_loop: InLoop, clock: Clock) -> None:
    async def run() -> None:
        keeper = hands.program.keeper
        assert keeper is not None
        keeper.watch._timer.stop()
        keeper.state._clock = clock
        keeper.state.active()
        sleep(hands.program, clock, timedelta(minutes=4))
        assert not keeper.state.locked
        sleep(hands.program, clock, timedelta(minutes=2))
        assert keeper.state.locked
        assert isinstance(hands.program.window.places.currentWidget(), LockPage)

    in_loop(run())


def test_today_moves_on_to_the_new_day(demo: App, hands: Hands, in_loop: InLoop, clock: Clock) -> None:
    async def run() -> None:
        panel = calendar(hands, clock)
        await hands.until(lambda: panel.scope is not None)
        before = panel.today()
        assert panel.shown.day == before
        sleep(hands.program, clock, timedelta(days=3))
        assert panel.today() == before + timedelta(days=3)
        assert panel.shown.day == panel.today()
        await hands.rest()
        assert panel.scope is not None
        assert panel.scope.shows(panel.today())

    in_loop(run())


def test_a_calendar_that_was_out_of_sight_shows_the_new_day_when_it_is_back(
    demo: App, hands: Hands, in_loop: InLoop, clock: Clock
) -> None:
    async def run() -> None:
        panel = calendar(hands, clock)
        await hands.until(lambda: panel.scope is not None)
        hands.work.go("clients")
        sleep(hands.program, clock, timedelta(days=1))
        hands.work.go("calendar")
        assert panel.shown.day == panel.today()

    in_loop(run())


def test_another_day_that_somebody_looks_at_stays(demo: App, hands: Hands, in_loop: InLoop, clock: Clock) -> None:
    async def run() -> None:
        panel = calendar(hands, clock)
        await hands.until(lambda: panel.scope is not None)
        panel.turn(2)
        await hands.rest()
        looked_at = panel.shown.day
        sleep(hands.program, clock, NIGHT * 3)
        assert panel.shown.day == looked_at

    in_loop(run())


def test_the_server_is_looked_for_at_once(
    with_demo: Paths,
    program: Program,
    hands: Hands,
    in_loop: InLoop,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def run() -> None:
        program.window.show()
        app: Any = ServerLike(await asyncio.to_thread(Practices(with_demo).open_demo))
        woken: list[int] = []
        monkeypatch.setattr(app, "wake", lambda: woken.append(app.live.polls), raising=False)
        program.enter(app)
        live = hands.work.live
        assert live is not None
        await hands.until(lambda: app.live.polls > 0 and not live._asking)
        # The next question would come in an hour only.
        live._timer.setInterval(3_600_000)
        live._timer.start()
        before = app.live.polls
        sleep(program, clock, NIGHT)
        await hands.until(lambda: app.live.polls > before)
        assert woken == [before]

    in_loop(run())
