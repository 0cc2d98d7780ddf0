"""Setting up a practice server: what may go wrong on the way, going on after it, and forgetting the password."""

import gc
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from avenrae_desktop.areas.accounts.problems import SIGN_IN_NAME_TAKEN
from avenrae_desktop.bootstrap.server.administrator import Administrator
from avenrae_desktop.bootstrap.server.checks import Check, CheckVerdict
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.enrolment import Enrolment
from avenrae_desktop.db.server.problems import NO_TLS, NOT_REACHED, WRONG_PASSWORD
from avenrae_desktop.db.server.tls import Shown, shown
from avenrae_desktop.kernel.errors import AppError, RuleBroken, Unavailable
from avenrae_desktop.shell.entry.server.certificate import CertificatePage
from avenrae_desktop.shell.entry.server.join import JoinPage
from avenrae_desktop.shell.entry.server.lines import CopyLine
from avenrae_desktop.shell.entry.server.local import LocalServerPage
from avenrae_desktop.shell.entry.server.set_up.account import AccountPage
from avenrae_desktop.shell.entry.server.set_up.check_row import CheckRow
from avenrae_desktop.shell.entry.server.set_up.checks import ChecksPage
from avenrae_desktop.shell.entry.server.set_up.flow import SettingUp
from avenrae_desktop.shell.entry.server.set_up.make_certificate import CertificateMadePage, MakeCertificatePage
from avenrae_desktop.shell.entry.server.set_up.plan import PlanPage
from avenrae_desktop.shell.entry.server.set_up.practice import ServerPracticePage
from avenrae_desktop.shell.entry.server.set_up.ready import ReadyPage
from avenrae_desktop.shell.entry.server.sign_in import ServerSignInPage
from avenrae_desktop.shell.program import Program
from tests.shell.hands import Hands
from tests.shell.test_way_in import PASSWORD, show
from tests.support.qt import InLoop

ADMIN_PASSWORD = "of the administrator"
LINE = "SET PERSIST sync_binlog = 1;"
GOOD = Check("version", "Version of the server", CheckVerdict.GOOD, "MySQL 9.7.0")
WARNING = Check("clock", "The server's clock", CheckVerdict.WARNING, "It is 9 minutes behind.", "Set it.", "date")
BAD = Check("durable", "Saved means on the disk", CheckVerdict.BAD, "sync_binlog is 0.", "Power cuts.", LINE)


class Server:
    """Plays the server behind `Servers`: answers one after the other, and keeps what it was asked."""

    def __init__(self, program: Program) -> None:
        servers = program._practices.servers
        self.looks: list[Any] = [(GOOD,)]
        self.plans: list[Any] = [("Make the database.", "Forget the password.")]
        self.set_ups: list[Any] = [None]
        self.asked: list[tuple[Any, ...]] = []
        self.certificate: Shown | None = None
        servers.shown_certificate = self._certificate  # type: ignore[method-assign]
        servers.look = lambda admin: self._next(self.looks, "look", admin)  # type: ignore[method-assign]
        servers.plan = self._plan  # type: ignore[method-assign]
        servers.set_up = self._set_up  # type: ignore[method-assign]

    def _certificate(self, host: Host) -> Any:
        if self.certificate is not None:
            return self.certificate
        raise Unavailable(NO_TLS, host=host.name)

    def _plan(self, admin: Administrator, practice_name: str) -> Any:
        return self._next(self.plans, "plan", admin, practice_name)

    def _next(self, answers: list[Any], *asked: Any) -> Any:
        self.asked.append(asked)
        now = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(now, AppError):
            raise now
        return now

    def _set_up(self, admin: Administrator, command: Any, progress: Any) -> Enrolment:
        progress(3, 12)
        self._next(self.set_ups, "set_up", admin, command)
        return Enrolment(command.practice_name, admin.address)


async def to_checks(program: Program, hands: Hands) -> ChecksPage:
    """Type an address and an account, and look."""
    show(program)
    program.entrance.server.set_up()
    account = hands.page(AccountPage)
    account.host.setText("localhost:3310")
    account.user.setText("root")
    account.password.setText(ADMIN_PASSWORD)
    account.go.click()
    await hands.until(lambda: isinstance(program.entrance.page, LocalServerPage))
    hands.page(LocalServerPage).go.click()
    await hands.until(lambda: isinstance(program.entrance.page, ChecksPage))
    return hands.page(ChecksPage)


async def to_plan(program: Program, hands: Hands) -> PlanPage:
    """Go on to what will be done."""
    (await to_checks(program, hands)).go.click()
    practice = hands.page(ServerPracticePage)
    practice.practice_name.setText("Bergweg")
    practice.first_name.setText("Olga")
    practice.sign_in_name.setText("olga")
    for field in (practice.password, practice.again):
        field.setText(PASSWORD)
    practice.go.click()
    await hands.until(lambda: isinstance(program.entrance.page, PlanPage))
    return hands.page(PlanPage)


def test_by_keyboard_to_the_ready_server(
    program: Program, hands: Hands, in_loop: InLoop, failed: list[Exception]
) -> None:
    server = Server(program)

    async def tab(times: int) -> None:
        for _ in range(times):
            await hands.key(Qt.Key.Key_Tab)

    async def run() -> None:
        show(program)
        program.entrance.server.join()
        page = hands.page(JoinPage)
        page.new_link.setFocus()
        await hands.key(Qt.Key.Key_Return)
        await hands.until(hands.page(AccountPage).host.hasFocus)
        await hands.type("localhost:3310")
        await tab(2)
        await hands.type("root")
        await tab(1)
        await hands.type(ADMIN_PASSWORD)
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: isinstance(program.entrance.page, LocalServerPage))
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: isinstance(program.entrance.page, ChecksPage))
        assert hands.page(ChecksPage).lead.text() == "localhost:3310: all is as it should be."
        await hands.key(Qt.Key.Key_Return)
        practice = hands.page(ServerPracticePage)
        await hands.until(practice.practice_name.hasFocus)
        await hands.type("Bergweg")
        await tab(3)
        await hands.type("Olga")
        assert practice.sign_in_name.text() == "olga"
        await tab(4)
        assert practice.sign_in_name.hasFocus()
        await tab(1)
        await hands.type(PASSWORD)
        await tab(1)
        await hands.type(PASSWORD)
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: isinstance(program.entrance.page, PlanPage))
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: isinstance(program.entrance.page, ReadyPage))
        # Without a certificate there is nothing that other desks could join with.
        ready = hands.page(ReadyPage)
        assert not ready.save.isVisible()
        await hands.until(ready.go.hasFocus)
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: isinstance(program.entrance.page, ServerSignInPage))
        assert hands.page(ServerSignInPage).sign_in_name.text() == "olga"

    in_loop(run())
    assert failed == []
    what, admin, command = server.asked[-1]
    assert what == "set_up"
    address = ServerAddress((Host("localhost", 3310),), "avenrae_db", Trust.NONE)
    assert admin == Administrator(address, "root", ADMIN_PASSWORD)
    assert (command.practice_name, command.sign_in_name, command.password) == ("Bergweg", "olga", PASSWORD)


@pytest.mark.parametrize(
    ("typed", "words", "field"),
    [
        ({"host": ""}, "There is no name of a server", "host"),
        ({"host": "a b"}, "This is not the name of a server", "host"),
        ({"database": "not-a-name"}, "This name cannot be used", "database"),
        ({"user": " "}, "The name of the administrator's account is empty", "user"),
        ({"host": "db1"}, "Make a certificate for it with the link below", "host"),
    ],
)
def test_what_is_typed_wrong_first(
    typed: dict[str, str], words: str, field: str, program: Program, hands: Hands, in_loop: InLoop
) -> None:
    server = Server(program)

    async def run() -> None:
        show(program)
        program.entrance.server.set_up()
        page = hands.page(AccountPage)
        for name, text in {"host": "localhost", "user": "root", **typed}.items():
            getattr(page, name).setText(text)
        page.go.click()
        await hands.until(page.error_text)
        assert words in page.error_text()
        await hands.until(getattr(page, field).hasFocus)
        assert server.asked == []

    in_loop(run())


def test_a_bad_check_keeps_from_going_on_until_it_is_mended(
    program: Program, hands: Hands, in_loop: InLoop
) -> None:
    server = Server(program)
    server.looks = [(GOOD, WARNING, BAD), (GOOD, WARNING), (GOOD, WARNING)]

    async def run() -> None:
        page = await to_checks(program, hands)
        assert page.title.text() == "Not ready yet"
        assert page.lead.text() == ("localhost:3310: One thing has to be mended first. One thing could be better.")
        assert not page.go.isEnabled()
        await hands.until(page.check_again.hasFocus)
        rows = page.findChildren(CheckRow)
        assert [row.accessibleName() for row in rows] == [
            "Has to be mended: Saved means on the disk. sync_binlog is 0.",
            "Could be better: The server's clock. It is 9 minutes behind.",
            "Good: Version of the server. MySQL 9.7.0",
        ]
        assert [row.isVisible() for row in rows] == [True, True, False]
        page.more.click()
        assert rows[2].isVisible()
        assert rows[0].copy is not None
        rows[0].copy.button.click()
        assert QApplication.clipboard().text() == LINE
        clock = rows[1]
        assert clock.copy is not None
        assert not clock.copy.isVisible()
        clock.more.click()
        assert clock.copy.isVisible()
        assert clock.copy.button.hasFocus()
        page.check_again.click()
        await hands.until(lambda: program.entrance.page is not page)
        better = hands.page(ChecksPage)
        assert better.title.text() == "Ready for a practice"
        assert better.go.isEnabled()
        better.go.click()
        hands.page(ServerPracticePage).back.click()
        hands.page(ChecksPage).back.click()
        assert hands.page(AccountPage).user.text() == "root"

    in_loop(run())


def test_a_wrong_administrator_is_told_where_it_was_typed(program: Program, hands: Hands, in_loop: InLoop) -> None:
    server = Server(program)
    server.looks = [RuleBroken(WRONG_PASSWORD, field="password")]

    async def run() -> None:
        show(program)
        program.entrance.server.set_up()
        account = hands.page(AccountPage)
        account.host.setText("localhost")
        account.user.setText("root")
        account.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, LocalServerPage))
        hands.page(LocalServerPage).go.click()
        await hands.until(account.error_text)
        assert "Name or password is wrong" in account.error_text()
        await hands.until(account.password.hasFocus)

    in_loop(run())


def test_after_a_fault_it_goes_on_and_after_a_refusal_back_to_the_field(
    program: Program, hands: Hands, in_loop: InLoop
) -> None:
    server = Server(program)
    taken = RuleBroken(SIGN_IN_NAME_TAKEN, field="sign_in_name", text="olga")
    server.set_ups = [Unavailable(NOT_REACHED, host="localhost"), taken, None]

    async def run() -> None:
        plan = await to_plan(program, hands)
        await hands.until(plan.go.hasFocus)
        plan.go.click()
        await hands.until(plan.error_text)
        assert "The server does not answer" in plan.error_text()
        assert "“Go on” does the rest" in plan.error_text()
        assert plan.go.text() == "Go on"
        await hands.until(plan.go.hasFocus)
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: isinstance(program.entrance.page, ServerPracticePage))
        practice = hands.page(ServerPracticePage)
        assert "This sign-in name is taken" in practice.error_text()
        assert practice.password.text() == PASSWORD
        await hands.until(practice.sign_in_name.hasFocus)
        practice.sign_in_name.setText("olga.b")
        practice.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, PlanPage))
        hands.page(PlanPage).go.click()
        await hands.until(lambda: isinstance(program.entrance.page, ReadyPage))

    in_loop(run())
    names = [asked[2].sign_in_name for asked in server.asked if asked[0] == "set_up"]
    assert names == ["olga", "olga", "olga.b"]


@pytest.mark.parametrize("way", ["left", "finished", "dropped"])
def test_the_administrators_password_is_forgotten(
    way: str, program: Program, hands: Hands, in_loop: InLoop
) -> None:
    server = Server(program)

    async def run() -> None:
        plan = await to_plan(program, hands)
        flow = program.entrance.server.flow
        assert isinstance(flow, SettingUp)
        account = flow.account
        assert held()
        assert ADMIN_PASSWORD not in repr(held())
        if way == "finished":
            plan.go.click()
            await hands.until(lambda: isinstance(program.entrance.page, ReadyPage))
            assert account.password.text() == ""
        elif way == "left":
            plan.back.click()
            hands.page(ServerPracticePage).back.click()
            hands.page(ChecksPage).back.click()
            account.back.click()
            assert hands.page(JoinPage).isVisible()
            assert program.entrance.server.flow is not flow
        else:
            program.entrance.server.leave()
        assert getattr(flow, "admin", None) is None
        del flow, account, plan
        server.asked.clear()
        program.entrance.welcome()
        await hands.rest()

    in_loop(run())
    gc.collect()
    assert held() == []


def held() -> list[Administrator]:
    """The administrators' accounts that are in memory."""
    return [each for each in gc.get_objects() if isinstance(each, Administrator)]


def test_a_certificate_is_made_and_then_recognised(
    program: Program, hands: Hands, in_loop: InLoop, tmp_path: Path
) -> None:
    server = Server(program)
    folder = tmp_path / "certificate"

    async def run() -> None:
        show(program)
        program.entrance.server.set_up()
        account = hands.page(AccountPage)
        account.host.setText("db1.lindenhof.example")
        account.user.setText("root")
        account.certificate_link.click()
        page = hands.page(MakeCertificatePage)
        assert page.names.text() == "db1.lindenhof.example"
        page.go.click()
        assert "Which folder?" in page.error_text()
        page.folder.setText(str(folder))
        page.names.setText("no name")
        page.go.click()
        await hands.until(page.error_text)
        assert "This is not the name of a server" in page.error_text()
        page.names.setText("db1.lindenhof.example, 192.168.1.20")
        page.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, CertificateMadePage))
        made = hands.page(CertificateMadePage)
        line = made.findChild(CopyLine)
        assert line is not None
        line.button.click()
        assert "ssl_cert=" in QApplication.clipboard().text()
        made.go.click()
        server.certificate = shown((folder / "server-cert.pem").read_text())
        account.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, CertificatePage))
        question = hands.page(CertificatePage)
        assert not question.same.isVisible()
        assert question.go.isEnabled()
        question.back.click()
        account.certificate_link.click()
        again = hands.page(MakeCertificatePage)
        again.folder.setText(str(folder))
        again.go.click()
        await hands.until(again.error_text)
        assert "There is a certificate already" in again.error_text()

    in_loop(run())
    assert (folder / "server-key.pem").stat().st_mode & 0o77 == 0
    assert shown((folder / "server-cert.pem").read_text()).names == ("db1.lindenhof.example", "192.168.1.20")
