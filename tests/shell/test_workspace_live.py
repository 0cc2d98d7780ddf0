"""Two people at once: what a colleague does is on screen, and a server that is away loses nothing."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from avenrae_desktop.areas.accounts.problems import DISABLED
from avenrae_desktop.areas.clients.dialogs import ClientDialog
from avenrae_desktop.areas.clients.domain import AddClient, EditClient
from avenrae_desktop.areas.clients.panel import ClientsPanel
from avenrae_desktop.areas.clients.queries import ClientDetail
from avenrae_desktop.bootstrap import App, Practices
from avenrae_desktop.db.server.problems import SERVER_AWAY
from avenrae_desktop.kernel.bus import Command, Outcome
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.errors import LinkLost, NotAllowed
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.link import LinkState
from avenrae_desktop.qtkit.dialogs import form as form_module
from avenrae_desktop.qtkit.dialogs import forms_aside
from avenrae_desktop.settings.paths import Paths
from avenrae_desktop.shell.ended import EndedDialog
from avenrae_desktop.shell.program import Program
from avenrae_desktop.shell.workspace.live_watch import LiveWatch
from tests.shell.hands import Hands, dialogs
from tests.shell.server_like import HOST, ServerLike, ToldLive
from tests.support.qt import InLoop

FIELDS = ("first_name", "last_name", "date_of_birth", "gender", "phone", "email", "preferred_healer",
          "emergency_contact_name", "emergency_contact_phone", "note")  # fmt: skip


@pytest.fixture
def served(with_demo: Paths, program: Program, hands: Hands, in_loop: InLoop) -> ServerLike:
    """Somebody works in a practice on a server, which is asked fifty times a second."""

    async def enter() -> ServerLike:
        program.window.show()
        program.window.activateWindow()
        app = ServerLike(await asyncio.to_thread(Practices(with_demo).open_demo))
        program.enter(app)  # type: ignore[arg-type]
        assert hands.work.live is not None
        hands.work.live._timer.setInterval(20)
        await polled(hands, app.live)
        return app

    return in_loop(enter())


async def polled(hands: Hands, live: ToldLive) -> None:
    """Until a question that begins from now on is answered, and what it told is on screen."""
    before = live.polls
    await hands.until(lambda: live.polls >= before + 2)


def edited(detail: ClientDetail, **changes: Any) -> EditClient:
    values = {name: getattr(detail, name) for name in FIELDS}
    return EditClient(client=detail.uuid, version=detail.version, **{**values, **changes})


async def clients(hands: Hands) -> ClientsPanel:
    hands.work.go("clients")
    panel = hands.work.panel("clients")
    assert isinstance(panel, ClientsPanel)
    await hands.until(lambda: panel.model.rows and panel.pane.detail)
    return panel


async def editing(hands: Hands, panel: ClientsPanel) -> ClientDialog:
    panel.edit_client()
    await hands.until(dialogs)
    form = dialogs()[0]
    assert isinstance(form, ClientDialog)
    await hands.until(lambda: form.form.preferred_healer.count() > 1)
    return form


# --- the chip -------------------------------------------------------------------------------------
def test_the_status_line_says_where_the_data_is_and_how_the_link_stands(
    served: ServerLike, hands: Hands, in_loop: InLoop
) -> None:
    async def run() -> None:
        status = hands.work.status
        assert status._practice.text().startswith(f"Practice server · {HOST} · encrypted · ")
        assert (status.chip.text(), status.chip.property("tone")) == ("Connected", "positive")
        assert status.chip.accessibleDescription() == HOST
        served.live.tell(state=LinkState.RECONNECTING)
        await hands.until(lambda: status.chip.text() == "Reconnecting…")
        served.live.tell(state=LinkState.AWAY)
        await hands.until(lambda: (status.chip.text(), status.chip.property("tone")) == ("Server away", "danger"))
        served.live.tell(state=LinkState.CONNECTED)
        await hands.until(lambda: status.chip.text() == "Connected")

    in_loop(run())


def test_the_chip_explains_by_keyboard_and_tries_at_once(
    served: ServerLike, hands: Hands, in_loop: InLoop
) -> None:
    async def run() -> None:
        served.live.tell(state=LinkState.AWAY)
        chip, popover = hands.work.status.chip, hands.work.status.chip.popover
        await hands.until(lambda: chip.text() == "Server away")
        assert hands.work.live is not None
        hands.work.live._timer.setInterval(60_000)
        await polled_once(hands, served.live)
        await hands.key(Qt.Key.Key_F8)
        await hands.until(popover.isVisible)
        said = f"{popover.title.text()} {popover.works._detail.text()} {popover.waits._detail.text()}"
        assert f"{HOST} does not answer" in said
        assert "typing into forms" in said
        assert "Saving" in said
        assert popover.since.text().startswith("since ")
        before = served.live.polls
        popover.again.click()
        await hands.until(lambda: served.live.polls == before + 1)
        await hands.until(lambda: popover.tried.text() == "No answer just now.")
        served.live.tell(state=LinkState.CONNECTED)
        popover.again.click()
        await hands.until(lambda: popover.title.text() == f"Connected to {HOST}")
        assert popover.again.isHidden()
        popover.close()

    in_loop(run())


async def polled_once(hands: Hands, live: ToldLive) -> None:
    """Until nothing is being asked any more."""
    await hands.until(lambda: live.at_once == 0)
    await hands.rest()


def test_there_is_never_more_than_one_question(served: ServerLike, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        watch, live = hands.work.live, served.live
        assert isinstance(watch, LiveWatch)
        live.gate.clear()
        await hands.until(lambda: live.at_once == 1)
        for _ in range(20):
            watch.ask()
            await asyncio.sleep(0.002)
        live.gate.set()
        await polled(hands, live)
        assert live.most_at_once == 1

    in_loop(run())


def test_nobody_is_asked_after_signing_out(served: ServerLike, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        hands.program.sign_out()
        await asyncio.sleep(0.05)
        before = served.live.polls
        await asyncio.sleep(0.2)
        assert served.live.polls == before
        assert hands.program._runner.link.state is None

    in_loop(run())


# --- what colleagues do ---------------------------------------------------------------------------
def test_a_colleagues_client_appears_and_nothing_moves(served: ServerLike, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        panel = await clients(hands)
        table = panel.table
        table.setFocus()
        table.selectRow(30)
        bar = table.verticalScrollBar()
        bar.setValue(bar.value() + 60)
        await hands.until(lambda: panel.pane.detail and panel.pane.detail.uuid == table.current_row().uuid)
        chosen, at = table.current_row().uuid, table.rowViewportPosition(30)
        served.elsewhere(AddClient(client=new_uuid(), first_name="Aaron", last_name="Aaberg"))
        await hands.until(lambda: panel.model.rows[0].last_name == "Aaberg")
        await hands.rest()
        assert table.current_row().uuid == chosen
        assert table.currentIndex().row() == 31
        assert table.rowViewportPosition(31) == at
        assert table.hasFocus()
        assert panel.pane.detail is not None
        assert panel.pane.detail.uuid == chosen

    in_loop(run())


def test_the_pane_keeps_its_place_when_the_client_changes_elsewhere(
    served: ServerLike, hands: Hands, in_loop: InLoop
) -> None:
    async def run() -> None:
        panel = await clients(hands)
        detail = panel.pane.detail
        assert detail is not None
        history = panel.pane._shown_past
        served.elsewhere(edited(detail, phone="+41 44 000 00 00"))
        await hands.until(lambda: panel.pane.phone.text() == "+41 44 000 00 00")
        assert panel.pane._shown_past is history

    in_loop(run())


def test_on_return_everything_is_read_again(served: ServerLike, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        panel = await clients(hands)
        served.live.tell(state=LinkState.AWAY)
        await hands.until(lambda: hands.work.status.chip.text() == "Server away")
        first = panel.model.rows[0]
        # Nobody tells of this one: the link was down when it happened.
        served.app.do(AddClient(client=new_uuid(), first_name="Aaron", last_name="Aaberg"))
        await polled(hands, served.live)
        assert panel.model.rows[0] == first
        served.live.tell(state=LinkState.CONNECTED)
        await hands.until(lambda: panel.model.rows[0].last_name == "Aaberg")

    in_loop(run())


def test_what_was_saved_after_all_is_told(served: ServerLike, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        command = AddClient(client=new_uuid(), first_name="Aaron", last_name="Aaberg")
        outcome = Outcome(command.uuid, {}, Changes(), undoable=True)
        served.live.tell(late=((command, outcome),))
        await hands.until(lambda: "Saved after all: Client added: Aaron Aaberg" in hands.program.window.bar.text())

    in_loop(run())


# --- records that are open --------------------------------------------------------------------------
def test_a_record_that_a_colleague_has_open_is_marked(served: ServerLike, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        panel = await clients(hands)
        detail = panel.pane.detail
        assert detail is not None
        served.live.open_at("Anna Keller", "client", detail.uuid)
        await hands.until(lambda: panel.pane.open_mark.text() == "Open at Anna Keller's desk")
        form = await editing(hands, panel)
        assert form.open_mark.text() == "Open at Anna Keller's desk"
        assert served.live.watched[-1] == ("client", detail.uuid)
        served.live.tell(open_elsewhere=())
        await hands.until(lambda: form.open_mark.text() == "")
        form.reject()
        await hands.until(lambda: served.live.watched[-1] is None)

    in_loop(run())


def test_a_newer_version_is_offered_while_one_types(served: ServerLike, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        panel = await clients(hands)
        form = await editing(hands, panel)
        detail = panel.pane.detail
        assert detail is not None
        assert form.newer is not None
        await hands.until(form.form.first_name.hasFocus)
        form.form.note.setPlainText("Mine")
        form.form.email.setText("mine@example.org")
        served.elsewhere(edited(detail, note="Theirs", phone="044 555 01 23", email="theirs@example.org"))
        await hands.until(form.newer.isVisible)
        assert form.form.first_name.hasFocus()
        assert form.newer.text.text() == "You both changed: e-mail, note. What you typed is still here."
        lines = form.newer.lines
        assert list(lines) == ["phone", "email", "note"]
        assert lines["phone"].theirs.isChecked()
        assert (lines["note"].theirs.text(), lines["note"].mine.text()) == ("Theirs", "Mine")
        assert (form.form.phone.text(), form.form.note.toPlainText()) == ("044 555 01 23", "Mine")
        # Without an answer nothing is saved; the keyboard goes to the first question.
        form.submit()
        await hands.until(lines["email"].theirs.hasFocus)
        QTest.mouseClick(lines["email"].theirs, Qt.MouseButton.LeftButton)
        assert form.form.email.text() == "theirs@example.org"
        QTest.mouseClick(lines["email"].mine, Qt.MouseButton.LeftButton)
        assert form.form.email.text() == "mine@example.org"
        QTest.mouseClick(lines["note"].theirs, Qt.MouseButton.LeftButton)
        QTest.mouseClick(lines["phone"].mine, Qt.MouseButton.LeftButton)
        assert form.form.phone.text() == detail.phone
        form.submit()
        await hands.until(lambda: form.saved)
        found = served.app.clients.detail(detail.uuid)
        assert (found.note, found.email, found.phone) == ("Theirs", "mine@example.org", detail.phone)

    in_loop(run())


def test_a_second_newer_version_goes_on_from_the_first(served: ServerLike, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        panel = await clients(hands)
        form = await editing(hands, panel)
        detail = panel.pane.detail
        assert detail is not None
        assert form.newer is not None
        form.form.note.setPlainText("Mine")
        served.elsewhere(edited(detail, note="First"))
        await hands.until(form.newer.isVisible)
        served.elsewhere(edited(served.app.clients.detail(detail.uuid), phone="044 555 01 23"))
        await hands.until(lambda: form.form.phone.text() == "044 555 01 23")
        assert form.newer.undecided() == ("note",)
        QTest.mouseClick(form.newer.keep, Qt.MouseButton.LeftButton)
        await hands.until(lambda: form.saved)
        found = served.app.clients.detail(detail.uuid)
        assert (found.note, found.phone) == ("Mine", "044 555 01 23")

    in_loop(run())


# --- a server that does not answer ------------------------------------------------------------------
class Slow:
    """Stands before the practice and lets commands wait, as a server that is away does."""

    def __init__(self, do: Callable[[Command], Outcome]) -> None:
        self._do = do
        self.gate = threading.Event()
        self.fails = False

    def __call__(self, command: Command) -> Outcome:
        self.gate.wait(10)
        if self.fails:
            raise LinkLost(SERVER_AWAY, host=HOST)
        return self._do(command)


@pytest.mark.parametrize("fails", [False, True])
def test_a_form_that_waits_may_be_left_and_comes_back_only_if_it_must(
    served: ServerLike, hands: Hands, in_loop: InLoop, fails: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(form_module, "_LINK_PATIENCE_S", 0)

    async def run() -> None:
        slow = Slow(served.app.do)
        hands.program._runner.use(slow)
        panel = await clients(hands)
        form = await editing(hands, panel)
        form._slow.setInterval(30)
        form.form.phone.setText("044 555 01 23")
        form.submit()
        assert form.busy
        await hands.until(lambda: "What you typed is sent again" in form.banner.text())
        assert form.cancel.text() == "Go on elsewhere"
        form.reject()
        assert not form.isVisible()
        assert forms_aside() == [form]
        hands.work.status.chip.popover.refresh()
        assert not hands.work.status.chip.popover.forms.isHidden()
        await hands.until(hands.program.window.isActiveWindow)
        hands.work.go("calendar")
        slow.fails = fails
        slow.gate.set()
        if not fails:
            await hands.until(lambda: form.saved)
            assert dialogs() == []
            return
        await hands.until(form.isVisible)
        assert form.banner.text() != ""
        assert form.cancel.text() == "Cancel"
        assert form.form.phone.text() == "044 555 01 23"
        slow.fails = False
        form.submit()
        await hands.until(lambda: form.saved)

    in_loop(run())


def test_a_command_that_fails_after_its_screen_is_gone_is_told(
    served: ServerLike, hands: Hands, in_loop: InLoop
) -> None:
    async def run() -> None:
        slow = Slow(served.app.do)
        slow.fails = True
        runner = hands.program._runner
        runner.use(slow)
        screen = QPlainTextEdit()
        runner.start(runner.do(AddClient(client=new_uuid(), first_name="Ada", last_name="Moor")), screen)
        await asyncio.sleep(0.02)
        screen.deleteLater()
        await asyncio.sleep(0.02)
        slow.gate.set()
        await hands.until(lambda: "Not saved: Client, Ada Moor" in hands.program.window.bar.text())

    in_loop(run())


@pytest.mark.parametrize("locked", [False, True])
def test_who_is_shut_out_is_told_what_could_not_be_saved(
    served: ServerLike, hands: Hands, in_loop: InLoop, locked: bool
) -> None:
    async def run() -> None:
        panel = await clients(hands)
        form = await editing(hands, panel)
        client = form.about
        form.form.phone.setText("044 555 01 23")
        if locked:
            assert hands.program.keeper is not None
            hands.program.keeper.lock()
        served.live.tell(state=LinkState.AWAY, ended=NotAllowed(DISABLED, sign_in_name="demo"))
        await hands.until(lambda: hands.program.workspace is None)
        await hands.until(lambda: any(isinstance(d, EndedDialog) for d in dialogs()))
        told = next(d for d in dialogs() if isinstance(d, EndedDialog))
        assert told.unsaved.toPlainText().startswith("Edit client")
        assert (client in told.unsaved.toPlainText()) is not locked
        assert ("044 555 01 23" in told.unsaved.toPlainText()) is not locked
        assert hands.program.entrance.isVisible()
        told.copy.click()
        assert QApplication.clipboard().text() == told.unsaved.toPlainText()
        told.accept()

    in_loop(run())


def test_on_a_file_there_is_no_chip(demo: App, hands: Hands) -> None:
    assert hands.work.live is None
    assert not hands.work.status.chip.isVisible()
    assert hands.work.status._practice.text().startswith("On this computer · encrypted")


def test_a_step_that_waits_for_the_server_is_told_in_the_bar(
    served: ServerLike, hands: Hands, in_loop: InLoop
) -> None:
    async def run() -> None:
        hands.work.waits.timer.setInterval(30)
        slow = Slow(served.app.do)
        served.carry_out = slow
        served.live.tell(state=LinkState.AWAY)
        await hands.until(lambda: hands.work.status.chip.text() == "Server away")
        runner, bar = hands.program._runner, hands.program.window.bar
        command = AddClient(client=new_uuid(), first_name="Ada", last_name="Moor")
        runner.start(runner.do(command), hands.work)
        await hands.until(lambda: "Waiting for the server to save: Client, Ada Moor" in bar.text())
        slow.gate.set()
        await hands.until(lambda: "Client added: Ada Moor" in bar.text())

    in_loop(run())


@pytest.mark.parametrize("way", ["sign out", "close"])
def test_leaving_asks_about_forms_that_still_wait(
    served: ServerLike, hands: Hands, in_loop: InLoop, way: str
) -> None:
    async def run() -> None:
        slow = Slow(served.app.do)
        hands.program._runner.use(slow)
        form = await editing(hands, await clients(hands))
        form._slow.setInterval(30)
        form.form.phone.setText("044 555 01 23")
        form.submit()
        await hands.until(lambda: form.cancel.text() == "Go on elsewhere")
        form.reject()
        leave = hands.work.sign_out_asked.emit if way == "sign out" else hands.program.window.close
        leave()
        await hands.until(dialogs)
        assert f"Not saved: Edit client · {form.about}" in dialogs()[0].accessibleDescription()
        dialogs()[0].reject()
        await hands.until(lambda: not dialogs())
        assert hands.program.workspace is not None
        assert hands.program.window.isVisible()
        slow.gate.set()
        await hands.until(lambda: form.saved)
        leave()
        if way == "sign out":
            await hands.until(lambda: hands.program.workspace is None)
        else:
            await hands.until(lambda: not hands.program.window.isVisible())

    in_loop(run())
