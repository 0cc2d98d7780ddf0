"""From the first page to the workspace, on real MySQL and MariaDB with real accounts."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from avenrae_desktop.areas.accounts.codes import new_code
from avenrae_desktop.areas.accounts.domain import AddPerson
from avenrae_desktop.bootstrap import Practices
from avenrae_desktop.bootstrap.server.setup import set_up
from avenrae_desktop.db.server.address import Host, Trust
from avenrae_desktop.db.server.certificates import issue
from avenrae_desktop.db.server.enrolment import read_enrolment, write_enrolment
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.settings.paths import Paths
from avenrae_desktop.shell.entry.fault import FaultPage
from avenrae_desktop.shell.entry.server.choose_password import ChoosePasswordPage
from avenrae_desktop.shell.entry.server.enrolled import EnrolledPage
from avenrae_desktop.shell.entry.server.join import BY_ADDRESS, JoinPage
from avenrae_desktop.shell.entry.server.local import LocalServerPage
from avenrae_desktop.shell.entry.server.set_up.account import AccountPage
from avenrae_desktop.shell.entry.server.set_up.checks import ChecksPage
from avenrae_desktop.shell.entry.server.set_up.flow import SettingUp
from avenrae_desktop.shell.entry.server.set_up.plan import PlanPage
from avenrae_desktop.shell.entry.server.set_up.practice import ServerPracticePage
from avenrae_desktop.shell.entry.server.set_up.ready import ReadyPage
from avenrae_desktop.shell.entry.server.sign_in import ServerSignInPage
from avenrae_desktop.shell.program import Program
from tests.shell.hands import Hands, dialogs
from tests.shell.test_way_in import show
from tests.support.places import ServerKind
from tests.support.qt import InLoop
from tests.support.server_practice import (
    ACCEPTED,
    PASSWORD,
    ServerPractice,
    cheap_hashes,
    remove,
    server_kind,
    server_practice,
)
from tests.support.servers import server_address, server_url

__all__ = ["server_kind", "server_practice"]

NEW_PASSWORD = "seven calm lamps burn"


@pytest.fixture
def file(server_practice: ServerPractice, tmp_path: Path) -> Path:
    """The enrolment file of the practice."""
    made = tmp_path / "Praxis.avenrae"
    write_enrolment(made, server_practice.enrolment)
    return made


async def leave(program: Program, hands: Hands) -> None:
    """Sign out; what the workspace was reading comes to its end."""
    await hands.rest()
    program.sign_out()
    await hands.rest()


def test_from_the_enrolment_file_to_the_workspace_by_keyboard(
    program: Program,
    hands: Hands,
    in_loop: InLoop,
    server_practice: ServerPractice,
    file: Path,
    failed: list[Exception],
) -> None:
    somebody = server_practice.people["front_desk"]

    async def run() -> None:
        show(program)
        program.entrance.server.join()
        await hands.until(hands.page(JoinPage).browse.hasFocus)
        await hands.key(Qt.Key.Key_Tab)
        await hands.type(str(file))
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: isinstance(program.entrance.page, EnrolledPage))
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: isinstance(program.entrance.page, ServerSignInPage))
        page = hands.page(ServerSignInPage)
        await hands.until(page.sign_in_name.hasFocus)
        await hands.type(somebody.sign_in_name)
        await hands.key(Qt.Key.Key_Tab)
        await hands.type("not this one")
        await hands.key(Qt.Key.Key_Return)
        await hands.until(page.error_text, 20)
        assert "Name or password is wrong" in page.error_text()
        assert page.password.hasFocus()
        await hands.type(PASSWORD)
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: program.workspace is not None, 20)
        await hands.rest()
        assert program.window.windowTitle() == "Praxis am Fluss – Avenrae Desktop"
        program.sign_out()
        again = hands.page(ServerSignInPage)
        assert again.title.text() == "Welcome back"
        assert again.sign_in_name.text() == somebody.sign_in_name

    in_loop(run())
    assert failed == []


def test_a_one_time_code_lets_in_once_to_choose_a_password(
    program: Program,
    hands: Hands,
    in_loop: InLoop,
    server_practice: ServerPractice,
    tmp_path: Path,
    paths: Paths,
    failed: list[Exception],
) -> None:
    name, code = f"new_{secrets.token_hex(4)}", new_code()
    with cheap_hashes(), server_practice.app("admin", tmp_path / "owner") as app:
        nora = {"person": new_uuid(), "first_name": "Nora", "last_name": "Lind", "roles": (Role.FRONT_DESK,)}
        app.do(AddPerson(sign_in_name=name, password=code, **nora))  # type: ignore[arg-type]
    Practices(paths).servers.join(server_practice.enrolment)

    async def run() -> None:
        show(program)
        page = hands.page(ServerSignInPage)
        page.sign_in_name.setText(name)
        page.password.setText(code)
        page.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, ChoosePasswordPage), 20)
        choose = hands.page(ChoosePasswordPage)
        choose.password.setText("short")
        choose.again.setText("short")
        choose.go.click()
        await hands.until(choose.error_text, 20)
        assert "at least 12 characters; this one has 5" in choose.error_text()
        for field in (choose.password, choose.again):
            field.setText(NEW_PASSWORD)
        choose.go.click()
        await hands.until(lambda: program.workspace is not None, 30)
        await hands.rest()
        program.sign_out()
        page = hands.page(ServerSignInPage)
        page.password.setText(code)
        page.go.click()
        await hands.until(page.error_text, 20)
        assert "Name or password is wrong" in page.error_text()
        page.password.setText(NEW_PASSWORD)
        page.go.click()
        await hands.until(lambda: program.workspace is not None, 20)
        await leave(program, hands)

    in_loop(run(), 90)
    assert failed == []


def test_joined_by_its_address_the_practice_gets_its_own_name_at_the_first_sign_in(
    program: Program, hands: Hands, in_loop: InLoop, server_practice: ServerPractice, paths: Paths
) -> None:
    somebody, address = server_practice.people["healer"], server_practice.address

    async def run() -> None:
        show(program)
        program.entrance.server.join()
        page = hands.page(JoinPage)
        page.way.segment(BY_ADDRESS).click()
        page.host.setText(str(address.hosts[0]))
        page.database.setText(address.database)
        page.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, LocalServerPage), 20)
        local = hands.page(LocalServerPage)
        assert local.lead.text() == f"{address.hosts[0]} encrypts what is sent."
        local.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, ServerSignInPage), 20)
        sign_in = hands.page(ServerSignInPage)
        assert sign_in.lead.text().startswith(f"{address.database}, on ")
        sign_in.sign_in_name.setText(somebody.sign_in_name)
        sign_in.password.setText(PASSWORD)
        sign_in.go.click()
        await hands.until(lambda: program.workspace is not None, 20)
        await hands.rest()
        assert program.window.windowTitle() == "Praxis am Fluss – Avenrae Desktop"
        assert [place.practice_name for place in Practices(paths).known()] == ["Praxis am Fluss"]
        await leave(program, hands)

    in_loop(run())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"hosts": (Host("localhost", 1),)}, "No server answers there"),
        ({"trust": Trust.PINNED, "pem": "another"}, "This may not be your server"),
        ({"database": "not_there"}, "The practice is not there"),
    ],
    ids=["port", "certificate", "database"],
)
def test_what_is_wrong_with_a_server_is_told_and_can_be_mended_by_a_new_file(
    wrong: dict[str, Any],
    words: str,
    program: Program,
    hands: Hands,
    in_loop: InLoop,
    server_practice: ServerPractice,
    file: Path,
    tmp_path: Path,
    paths: Paths,
) -> None:
    somebody = server_practice.people["front_desk"]
    if "pem" in wrong:
        wrong = {**wrong, "pem": issue(tmp_path / "tls", ["localhost"]).ca.read_text()}
    enrolment = server_practice.enrolment
    servers = Practices(paths).servers
    servers.join(replace(enrolment, address=replace(enrolment.address, **wrong)))

    async def run() -> None:
        show(program)
        page = hands.page(ServerSignInPage)
        page.sign_in_name.setText(somebody.sign_in_name)
        page.password.setText(PASSWORD)
        page.go.click()
        await hands.until(lambda: page.error_text() or isinstance(program.entrance.page, FaultPage), 20)
        now = program.entrance.page
        told = now.words if isinstance(now, FaultPage) else page.error_text()
        assert words in told
        program.entrance.server.join(file)
        await hands.until(lambda: isinstance(program.entrance.page, EnrolledPage), 20)
        hands.page(EnrolledPage).go.click()
        await hands.until(lambda: isinstance(program.entrance.page, ServerSignInPage), 20)
        again = hands.page(ServerSignInPage)
        again.sign_in_name.setText(somebody.sign_in_name)
        again.password.setText(PASSWORD)
        again.go.click()
        await hands.until(lambda: program.workspace is not None, 20)
        await leave(program, hands)

    in_loop(run())


@pytest.fixture
def empty_database(server_kind: ServerKind, run_folder: Path) -> Iterator[str]:
    """The name of a database that is not there; gone again afterwards."""
    name = f"w_{secrets.token_hex(4)}"
    yield name
    remove(server_url(server_kind, run_folder), name)


def test_a_server_is_set_up_from_nothing_to_the_workspace(
    program: Program,
    hands: Hands,
    in_loop: InLoop,
    server_kind: ServerKind,
    run_folder: Path,
    empty_database: str,
    tmp_path: Path,
    failed: list[Exception],
) -> None:
    root = server_url(server_kind, run_folder)
    host = server_address(server_kind, run_folder, empty_database).hosts[0]
    owner, target = f"owner_{secrets.token_hex(4)}", tmp_path / "for-others.avenrae"
    _accept_what_the_runs_servers_lack(program)

    async def run() -> None:
        show(program)
        program.entrance.server.join()
        hands.page(JoinPage).new_link.click()
        account = hands.page(AccountPage)
        account.host.setText(str(host))
        account.database.setText(empty_database)
        account.user.setText(str(root.username))
        account.password.setText("surely not this one")
        account.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, LocalServerPage), 20)
        hands.page(LocalServerPage).go.click()
        await hands.until(account.error_text, 20)
        assert "Name or password is wrong" in account.error_text()
        assert account.host.text() == str(host)
        account.password.setText(str(root.password))
        account.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, LocalServerPage), 20)
        hands.page(LocalServerPage).go.click()
        await hands.until(lambda: isinstance(program.entrance.page, ChecksPage), 20)
        checks = hands.page(ChecksPage)
        assert checks.go.isEnabled()
        checks.go.click()
        practice = hands.page(ServerPracticePage)
        practice.practice_name.setText("Bergweg")
        await hands.until(practice.practice_name.hasFocus)
        practice.first_name.setText("Olga")
        practice.is_healer.setChecked(False)
        practice.sign_in_name.setText("no spaces please")
        for field in (practice.password, practice.again):
            field.setText(NEW_PASSWORD)
        practice.go.click()
        await hands.until(practice.error_text, 20)
        assert "This sign-in name does not work" in practice.error_text()
        assert practice.sign_in_name.hasFocus()
        practice.sign_in_name.setText(owner)
        practice.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, PlanPage), 20)
        hands.page(PlanPage).go.click()
        await hands.until(lambda: isinstance(program.entrance.page, ReadyPage), 60)
        flow = program.entrance.server.flow
        assert isinstance(flow, SettingUp)
        assert flow.admin is None
        assert account.password.text() == practice.password.text() == ""
        ready = hands.page(ReadyPage)
        ready.host.setText("db1.bergweg.example")
        await _save(hands, ready, target)
        ready.go.click()
        await hands.until(lambda: isinstance(program.entrance.page, ServerSignInPage))
        sign_in = hands.page(ServerSignInPage)
        assert sign_in.sign_in_name.text() == owner
        sign_in.password.setText(NEW_PASSWORD)
        sign_in.go.click()
        await hands.until(lambda: program.workspace is not None, 20)
        await hands.rest()
        assert program.window.windowTitle() == "Bergweg – Avenrae Desktop"
        await leave(program, hands)

    with cheap_hashes():
        in_loop(run(), 180)
    assert failed == []
    saved = read_enrolment(target)
    assert saved.practice_name == "Bergweg"
    assert [str(h) for h in saved.address.hosts] == ["db1.bergweg.example"]
    assert str(root.password) not in target.read_text()


async def _save(hands: Hands, page: ReadyPage, target: Path) -> None:
    page.save.click()
    await hands.until(dialogs)
    dialog = dialogs()[0]
    assert isinstance(dialog, QFileDialog)
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(line, QLineEdit)
    line.setText(str(target))
    dialog.accept()
    await hands.until(page.saved.text)
    assert page.saved.text() == f"Saved as {target.name}"


def _accept_what_the_runs_servers_lack(program: Program) -> None:
    servers = program._practices.servers
    look = servers.look
    servers.look = lambda admin: tuple(c for c in look(admin) if c.key not in ACCEPTED)  # type: ignore[method-assign]
    servers.set_up = lambda admin, command, progress: set_up(  # type: ignore[method-assign]
        admin, command, progress, accepted=ACCEPTED
    )
