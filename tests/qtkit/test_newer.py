"""A form and a record that others change meanwhile, without any area."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from avenrae_desktop.kernel.changes import Changes, Touched
from avenrae_desktop.kernel.errors import AppError, Conflict, Problem, RuleBroken, Unavailable
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.dialogs.version import EditedVersion, Fields
from avenrae_desktop.qtkit.link import Link
from avenrae_desktop.qtkit.open_mark import OpenMark
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.widgets import ComboBox, LineEdit
from tests.support.qt import InLoop, in_loop, runner, theme, until

__all__ = ["in_loop", "runner", "theme"]

THING = ("thing", UUID(int=1))
BAD = Problem("test.bad", "Bad", "{text}", "Type a number")
MEANWHILE = Problem("test.meanwhile", "Changed", "It was changed", "Look at it")
EARLIER = Problem("server.saved_before", "Saved before", "Your earlier change stands", "Look at it")


@dataclass(frozen=True)
class Thing:
    version: int = 1
    name: str = "Oil"
    size: int = 5


class Store:
    """What is stored; `fault` is raised instead of reading or saving."""

    def __init__(self) -> None:
        self.row = Thing()
        self.fault: AppError | None = None

    def read(self) -> Thing:
        if self.fault is not None:
            raise self.fault
        return self.row


class ThingForm(FormDialog):
    def __init__(self, store: Store, runner: Runner) -> None:
        super().__init__("Edit thing", runner)
        self.store = store
        self.name = self.field("name", "&Name", LineEdit())
        self.size_field = self.field("size", "&Size", LineEdit())
        self.kind = self.field("kind", "&Kind", ComboBox())
        self.kind.fill([("A", 1), ("B", 2)])
        self.put("name", store.row.name)
        self.put("size", store.row.size)
        fields = Fields(("name", "size"), str, self.typed_value, self.put, lambda f, row: str(getattr(row, f)),
                        lambda f: self.widget(f).text())  # fmt: skip
        self.version = EditedVersion(self, runner, THING, store.row, fields, store.read)
        self.edits(*THING, self.version)
        self.saved = ""
        self.refusal: AppError | None = None

    def widget(self, field: str) -> LineEdit:
        return self.name if field == "name" else self.size_field

    def typed_value(self, field: str) -> object:
        text = self.widget(field).text()
        if field == "size" and not text.isdigit():
            raise RuleBroken(BAD, field="size", text=text)
        return int(text) if field == "size" else text

    def put(self, field: str, value: object) -> None:
        self.widget(field).setText(str(value))

    async def save(self) -> None:
        refusal, self.refusal = self.refusal, None
        if refusal is not None:
            raise refusal
        self.saved = f"{self.typed_value('name')} {self.typed_value('size')} after {self.version.version}"


@pytest.fixture
def form(theme: Theme, runner: Runner, qtbot: object, qapp: QApplication) -> Iterator[ThingForm]:
    qapp.setQuitOnLastWindowClosed(False)
    made = ThingForm(Store(), runner)
    qtbot.addWidget(made)  # type: ignore[attr-defined]
    made.show()
    yield made
    qapp.setQuitOnLastWindowClosed(True)


def hear(form: ThingForm, **changes: object) -> None:
    """Somebody saved it, and the window hears of it."""
    form.store.row = replace(form.store.row, version=form.store.row.version + 1, **changes)  # type: ignore[arg-type]
    form._runner.changed.emit(Changes((Touched(*THING),)), None)


def test_what_cannot_be_read_stays_and_is_asked_about(form: ThingForm, in_loop: InLoop) -> None:
    async def run() -> None:
        assert form.newer is not None
        form.size_field.setText("about five")
        hear(form, size=7, name="Balm")
        await until(form.newer.isVisible)
        assert (form.name.text(), form.size_field.text()) == ("Balm", "about five")
        assert form.newer.undecided() == ("size",)
        line = form.newer.lines["size"]
        QTest.mouseClick(line.theirs, Qt.MouseButton.LeftButton)
        assert form.size_field.text() == "7"
        # It could not be put back.
        assert not line.mine.isEnabled()
        form.submit()
        await until(lambda: form.saved)
        assert form.saved == "Balm 7 after 2"

    in_loop(run())


def test_what_is_typed_after_the_offer_is_not_overwritten_by_choosing_mine(
    form: ThingForm, in_loop: InLoop
) -> None:
    async def run() -> None:
        assert form.newer is not None
        form.name.setText("Mine")
        hear(form, name="Theirs")
        await until(form.newer.isVisible)
        form.name.setText("Mine and more")
        QTest.mouseClick(form.newer.lines["name"].mine, Qt.MouseButton.LeftButton)
        assert form.name.text() == "Mine and more"

    in_loop(run())


def test_the_same_change_by_both_asks_nothing(form: ThingForm, in_loop: InLoop) -> None:
    async def run() -> None:
        form.name.setText("Balm")
        hear(form, name="Balm")
        await until(lambda: form.version.version == 2)
        assert form.newer is not None
        assert not form.newer.isVisible()
        form.submit()
        await until(lambda: form.saved)
        assert form.saved == "Balm 5 after 2"

    in_loop(run())


def test_an_open_list_is_waited_for(form: ThingForm, in_loop: InLoop) -> None:
    async def run() -> None:
        form.kind.showPopup()
        hear(form, name="Balm")
        await until(lambda: not form._runner.busy)
        assert form.kind.view().isVisible()
        assert form.name.text() == "Oil"
        form.kind.hidePopup()
        await until(lambda: form.name.text() == "Balm")

    in_loop(run())


def test_a_link_that_is_lost_while_looking_disturbs_nobody(form: ThingForm, in_loop: InLoop) -> None:
    failed: list[Exception] = []
    form._runner.failed.connect(failed.append)

    async def run() -> None:
        form.store.fault = Unavailable(BAD, text="away")
        hear(form, name="Balm")
        await until(lambda: not form._runner.busy and not form.version._looking)
        form.store.fault = None
        hear(form, size=6)
        await until(lambda: form.name.text() == "Balm")
        assert failed == []

    in_loop(run())


def test_ones_own_earlier_change_is_told_in_its_own_words(form: ThingForm, in_loop: InLoop) -> None:
    async def run() -> None:
        form.name.setText("Mine")
        form.store.row = Thing(2, "Earlier", 5)
        form.refusal = Conflict(EARLIER)
        form.submit()
        await until(form.banner.text)
        assert "Your earlier change stands" in form.banner.text()
        assert form.name.text() == "Mine"
        assert form.version.version == 2

    in_loop(run())


def test_a_conflict_without_a_newer_version_is_told_as_it_is(form: ThingForm, in_loop: InLoop) -> None:
    async def run() -> None:
        form.refusal = Conflict(MEANWHILE)
        form.submit()
        await until(form.banner.text)
        assert "It was changed" in form.banner.text()

    in_loop(run())


@dataclass(frozen=True)
class Elsewhere:
    person_name: str
    kind: str = THING[0]
    record: UUID = THING[1]


def test_a_mark_names_one_desk_and_counts_several(theme: Theme, qtbot: object) -> None:
    link = Link()
    mark = OpenMark(link)
    qtbot.addWidget(mark)  # type: ignore[attr-defined]
    mark.watch(*THING)
    link.tell_open([Elsewhere("Anna")])
    assert mark.text() == "Open at Anna's desk"
    link.tell_open([Elsewhere("Anna"), Elsewhere("<b>Tom</b>")])
    assert mark.text() == "Open at 2 other desks"
    assert "&lt;b&gt;Tom" in mark.toolTip()
    mark.watch("thing", UUID(int=2))
    assert mark.text() == ""
    link.forget()


def test_what_was_opened_last_is_what_others_see(theme: Theme, runner: Runner, qtbot: object) -> None:
    told: list[object] = []
    runner.link.opened.connect(told.append)
    first, second = ThingForm(Store(), runner), FormDialog("Other", runner)
    qtbot.addWidget(first)  # type: ignore[attr-defined]
    qtbot.addWidget(second)  # type: ignore[attr-defined]
    other = ("other", UUID(int=2))
    second.edits(*other)
    assert told == [THING, other]
    second.done(0)
    assert told[-1] == THING
    first.done(0)
    assert told[-1] is None
