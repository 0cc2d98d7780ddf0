"""The page of backups, as an administrator uses it; and the offer at the end of the day."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from avenrae_desktop.bootstrap.app import App
from avenrae_desktop.bootstrap.practices import Practices
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.widgets import MessageBar
from avenrae_desktop.settings.paths import paths_under
from avenrae_desktop.shell.preferences.backups import BackupsSection
from avenrae_desktop.shell.preferences.backups_offer import BackupOffer, is_day_done
from avenrae_desktop.shell.preferences.page import SettingsPage
from tests.shell.conftest import demo, demo_home, failed, hands, paths, program, with_demo
from tests.shell.hands import CTRL, Hands
from tests.support.qt import InLoop, in_loop, rounds, runner, theme
from tests.support.server_practice import cheap_hashes, founding

__all__ = ["demo", "demo_home", "failed", "hands", "in_loop", "paths", "program", "runner", "theme", "with_demo"]

ZURICH = ZoneInfo("Europe/Zurich")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with cheap_hashes():
        app, _ = Practices(paths_under(tmp_path)).create(founding("anna"))
    yield app
    app.close()


async def at_rest(runner: Runner) -> None:
    await rounds()
    while runner.busy:  # noqa: ASYNC110 - any work of any thread is waited for
        await asyncio.sleep(0.01)
    await rounds()


class Page:
    """The section on screen."""

    def __init__(self, app: App, runner: Runner, now: datetime | None = None) -> None:
        backups = app.backups
        assert backups is not None
        self.runner, self.backups = runner, backups
        self.section = BackupsSection(app, runner, "Backups", lambda: now or datetime.now(UTC))

    async def rest(self) -> None:
        await at_rest(self.runner)


@pytest.fixture
def page(app: App, runner: Runner, theme: Theme, in_loop: InLoop) -> Iterator[Page]:
    async def open_page() -> Page:
        page = Page(app, runner)
        page.section.show()
        await page.rest()
        return page

    page = in_loop(open_page())
    yield page
    page.section.close()
    page.section.deleteLater()


def test_none_yet_then_one(page: Page, in_loop: InLoop) -> None:
    async def run() -> None:
        assert page.section.last.text() == "There is no backup yet"
        assert page.section.pill.text() == "no good backup"
        page.section.make.click()
        await rounds()
        assert page.section.work.isVisible()
        assert not page.section.make.isEnabled()
        await page.rest()
        assert page.section.banner.text().startswith("Backed up")
        assert not page.section.work.isVisible()
        assert page.section.last.text().startswith("Last good backup: today")
        assert page.section.pill.text() == "read back and compared"

    in_loop(run())


def test_restored_into_a_second_practice(page: Page, app: App, in_loop: InLoop) -> None:
    async def run() -> None:
        kept = await page.runner.ask(page.backups.make)
        await page.section._worked(lambda told: page.backups.restore(kept.path, told), "Restored")
        folders = sorted(f.name for f in kept.path.parents[2].iterdir() if (f / "practice.db").exists())
        assert folders == ["praxis-am-fluss", "praxis-am-fluss-2"]

    in_loop(run())


def test_damaged_is_told(page: Page, in_loop: InLoop) -> None:
    async def run() -> None:
        kept = await page.runner.ask(page.backups.make)
        whole = kept.path.read_bytes()
        kept.path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        await page.section._test(kept.path, "today")
        assert "damaged" in page.section.banner.text()

    in_loop(run())


def test_stopped(page: Page, in_loop: InLoop) -> None:
    async def run() -> None:
        page.section._told.connect(lambda *_: page.section.stop.click())
        page.section.back_up()
        await page.rest()
        assert "Stopped" in page.section.banner.text()
        assert page.section.state is not None
        assert page.section.state.kept == ()

    in_loop(run())


def test_red_after_seven_days(app: App, runner: Runner, theme: Theme, in_loop: InLoop) -> None:
    async def run() -> None:
        assert app.backups is not None
        await runner.ask(app.backups.make)
        for days, text, overdue in ((6, "read back and compared", False), (8, "8 days old", True)):
            now = datetime.now(UTC) + timedelta(days=days)
            app.backups._clock = lambda now=now: now
            page = Page(app, runner, now)
            page.section.show()
            await page.rest()
            assert page.section.pill.text() == text
            assert page.section.state is not None
            assert page.section.state.overdue is overdue
            assert page.section.pill._state[1] == ("danger" if overdue else "positive")
            page.section.close()
            page.section.deleteLater()

    in_loop(run())


def test_only_for_administrators(app: App) -> None:
    assert app.backups is not None
    object.__setattr__(app.actor, "roles", frozenset({Role.FRONT_DESK}))
    assert app.backups is None


@pytest.mark.parametrize(
    ("now", "last", "done"),
    [
        ("17:59", None, False),
        ("18:00", None, True),
        ("18:00", "2026-11-22 23:00", True),
        ("18:00", "2026-11-23 07:00", False),
    ],
)
def test_end_of_the_day(now: str, last: str | None, done: bool) -> None:
    at = datetime.fromisoformat(f"2026-11-23 {now}").replace(tzinfo=ZURICH)
    made = None if last is None else datetime.fromisoformat(last).replace(tzinfo=ZURICH).astimezone(UTC)
    assert is_day_done(at, 18 * 60, made) is done


def test_offered_once_a_day(app: App, runner: Runner, theme: Theme, in_loop: InLoop) -> None:
    async def run() -> None:
        assert app.backups is not None
        await runner.ask(app.backups.make)
        evening = datetime.now(ZURICH).replace(hour=22, minute=30).astimezone(UTC) + timedelta(days=1)
        begun: list[str] = []
        holder = QWidget()
        bar = MessageBar(holder)
        offer = BackupOffer(app, runner, bar, lambda: begun.append("now"), holder, clock=lambda: evening)
        for _ in range(2):
            offer.look()
            await at_rest(runner)
        assert "The day is done" in bar.text()
        bar._action.click()
        assert begun == ["now"]
        bar.clear()
        offer.look()
        await rounds()
        assert bar.text() == ""
        holder.deleteLater()

    in_loop(run())


def test_one_key_from_anywhere(demo: App, hands: Hands, in_loop: InLoop, failed: list[Exception]) -> None:
    async def run() -> None:
        await hands.key(Qt.Key.Key_B, CTRL | Qt.KeyboardModifier.ShiftModifier)
        page = hands.work.panel("settings")
        assert isinstance(page, SettingsPage)
        section = page.sections["backups"]
        assert isinstance(section, BackupsSection)
        await hands.until(lambda: section.banner.text().startswith("Backed up"))

    in_loop(run())
    assert failed == []
