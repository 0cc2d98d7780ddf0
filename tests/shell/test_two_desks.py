"""Two people at one practice server, with real accounts over TLS: one at the window, one at another desk."""

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from avenrae_desktop.areas.accounts.domain import DisablePerson, EnablePerson
from avenrae_desktop.areas.calendar.domain import Book
from avenrae_desktop.areas.calendar.panel import CalendarPanel
from avenrae_desktop.areas.clients.dialogs import ClientDialog
from avenrae_desktop.areas.clients.panel import ClientsPanel
from avenrae_desktop.bootstrap import App
from avenrae_desktop.bootstrap.server.servers import Servers
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import utc_now, wall_of
from avenrae_desktop.settings.paths import paths_under
from avenrae_desktop.shell.ended import EndedDialog
from avenrae_desktop.shell.preferences.account import AccountSection
from avenrae_desktop.shell.preferences.account_dialogs import ChangePasswordDialog
from avenrae_desktop.shell.preferences.code_dialogs import CodeDialog
from avenrae_desktop.shell.preferences.myself_dialog import MyselfDialog
from avenrae_desktop.shell.preferences.person_dialog import PersonDialog
from avenrae_desktop.shell.preferences.team import TeamSection
from avenrae_desktop.shell.program import Program
from tests.network.ledger import through
from tests.network.proxy import Proxy, proxied
from tests.shell.hands import Hands, dialogs
from tests.shell.test_settings import settings_page
from tests.shell.test_workspace_live import clients, edited, editing
from tests.support.places import ServerKind
from tests.support.qt import InLoop
from tests.support.server_practice import (
    PASSWORD,
    ServerPractice,
    cheap_hashes,
    made_practice,
    server_kind,
    server_practice,
)

__all__ = ["server_kind", "server_practice"]

AtDesk = Callable[[str], App]


@pytest.fixture
def at_window(
    server_practice: ServerPractice, tmp_path: Path, program: Program, hands: Hands, in_loop: InLoop
) -> Iterator[Callable[[str], App]]:
    """`at_window("admin")` signs that person in at the window."""

    async def enter(app: App) -> App:
        program.window.show()
        program.window.activateWindow()
        program.enter(app)
        await hands.rest()
        return app

    with cheap_hashes(), ExitStack() as stack:
        yield lambda who: in_loop(enter(stack.enter_context(server_practice.app(who, tmp_path / "window"))))
        if program.workspace is not None:
            program.workspace.end()


@pytest.fixture
def elsewhere(server_practice: ServerPractice, tmp_path: Path) -> Iterator[Callable[[str], App]]:
    """`elsewhere("front_desk")` signs that person in on another computer."""
    with cheap_hashes(), ExitStack() as stack:
        yield lambda who: stack.enter_context(server_practice.app(who, tmp_path / "elsewhere"))


def book(practice: ServerPractice, app: App, hour: int, client: int = 0) -> Book:
    start = wall_of(utc_now(), app.zone()).replace(hour=hour, minute=0, second=0, microsecond=0, tzinfo=None)
    return Book(
        booking=new_uuid(), client=practice.clients[client], healer=practice.healers[0],
        service=practice.services[0], local_start=start,
    )  # fmt: skip


async def calendar(hands: Hands) -> CalendarPanel:
    hands.work.go("calendar")
    panel = hands.work.panel("calendar")
    assert isinstance(panel, CalendarPanel)
    await hands.until(lambda: panel.scope is not None)
    return panel


def test_a_booking_made_at_another_desk_is_on_screen_within_two_seconds(
    server_practice: ServerPractice, at_window: AtDesk, elsewhere: AtDesk, hands: Hands, in_loop: InLoop
) -> None:
    at_window("admin")
    desk = elsewhere("front_desk")

    async def run() -> None:
        panel = await calendar(hands)
        chosen = book(server_practice, desk, 6)
        await asyncio.to_thread(desk.do, chosen)
        await hands.until(lambda: panel.row(str(chosen.booking)) is not None, 5)
        assert panel.view.select_key(str(chosen.booking))
        panel.view.setFocus()
        panel.view.verticalScrollBar().setValue(200)
        took = []
        for hour in (8, 10, 12, 14):
            new = book(server_practice, desk, hour, 1)
            await asyncio.to_thread(desk.do, new)
            began = time.monotonic()
            await hands.until(lambda new=new: panel.row(str(new.booking)) is not None, 5)  # type: ignore[misc]
            took.append(time.monotonic() - began)
            assert panel.view.current_key() == str(chosen.booking)
            assert panel.view.verticalScrollBar().value() == 200
            assert panel.view.hasFocus()
        assert max(took) < 2, took
        assert hands.work.status.chip.text() == "Connected"

    in_loop(run())


def test_both_edit_the_same_client(
    server_practice: ServerPractice, at_window: AtDesk, elsewhere: AtDesk, hands: Hands, in_loop: InLoop
) -> None:
    at_window("admin")
    desk = elsewhere("front_desk")

    async def run() -> None:
        assert desk.live is not None
        panel: ClientsPanel = await clients(hands)
        assert panel.pane.detail is not None
        client: UUID = panel.pane.detail.uuid
        # The colleague opens it first: both see each other.
        desk.live.watch(("client", client))
        await asyncio.to_thread(desk.live.poll)
        await hands.until(panel.pane.open_mark.text, 10)
        name = desk.actor.name
        assert panel.pane.open_mark.text() == f"Open at {name}'s desk"
        form: ClientDialog = await editing(hands, panel)
        assert form.newer is not None

        def marked() -> bool:
            assert desk.live is not None
            return any(each.record == client for each in desk.live.poll().open_elsewhere)

        end = time.monotonic() + 5
        while not await asyncio.to_thread(marked):
            assert time.monotonic() < end
            await asyncio.sleep(0.2)
        # The colleague saves while something is typed here.
        form.form.note.setPlainText("Mine")
        await asyncio.to_thread(desk.do, edited(desk.clients.detail(client), phone="044 555 01 23", note="Theirs"))
        await hands.until(form.newer.isVisible, 5)
        assert (form.form.phone.text(), form.form.note.toPlainText()) == ("044 555 01 23", "Mine")
        QTest.mouseClick(form.newer.keep, Qt.MouseButton.LeftButton)
        await hands.until(lambda: form.saved)
        found = desk.clients.detail(client)
        assert (found.phone, found.note) == ("044 555 01 23", "Mine")
        desk.live.watch(None)
        await asyncio.to_thread(desk.live.poll)
        await hands.until(lambda: not panel.pane.open_mark.text(), 30)

    in_loop(run(), 90)


def test_somebody_is_invited_from_the_window_and_shut_out_again(
    server_practice: ServerPractice, at_window: AtDesk, hands: Hands, in_loop: InLoop, tmp_path: Path
) -> None:
    mark = server_practice.database[2:]
    at_window("admin")

    async def run() -> None:
        section = settings_page(hands, "team").sections["team"]
        assert isinstance(section, TeamSection)
        await hands.until(lambda: section.people)
        assert section.add.text() == "Invite…"
        section.add.click()
        dialog = await hands.dialog()
        assert isinstance(dialog, PersonDialog)
        dialog.first_name.setText("Jan")
        dialog.sign_in_name.setText(f"jan_{mark}")
        dialog.submit()
        await hands.until(lambda: any(isinstance(d, CodeDialog) for d in dialogs()), 20)
        shown = next(d for d in dialogs() if isinstance(d, CodeDialog))
        code = shown.code.text()
        shown.accept()
        await hands.until(lambda: any(each[1].mark == "Invited" for each in section._shown))
        computer = server_practice.place(tmp_path / "jan")
        servers = Servers(paths_under(tmp_path / "jan"))
        app = await asyncio.to_thread(
            servers.choose_password, computer, f"jan_{mark}", code, "five words make this one"
        )
        try:
            await section.reload()
            await hands.until(lambda: not any(each[1].mark == "Invited" for each in section._shown))
            jan = next(p for p in section.people if p.sign_in_name == f"jan_{mark}")
            section._toggle(jan)
            await hands.until(lambda: any(each[1].mark == "Shut out" for each in section._shown), 20)
        finally:
            app.close()

    in_loop(run(), 90)


def test_who_is_shut_out_in_mid_work_is_led_to_the_first_page(
    server_practice: ServerPractice, at_window: AtDesk, elsewhere: AtDesk, hands: Hands, in_loop: InLoop
) -> None:
    person = server_practice.people["front_desk"].uuid
    admin = elsewhere("admin")
    at_window("front_desk")

    def version() -> int:
        return next(p.version for p in admin.accounts.people() if p.uuid == person)

    async def run() -> None:
        form = await editing(hands, await clients(hands))
        form.form.note.setPlainText("Half a sentence")
        await asyncio.to_thread(admin.do, DisablePerson(person=person, version=version()))
        await hands.until(lambda: any(isinstance(d, EndedDialog) for d in dialogs()), 10)
        told = next(d for d in dialogs() if isinstance(d, EndedDialog))
        assert "Half a sentence" in told.unsaved.toPlainText()
        assert hands.program.workspace is None
        told.accept()

    try:
        in_loop(run())
    finally:
        admin.do(EnablePerson(person=person, version=version()))


def test_somebody_edits_themselves_and_changes_their_password(
    server_practice: ServerPractice, at_window: AtDesk, elsewhere: AtDesk, hands: Hands, in_loop: InLoop
) -> None:
    app = at_window("both")
    colleague = elsewhere("healer")
    new = "another good long one"

    async def run() -> None:
        section = settings_page(hands, "account").sections["account"]
        assert isinstance(section, AccountSection)
        section.edit.click()
        dialog = await hands.dialog()
        assert isinstance(dialog, MyselfDialog)
        dialog.last_name.setText("Almond")
        dialog.email.setText("Desk@Example.org")
        dialog.submit()
        await hands.until(lambda: section.name.text().endswith("Almond"), 15)
        assert hands.work.status.who.text().endswith("Almond")
        found = next(p for p in colleague.accounts.people() if p.uuid == app.actor.uuid)
        assert (found.last_name, found.email) == ("Almond", "desk@example.org")
        section.password.click()
        await hands.until(lambda: any(isinstance(d, ChangePasswordDialog) for d in dialogs()))
        form = next(d for d in dialogs() if isinstance(d, ChangePasswordDialog))
        form.old.setText("not the old one")
        form.new.setText(new)
        form.again.setText(new)
        form.submit()
        await hands.until(form.banner.text, 20)
        assert not form.busy
        form.old.setText(PASSWORD)
        form.submit()
        await hands.until(lambda: not dialogs(), 20)
        assert app.check_password(new)

    in_loop(run())
    # The server remembers the old one and would not take it back.
    people = server_practice.people
    people["both"] = replace(people["both"], password=new)


@pytest.mark.parametrize("kind_of_server", [ServerKind.MYSQL])
def test_a_cable_pulled_out_in_mid_save_loses_nothing(
    kind_of_server: ServerKind, run_folder: Path, program: Program, hands: Hands, in_loop: InLoop, tmp_path: Path
) -> None:
    """The form says what it waits for and steps aside; the chip says how it stands; then all goes on by itself."""

    async def run(app: App, colleague: App, proxy: Proxy) -> None:
        program.window.show()
        program.window.activateWindow()
        program.enter(app)
        await hands.rest()
        chip = hands.work.status.chip
        form = await editing(hands, await clients(hands))
        client, before = form._client, colleague.clients.detail(form._client).version
        proxy.freeze()
        proxy.break_all()
        form.form.phone.setText("044 555 01 23")
        form.submit()
        await hands.until(lambda: chip.text() == "Reconnecting…", 15)
        await hands.until(lambda: "sent again" in form.banner.text(), 10)
        assert form.form.phone.text() == "044 555 01 23"
        form.reject()
        assert not form.isVisible()
        hands.work.go("calendar")
        proxy.thaw()
        await hands.until(lambda: form.saved, 45)
        await hands.until(lambda: chip.text() == "Connected", 15)
        assert dialogs() == []
        found = await asyncio.to_thread(colleague.clients.detail, client)
        assert (found.phone, found.version) == ("044 555 01 23", before + 1)

    with cheap_hashes(), made_practice(kind_of_server, run_folder) as practice:
        [host] = practice.address.hosts
        with (
            proxied("127.0.0.1", host.port) as proxy,
            practice.app("healer", tmp_path / "colleague") as colleague,
            through(practice, proxy).app("front_desk", tmp_path / "window") as app,
        ):
            try:
                in_loop(run(app, colleague, proxy), 120)
            finally:
                proxy.thaw()
                if program.workspace is not None:
                    program.workspace.end()
