"""First run, sign-in, recovery, and what stands in the way; by keyboard, on real files."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.bootstrap import Place, Practices
from avenrae_desktop.db.faults import DISK_FULL
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.settings.paths import Paths
from avenrae_desktop.shell.entry.fault import FaultPage
from avenrae_desktop.shell.entry.new_practice import NewPracticePage, sign_in_name_of
from avenrae_desktop.shell.entry.recover import RecoverPage
from avenrae_desktop.shell.entry.recovery_key import RecoveryKeyPage, _write, draw_sheet
from avenrae_desktop.shell.entry.sign_in import SignInPage
from avenrae_desktop.shell.entry.welcome import WelcomePage
from avenrae_desktop.shell.program import Program
from tests.shell.hands import Hands
from tests.support.qt import InLoop

PASSWORD = "four calm words here"


def lindenhof(paths: Paths, name: str = "Lindenhof") -> str:
    """Make a practice; returns its recovery key."""
    command = CreatePractice(
        practice_name=name, time_zone="Europe/Zurich", currency="CHF", person=new_uuid(), first_name="Mira",
        last_name="Voss", sign_in_name="mira", is_healer=False, healer_type=None, password=PASSWORD,
    )  # fmt: skip
    app, key = Practices(paths).create(command)
    app.close()
    return key


def show(program: Program) -> None:
    program.begin()
    program.window.show()
    program.window.activateWindow()


def test_first_run_by_keyboard_alone(program: Program, hands: Hands, in_loop: InLoop, failed: list) -> None:
    async def run() -> None:
        show(program)
        welcome = hands.page(WelcomePage)
        await hands.until(welcome.demo_card.hasFocus)
        await hands.key(Qt.Key.Key_Tab)
        assert welcome.new_card.hasFocus()
        await hands.key(Qt.Key.Key_Space)
        page = hands.page(NewPracticePage)
        assert page.practice_name.hasFocus()
        await hands.type("Lindenhof")
        for _ in range(3):
            await hands.key(Qt.Key.Key_Tab)
        await hands.type("Mira")
        await hands.key(Qt.Key.Key_Tab)
        await hands.type("Voss")
        for _ in range(3):
            await hands.key(Qt.Key.Key_Tab)
        await hands.type(PASSWORD)
        await hands.key(Qt.Key.Key_Tab)
        await hands.type(PASSWORD)
        assert page.rules.texts() == ("Long enough, and a strong one", "Both the same")
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: isinstance(program.entrance.page, RecoveryKeyPage), 20)
        keep = hands.page(RecoveryKeyPage)
        assert not keep.go.isEnabled()
        keep.agreed.setFocus()
        await hands.key(Qt.Key.Key_Space)
        assert keep.go.isEnabled()
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: program.workspace is not None)
        await hands.rest()
        assert program.window.windowTitle() == "Lindenhof – Avenrae Desktop"
        assert "Lindenhof" in hands.work.status._practice.text()

    in_loop(run())
    assert failed == []


def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    program: Program, hands: Hands, in_loop: InLoop
) -> None:
    async def run() -> None:
        show(program)
        program.entrance.new_practice()
        page = hands.page(NewPracticePage)

        async def submit() -> str:
            page.go.click()
            await hands.rest()
            await hands.until(page.go.isEnabled, 20)
            return page.error_text()

        page.first_name.setText("Mira")
        page.password.setText(PASSWORD)
        page.again.setText(PASSWORD)
        assert "The practice needs a name" in await submit()
        assert page.practice_name.hasFocus()
        page.practice_name.setText("L" * 300)
        assert "may have 150 characters; this one has 300" in await submit()
        page.practice_name.setText("Lindenhof")
        page.zone.setEditText("Middle Earth")
        assert "“Middle Earth” is not a time zone" in await submit()
        page.zone.setEditText("europe/zurich")
        page.again.setText(PASSWORD + "x")
        assert "The two passwords differ" in await submit()
        assert page.again.hasFocus()
        for field in (page.password, page.again):
            field.setText("🙂" * 20)
        assert page.rules.texts()[0] == "Too long: 80 of at most 72 bytes (an emoji takes 4)"
        assert "may take up 72 bytes; this one takes 80" in await submit()
        for field in (page.password, page.again):
            field.setText("short")
        assert "at least 12 characters; this one has 5" in await submit()
        assert page.first_name.text() == "Mira"
        assert page.practice_name.text() == "Lindenhof"
        for field in (page.password, page.again):
            field.setText(PASSWORD)
        page.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, RecoveryKeyPage), 20)

    in_loop(run())


def test_the_recovery_key_can_be_copied_and_is_on_the_sheet(
    program: Program, hands: Hands, in_loop: InLoop
) -> None:
    async def run() -> None:
        show(program)
        key = "ABCDEF-GHJKMN-PQRSTV-WXYZ01-234567-89ABCD"
        page = RecoveryKeyPage("Lindenhof", key, program._runner)
        program.entrance.show_page(page)
        page.copy.click()
        assert QApplication.clipboard().text() == key
        assert key in page.sheet()
        assert "Lindenhof" in page.sheet()

    in_loop(run())


def test_the_sheet_of_paper_shows_name_key_and_advice(qapp: QApplication, tmp_path: Path) -> None:
    def drawn(practice: str, key: str, advice: str) -> QImage:
        image = QImage(595, 842, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        draw_sheet(painter, 1.0, practice, key, advice, lambda text: text)
        painter.end()
        return image

    key = "ABCDEF-GHJKMN-PQRSTV-WXYZ01-234567-89ABCD"
    sheet = drawn("Lindenhof", key, "Keep it.")
    assert sheet != drawn("Bergweg", key, "Keep it.")
    assert sheet != drawn("Lindenhof", key[:-1] + "E", "Keep it.")
    assert sheet != drawn("Lindenhof", key, "Lose it.")


def test_the_recovery_key_is_saved_to_a_file_of_the_owner_only(tmp_path: Path) -> None:
    _write(tmp_path / "key.txt", "ABC")
    assert (tmp_path / "key.txt").read_text() == "ABC"
    with pytest.raises(Unavailable) as told:
        _write(tmp_path / "no such folder" / "key.txt", "ABC")
    assert "was not saved" in told.value.texts()[1]


def test_sign_in_tells_a_wrong_password_and_takes_the_right_one(
    program: Program, hands: Hands, in_loop: InLoop, paths: Paths, failed: list
) -> None:
    lindenhof(paths)

    async def run() -> None:
        show(program)
        page = hands.page(SignInPage)
        await hands.until(page.password.hasFocus)
        await hands.type("not the password")
        await hands.key(Qt.Key.Key_Return)
        await hands.until(page.error_text)
        assert "Wrong password" in page.error_text()
        assert "recovery key" in page.error_text()
        assert page.password.hasFocus()
        assert page.password.text() == "not the password"
        page.password.clear()
        await hands.type(PASSWORD)
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: program.workspace is not None)
        await hands.rest()

    in_loop(run())
    assert failed == []


def test_the_recovery_key_opens_and_sets_a_new_password(
    program: Program, hands: Hands, in_loop: InLoop, paths: Paths
) -> None:
    key = lindenhof(paths)

    async def run() -> None:
        show(program)
        hands.page(SignInPage).key_link.click()
        page = hands.page(RecoverPage)
        page.key.setText("not a key")
        for field in (page.password, page.again):
            field.setText("another good password")
        page.go.click()
        await hands.until(page.error_text)
        assert "typing mistake" in page.error_text()
        assert page.password.text() == "another good password"
        page.key.setText(key.lower().replace("-", " "))
        page.go.click()
        await hands.until(lambda: program.workspace is not None)
        program.sign_out()
        sign_in = hands.page(SignInPage)
        sign_in.password.setText("another good password")
        sign_in.go.click()
        await hands.until(lambda: program.workspace is not None)
        await hands.rest()

    in_loop(run())


def test_faults_are_told_on_a_page_with_ways_on(
    program: Program, hands: Hands, in_loop: InLoop, paths: Paths
) -> None:
    lindenhof(paths)
    place = Practices(paths).known()[0]
    assert isinstance(place, Place)
    good = place.keys.read_bytes()

    async def run() -> None:
        place.keys.unlink()
        show(program)
        page = hands.page(FaultPage)
        assert page.words.startswith("The key file is missing")
        assert "last backup" in page.words
        await hands.until(page.retry.hasFocus)
        place.keys.write_bytes(b"not a key file")
        page.retry.click()
        assert hands.page(FaultPage).words.startswith("The key file is damaged")
        place.keys.write_bytes(good.replace(b'"format": 1', b'"format": 99'))
        hands.page(FaultPage).retry.click()
        assert hands.page(FaultPage).words.startswith("This practice needs a newer program")
        place.keys.write_bytes(good)
        hands.page(FaultPage).retry.click()
        sign_in = hands.page(SignInPage)
        place.database.write_bytes(b"\x00" * 4096)
        sign_in.password.setText(PASSWORD)
        sign_in.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, FaultPage))
        assert hands.page(FaultPage).words.startswith("The practice file is damaged")
        hands.page(FaultPage).other.click()
        assert hands.page(WelcomePage).back.isVisible()

    in_loop(run())


def test_a_full_disk_while_making_a_practice_keeps_the_form(
    program: Program, hands: Hands, in_loop: InLoop, monkeypatch: object
) -> None:
    def full(*_: object) -> None:
        raise Unavailable(DISK_FULL)

    async def run() -> None:
        show(program)
        program.entrance.new_practice()
        page = hands.page(NewPracticePage)
        page.practice_name.setText("Lindenhof")
        page.first_name.setText("Mira")
        for field in (page.password, page.again):
            field.setText(PASSWORD)
        program._practices.create = full  # type: ignore[assignment, method-assign]
        page.go.click()
        await hands.until(page.error_text)
        assert "The disk is full" in page.error_text()
        assert "Free some space" in page.error_text()
        assert page.practice_name.text() == "Lindenhof"

    in_loop(run())


def test_several_practices_can_be_chosen_between(
    program: Program, hands: Hands, in_loop: InLoop, paths: Paths
) -> None:
    lindenhof(paths, "Lindenhof")
    lindenhof(paths, "Bergweg")

    async def run() -> None:
        show(program)
        page = hands.page(SignInPage)
        assert page.lead.text() == "Bergweg"
        other = page.practice.itemData(1)
        page.practice.set_value(other)
        await hands.rest()
        assert hands.page(SignInPage).lead.text() == "Lindenhof"

    in_loop(run())


def test_sign_in_names_are_made_of_first_names() -> None:
    assert sign_in_name_of("Zoë Ann") == "zoeann"
    assert sign_in_name_of("李") == "李"
    assert sign_in_name_of("<img src=x>") == "imgsrcx"
    assert sign_in_name_of("  ") == "me"
