"""Joining a practice server: by a file or by its address, and never trusting silently. Nothing listens here."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from avenrae_desktop.bootstrap import Practices
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.certificates import issue
from avenrae_desktop.db.server.enrolment import Enrolment, write_enrolment
from avenrae_desktop.db.server.problems import NO_TLS, NOT_A_DATABASE, NOT_REACHED, UNKNOWN_HOST
from avenrae_desktop.db.server.tls import Shown, shown
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.settings.paths import Paths
from avenrae_desktop.shell.entry.new_practice import NewPracticePage
from avenrae_desktop.shell.entry.server.certificate import COMPARE_LINE, CertificatePage
from avenrae_desktop.shell.entry.server.enrolled import EnrolledPage
from avenrae_desktop.shell.entry.server.join import BY_ADDRESS, JoinPage
from avenrae_desktop.shell.entry.server.lines import CopyLine
from avenrae_desktop.shell.entry.server.local import LocalServerPage
from avenrae_desktop.shell.entry.server.sign_in import ServerSignInPage
from avenrae_desktop.shell.entry.sign_in import SignInPage
from avenrae_desktop.shell.entry.welcome import WelcomePage
from avenrae_desktop.shell.program import Program
from tests.shell.hands import Hands, dialogs
from tests.shell.test_way_in import lindenhof, show
from tests.support.qt import InLoop


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A certificate of a server."""
    made = issue(tmp_path_factory.mktemp("tls"), ["db1.lindenhof.example", "192.168.1.20"])
    return made.certificate.read_text()


@pytest.fixture
def enrolment_file(tmp_path: Path, pem: str) -> Path:
    """The file that an owner gave."""
    hosts = (Host("db1.lindenhof.example"), Host("db2.lindenhof.example", 3307))
    file = tmp_path / "Lindenhof.avenrae"
    write_enrolment(file, Enrolment("Lindenhof", ServerAddress(hosts, "avenrae_db", Trust.PINNED, pem)))
    return file


def certificates(program: Program, answers: "dict[str, Shown | Exception]") -> list[str]:
    """Let servers show these; returns which were asked."""
    asked: list[str] = []

    def shown_certificate(host: Host) -> Shown:
        asked.append(str(host))
        answer = answers[str(host)]
        if isinstance(answer, Exception):
            raise answer
        return answer

    program._practices.servers.shown_certificate = shown_certificate  # type: ignore[method-assign]
    return asked


async def by_address(hands: Hands, host: str, database: str = "avenrae_db") -> JoinPage:
    page = hands.page(JoinPage)
    page.way.segment(BY_ADDRESS).click()
    page.host.setText(host)
    page.database.setText(database)
    page.go.click()
    await hands.rest()
    return page


def test_a_file_is_joined_by_keyboard_alone(
    program: Program, hands: Hands, in_loop: InLoop, enrolment_file: Path, failed: list[Exception], paths: Paths
) -> None:
    async def run() -> None:
        show(program)
        welcome = hands.page(WelcomePage)
        await hands.until(welcome.demo_card.hasFocus)
        for _ in range(2):
            await hands.key(Qt.Key.Key_Tab)
        assert welcome.join_card.hasFocus()
        await hands.key(Qt.Key.Key_Space)
        page = hands.page(JoinPage)
        assert page.browse.hasFocus()
        await hands.key(Qt.Key.Key_Tab)
        await hands.type(str(enrolment_file))
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: isinstance(program.entrance.page, EnrolledPage))
        asked = hands.page(EnrolledPage)
        assert Practices(paths).known() == ()
        assert asked.go.hasFocus()
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: isinstance(program.entrance.page, ServerSignInPage))
        sign_in = hands.page(ServerSignInPage)
        assert sign_in.lead.text() == "Lindenhof, on db1.lindenhof.example, db2.lindenhof.example:3307"
        assert sign_in.sign_in_name.hasFocus()
        assert [place.practice_name for place in Practices(paths).known()] == ["Lindenhof"]

    in_loop(run())
    assert failed == []


def test_a_file_is_chosen_by_mouse_and_can_be_given_back(
    program: Program, hands: Hands, in_loop: InLoop, enrolment_file: Path, paths: Paths
) -> None:
    async def run() -> None:
        show(program)
        hands.page(WelcomePage).join_card.click()
        hands.page(JoinPage).browse.click()
        await hands.until(dialogs)
        dialog = dialogs()[0]
        assert isinstance(dialog, QFileDialog)
        line = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(line, QLineEdit)
        line.setText(str(enrolment_file))
        dialog.accept()
        await hands.until(lambda: isinstance(program.entrance.page, EnrolledPage))
        hands.page(EnrolledPage).back.click()
        page = hands.page(JoinPage)
        assert page.file.text() == str(enrolment_file)
        page.back.click()
        assert isinstance(program.entrance.page, WelcomePage)
        assert Practices(paths).known() == ()

    in_loop(run())


def test_a_file_can_be_dropped_where_nothing_typed_is_lost(
    program: Program, hands: Hands, in_loop: InLoop, enrolment_file: Path, tmp_path: Path
) -> None:
    def drop(*files: Path, seen: Callable[[], object] = lambda: None) -> bool:
        carried = QMimeData()
        carried.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        nothing = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
        enter = QDragEnterEvent(QPointF(9, 9).toPoint(), Qt.DropAction.CopyAction, carried, *nothing)
        enter.setAccepted(False)
        QApplication.sendEvent(program.entrance, enter)
        seen()
        dropped = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, carried, *nothing)
        QApplication.sendEvent(program.entrance, dropped)
        return enter.isAccepted()

    async def run() -> None:
        show(program)
        assert not drop(tmp_path / "photo.png")
        assert not drop(enrolment_file, enrolment_file)
        program.entrance.new_practice()
        assert not drop(enrolment_file)
        assert isinstance(program.entrance.page, NewPracticePage)
        program.entrance.server.join()
        area = hands.page(JoinPage).drop
        lively: list[bool] = []
        assert drop(enrolment_file, seen=lambda: lively.append(area.is_lively))
        assert lively == [True]
        assert not area.is_lively
        await hands.until(lambda: isinstance(program.entrance.page, EnrolledPage))
        program.entrance.welcome()
        assert drop(enrolment_file)
        await hands.until(lambda: isinstance(program.entrance.page, EnrolledPage))

    in_loop(run())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "The enrolment file cannot be read"),
        ("", "This is not an enrolment file"),
        ("a shopping list", "This is not an enrolment file"),
        ('{"format": 99}', "This enrolment file needs a newer program"),
        ('{"format": 1, "practice": "X"}', "This is not an enrolment file"),
    ],
)
def test_what_is_no_enrolment_file_is_told_at_the_field(
    content: str | None, words: str, program: Program, hands: Hands, in_loop: InLoop, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.avenrae"
    if content is not None:
        file.write_text(content)

    async def run() -> None:
        show(program)
        program.entrance.server.join()
        page = hands.page(JoinPage)
        page.file.setText(str(file))
        page.go.click()
        await hands.until(page.error_text)
        assert words in page.error_text()
        assert page.file.hasFocus()

    in_loop(run())


def test_a_file_without_certificate_for_another_computer_is_refused(
    program: Program, hands: Hands, in_loop: InLoop, enrolment_file: Path
) -> None:
    plain = json.loads(enrolment_file.read_text())
    enrolment_file.write_text(json.dumps({**plain, "trust": "none", "certificates": ""}))

    async def run() -> None:
        show(program)
        program.entrance.server.join(enrolment_file)
        page = hands.page(JoinPage)
        await hands.until(page.error_text)
        assert "The connection must be encrypted" in page.error_text()

    in_loop(run())


def test_no_file_at_all(program: Program, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        show(program)
        program.entrance.server.join()
        page = hands.page(JoinPage)
        page.go.click()
        assert "No enrolment file is chosen" in page.error_text()
        page.way.segment(BY_ADDRESS).click()
        assert page.error_text() == ""
        assert page.host.isVisible()
        assert not page.file.isVisible()

    in_loop(run())


@pytest.mark.parametrize(
    ("host", "database", "words", "field"),
    [
        ("", "avenrae_db", "There is no name of a server", "host"),
        ("two words", "avenrae_db", "This is not the name of a server", "host"),
        ("db1:70000", "avenrae_db", "This is not a port", "host"),
        (",".join(f"db{n}" for n in range(20)), "avenrae_db", "Too many servers", "host"),
        ("db1", "", "This name cannot be used", "database"),
        ("db1", "avenrae-db; DROP", "This name cannot be used", "database"),
    ],
)
def test_a_wrong_address_is_told_at_its_field(
    host: str, database: str, words: str, field: str, program: Program, hands: Hands, in_loop: InLoop
) -> None:
    async def run() -> None:
        show(program)
        asked = certificates(program, {})
        program.entrance.server.join()
        page = await by_address(hands, host, database)
        assert words in page.error_text()
        assert (page.host if field == "host" else page.database).hasFocus()
        assert asked == []

    in_loop(run())


@pytest.mark.parametrize("problem", [UNKNOWN_HOST, NOT_REACHED, NOT_A_DATABASE, NO_TLS])
def test_a_server_that_cannot_be_used_is_told_at_the_field(
    problem: object, program: Program, hands: Hands, in_loop: InLoop
) -> None:
    async def run() -> None:
        show(program)
        certificates(program, {"db1": Unavailable(problem, host="db1", port=3306)})  # type: ignore[arg-type]
        program.entrance.server.join()
        page = await by_address(hands, "db1")
        await hands.until(page.error_text)
        assert problem.title in page.error_text()  # type: ignore[attr-defined]
        assert page.host.hasFocus()
        assert page.host.isEnabled()

    in_loop(run())


def test_a_certificate_is_trusted_only_after_comparing(
    program: Program, hands: Hands, in_loop: InLoop, pem: str, paths: Paths
) -> None:
    seen = shown(pem)

    async def run() -> None:
        show(program)
        silent = Unavailable(NOT_REACHED, host="db3")
        asked = certificates(program, {"db1": seen, "db2:3307": seen, "db3": silent})
        program.entrance.server.join()
        await by_address(hands, "db1, db2:3307, db3")
        await hands.until(lambda: isinstance(program.entrance.page, CertificatePage))
        assert asked == ["db1", "db2:3307", "db3"]
        page = hands.page(CertificatePage)
        told = " ".join(label.text() for label in page.findChildren(type(page.title)))
        assert "Fingerprint of db1, db2:3307" in told
        assert seen.fingerprint.replace(":", "") in told.replace(" ", "").replace("\n", "")
        assert "Made for db1.lindenhof.example, 192.168.1.20" in told
        assert "No answer from db3" in told
        line = page.findChild(CopyLine)
        assert line is not None
        line.button.click()
        assert QApplication.clipboard().text() == COMPARE_LINE
        assert page.same.hasFocus()
        assert not page.go.isEnabled()
        await hands.key(Qt.Key.Key_Return)
        assert isinstance(program.entrance.page, CertificatePage)
        assert Practices(paths).known() == ()
        await hands.key(Qt.Key.Key_Space)
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: isinstance(program.entrance.page, ServerSignInPage))
        place = Practices(paths).known()[0]
        assert place.address.trust is Trust.PINNED  # type: ignore[union-attr]
        assert place.address.pem.strip() == pem.strip()  # type: ignore[union-attr]

    in_loop(run())


@pytest.mark.parametrize(("days", "words"), [(-4000, "It is not valid yet"), (4000, "It has run out")])
def test_a_certificate_out_of_date_cannot_be_trusted(days: int, words: str, qtbot: object, pem: str) -> None:
    from avenrae_desktop.shell.entry.server.certificate import Answer

    page = CertificatePage((Answer("db1", shown(pem)),), (), datetime.now(UTC) + timedelta(days=days))
    qtbot.addWidget(page)  # type: ignore[attr-defined]
    assert words in " ".join(label.text() for label in page.findChildren(type(page.title)))
    assert not page.same.isEnabled()
    assert not page.go.isEnabled()
    assert page.first() is page.back


def test_this_computer_may_do_without_encryption_and_says_so(
    program: Program, hands: Hands, in_loop: InLoop, paths: Paths
) -> None:
    async def run() -> None:
        show(program)
        certificates(program, {"localhost:3310": Unavailable(NO_TLS, host="localhost")})
        program.entrance.server.join()
        await by_address(hands, "localhost:3310")
        await hands.until(lambda: isinstance(program.entrance.page, LocalServerPage))
        page = hands.page(LocalServerPage)
        assert page.lead.text() == "localhost:3310 does not encrypt."
        await hands.until(page.go.hasFocus)
        await hands.key(Qt.Key.Key_Return)
        await hands.until(lambda: isinstance(program.entrance.page, ServerSignInPage))
        assert Practices(paths).known()[0].address.trust is Trust.NONE  # type: ignore[union-attr]

    in_loop(run())


def test_nobody_at_the_port_and_waiting_can_be_cancelled(program: Program, hands: Hands, in_loop: InLoop) -> None:
    import threading

    going = threading.Event()

    def slow(_host: Host) -> Shown:
        going.wait(10)
        raise Unavailable(NOT_REACHED, host="db1")

    async def run() -> None:
        show(program)
        program.entrance.server.join()
        await by_address(hands, "127.0.0.1:1")
        page = hands.page(JoinPage)
        await hands.until(page.error_text)
        assert "No server answers there" in page.error_text()
        program._practices.servers.shown_certificate = slow  # type: ignore[method-assign, assignment]
        page.host.setText("db1")
        page.go.click()
        await hands.until(page.stop.isVisible)
        assert page.working.text() == "Asking db1 who it is…"
        assert not page.host.isEnabled()
        await hands.until(page.stop.hasFocus)
        page.stop.click()
        await hands.until(page.host.isEnabled)
        assert page.error_text() == ""
        going.set()
        await hands.rest()
        assert page.error_text() == ""

    in_loop(run())


def test_both_kinds_of_practice_are_in_the_list(
    program: Program, hands: Hands, in_loop: InLoop, paths: Paths, enrolment_file: Path
) -> None:
    lindenhof(paths, "Bergweg")
    servers = Practices(paths).servers
    servers.join(servers.read(enrolment_file))

    async def run() -> None:
        show(program)
        page = hands.page(SignInPage)
        texts = [page.practice.itemText(i) for i in range(page.practice.count())]
        assert texts == ["Bergweg", "Lindenhof (on db1.lindenhof.example)"]
        page.practice.set_value(page.practice.itemData(1))
        await hands.rest()
        server = hands.page(ServerSignInPage)
        server.forget_link.click()
        dialog = await hands.dialog()
        dialog.accept()
        await hands.until(lambda: isinstance(program.entrance.page, SignInPage))
        assert [place.practice_name for place in Practices(paths).known()] == ["Bergweg"]
        assert not hands.page(SignInPage).practice.isVisible()

    in_loop(run())
