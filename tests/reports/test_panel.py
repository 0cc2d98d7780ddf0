"""The reports' panel through its widgets, on a file: every report, copied and saved."""

import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from sqlalchemy import Engine

from avenrae_desktop.areas.accounts.repository import AccountReads
from avenrae_desktop.areas.reports.panel import ReportsPanel
from avenrae_desktop.areas.reports.repository import ReportReads
from avenrae_desktop.areas.reports.sheet import clipboard_text, csv_text, harmless
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.widgets import Choice
from tests.reports.world import NOW, ZONE, fill
from tests.support.qt import InLoop, in_loop, runner, theme, until

__all__ = ["in_loop", "runner", "theme"]
EVIL = "=cmd|' /C calc'!A0"


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def target(tmp_path: Path) -> list[Path | None]:
    """Where the next file is saved; None: the dialog is closed."""
    return [tmp_path / "report.csv"]


@pytest.fixture
def panel(
    qtbot: Any, theme: Theme, runner: Runner, file_db: Engine, said: list[str], target: list[Path | None]
) -> ReportsPanel:
    fill(file_db)
    with file_db.begin() as c:
        for row in c.execute(t.healers.select()).all():
            c.execute(t.user_roles.insert().values(user_id=row.user_id, role="healer", created_at=NOW))
        c.execute(t.products.update().where(t.products.c.id == 3).values(product_name=EVIL))
        [client] = c.execute(t.clients.select().where(t.clients.c.id == 1)).all()

    async def find(_text: str) -> Sequence[Choice]:
        return [Choice("Client 0 Müller", value=client.uuid)]

    async def pick(_name: str) -> Path | None:
        return target[0]

    made = ReportsPanel(
        ReportReads(file_db, lambda: ZONE, lambda: NOW),
        AccountReads(file_db),
        runner,
        today=lambda: date(2026, 11, 25),
        currency=lambda: "EUR",
        find_clients=find,
        pick_file=pick,
        said=said.append,
    )
    qtbot.addWidget(made)
    made.resize(1176, 660)
    made.show()
    return made


def choose(panel: ReportsPanel, key: str) -> None:
    panel.choice.set_value(next(report for report in panel.reports if report.key == key))


async def shown(panel: ReportsPanel, key: str) -> None:
    choose(panel, key)
    await until(lambda: panel.model.rows and panel.tables[key].isVisible())


def test_every_report_shows_its_rows(panel: ReportsPanel, in_loop: InLoop, tmp_path: Path) -> None:
    async def walk() -> None:
        await until(lambda: panel.asking.healer.count() > 0)
        for report in panel.reports:
            choose(panel, report.key)
            if report.key == "client_history":
                assert panel.asking.values(report.asks) is None
                assert not panel.save.isEnabled()
                panel.asking.client.pick(Choice("Client 0 Müller", value=(await first_client(panel))))
            if report.key == "available_healers":
                panel.asking.healer_type.setCurrentIndex(2)
            await shown(panel, report.key)
            assert panel.save.isEnabled()
            model = panel.model
            texts = {str(model.index(0, c).data()) for c in range(model.columnCount())}
            assert "None" not in texts

    async def first_client(panel: ReportsPanel) -> Any:
        [found] = await panel.asking.client._source("")
        return found.value

    in_loop(walk())


def test_what_is_asked_decides_what_is_shown(panel: ReportsPanel, in_loop: InLoop) -> None:
    async def walk() -> None:
        await shown(panel, "monthly_revenue")
        assert len(panel.model.rows) == 13
        before = panel.model.rows
        panel.asking.many.setValue(3)
        await until(lambda: len(panel.model.rows) == 3)
        panel.asking.basis.segment("payment").click()
        await until(lambda: panel.model.rows[0][1:] != before[-3][1:])
        panel.asking.first.setText("no date")
        await until(panel.nothing.isVisible)
        assert not panel.copy.isEnabled()
        panel.asking.first.setText("2026-10-03")
        await until(lambda: panel.model.rows[-1].month == date(2026, 10, 1) and panel.copy.isEnabled())

    in_loop(walk())


def test_the_whole_list_is_copied_and_saved(
    panel: ReportsPanel, in_loop: InLoop, target: list[Path | None], said: list[str]
) -> None:
    """Also the pages that nobody scrolled to; and what a name would run in a spreadsheet stays a text."""

    async def walk() -> None:
        await shown(panel, "stock")
        assert len(panel.model.rows) == 60
        QTest.keyClick(panel, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: said)
        panel.copy.click()
        await until(lambda: len(said) == 2)

    in_loop(walk())
    assert target[0] is not None
    rows = list(csv.reader(target[0].read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 1 + 66
    assert rows[0][0] == "Product"
    assert f"'{EVIL}" in {row[0] for row in rows}
    lines = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t") for line in lines] == rows
    assert said == ["Saved: report.csv", "Copied: 66 rows"]
    assert [path.name for path in target[0].parent.iterdir() if "report" in path.name] == ["report.csv"]


def test_a_file_that_cannot_be_written_is_told(
    panel: ReportsPanel,
    runner: Runner,
    in_loop: InLoop,
    target: list[Path | None],
    tmp_path: Path,
    said: list[str],
) -> None:
    failed: list[Any] = []
    runner.failed.connect(lambda *told: failed.append(told[0]))

    async def walk() -> None:
        await shown(panel, "stock")
        target[0] = None
        panel.save_all()
        target[0] = tmp_path / "gone" / "report.csv"
        panel.save_all()
        await until(lambda: failed)

    in_loop(walk())
    assert isinstance(failed[0], Unavailable)
    assert failed[0].problem.code == "reports.not_saved"
    assert said == []


@pytest.mark.parametrize("text", ["=1+1", "+49", "-x", "@a", " =1", "\t=1", "＝1"])
def test_no_text_begins_a_formula(text: str) -> None:
    assert harmless(text).startswith("'")
    assert csv_text(["A"], [[text]]).splitlines()[1].lstrip('"').startswith("'")


def test_numbers_stay_numbers() -> None:
    from decimal import Decimal

    assert clipboard_text(["A", "B"], [[Decimal("-12.50"), None], [7, "a\tb\nc"]]) == "A\tB\n-12.50\t\n7\ta b c"


def test_every_control_has_a_name(
    panel: ReportsPanel, look_for_names: Callable[[ReportsPanel], list[str]]
) -> None:
    for report in panel.reports:
        choose(panel, report.key)
        assert look_for_names(panel) == []


@pytest.fixture
def look_for_names() -> Callable[[ReportsPanel], list[str]]:
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QPushButton, QTableView, QWidget

    def nameless(panel: ReportsPanel) -> list[str]:
        found: list[QWidget] = []
        for kind in (QComboBox, QLineEdit, QPushButton, QTableView, QAbstractSpinBox):
            found += [w for w in panel.findChildren(kind) if w.isVisibleTo(panel)]
        inner = [w for w in found if isinstance(w.parentWidget(), QAbstractSpinBox)]
        spoken = [(w, QAccessible.queryAccessibleInterface(w)) for w in found if w not in inner]
        return [w.objectName() or type(w).__name__ for w, a in spoken if not a.text(QAccessible.Text.Name)]

    return nameless
