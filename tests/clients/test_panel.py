"""The clients' place in the window, by keyboard."""

import asyncio
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.clients.dialogs import ClientDialog
from avenrae_desktop.areas.clients.domain import ArchiveClient, EditClient
from avenrae_desktop.areas.clients.panel import ClientsPanel
from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.widgets import PlainLabel
from tests.clients.conftest import Desk
from tests.clients.test_search import fill
from tests.support.qt import InLoop, until

Make = Callable[..., ClientsPanel]


@pytest.fixture
def panel(qtbot, theme: Theme, runner: Runner, file_desk: Desk) -> Make:
    runner.use(file_desk.do)

    def make(*, may: Callable[[Permission], bool] = lambda _: True, **more: Any) -> ClientsPanel:
        made = ClientsPanel(file_desk.reads, runner, theme, may, **more)
        qtbot.addWidget(made)
        made.resize(1176, 660)
        made.show()
        return made

    return make


def shown(panel: ClientsPanel) -> QWidget:
    return panel._stack.currentWidget()


def names(panel: ClientsPanel) -> list[str]:
    return [row.name for row in panel.model.rows]


def test_nobody_yet_then_the_first_one(panel: Make, file_desk: Desk, in_loop: InLoop) -> None:
    async def go() -> None:
        p = panel()
        await until(lambda: shown(p) is p.nobody)
        assert p.nobody.action is not None
        QTest.mouseClick(p.nobody.action, Qt.MouseButton.LeftButton)
        await until(lambda: p.findChild(ClientDialog))
        dialog = p.findChild(ClientDialog)
        QTest.keyClicks(dialog.form.last_name, "<img src=x>")
        QTest.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
        await until(lambda: p.pane.detail is not None)
        await until(lambda: names(p) == ["<img src=x>"])
        assert p.pane.name.text() == "<img src=x>"
        assert p.pane.name.textFormat() == Qt.TextFormat.PlainText
        assert p.count.text() == "1"
        assert shown(p) is p.table

    in_loop(go())


def test_search_as_you_type_and_a_way_on_when_nobody_matches(
    panel: Make, file_desk: Desk, in_loop: InLoop
) -> None:
    for first, last in (("Anna", "Keller"), ("Ben", "Rossi"), ("100%", "Zen")):
        file_desk.add(first, last)

    async def go() -> None:
        p = panel()
        await until(lambda: len(p.model.rows) == 3)
        QTest.keyClicks(p.search, "ros")
        await until(lambda: names(p) == ["Ben Rossi"])
        p.search.clear()
        await until(lambda: len(p.model.rows) == 3)
        QTest.keyClicks(p.search, "%")
        await until(lambda: shown(p) is p.no_hit)
        p.search.setText("Eva Grün")
        await until(lambda: p.no_hit.action.text() == "Add “Eva Grün”")
        assert "No client matches “Eva Grün”" in [x.text() for x in p.no_hit.findChildren(PlainLabel)]
        QTest.mouseClick(p.no_hit.action, Qt.MouseButton.LeftButton)
        await until(lambda: p.findChild(ClientDialog))
        dialog = p.findChild(ClientDialog)
        assert (dialog.form.first_name.text(), dialog.form.last_name.text()) == ("Eva", "Grün")
        dialog.discard()

    in_loop(go())


def test_a_long_list_counts_what_it_has_and_goes_on(panel: Make, file_desk: Desk, in_loop: InLoop) -> None:
    fill(file_desk.engine, 130)

    async def go() -> None:
        p = panel()
        await until(lambda: p.count.text() == "60+")
        p.table.scrollToBottom()
        await until(lambda: p.count.text() == "120+")
        p.table.scrollToBottom()
        await until(lambda: p.count.text() == "130")
        assert len({row.uuid for row in p.model.rows}) == 130

    in_loop(go())


def test_the_cursor_stays_when_somebody_is_changed(
    panel: Make, file_desk: Desk, runner: Runner, edit: Callable[..., dict[str, Any]], in_loop: InLoop
) -> None:
    file_desk.add("Anna", "Keller")
    ben = file_desk.add("Ben", "Rossi")

    async def go() -> None:
        p = panel()
        await until(lambda: len(p.model.rows) == 2)
        p.table.select_key(ben)
        await until(lambda: p.pane.detail is not None and p.pane.detail.uuid == ben)
        await runner.do(EditClient(**edit(file_desk.detail(ben), last_name="Aebi", note="New")))
        await until(lambda: names(p) == ["Ben Aebi", "Anna Keller"])
        assert p.table.current_row().uuid == ben
        await until(lambda: p.pane.note.text() == "New")
        assert p.pane.name.text() == "Ben Aebi"

    in_loop(go())


def test_by_keyboard_alone(panel: Make, file_desk: Desk, in_loop: InLoop) -> None:
    anna = file_desk.add("Anna", "Keller")
    booked: list[UUID] = []

    async def go() -> None:
        p = panel()
        p.book_requested.connect(booked.append)
        p.activateWindow()
        p.search.setFocus()
        await until(lambda: p.pane.detail is not None)
        QTest.keyClick(p.search, Qt.Key.Key_Down)
        assert p.table.hasFocus()
        QTest.keyClick(p.table, Qt.Key.Key_B)
        assert booked == [anna]
        QTest.keyClick(p.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert p.search.hasFocus()
        QTest.keyClicks(p.search, "b")
        assert p.search.text() == "b"
        assert booked == [anna]
        p.search.clear()
        await until(lambda: len(p.model.rows) == 1 and shown(p) is p.table)
        p.table.setFocus()
        await until(lambda: p.pane.detail is not None)
        QTest.keyClick(p.table, Qt.Key.Key_Return)
        await until(lambda: p.findChild(ClientDialog))
        dialog = p.findChild(ClientDialog)
        assert dialog.windowTitle() == "Edit client"
        dialog.reject()
        await until(lambda: p.findChild(ClientDialog) is None)

    in_loop(go())


def test_archived_clients_leave_the_list_and_come_back(panel: Make, file_desk: Desk, in_loop: InLoop) -> None:
    anna = file_desk.add("Anna", "Keller")
    file_desk.add("Ben", "Rossi")

    async def go() -> None:
        p = panel()
        await until(lambda: p.pane.detail is not None and p.pane.detail.uuid == anna)
        QTest.mouseClick(p.pane.archive, Qt.MouseButton.LeftButton)
        await until(lambda: names(p) == ["Ben Rossi"])
        assert file_desk.detail(anna).archived
        p.which.segment("archived").click()
        await until(lambda: names(p) == ["Anna Keller"])
        await until(lambda: p.pane.detail is not None and p.pane.detail.uuid == anna)
        assert p.pane.state.text() == "Archived"
        assert not p.pane.book.isVisible()
        QTest.mouseClick(p.pane.restore, Qt.MouseButton.LeftButton)
        await until(lambda: shown(p) is p.none_archived)
        assert not file_desk.detail(anna).archived

    in_loop(go())


def test_a_change_that_came_too_late_is_told(
    panel: Make, file_desk: Desk, runner: Runner, in_loop: InLoop
) -> None:
    anna = file_desk.add("Anna", "Keller")
    told: list[Exception] = []
    runner.failed.connect(told.append)

    async def go() -> None:
        p = panel()
        await until(lambda: p.pane.detail is not None)
        file_desk.do(ArchiveClient(client=anna, version=1))
        p.archive_client()
        await until(lambda: told)
        assert told[0].code == "db.edited_meanwhile"

    in_loop(go())


def test_the_shell_supplies_the_history(panel: Make, file_desk: Desk, in_loop: InLoop) -> None:
    anna = file_desk.add("Anna", "Keller")
    asked: list[UUID] = []

    def history(client: UUID) -> QWidget:
        asked.append(client)
        return PlainLabel("three bookings")

    async def go() -> None:
        p = panel(history=history)
        await until(lambda: asked)
        assert asked == [anna]
        assert "three bookings" in [label.text() for label in p.pane.findChildren(PlainLabel)]
        p.show_client(anna)
        await asyncio.sleep(0.05)
        assert p.pane.detail is not None

    in_loop(go())


def test_who_may_only_look_changes_nothing(panel: Make, file_desk: Desk, in_loop: InLoop) -> None:
    file_desk.add("Anna", "Keller")

    async def go() -> None:
        p = panel(may=lambda _: False)
        await until(lambda: p.pane.detail is not None)
        assert not any(b.isVisible() for b in (p.new, p.pane.book, p.pane.edit, p.pane.archive))
        p.edit_client()
        p.add_client()
        p.archive_client()
        await asyncio.sleep(0.05)
        assert p.findChild(ClientDialog) is None
        assert [a.text() for a in p.bar_actions if a.isEnabled()] == ["Search clients"]

    in_loop(go())
