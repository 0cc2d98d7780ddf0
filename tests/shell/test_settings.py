"""Settings: my account, the team, the practice."""

import asyncio

from PySide6.QtCore import Qt

from avenrae_desktop.bootstrap import App, Practices
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.settings.paths import Paths
from avenrae_desktop.shell.preferences.account import AccountSection
from avenrae_desktop.shell.preferences.account_dialogs import ChangePasswordDialog, PinDialog
from avenrae_desktop.shell.preferences.page import SettingsPage
from avenrae_desktop.shell.preferences.person_dialog import PersonDialog
from avenrae_desktop.shell.preferences.practice import PracticeSection
from avenrae_desktop.shell.preferences.team import TeamSection
from tests.shell.hands import CTRL, Hands
from tests.support.qt import InLoop


def settings_page(hands: Hands, section: str) -> SettingsPage:
    hands.work.go("settings")
    page = hands.work.panel("settings")
    assert isinstance(page, SettingsPage)
    page.show_section(section)
    return page


def test_a_pin_is_set_by_keyboard_and_removed(demo: App, hands: Hands, in_loop: InLoop, failed: list) -> None:
    async def run() -> None:
        section = settings_page(hands, "account").sections["account"]
        assert isinstance(section, AccountSection)
        section.pin.click()
        dialog = await hands.dialog()
        assert isinstance(dialog, PinDialog)
        await hands.until(dialog.pin.hasFocus)
        await hands.type("2580")
        await hands.key(Qt.Key.Key_Tab)
        await hands.type("2581")
        await hands.key(Qt.Key.Key_Return, CTRL)
        await hands.until(dialog.banner.text)
        assert "The two PINs differ" in dialog.banner.text()
        dialog.again.setText("2580")
        await hands.key(Qt.Key.Key_Return, CTRL)
        await hands.until(lambda: demo.has_pin)
        await hands.until(section.remove.isVisible)
        section.remove.click()
        await hands.until(lambda: not demo.has_pin)
        await hands.until(lambda: not section.remove.isVisible())

    in_loop(run())
    assert failed == []


def test_a_wrong_old_password_is_told_in_the_dialog(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        dialog = ChangePasswordDialog(hands.program._runner, hands.program.window)
        dialog.show()
        dialog.old.setText("not the old one")
        for field in (dialog.new, dialog.again):
            field.setText("a new good password")
        dialog.submit()
        await hands.until(dialog.banner.text)
        assert "old password is not right" in dialog.banner.text()
        assert dialog.new.text() == "a new good password"

    in_loop(run())


def test_a_person_is_added_signs_in_and_is_shut_out(
    demo: App, hands: Hands, in_loop: InLoop, paths: Paths, failed: list
) -> None:
    async def run() -> None:
        section = settings_page(hands, "team").sections["team"]
        assert isinstance(section, TeamSection)
        await hands.until(lambda: section.people)
        before = len(section.people)
        section.add.click()
        dialog = await hands.dialog()
        assert isinstance(dialog, PersonDialog)
        await hands.until(dialog.first_name.hasFocus)
        await hands.type("Jan")
        assert dialog.sign_in_name.text() == "jan"
        dialog._roles[Role.HEALER].setChecked(False)
        dialog.submit()
        await hands.until(dialog.banner.text)
        for field in (dialog.password, dialog.again):
            field.setText("jans first password")
        dialog.submit()
        await hands.until(lambda: "Choose at least one role" in dialog.banner.text())
        dialog._roles[Role.FRONT_DESK].setChecked(True)
        dialog.submit()
        await hands.until(lambda: len(section.people) == before + 1, 15)
        jan = next(p for p in section.people if p.sign_in_name == "jan")
        assert jan.roles == (Role.FRONT_DESK,)
        section._toggle(jan)
        await hands.until(lambda: next(p for p in section.people if p.sign_in_name == "jan").disabled)
        names = [p.sign_in_name for p in await asyncio.to_thread(Practices(paths).people, demo.place)]
        assert "jan" not in names

    in_loop(run())
    assert failed == []


def test_the_practice_is_renamed_and_an_empty_name_is_refused(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        section = settings_page(hands, "practice").sections["practice"]
        assert isinstance(section, PracticeSection)
        section.practice_name.setText("   ")
        section.save_name.click()
        await hands.until(section.banner.text)
        assert "The practice needs a name" in section.banner.text()
        section.practice_name.setText("Lindenhof")
        section.save_name.click()
        await hands.until(lambda: demo.settings().practice_name == "Lindenhof")
        await hands.until(lambda: "Lindenhof" in hands.work.status._practice.text())
        section.lock.set_value(10)
        await hands.until(lambda: demo.settings().lock_minutes == 10)
        assert hands.program.keeper is not None
        await hands.until(lambda: hands.program.keeper.state.minutes == 10)

    in_loop(run())
