"""What was typed and not saved outlives the program: sealed on the disk, offered after the next sign-in."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from avenrae_desktop.areas.calendar.dialogs import BookingDialog, CancelDialog
from avenrae_desktop.areas.calendar.panel import CalendarPanel
from avenrae_desktop.areas.clients.dialogs import ClientDialog
from avenrae_desktop.areas.clients.domain import EditClient
from avenrae_desktop.areas.clients.panel import ClientsPanel
from avenrae_desktop.areas.services.dialogs import ServiceDialog
from avenrae_desktop.bootstrap import App, Practices
from avenrae_desktop.bootstrap.drafts import SUFFIX
from avenrae_desktop.db.faults import DISK_FULL
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.settings.paths import Paths
from avenrae_desktop.shell.drafts.dialog import DraftsDialog
from tests.shell.hands import Hands, dialogs
from tests.support.qt import InLoop

TYPED = "Prefers the quiet room, was late"


def draft_file(app: App) -> Path:
    folder: Path = app.place.folder  # type: ignore[union-attr]
    return folder / f"{app.actor.uuid}{SUFFIX}"


async def form_of(hands: Hands, kind: type[FormDialog]) -> FormDialog:
    found = await hands.dialog()
    assert isinstance(found, kind)
    await hands.rest()
    return found


async def kept(app: App, hands: Hands) -> bytes:
    """What is on the disk once all that was typed is there."""
    watch = hands.program.drafts
    assert watch is not None
    watch.look()
    await hands.rest()
    await hands.until(draft_file(app).exists)
    return draft_file(app).read_bytes()


async def die(app: App, hands: Hands) -> App:
    """The program ends with the form open, and is started again by the same person."""
    sealed = await kept(app, hands)
    for dialog in dialogs():
        dialog.discard() if isinstance(dialog, FormDialog) else dialog.reject()
    await hands.rest()
    hands.program.sign_out()
    await hands.rest()
    draft_file(app).write_bytes(sealed)
    return await come_in(app, hands)


async def come_in(app: App, hands: Hands) -> App:
    folder = app.place.folder  # type: ignore[union-attr]

    def open_again() -> App:
        return Practices(Paths(folder.parent, folder.parent, folder.parent)).open_demo()

    again = await asyncio.to_thread(open_again)
    hands.program.enter(again)
    await hands.rest()
    return again


async def offered(hands: Hands) -> DraftsDialog:
    await hands.until(lambda: any(isinstance(each, DraftsDialog) for each in dialogs()))
    found = next(each for each in dialogs() if isinstance(each, DraftsDialog))
    await hands.until(found.isActiveWindow)
    return found


async def go_on(hands: Hands, kind: type[FormDialog]) -> FormDialog:
    (await offered(hands)).rows[0].go_on.click()
    await hands.until(lambda: any(isinstance(each, kind) for each in dialogs()))
    return await form_of(hands, kind)


@pytest.fixture
def booking(demo: App, hands: Hands, in_loop: InLoop) -> BookingDialog:
    """A booking, all of it typed, none of it saved."""

    async def begin() -> BookingDialog:
        hands.work.new_booking()
        form = await form_of(hands, BookingDialog)
        assert isinstance(form, BookingDialog)
        hit = (await asyncio.to_thread(demo.clients.find, "Marco Rossi"))[0]
        form.client.set_hit(hit)
        form.client.picked.emit(hit)
        await hands.rest()
        form.service.setCurrentIndex(1)
        await hands.rest()
        await hands.until(lambda: len(form.when.free.buttons) > 2)
        form.when.free.buttons[2].click()
        form.price.setText("77.50")
        form.status.set_value("pending")
        form.note.setPlainText(TYPED)
        return form

    return in_loop(begin())


def test_nothing_of_it_stands_on_the_disk_in_the_clear(
    demo: App, hands: Hands, in_loop: InLoop, booking: BookingDialog, with_demo: Paths
) -> None:
    async def run() -> None:
        await kept(demo, hands)
        words = ("Marco", "Rossi", TYPED, "quiet room", "77.50", "booking")
        for file in with_demo.data.parent.rglob("*"):
            raw = file.read_bytes() if file.is_file() else b""
            for word in words:
                for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                    assert word.encode(encoding) not in raw, (file, word)
        assert draft_file(demo).stat().st_mode & 0o077 == 0
        booking.discard()

    in_loop(run())


def test_saved_or_discarded_it_goes_at_once(
    demo: App, hands: Hands, in_loop: InLoop, booking: BookingDialog
) -> None:
    async def run() -> None:
        await kept(demo, hands)
        booking.submit()
        await hands.until(lambda: dialogs() == [])
        assert booking.booked is not None
        await hands.until(lambda: not draft_file(demo).exists())
        hands.work.new_booking()
        form = await form_of(hands, BookingDialog)
        form.note.setPlainText(TYPED)  # type: ignore[attr-defined]
        await kept(demo, hands)
        form.discard()
        await hands.until(lambda: not draft_file(demo).exists())

    in_loop(run())


def test_a_write_that_failed_is_tried_again(
    demo: App, hands: Hands, in_loop: InLoop, booking: BookingDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stick was out when the person had finished typing, and is back."""

    async def run() -> None:
        watch = hands.program.drafts
        assert watch is not None
        await kept(demo, hands)
        before = draft_file(demo).read_bytes()

        def out(_text: str) -> None:
            raise Unavailable(DISK_FULL)

        with monkeypatch.context() as gone:
            gone.setattr(watch._box, "keep", out)
            booking.note.setPlainText("Comes by train")
            watch.look()
            await hands.until(lambda: watch._failed)
            await hands.rest()
        assert draft_file(demo).read_bytes() == before
        watch.keep_now()
        assert draft_file(demo).read_bytes() != before
        booking.discard()

    in_loop(run())


def test_a_form_in_which_nobody_typed_is_not_kept(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        hands.work.new_booking()
        form = await form_of(hands, BookingDialog)
        watch = hands.program.drafts
        assert watch is not None
        watch.look()
        await hands.rest()
        assert not draft_file(demo).exists()
        form.reject()

    in_loop(run())


def test_a_booking_comes_back_as_it_was_and_can_be_saved(
    demo: App, hands: Hands, in_loop: InLoop, booking: BookingDialog, failed: list[Exception]
) -> None:
    async def run() -> None:
        before = booking.draft_values()
        chosen = booking.when.free.buttons[2].property("instant")
        again = await die(demo, hands)
        dialog = await offered(hands)
        assert TYPED in dialog.typed.toPlainText()
        dialog.copy.click()
        assert TYPED in QApplication.clipboard().text()
        form = await go_on(hands, BookingDialog)
        assert isinstance(form, BookingDialog)
        assert form.draft_values() == before
        assert form.dirty
        form.submit()
        await hands.until(lambda: form.booked is not None)
        stored = await asyncio.to_thread(again.calendar.booking, form.booked)
        assert (stored.note, stored.row.status.value) == (TYPED, "pending")
        assert stored.row.starts_at == chosen
        await hands.until(lambda: not draft_file(again).exists())
        assert dialogs() == []

    in_loop(run())
    assert failed == []


def test_closed_again_with_esc_it_asks_first(
    demo: App, hands: Hands, in_loop: InLoop, booking: BookingDialog
) -> None:
    async def run() -> None:
        await die(demo, hands)
        form = await go_on(hands, BookingDialog)
        await hands.key(Qt.Key.Key_Escape)
        assert form.isVisible()
        assert not form._question.isHidden()
        form.discard()
        await hands.until(lambda: dialogs() == [])

    in_loop(run())


def test_what_was_saved_just_before_the_end_is_not_offered_as_a_form(
    demo: App, hands: Hands, in_loop: InLoop, booking: BookingDialog
) -> None:
    async def run() -> None:
        sealed = await kept(demo, hands)
        booking.submit()
        await hands.until(lambda: booking.booked is not None)
        await hands.rest()
        hands.program.sign_out()
        await hands.rest()
        draft_file(demo).write_bytes(sealed)
        again = await come_in(demo, hands)
        (await offered(hands)).rows[0].go_on.click()
        await hands.until(lambda: "saved after all" in hands.program.window.bar.text())
        await hands.until(lambda: not draft_file(again).exists())
        assert dialogs() == []

    in_loop(run())


def test_thrown_away_or_decided_later(demo: App, hands: Hands, in_loop: InLoop, booking: BookingDialog) -> None:
    async def run() -> None:
        again = await die(demo, hands)
        dialog = await offered(hands)
        await hands.key(Qt.Key.Key_Escape)
        await hands.until(lambda: dialogs() == [])
        assert draft_file(again).exists()
        hands.program.sign_out()
        await hands.rest()
        third = await come_in(again, hands)
        dialog = await offered(hands)
        dialog.rows[0].throw.click()
        await hands.until(lambda: not draft_file(third).exists())
        assert dialogs() == []

    in_loop(run())


def test_undecided_it_is_kept_beside_what_is_typed_now(
    demo: App, hands: Hands, in_loop: InLoop, booking: BookingDialog
) -> None:
    async def run() -> None:
        again = await die(demo, hands)
        (await offered(hands)).reject()
        await hands.until(lambda: dialogs() == [])
        new_client(hands)
        form = await form_of(hands, ClientDialog)
        form.form.last_name.setText("Quist")  # type: ignore[attr-defined]
        await die(again, hands)
        dialog = await offered(hands)
        assert len(dialog.rows) == 2
        assert {"New booking", "New client"} <= {
            line.split(" · ")[0] for line in dialog.typed.toPlainText().split("\n")
        }
        dialog.reject()

    in_loop(run())


def test_a_new_client_comes_back(demo: App, hands: Hands, in_loop: InLoop, failed: list[Exception]) -> None:
    async def run() -> None:
        new_client(hands)
        form = await form_of(hands, ClientDialog)
        assert isinstance(form, ClientDialog)
        form.form.first_name.setText("Zelda")
        form.form.last_name.setText("Quist")
        form.form.date_of_birth.setText("31.2.1980")
        form.form.preferred_healer.setCurrentIndex(2)
        form.form.note.setPlainText(TYPED)
        before = form.draft_values()
        again = await die(demo, hands)
        form = await go_on(hands, ClientDialog)
        assert form.draft_values() == before
        form.form.date_of_birth.setText("3.2.1980")  # type: ignore[attr-defined]
        form.submit()
        await hands.until(lambda: dialogs() == [])
        assert (await asyncio.to_thread(again.clients.find, "Quist"))[0].name == "Zelda Quist"
        await hands.until(lambda: not draft_file(again).exists())

    in_loop(run())
    assert failed == []


def new_client(hands: Hands) -> None:
    hands.work.go("clients")
    panel = hands.work.panel("clients")
    assert isinstance(panel, ClientsPanel)
    panel.add_client()


async def edit_marco(demo: App, hands: Hands) -> ClientDialog:
    hit = (await asyncio.to_thread(demo.clients.find, "Marco Rossi"))[0]
    hands.work.go("clients")
    panel = hands.work.panel("clients")
    assert isinstance(panel, ClientsPanel)
    panel.show_client(hit.uuid)
    await hands.until(lambda: panel.pane.detail is not None and panel.pane.detail.uuid == hit.uuid)
    panel.edit_client()
    form = await form_of(hands, ClientDialog)
    assert isinstance(form, ClientDialog)
    return form


def test_an_edited_client_comes_back_beside_what_a_colleague_changed_meanwhile(
    demo: App, hands: Hands, in_loop: InLoop, failed: list[Exception]
) -> None:
    async def run() -> None:
        form = await edit_marco(demo, hands)
        form.form.phone.setText("+41 44 555 99 99")
        detail = form._version.row  # type: ignore[union-attr]
        fields = {name: getattr(detail, name) for name in form.draft_values()["fields"]}
        again = await die(demo, hands)
        changed = replace(
            EditClient(client=detail.uuid, version=detail.version, **fields), phone="+41 1", note="Theirs"
        )
        await asyncio.to_thread(again.do, changed)
        form = await go_on(hands, ClientDialog)  # type: ignore[assignment]
        assert form.newer is not None
        await hands.until(lambda: form.newer.lines)  # type: ignore[union-attr]
        assert form.form.phone.text() == "+41 44 555 99 99"
        assert form.form.note.toPlainText() == "Theirs"
        assert form.newer.undecided()
        form.discard()
        await hands.until(lambda: dialogs() == [])

    in_loop(run())
    assert failed == []


def test_an_edit_that_was_saved_after_all_is_not_opened(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        form = await edit_marco(demo, hands)
        form.form.note.setPlainText(TYPED)
        sealed = await kept(demo, hands)
        form.submit()
        await hands.until(lambda: dialogs() == [])
        hands.program.sign_out()
        await hands.rest()
        draft_file(demo).write_bytes(sealed)
        await come_in(demo, hands)
        (await offered(hands)).rows[0].go_on.click()
        await hands.until(lambda: "saved after all" in hands.program.window.bar.text())

    in_loop(run())


def test_a_service_comes_back(demo: App, hands: Hands, in_loop: InLoop, failed: list[Exception]) -> None:
    async def run() -> None:
        hands.work.go("services")
        panel = hands.work.panel("services")
        panel.add_service()  # type: ignore[attr-defined]
        form = await form_of(hands, ServiceDialog)
        assert isinstance(form, ServiceDialog)
        form.service_name.setText("Sound bath")
        form.duration.setEditText("50 m")
        form.before.setValue(10)
        form.price.setText("12,")
        next(iter(form.healers.boxes.values())).setChecked(True)
        form.room.combo.set_value("new")
        form.room.new_name.setText("Attic")
        before = form.draft_values()
        await die(demo, hands)
        form = await go_on(hands, ServiceDialog)  # type: ignore[assignment]
        assert form.draft_values() == before
        form.discard()
        await hands.until(lambda: dialogs() == [])

    in_loop(run())
    assert failed == []


def test_a_form_that_cannot_be_opened_again_gives_its_text(demo: App, hands: Hands, in_loop: InLoop) -> None:
    async def run() -> None:
        panel = hands.work.panel("calendar")
        assert isinstance(panel, CalendarPanel)
        await hands.until(lambda: panel.scope is not None)
        booking = next(row for row in panel._rows.values() if row.status.value == "confirmed")
        panel.desk.step("cancel", booking)
        form = await form_of(hands, CancelDialog)
        form.reason.setEditText(TYPED)  # type: ignore[attr-defined]
        await die(demo, hands)
        dialog = await offered(hands)
        assert TYPED in dialog.typed.toPlainText()
        assert not dialog.rows[0].go_on.isVisible()
        dialog.rows[0].throw.click()
        await hands.until(lambda: dialogs() == [])

    in_loop(run())


def test_signing_out_of_a_locked_window_keeps_what_was_typed(
    demo: App, hands: Hands, in_loop: InLoop, booking: BookingDialog
) -> None:
    async def run() -> None:
        keeper = hands.program.keeper
        assert keeper is not None
        keeper.lock()
        await hands.rest()
        hands.program.sign_out()
        await hands.rest()
        assert draft_file(demo).exists()
        await come_in(demo, hands)
        assert TYPED in (await offered(hands)).typed.toPlainText()
        dialogs()[0].reject()

    in_loop(run())


def test_the_system_ends_the_program_and_nothing_typed_is_lost(
    demo: App, hands: Hands, in_loop: InLoop, booking: BookingDialog
) -> None:
    async def run() -> None:
        assert not draft_file(demo).exists()
        hands.program.end_unasked()
        assert draft_file(demo).exists()

    in_loop(run())


@pytest.mark.parametrize(
    "damage", [lambda raw: raw[:40], lambda raw: b"", lambda raw: raw[:-1] + b"!", lambda raw: b"x" * 99]
)
def test_a_damaged_draft_keeps_nobody_out(
    demo: App, hands: Hands, in_loop: InLoop, booking: BookingDialog, damage: Callable[[bytes], bytes]
) -> None:
    async def run() -> None:
        sealed = await kept(demo, hands)
        booking.discard()
        await hands.rest()
        hands.program.sign_out()
        await hands.rest()
        draft_file(demo).write_bytes(damage(sealed))
        again = await come_in(demo, hands)
        assert [each for each in dialogs() if isinstance(each, QDialog)] == []
        # The next one takes its place.
        hands.work.new_booking()
        form = await form_of(hands, BookingDialog)
        form.note.setPlainText("Anew")  # type: ignore[attr-defined]
        assert len(await kept(again, hands)) > 100
        form.discard()

    in_loop(run())
