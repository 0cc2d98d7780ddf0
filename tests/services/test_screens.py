"""The services' panel and dialog, through the widgets."""

import asyncio
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.services.dialogs import ServiceDialog
from avenrae_desktop.areas.services.domain import EditService
from avenrae_desktop.areas.services.panel import ServicesPanel
from avenrae_desktop.areas.services.words import buffers_text, minutes_text, price_text, read_minutes
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.kernel.values import ServiceCategory
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from tests.services.conftest import Desk
from tests.support.practice import NOW
from tests.support.qt import InLoop, until

Open = Callable[..., ServiceDialog]


@pytest.fixture(autouse=True)
def _healers_work_here(file_desk: Desk) -> None:
    with file_desk.engine.begin() as c:
        for row in c.execute(t.users.select().where(t.users.c.user_type == "healer")).all():
            c.execute(t.user_roles.insert().values(user_id=row.id, role="healer", created_at=NOW))


@pytest.fixture
def dialog(qtbot, theme: Theme, runner: Runner, file_desk: Desk) -> Open:
    """Opens a dialog on the desk's practice; call it inside the loop."""
    runner.use(file_desk.do)
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

    def make(**more: Any) -> ServiceDialog:
        made = ServiceDialog(file_desk.reads, runner, file_desk.reads.choices(), window, **more)
        made.show()
        return made

    return make


@pytest.fixture
def panel(qtbot, theme: Theme, runner: Runner, file_desk: Desk) -> Callable[..., ServicesPanel]:
    runner.use(file_desk.do)

    def make(may: Callable[[Permission], bool] = lambda _: True) -> ServicesPanel:
        made = ServicesPanel(file_desk.reads, runner, theme, may)
        qtbot.addWidget(made)
        made.resize(1176, 660)
        made.show()
        return made

    return make


def test_a_service_is_typed_and_saved_with_a_new_room(dialog: Open, file_desk: Desk, in_loop: InLoop) -> None:
    async def go() -> None:
        form = dialog()
        QTest.keyClicks(form.service_name, "Sound bath")
        form.service_category.set_value(ServiceCategory.OTHER)
        form.duration.lineEdit().selectAll()
        QTest.keyClicks(form.duration.lineEdit(), "1:20")
        form.after.setValue(15)
        QTest.keyClicks(form.price, "95,50")
        for box in list(form.healers.boxes.values())[1:]:
            QTest.keyClick(box, Qt.Key.Key_Space)
        form.room.combo.set_value("new")
        assert form.room.new_name.isVisible()
        QTest.keyClicks(form.room.new_name, "Room 2")
        assert form.dirty
        QTest.mouseDClick(form.primary, Qt.MouseButton.LeftButton)
        form.submit()
        await until(lambda: form.saved)
        row = file_desk.reads.detail(form.saved)
        assert (row.service_name, row.duration_minutes, row.buffer_after_minutes) == ("Sound bath", 80, 15)
        assert (row.price, row.room_name) == (Decimal("95.50"), "Room 2")
        assert set(row.healers) == set(file_desk.healers[1:])
        assert len(file_desk.reads.all()) == 2
        assert [r.resource_name for r in file_desk.reads.rooms()] == ["Quiet room", "Room 2"]

    in_loop(go())


@pytest.mark.parametrize(
    ("change", "field", "title"),
    [
        (lambda d: d.service_name.clear(), "service_name", "A service needs a name"),
        (lambda d: d.service_name.setText("N" * 300), "service_name", "The name of the service is too long"),
        (lambda d: d.duration.setEditText("long"), "duration_minutes", "This is not a duration"),
        (lambda d: d.duration.setEditText("47"), "duration_minutes", "This duration does not fit"),
        (lambda d: d.price.setText("a lot"), "price", "This is not an amount"),
        (lambda d: d.price.setText("-5"), "price", "This amount is too large"),
        (lambda d: d.healers.set_value(()), "healers", "Nobody offers this service"),
        (lambda d: d.room.combo.set_value("new"), "resource_name", "A room needs a name"),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_is_lost(
    dialog: Open, file_desk: Desk, in_loop: InLoop, change: Callable[[ServiceDialog], Any], field: str, title: str
) -> None:
    async def go() -> None:
        form = dialog()
        form.service_name.setText("Sound bath")
        form.price.setText("95")
        form.healers.set_value(file_desk.healers[:1])
        form.description.setPlainText("Bring a mat.")
        change(form)
        form.submit()
        await until(form.banner.isVisible)
        assert form.banner.text().splitlines()[0] == title
        assert form._fields[field].property("invalid") is True
        assert form.description.toPlainText() == "Bring a mat."
        assert len(file_desk.reads.all()) == 1
        assert len(file_desk.reads.rooms()) == 1
        form.discard()

    in_loop(go())


def test_a_refused_service_leaves_no_room_behind(dialog: Open, file_desk: Desk, in_loop: InLoop) -> None:
    async def go() -> None:
        form = dialog()
        form.price.setText("95")
        form.room.combo.set_value("new")
        form.room.new_name.setText("Room 2")
        form.submit()
        await until(form.banner.isVisible)
        assert form.banner.text().splitlines()[0] == "A service needs a name"
        assert [r.resource_name for r in file_desk.reads.rooms()] == ["Quiet room"]
        form.discard()

    in_loop(go())


def test_editing_keeps_what_was_not_touched(dialog: Open, file_desk: Desk, in_loop: InLoop) -> None:
    service = file_desk.add(healers=(file_desk.healers[2], file_desk.healers[0]), room=file_desk.rooms[0])
    before = file_desk.reads.detail(service)

    async def go() -> None:
        form = dialog(detail=before)
        assert form.duration.currentText() == "1 h"
        assert form.price.text() == "120.50"
        form.price.setText("130")
        form.submit()
        await until(lambda: form.saved)
        after = file_desk.reads.detail(service)
        assert (after.price, after.version) == (130, 2)
        assert (after.healers, after.room, after.duration_minutes) == (before.healers, before.room, 60)

    in_loop(go())


def test_a_newer_version_is_offered_and_nothing_typed_is_lost(
    dialog: Open, file_desk: Desk, edit: Callable[..., dict[str, Any]], in_loop: InLoop
) -> None:
    service = file_desk.add()
    before = file_desk.reads.detail(service)

    async def go() -> None:
        form = dialog(detail=before)
        form.price.setText("99")
        file_desk.do(EditService(**edit(before, price=Decimal(110), duration_minutes=90)))
        form.submit()
        await until(form.newer.isVisible)
        assert form.newer.text.text() == "You both changed: price. What you typed is still here."
        assert (form.price.text(), form.duration.currentText()) == ("99", "1 h 30 min")
        QTest.mouseClick(form.newer.keep, Qt.MouseButton.LeftButton)
        await until(lambda: form.saved)
        after = file_desk.reads.detail(service)
        assert (after.price, after.duration_minutes, after.version) == (99, 90, 3)

    in_loop(go())


def test_esc_asks_before_typing_is_lost(dialog: Open, in_loop: InLoop) -> None:
    async def go() -> None:
        form = dialog()
        QTest.keyClicks(form.service_name, "Sound")
        QTest.keyClick(form, Qt.Key.Key_Escape)
        assert form.isVisible()
        assert form._question.isVisible()
        form.discard()

    in_loop(go())


def test_the_list_says_everything_and_follows_changes(
    panel: Callable[..., ServicesPanel], file_desk: Desk, in_loop: InLoop
) -> None:
    file_desk.add(buffer_after_minutes=15, healers=(file_desk.healers[1], file_desk.healers[0]))

    async def go() -> None:
        p = panel()
        await until(lambda: len(p.model.rows) == 2)
        texts = [p.model.index(1, column).data() for column in range(p.model.columnCount())]
        assert texts == ["Talk therapy", "Therapy", "1 h", "0 + 15 min", "€ 120.50", "Healer 1, Healer 0"]
        p.table.selectRow(1)
        assert p.pane.name.text() == "Talk therapy"
        QTest.keyClicks(p.search, "reik")
        await until(lambda: [r.service_name for r in p.model.rows] == ["Reiki session"])
        p.search.setText("nothing")
        await until(lambda: p._stack.currentWidget() is p.no_hit)
        QTest.mouseClick(p.no_hit.action, Qt.MouseButton.LeftButton)
        await until(lambda: len(p.model.rows) == 2)
        p.table.selectRow(0)
        QTest.mouseClick(p.pane.archive, Qt.MouseButton.LeftButton)
        await until(lambda: [r.service_name for r in p.model.rows] == ["Talk therapy"])
        p.which.segment("archived").click()
        await until(lambda: [r.service_name for r in p.model.rows] == ["Reiki session"])
        QTest.mouseClick(p.pane.restore, Qt.MouseButton.LeftButton)
        await until(lambda: p._stack.currentWidget() is p.none_archived)

    in_loop(go())


def test_a_service_is_added_and_edited_from_the_panel(
    panel: Callable[..., ServicesPanel], file_desk: Desk, in_loop: InLoop
) -> None:
    async def go() -> None:
        p = panel()
        await until(lambda: p.model.rows)
        QTest.mouseClick(p.new, Qt.MouseButton.LeftButton)
        await until(lambda: p.findChild(ServiceDialog))
        form = p.findChild(ServiceDialog)
        form.service_name.setText("Yoga 1:1")
        form.price.setText("80")
        form.healers.set_value(file_desk.healers[:1])
        form.submit()
        await until(lambda: p.pane.service is not None and p.pane.service.service_name == "Yoga 1:1")
        p.edit_service()
        await until(lambda: p.findChild(ServiceDialog))
        form = p.findChild(ServiceDialog)
        form.price.setText("85")
        form.submit()
        await until(lambda: p.pane.price.text() == "€ 85.00")

    in_loop(go())


def test_the_front_desk_may_only_look(
    panel: Callable[..., ServicesPanel], file_desk: Desk, in_loop: InLoop
) -> None:
    async def go() -> None:
        p = panel(lambda _: False)
        await until(lambda: p.pane.service is not None)
        assert not any(b.isVisible() for b in (p.new, p.pane.edit, p.pane.archive))
        p.edit_service()
        await asyncio.sleep(0.05)
        assert p.findChild(ServiceDialog) is None

    in_loop(go())


def test_durations_are_read_as_people_write_them() -> None:
    for text, minutes in (
        ("45", 45), (" 45 min", 45), ("90 minutes", 90), ("1:30", 90), ("1 h 30 min", 90), ("2h", 120),
    ):  # fmt: skip
        assert read_minutes(text) == minutes, text
    for text in ("", "long", "-5", "1.5", "1:2:3", "h", "12345"):
        assert read_minutes(text) is None, text
    for minutes in range(5, 1445, 5):
        assert read_minutes(minutes_text(minutes)) == minutes


def test_words() -> None:
    assert buffers_text(0, 0) == ""
    assert price_text(Decimal("9000.00"), "JPY") in ("¥ 9,000", "¥ 9000")
    assert price_text(Decimal("95.50"), "CHF") == "CHF 95.50"
