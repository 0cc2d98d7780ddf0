"""The client dialog: typed through the widgets, nothing lost, nothing doubled."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from avenrae_desktop.areas.clients.dialogs import ClientDialog
from avenrae_desktop.areas.clients.domain import ArchiveClient, EditClient
from avenrae_desktop.db import tables as t
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.widgets import Button
from tests.clients.conftest import Desk
from tests.support.practice import NOW
from tests.support.qt import InLoop, until

Open = Callable[..., ClientDialog]


@pytest.fixture
def dialog(qtbot, theme: Theme, runner: Runner, file_desk: Desk) -> Open:
    """Opens a dialog on the desk's practice; call it inside the loop."""
    runner.use(file_desk.do)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def make(**more: Any) -> ClientDialog:
        made = ClientDialog(file_desk.reads, runner, window, today=lambda: date(2026, 11, 23), **more)
        made.show()
        return made

    return make


def type_into(widget: QWidget, text: str) -> None:
    widget.setFocus()
    QTest.keyClicks(widget, text)


def shown(dialog: ClientDialog) -> str:
    return dialog.banner.text()


def use_buttons(dialog: ClientDialog) -> list[QAbstractButton]:
    return [b for b in dialog.alike.findChildren(Button) if b is not dialog.alike.anyway and b.isVisible()]


def test_a_client_is_typed_and_saved(dialog: Open, file_desk: Desk, in_loop: InLoop) -> None:
    async def go() -> None:
        form = dialog()
        type_into(form.form.first_name, "Priya")
        type_into(form.form.last_name, "Nair")
        type_into(form.form.phone, "+41 44 555 01 23")
        type_into(form.form.email, "priya@example.com")
        type_into(form.form.date_of_birth, "29.02.1988")
        type_into(form.form.note, "Quiet room")
        assert form.dirty
        QTest.mouseClick(form.primary, Qt.MouseButton.LeftButton)
        await until(lambda: not form.isVisible() or shown(form))
        assert shown(form) == ""
        assert form.saved is not None
        found = file_desk.detail(form.saved)
        assert (found.name, found.phone, found.email) == ("Priya Nair", "+41 44 555 01 23", "priya@example.com")
        assert (found.date_of_birth, found.note) == (date(1988, 2, 29), "Quiet room")
        assert form.result() == 1

    in_loop(go())


@pytest.mark.parametrize(
    ("typed", "fields"),
    [
        ("Priya", ("", "Priya", "", "")),
        ("Anna Maria Keller", ("Anna Maria", "Keller", "", "")),
        ("Keller, Anna", ("Anna", "Keller", "", "")),
        ("044 555", ("", "", "044 555", "")),
        ("p@example.com", ("", "", "", "p@example.com")),
    ],
)
def test_what_was_searched_for_is_where_it_belongs(
    dialog: Open, in_loop: InLoop, typed: str, fields: tuple[str, ...]
) -> None:
    async def go() -> None:
        form = dialog(name=typed)
        f = form.form
        assert (f.first_name.text(), f.last_name.text(), f.phone.text(), f.email.text()) == fields
        assert not form.dirty
        form.reject()
        assert not form.isVisible()

    in_loop(go())


@pytest.mark.parametrize(
    ("field", "typed", "title", "what"),
    [
        ("last_name", "", "A client needs a last name", "The last name is empty."),
        (
            "last_name",
            "N" * 300,
            "The last name is too long",
            "At most 100 characters fit here; this has 300. Nothing was cut off.",
        ),
        ("email", "priya@", "This is not an e-mail address", "“priya@” cannot be an e-mail address."),
        ("phone", "x", "This is not a phone number", "“x” cannot be a phone number"),
        ("date_of_birth", "soon", "This is not a date", "“soon” cannot be read as a birth date."),
        ("date_of_birth", "24.12.2026", "This birth date is in the future", "Nobody is born on 24.12.2026 yet."),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(
    dialog: Open, file_desk: Desk, in_loop: InLoop, field: str, typed: str, title: str, what: str
) -> None:
    async def go() -> None:
        form = dialog()
        values = {"first_name": "Priya", "last_name": "Nair", "note": "Kept", field: typed}
        for name, text in values.items():
            widget = form.form.widget(name)
            widget.setPlainText(text) if name == "note" else widget.setText(text)
        form.submit()
        await until(lambda: shown(form))
        assert shown(form).splitlines()[0] == title
        assert what in shown(form)
        assert len(shown(form).splitlines()) == 3
        assert form.form.widget(field).property("invalid") is True
        assert form.form.widget(field).hasFocus()
        for name, text in values.items():
            widget = form.form.widget(name)
            assert (widget.toPlainText() if name == "note" else widget.text()) == text
        assert file_desk.reads.page("").rows == ()
        form.discard()

    in_loop(go())


@pytest.mark.parametrize("name", ["<img src=x>", "Zoë 🌿👩🏽‍⚕️", "مريم الحسيني", "100%_\\"])
def test_any_name_can_be_typed(dialog: Open, file_desk: Desk, in_loop: InLoop, name: str) -> None:
    async def go() -> None:
        form = dialog()
        form.form.last_name.setText(name)
        form.submit()
        await until(lambda: form.saved)
        assert file_desk.detail(form.saved).last_name == name

    in_loop(go())


def test_pressing_save_twice_saves_once(dialog: Open, file_desk: Desk, in_loop: InLoop) -> None:
    async def go() -> None:
        form = dialog(name="Nair")
        QTest.mouseDClick(form.primary, Qt.MouseButton.LeftButton)
        QTest.mouseClick(form.primary, Qt.MouseButton.LeftButton)
        form.submit()
        await until(lambda: form.saved)
        await asyncio.sleep(0.05)
        assert len(file_desk.reads.page("").rows) == 1

    in_loop(go())


def test_likely_duplicates_show_while_typing(dialog: Open, file_desk: Desk, in_loop: InLoop) -> None:
    file_desk.add("Anna", "Keller", phone="044 555 01 23", date_of_birth=date(1980, 5, 1))

    async def go() -> None:
        form = dialog()
        type_into(form.form.first_name, "Anna")
        type_into(form.form.last_name, "Kelle")
        await asyncio.sleep(0.35)
        assert not form.alike.isVisible()
        type_into(form.form.last_name, "r")
        await until(form.alike.isVisible)
        assert form.alike.title.text() == "One client looks like this one"
        assert use_buttons(form)[0].accessibleName().startswith("Use this one: Anna Keller, 1 May 1980")
        assert not form.alike.anyway.isVisible()
        type_into(form.form.last_name, "x")
        await until(lambda: not form.alike.isVisible())
        form.discard()

    in_loop(go())


def test_duplicates_ask_once_before_saving(dialog: Open, file_desk: Desk, in_loop: InLoop) -> None:
    file_desk.add("Anna", "Keller")
    file_desk.add("Eva", "Rossi", email="anna@example.com")

    async def go() -> None:
        form = dialog(name="Anna Keller")
        form.form.email.setText("anna@example.com")
        form.submit()
        await until(form.alike.anyway.isVisible)
        assert form.alike.title.text() == "Two clients look like this one"
        assert form.alike.anyway.hasFocus()
        assert form.saved is None
        assert form.isVisible()
        # Save pressed again, or Return held down, is no answer.
        QTest.keyClick(form, Qt.Key.Key_Return)
        form.submit()
        await asyncio.sleep(0.1)
        assert len(file_desk.reads.page("").rows) == 2
        await until(lambda: form.alike.anyway.isEnabled() and form.alike.anyway.isVisible())
        QTest.mouseClick(form.alike.anyway, Qt.MouseButton.LeftButton)
        await until(lambda: form.saved)
        assert len(file_desk.reads.page("").rows) == 3

    in_loop(go())


def test_the_one_who_is_there_can_be_used_instead(dialog: Open, file_desk: Desk, in_loop: InLoop) -> None:
    gone = file_desk.add("Anna", "Keller")
    file_desk.do(ArchiveClient(client=gone, version=1))

    async def go() -> None:
        form = dialog(name="Anna Keller")
        form.submit()
        await until(form.alike.anyway.isVisible)
        [use] = use_buttons(form)
        assert use.text() == "Restore and use"
        QTest.mouseClick(use, Qt.MouseButton.LeftButton)
        await until(lambda: not form.isVisible())
        assert (form.saved, form.used_existing, form.result()) == (gone, True, 1)
        assert not file_desk.detail(gone).archived
        assert len(file_desk.reads.page("").rows) == 1

    in_loop(go())


@pytest.mark.parametrize("keeps", ["both", "theirs"])
def test_two_desks_add_the_same_client_at_once(
    dialog: Open, file_desk: Desk, in_loop: InLoop, monkeypatch: pytest.MonkeyPatch, keeps: str
) -> None:
    theirs: list[UUID] = []
    looked = file_desk.reads.duplicates

    def duplicates(*typed: Any) -> Any:
        """The other desk saves right after this one has looked for the last time."""
        found = looked(*typed)
        if form.busy and not theirs:
            theirs.append(file_desk.add("Priya", "Nair", phone="+41 44 555 01 23"))
        return found

    async def go() -> None:
        nonlocal form
        form = dialog()
        type_into(form.form.first_name, "Priya")
        type_into(form.form.last_name, "Nair")
        type_into(form.form.phone, "+41 44 555 01 23")
        monkeypatch.setattr(file_desk.reads, "duplicates", duplicates)
        QTest.mouseClick(form.primary, Qt.MouseButton.LeftButton)
        await until(lambda: form.alike.anyway.isVisible() or shown(form))
        assert "Somebody else has just added this client too" in form.alike.title.text()
        assert form.saved is not None
        mine = form.saved
        if keeps == "both":
            QTest.mouseClick(form.alike.anyway, Qt.MouseButton.LeftButton)
        else:
            (use,) = use_buttons(form)
            QTest.mouseClick(use, Qt.MouseButton.LeftButton)
        await until(lambda: not form.isVisible())
        assert form.result() == 1
        assert form.saved == (mine if keeps == "both" else theirs[0])
        assert file_desk.detail(mine).archived == (keeps == "theirs")
        assert file_desk.names("nair") == ["Priya Nair"] * (2 if keeps == "both" else 1)

    form: Any = None
    in_loop(go())


def test_esc_asks_before_typing_is_lost(dialog: Open, in_loop: InLoop) -> None:
    async def go() -> None:
        form = dialog()
        type_into(form.form.last_name, "Nair")
        QTest.keyClick(form, Qt.Key.Key_Escape)
        assert form.isVisible()
        assert form._question.isVisible()
        QTest.keyClick(form, Qt.Key.Key_Escape)
        assert form.isVisible()
        assert form.form.last_name.text() == "Nair"
        QTest.keyClick(form, Qt.Key.Key_Escape)
        QTest.mouseClick(form._question.throw, Qt.MouseButton.LeftButton)
        assert not form.isVisible()
        assert form.saved is None

    in_loop(go())


def test_editing_shows_and_saves_everything(dialog: Open, file_desk: Desk, in_loop: InLoop) -> None:
    with file_desk.engine.begin() as c:
        for row in c.execute(t.users.select().where(t.users.c.user_type == "healer")).all():
            c.execute(t.user_roles.insert().values(user_id=row.id, role="healer", created_at=NOW))
    client = file_desk.add(
        "Priya", "Nair", date_of_birth=date(1988, 2, 29), note="One\nTwo", preferred_healer=file_desk.healers[1]
    )

    async def go() -> None:
        form = dialog(detail=file_desk.detail(client))
        await until(lambda: form.form.preferred_healer.count() == 3)
        assert form.form.preferred_healer.currentText() == "Healer 1"
        assert form.form.date_of_birth.value() == date(1988, 2, 29)
        assert not form.dirty
        form.form.preferred_healer.set_value(file_desk.healers[0])
        type_into(form.form.phone, "044 555 01 23")
        form.submit()
        await until(lambda: form.saved)
        found = file_desk.detail(client)
        assert (found.phone, found.note, found.version) == ("044 555 01 23", "One\nTwo", 2)
        assert found.preferred_healer == file_desk.healers[0]

    in_loop(go())


@pytest.fixture
def beaten(dialog: Open, file_desk: Desk, edit: Callable[..., dict[str, Any]]) -> Callable[[], ClientDialog]:
    """A form with phone and note typed, while somebody else saved another first name and note."""
    client = file_desk.add("Priya", "Nair", note="Old")

    def make() -> ClientDialog:
        form = dialog(detail=file_desk.detail(client))
        form.form.phone.setText("044 555 01 23")
        form.form.note.setPlainText("Mine")
        file_desk.do(EditClient(**edit(file_desk.detail(client), first_name="Pria", note="Theirs")))
        form.submit()
        return form

    return make


def test_a_newer_version_is_merged_and_mine_saved_when_i_say_so(
    beaten: Callable[[], ClientDialog], file_desk: Desk, in_loop: InLoop
) -> None:
    async def go() -> None:
        form = beaten()
        await until(form.newer.isVisible)
        assert form.newer.text.text() == "You both changed: note. What you typed is still here."
        assert (form.form.first_name.text(), form.form.phone.text()) == ("Pria", "044 555 01 23")
        assert form.form.note.toPlainText() == "Mine"
        form.submit()
        await asyncio.sleep(0.1)
        assert form.saved is None
        QTest.mouseClick(form.newer.keep, Qt.MouseButton.LeftButton)
        await until(lambda: form.saved)
        found = file_desk.detail(form.saved)
        assert (found.first_name, found.note, found.phone, found.version) == ("Pria", "Mine", "044 555 01 23", 3)

    in_loop(go())


def test_the_newer_version_can_be_taken(
    beaten: Callable[[], ClientDialog], file_desk: Desk, in_loop: InLoop
) -> None:
    async def go() -> None:
        form = beaten()
        await until(form.newer.isVisible)
        QTest.mouseClick(form.newer.take, Qt.MouseButton.LeftButton)
        assert (form.form.note.toPlainText(), form.form.phone.text()) == ("Theirs", "")
        assert not form.newer.isVisible()
        assert not form.dirty
        form.form.phone.setText("079 000 00 00")
        form.submit()
        await until(lambda: form.saved)
        found = file_desk.detail(form.saved)
        assert (found.note, found.phone, found.version) == ("Theirs", "079 000 00 00", 3)

    in_loop(go())


def test_every_control_has_a_name(dialog: Open, in_loop: InLoop) -> None:
    async def go() -> None:
        form = dialog()
        names = [form.form.widget(n).accessibleName() for n in ("first_name", "email", "note", "date_of_birth")]
        assert names == ["First name", "E-mail", "Note", "Birth date"]
        for button in form.findChildren(QAbstractButton):
            told = QAccessible.queryAccessibleInterface(button)
            assert not button.isVisible() or told.text(QAccessible.Text.Name)
        form.reject()

    in_loop(go())
