"""Dialogs: opened without exec(), errors in place, typing never lost, the safe answer near at hand."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget
from shiboken6 import isValid

from avenrae_desktop.kernel.errors import AppError, Problem, RuleBroken
from avenrae_desktop.qtkit.dialogs import CrashDialog, FormDialog, Notice, ask, confirm, message
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.widgets import Button, LineEdit, TextArea
from tests.support.qt import InLoop, until

NAME_MISSING = Problem("name_missing", "The name is missing", "{who} has no name.", "Type a name.")


class ClientForm(FormDialog):
    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__("New client", runner, parent)
        self.called = self.field("name", "&Name", LineEdit())
        self.notes = self.field("notes", "N&otes", TextArea(), "Only you see them.")
        self.saved: list[str] = []
        self.gate: asyncio.Event | None = None
        self.error: Exception | None = None

    async def save(self) -> None:
        text = self.called.text()
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error
        self.saved.append(text)


@pytest.fixture
def window(qtbot, theme: Theme) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def form(window: QWidget, runner: Runner) -> ClientForm:
    form = ClientForm(runner, window)
    form.show()
    return form


def test_ask_waits_for_the_answer_and_gives_focus_back(window: QWidget, in_loop: InLoop, qtbot) -> None:
    opener = Button("Open", parent=window)
    other = Button("Other", parent=window)
    for button in (opener, other):
        button.show()
    opener.setFocus()

    async def go(accept: bool) -> bool:
        dialog = QDialog(window)
        LineEdit(parent=dialog).setText("typed")
        waiting = asyncio.ensure_future(ask(dialog))
        await asyncio.sleep(0.01)
        other.setFocus()
        assert dialog.isVisible()
        assert dialog.windowModality() == Qt.WindowModality.WindowModal
        (dialog.accept if accept else dialog.reject)()
        answer = await waiting
        field = dialog.findChild(LineEdit)
        assert field is not None
        assert field.text() == "typed"
        assert dialog.parent() is None
        return answer

    assert in_loop(go(True)) is True
    assert in_loop(go(False)) is False
    assert window.focusWidget() is opener


def test_other_tasks_go_on_while_a_dialog_is_open(window: QWidget, in_loop: InLoop) -> None:
    async def go() -> None:
        dialog, ticks = QDialog(window), []

        async def tick() -> None:
            while True:
                ticks.append(1)
                await asyncio.sleep(0.001)

        ticker = asyncio.ensure_future(tick())
        waiting = asyncio.ensure_future(ask(dialog))
        await until(lambda: len(ticks) > 5)
        dialog.accept()
        assert await waiting
        ticker.cancel()

    in_loop(go())


def test_a_dialog_whose_window_goes_was_not_accepted(qtbot, theme: Theme, in_loop: InLoop) -> None:
    async def go() -> None:
        window = QWidget()
        waiting = asyncio.ensure_future(ask(QDialog(window)))
        await asyncio.sleep(0.01)
        window.deleteLater()
        assert await waiting is False

    in_loop(go())


def test_a_cancelled_task_takes_its_dialog_along(window: QWidget, in_loop: InLoop) -> None:
    async def go() -> None:
        dialog = QDialog(window)
        waiting = asyncio.ensure_future(ask(dialog))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        await until(lambda: not isValid(dialog))

    in_loop(go())


def opened(window: QWidget) -> Notice:
    return next(notice for notice in window.findChildren(Notice) if notice.isVisible())


def test_the_safe_answer_of_a_dangerous_question_is_the_default(window: QWidget, in_loop: InLoop, qtbot) -> None:
    async def go() -> bool:
        asked = asyncio.ensure_future(
            confirm(
                window, "Cancel it?", "<b>Ada</b>, 14:00", "Cancel booking", danger=True, cancel_text="Keep it"
            )
        )
        await asyncio.sleep(0.01)
        notice = opened(window)
        assert notice.cancel.isDefault()
        assert notice.accessibleDescription() == "<b>Ada</b>, 14:00"
        qtbot.keyClick(notice, Qt.Key.Key_Return)
        return await asked

    assert in_loop(go()) is False


def test_confirm_and_message(window: QWidget, in_loop: InLoop, qtbot) -> None:
    async def go() -> None:
        asked = asyncio.ensure_future(confirm(window, "Add it?", "It is like another.", "Add"))
        await asyncio.sleep(0.01)
        assert opened(window).cancel.text() == "Cancel"
        opened(window).action.click()
        assert await asked is True
        told = asyncio.ensure_future(message(window, RuleBroken(NAME_MISSING, who="Ada")))
        await asyncio.sleep(0.01)
        assert "Ada has no name.\n\nType a name." in opened(window).accessibleDescription()
        qtbot.keyClick(opened(window), Qt.Key.Key_Escape)
        await told

    in_loop(go())


def test_saving_closes_the_form(form: ClientForm, in_loop: InLoop, qtbot) -> None:
    qtbot.keyClicks(form.called, "Anna")
    assert form.dirty
    qtbot.keyClick(form.notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    in_loop(until(lambda: form.saved))
    assert form.saved == ["Anna"]
    assert form.result() == QDialog.DialogCode.Accepted
    assert not form.isVisible()


def test_an_error_is_shown_at_its_field_and_nothing_is_lost(form: ClientForm, in_loop: InLoop, qtbot) -> None:
    qtbot.keyClicks(form.called, "A")
    form.error = RuleBroken(NAME_MISSING, field="name", who="<i>A</i>")
    form.notes.setFocus()
    form.primary.click()
    in_loop(until(form.banner.text))
    assert form.banner.text() == "The name is missing\n<i>A</i> has no name.\nType a name."
    assert form.isVisible()
    assert form.called.text() == "A"
    assert form.called.property("invalid") is True
    assert form.focusWidget() is form.called
    assert form.primary.text() == "Save"
    qtbot.keyClicks(form.called, "nna")
    assert not form.called.property("invalid")
    form.error = None
    form.submit()
    in_loop(until(lambda: form.saved))
    assert form.saved == ["nna"]  # the faulty text was selected, so that typing replaces it


def test_our_own_bug_leaves_the_form_as_it_was(form: ClientForm, runner: Runner, in_loop: InLoop, qtbot) -> None:
    failed: list[Exception] = []
    runner.failed.connect(failed.append)
    qtbot.keyClicks(form.called, "Anna")
    form.error = KeyError("x")
    form.submit()
    in_loop(until(lambda: failed))
    assert form.isVisible()
    assert form.primary.isEnabled()
    assert form.called.text() == "Anna"
    assert form.called.isEnabled()


def test_saving_twice_saves_once_and_cannot_be_left(form: ClientForm, in_loop: InLoop, qtbot) -> None:
    async def go() -> None:
        form.gate = asyncio.Event()
        form.called.setText("Anna")
        form.submit()
        form.submit()
        form.primary.click()
        assert form.primary.text() == "Saving…"
        assert not form.called.isEnabled()
        form.reject()
        assert form.isVisible()
        await asyncio.sleep(0.01)
        form.gate.set()
        await until(lambda: not form.isVisible())
        assert form.saved == ["Anna"]

    in_loop(go())


def test_esc_closes_what_is_untouched(form: ClientForm, qtbot) -> None:
    qtbot.keyClick(form.called, Qt.Key.Key_Escape)
    assert not form.isVisible()


def test_esc_asks_before_it_throws_typing_away(form: ClientForm, qtbot) -> None:
    question = form._question
    qtbot.keyClicks(form.called, "Anna")
    qtbot.keyClick(form.called, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert question.isVisible()
    assert form.focusWidget() is question.keep
    qtbot.keyClick(question.keep, Qt.Key.Key_Escape)
    assert form.isVisible()
    assert not question.isVisible()
    assert form.called.text() == "Anna"
    form.close()
    assert form.isVisible()
    question.throw.click()
    assert not form.isVisible()
    assert form.result() == QDialog.DialogCode.Rejected


def test_what_a_form_was_filled_with_is_no_change(window: QWidget, runner: Runner) -> None:
    form = ClientForm(runner, window)
    form.called.setText("Anna")
    form.show()
    assert not form.dirty
    form.notes.setPlainText("x")
    assert form.dirty
    form.mark_clean()
    assert not form.dirty


def test_the_first_field_has_the_cursor(form: ClientForm) -> None:
    assert form.focusWidget() is form.called


def test_fields_have_names_and_hints(form: ClientForm) -> None:
    assert form.called.accessibleName() == "Name"
    assert form.notes.accessibleName() == "Notes"
    assert form.notes.accessibleDescription() == "Only you see them."


def test_the_form_makes_room_for_an_error(form: ClientForm, qtbot) -> None:
    before = form.height()
    form.show_error(AppError(NAME_MISSING, who="Ada " * 60))
    qtbot.waitUntil(lambda: form.height() >= form.layout().totalHeightForWidth(form.width()) > before)
    grown = form.height()
    form.clear_error()
    qtbot.waitUntil(lambda: form.height() < grown)


def test_what_the_screen_has_no_room_for_scrolls(form: ClientForm, qtbot) -> None:
    for number in range(40):
        form.field(f"more{number}", f"More {number}", LineEdit())
    space = form.screen().availableGeometry()
    qtbot.waitUntil(lambda: form.frameGeometry().height() == space.height())
    assert space.contains(form.frameGeometry())
    last = form.findChildren(LineEdit)[-1]
    form.show_error(AppError(NAME_MISSING, field="more39", who="Ada"))
    seen = last.mapTo(form, last.rect().center())
    assert form.rect().contains(seen)
    assert not last.visibleRegion().isEmpty()


def test_the_crash_dialog_copies_its_report(qtbot, theme: Theme) -> None:
    dialog = CrashDialog("KeyError at a.py:1")
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == "KeyError at a.py:1"
    assert dialog.report.accessibleName() == "Report"
