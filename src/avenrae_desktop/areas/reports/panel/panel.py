"""Reports on screen: a list of them, what each is asked with, its table; copied and saved as CSV."""

from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from avenrae_desktop.areas.reports.panel.asking import Asking, FindClients
from avenrae_desktop.areas.reports.problems import NOT_SAVED
from avenrae_desktop.areas.reports.sheet import clipboard_text, csv_text
from avenrae_desktop.areas.reports.table_model import Report, reports
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.kernel.paging import Page
from avenrae_desktop.qtkit.models import PagedTableModel
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.table import Table
from avenrae_desktop.qtkit.widgets import (
    Button,
    ComboBox,
    EmptyState,
    PlainLabel,
    column,
    labelled,
    plain_tip,
    row,
)

if TYPE_CHECKING:
    from avenrae_desktop.areas.accounts.repository import AccountReads
    from avenrae_desktop.areas.reports.repository import ReportReads

_PAGED = frozenset({"client_history", "upcoming_bookings", "stock", "attendance"})
Load = Callable[[Any], Page[Any]]


class ReportsPanel(QWidget):
    """The eight reports. `pick_file` asks where to save a file of the suggested name; None: not wanted."""

    def __init__(
        self,
        reads: "ReportReads",
        accounts: "AccountReads",
        runner: Runner,
        *,
        today: Callable[[], date],
        currency: Callable[[], str],
        find_clients: FindClients,
        pick_file: Callable[[str], Awaitable[Path | None]],
        said: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._reads, self._accounts, self._runner = reads, accounts, runner
        self._pick_file, self._said = pick_file, said
        self.reports = reports(currency)
        self.choice = ComboBox()
        self.choice.fill([(report.title, report) for report in self.reports])
        self.about = PlainLabel("", "muted", wrap=True)
        self.asking = Asking(runner, today, find_clients)
        self.copy = Button(self.tr("Copy"), icon="copy")
        self.save = Button(self.tr("Save as CSV"), icon="download")
        self.copy.setToolTip(plain_tip(self.tr("Copy the whole report (Ctrl+Shift+C)")))
        self.save.setToolTip(plain_tip(self.tr("Save the whole report as CSV (Ctrl+S)")))
        self.nothing = EmptyState("chart-column", self.tr("Nothing to show"), self.tr("Choose what to ask above."))
        self.tables: dict[str, Table] = {}
        self._models: dict[str, PagedTableModel[Any]] = {}
        self._load: Load | None = None
        self._begun, self._stale = False, True
        self._asked: tuple[Any, ...] = ()
        self.bar_actions = (
            self._action(self.tr("Copy the report"), "Ctrl+Shift+C", self.copy_all),
            self._action(self.tr("Save the report as CSV"), "Ctrl+S", self.save_all),
            self._action(self.tr("Read the report again"), "F5", self.read),
        )
        self._arrange()
        self.choice.changed.connect(lambda _: self._turn())
        self.asking.changed.connect(self.read)
        self._runner.changed.connect(self._on_changed)
        self.copy.clicked.connect(self.copy_all)
        self.save.clicked.connect(self.save_all)
        self.setFocusProxy(self.choice)
        self._turn()

    def _action(self, text: str, key: str, do: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda _=False: do())
        self.addAction(action)
        return action

    def _arrange(self) -> None:
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.nothing)
        self._blank = QWidget()
        self._stack.addWidget(self._blank)
        head = row(PlainLabel(self.tr("Reports"), "title"), None, self.copy, self.save, spacing=12)
        chosen = labelled(self.tr("Report"), self.choice)
        which = row(chosen, self.asking, None, spacing=12)
        which.setAlignment(chosen, Qt.AlignmentFlag.AlignTop)
        which.setAlignment(self.asking, Qt.AlignmentFlag.AlignTop)
        whole = column(head, which, self.about, spacing=12, margins=16)
        whole.addWidget(holder, 1)
        self.setLayout(whole)
        # What is asked comes before what is done with the answer.
        order = (self.choice, *self.asking.fields(), self.copy, self.save)
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    @property
    def report(self) -> Report:
        found: Report = self.choice.value()
        return found

    @property
    def model(self) -> PagedTableModel[Any]:
        """The rows of the report that is shown."""
        return self._models[self.report.key]

    # --- what is shown --------------------------------------------------------------------------
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._runner.start(self._begin(), self)

    async def _begin(self) -> None:
        healers = await self._runner.ask(self._accounts.healers)
        self.asking.offer_healers([(healer.name, healer.uuid) for healer in healers])
        self._begun, self._stale = True, False
        self.read()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        """Read anew when the person comes back to it: a report that moves while it is read helps nobody."""
        self._stale = True
        if changes.everything and self.isVisible():
            # The link or the disk is back: what could not be read can be now.
            self._runner.start(self._begin(), self)

    def _turn(self) -> None:
        """Another report was chosen."""
        report = self.report
        if report.key not in self.tables:
            model = report.model(self._runner, self)
            table = Table(model, report.title)
            model.loaded.connect(partial(self._on_loaded, report.key))
            self._models[report.key], self.tables[report.key] = model, table
            self._stack.addWidget(table)
        self.about.setText(report.about)
        self.asking.show_only(report.asks)
        if self._begun:
            self.read()

    def read(self) -> None:
        """Ask the database again, with what stands in the fields."""
        values = self.asking.values(self.report.asks)
        if values is None:
            self._load = None
            self._stack.setCurrentWidget(self.nothing)
            self._allow(False)
            return
        self._load = self._loader(self.report.key, values)
        asked = (self.report.key, *values.values())
        if asked != self._asked:
            # The old answer must not stand under a new question, should there be none.
            self._asked = asked
            self._stack.setCurrentWidget(self._blank)
            self._allow(False)
        self.model.show(self._load)

    def _loader(self, key: str, values: dict[str, Any]) -> Load:
        """What reads the report, a page at a time."""
        ask = getattr(self._reads, key)
        if key in _PAGED:
            return lambda after: ask(*values.values(), after)
        return lambda _after: Page(tuple(ask(**values)))

    def _on_loaded(self, key: str) -> None:
        if key != self.report.key or self._load is None:
            return
        has_rows = bool(self.model.rows)
        self._stack.setCurrentWidget(self.tables[key] if has_rows else self.nothing)
        self._allow(has_rows)

    def _allow(self, wanted: bool) -> None:
        for control in (self.copy, self.save, *self.bar_actions[:2]):
            control.setEnabled(wanted)

    # --- what is done ---------------------------------------------------------------------------
    def copy_all(self) -> None:
        """Put the whole report into the clipboard, also what was not scrolled to yet."""
        if self._load is not None:
            self._runner.start(self._copy(self.report, self._load), self)

    def save_all(self) -> None:
        """Save the whole report as a CSV file."""
        if self._load is not None:
            self._runner.start(self._save(self.report, self._load), self)

    async def _copy(self, report: Report, load: Load) -> None:
        rows = await self._runner.ask(_everything, load)
        QGuiApplication.clipboard().setText(clipboard_text(report.titles(), report.values(rows)))
        self._said(self.tr("Copied: {n} rows").format(n=len(rows)))

    async def _save(self, report: Report, load: Load) -> None:
        path = await self._pick_file(f"{report.title}.csv")
        if path is None:
            return
        rows = await self._runner.ask(_everything, load)
        text = csv_text(report.titles(), report.values(rows))
        await self._runner.ask(_write, path, text)
        self._said(self.tr("Saved: {name}").format(name=path.name))


def _everything(load: Load) -> list[Any]:
    page = load(None)
    found = list(page.rows)
    while page.after is not None:
        page = load(page.after)
        found += page.rows
    return found


def _write(path: Path, text: str) -> None:
    """Whole or not at all. Raises Unavailable."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Unavailable(NOT_SAVED, file=path.name, why=error.strerror or str(error)) from error
