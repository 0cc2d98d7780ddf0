"""Tables over frozen rows: Qt's own checks, updates in place, pages, and what the person had selected."""

import asyncio
import threading
from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from shiboken6 import delete

from avenrae_desktop.kernel.paging import Page
from avenrae_desktop.qtkit.models import Column, PagedTableModel, RowRole, RowTableModel, SortRole
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.table import Table
from avenrae_desktop.qtkit.theme import Theme
from tests.support.qt import InLoop, rounds, until


@dataclass(frozen=True)
class Client:
    uuid: int
    called: str
    visits: int = 0


COLUMNS = [
    Column[Client](
        "Name", lambda c: c.called, stretch=True, tooltip=lambda c: f"<{c.called}>", icon=lambda _: "user"
    ),
    Column[Client]("Visits", lambda c: f"{c.visits} times", align="right", sort=lambda c: c.visits, muted=True),
]
PEOPLE = [Client(n, f"Client {n}", n * 2) for n in range(250)]


def pages(size: int = 60, people: list[Client] = PEOPLE):
    def load(after: tuple[int] | None) -> Page[Client]:
        start = 0 if after is None else after[0]
        rows = tuple(people[start : start + size])
        return Page(rows, (start + size,) if start + size < len(people) else None)

    return load


@pytest.fixture
def model(theme: Theme) -> RowTableModel[Client]:
    return RowTableModel(COLUMNS)


def test_qt_finds_no_fault(model: RowTableModel[Client], qtmodeltester) -> None:
    qtmodeltester.check(model)
    model.set_rows(PEOPLE[:3])
    model.append_rows(PEOPLE[3:5])
    model.update_row(replace(PEOPLE[1], called="Anna"))
    qtmodeltester.check(model)


def test_a_cell_says_what_its_column_says(model: RowTableModel[Client]) -> None:
    model.set_rows(PEOPLE[:3])
    cell = model.index(2, 1)
    assert cell.data() == "4 times"
    assert cell.data(SortRole) == 4
    assert cell.data(RowRole) is PEOPLE[2]
    assert cell.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Visits"
    assert model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole) == "<p>&lt;Client 2&gt;</p>"
    assert model.index(0, 0).data(SortRole) == "Client 0"


def test_the_same_rows_are_updated_in_place(model: RowTableModel[Client], qtbot) -> None:
    model.set_rows(PEOPLE[:3])
    changed = [PEOPLE[0], replace(PEOPLE[1], called="Anna"), PEOPLE[2]]
    with qtbot.assertNotEmitted(model.modelReset), qtbot.waitSignal(model.dataChanged) as told:
        model.set_rows(changed)
    assert (told.args[0].row(), told.args[1].row()) == (1, 1)
    assert model.index(1, 0).data() == "Anna"
    with qtbot.waitSignal(model.modelReset):
        model.set_rows(PEOPLE[:2])


def test_update_row_knows_its_own(model: RowTableModel[Client]) -> None:
    model.set_rows(PEOPLE[:2])
    assert model.update_row(replace(PEOPLE[1], called="Anna"))
    assert not model.update_row(PEOPLE[9])
    assert [row.called for row in model.rows] == ["Client 0", "Anna"]
    assert model.index_of(1).row() == 1
    assert not model.index_of(99).isValid()


def test_the_selected_row_is_still_selected_after_a_reset(model: RowTableModel[Client], qtbot) -> None:
    table = Table(model, "Clients")
    qtbot.addWidget(table)
    model.set_rows(PEOPLE[:5])
    assert table.select_key(3)
    model.set_rows([PEOPLE[3], PEOPLE[7]])
    assert table.current_row() == PEOPLE[3]
    selected: list[object] = []
    table.row_selected.connect(selected.append)
    model.set_rows([PEOPLE[7]])
    assert table.current_row() is None
    assert selected[-1] is None


def test_keys_of_the_table(model: RowTableModel[Client], qtbot) -> None:
    table = Table(model, "Clients")
    qtbot.addWidget(table)
    model.set_rows(PEOPLE[:5])
    opened: list[object] = []
    table.row_activated.connect(opened.append)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == []
    table.select_key(0)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened == [PEOPLE[1]]
    assert table.accessibleName() == "Clients"
    assert not table.tabKeyNavigation()


def paged(runner: Runner, model_parent=None) -> PagedTableModel[Client]:
    return PagedTableModel(COLUMNS, runner, parent=model_parent)


def test_pages_come_as_the_person_scrolls(runner: Runner, theme: Theme, in_loop: InLoop, qtmodeltester) -> None:
    async def go() -> None:
        model = paged(runner)
        assert not model.canFetchMore()
        model.show(pages())
        await until(lambda: model.rowCount() == 60)
        for expected in (120, 180, 240, 250):
            assert model.canFetchMore()
            model.fetchMore()
            assert not model.canFetchMore()  # one page at a time
            model.fetchMore()
            await until(lambda expected=expected: model.rowCount() == expected)
        assert not model.canFetchMore()
        assert list(model.rows) == PEOPLE
        qtmodeltester.check(model)

    in_loop(go())


def test_a_list_that_comes_late_is_dropped(runner: Runner, theme: Theme, in_loop: InLoop) -> None:
    let = threading.Event()

    def slow(_after: object) -> Page[Client]:
        let.wait(5)
        return Page((Client(1, "late"),))

    async def go() -> None:
        model = paged(runner)
        flags: list[bool] = []
        model.loading.connect(flags.append)
        model.show(slow)
        await asyncio.sleep(0.02)
        model.show(pages(people=PEOPLE[:3]))
        await until(lambda: model.rowCount() == 3)
        let.set()
        await asyncio.sleep(0.05)
        assert model.rowCount() == 3
        assert flags == [True, False]

    in_loop(go())


def test_reload_reads_as_far_as_was_read_and_shows_the_old_until_then(
    runner: Runner, theme: Theme, in_loop: InLoop
) -> None:
    people = list(PEOPLE)

    async def go() -> None:
        model = paged(runner)
        model.show(pages(people=people))
        await until(lambda: model.rowCount() == 60)
        model.fetchMore()
        await until(lambda: model.rowCount() == 120)
        people[100] = replace(people[100], called="Anna")
        model.reload()
        assert model.rowCount() == 120
        await until(lambda: model.row(100).called == "Anna")
        assert model.rowCount() == 120

    in_loop(go())


def test_a_failing_page_is_told_and_can_be_tried_again(runner: Runner, theme: Theme, in_loop: InLoop) -> None:
    failed: list[Exception] = []
    runner.failed.connect(failed.append)
    broken = [True]

    def load(after: tuple[int] | None) -> Page[Client]:
        if after is not None and broken.pop():
            raise OSError("disk")
        return pages()(after)

    async def go() -> None:
        model = paged(runner)
        model.show(load)
        await until(lambda: model.rowCount() == 60)
        model.fetchMore()
        await until(lambda: failed)
        broken.append(False)
        model.fetchMore()
        await until(lambda: model.rowCount() == 120)

    in_loop(go())
    assert isinstance(failed[0], OSError)


def test_no_row_lies_below_another(model: RowTableModel[Client]) -> None:
    model.set_rows(PEOPLE[:2])
    assert model.rowCount(model.index(0, 0)) == 0
    assert model.columnCount(model.index(0, 0)) == 0
    assert model.data(QModelIndex()) is None


def test_a_list_that_goes_with_its_screen_while_it_is_read(runner: Runner, theme: Theme, in_loop: InLoop) -> None:
    failed: list[BaseException] = []
    runner.failed.connect(failed.append)
    begun, go = threading.Event(), threading.Event()

    def load(_after: object) -> Page[Client]:
        begun.set()
        go.wait(20)
        return Page((), None)

    async def run() -> None:
        model = paged(runner)
        model.show(load)
        await until(begun.is_set)
        delete(model)
        go.set()
        await until(lambda: not runner.busy)
        await rounds()

    in_loop(run())
    assert failed == []
