"""Item models over frozen rows, and the table that shows them."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from shiboken6 import isValid

from avenrae_desktop.kernel.paging import Page
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets.labels import plain_tip

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
RowRole = Qt.ItemDataRole.UserRole
SortRole = Qt.ItemDataRole.UserRole + 1

_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}
_NOWHERE = QModelIndex()


# Without slots: on Python 3.11 `Column[Row](...)` of a frozen class with slots fails.
@dataclass(frozen=True)
class Column(Generic[T]):
    """One column of a table: how a row's text, order, tip and icon are found. `width` in unzoomed pixels."""

    title: str
    text: Callable[[T], str]
    align: Literal["left", "right", "center"] = "left"
    sort: Callable[[T], Any] | None = None
    tooltip: Callable[[T], str] | None = None
    icon: Callable[[T], str | None] | None = None
    tint: Callable[[T], str] | None = None
    muted: bool = False
    strong: bool = False
    width: int | None = None
    stretch: bool = False


def _uuid_of(row: Any) -> Hashable:
    found: Hashable = row.uuid
    return found


class RowTableModel(QAbstractTableModel, Generic[T]):
    """A table of rows that are read elsewhere; the texts of a row are made once."""

    def __init__(
        self,
        columns: Sequence[Column[T]],
        key: Callable[[T], Hashable] = _uuid_of,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: list[T] = []
        self._texts: list[tuple[str, ...]] = []

    @property
    def rows(self) -> tuple[T, ...]:
        return tuple(self._rows)

    def row(self, number: int) -> T:
        """The row object. Raises IndexError."""
        return self._rows[number]

    def key_of(self, row: T) -> Hashable:
        return self._key(row)

    def index_of(self, key: Hashable) -> QModelIndex:
        """The first cell of the row with that key; invalid when it is not there."""
        for number, row in enumerate(self._rows):
            if self._key(row) == key:
                return self.index(number, 0)
        return QModelIndex()

    def set_rows(self, rows: Iterable[T]) -> None:
        """Show these rows. The same ones in the same order are updated in place, others reset the table."""
        fresh = list(rows)
        if [self._key(r) for r in fresh] == [self._key(r) for r in self._rows]:
            for number, row in enumerate(fresh):
                self._replace(number, row)
            return
        self.beginResetModel()
        self._rows = fresh
        self._texts = [self._made(row) for row in fresh]
        self.endResetModel()

    def append_rows(self, rows: Iterable[T]) -> None:
        """Add rows at the end."""
        fresh = list(rows)
        if not fresh:
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
        self._rows.extend(fresh)
        self._texts.extend(self._made(row) for row in fresh)
        self.endInsertRows()

    def update_row(self, row: T) -> bool:
        """Replace the row of the same key; whether there was one."""
        index = self.index_of(self._key(row))
        if index.isValid():
            self._replace(index.row(), row)
        return index.isValid()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts[index.row()][index.column()]
        return self._dressing(self.columns[index.column()], self._rows[index.row()], role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        return int(_ALIGN[column.align]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _dressing(self, column: Column[T], row: T, role: int) -> Any:
        theme = current_theme()
        if role == RowRole:
            return row
        if role == SortRole:
            return column.text(row) if column.sort is None else column.sort(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGN[column.align])
        if role == Qt.ItemDataRole.ForegroundRole and column.muted:
            return theme.tokens.q("muted")
        if role == Qt.ItemDataRole.FontRole and column.strong:
            return theme.font(weight="medium")
        if role == Qt.ItemDataRole.ToolTipRole and column.tooltip is not None:
            return plain_tip(column.tooltip(row))
        if role == Qt.ItemDataRole.DecorationRole and column.icon is not None and (name := column.icon(row)):
            return theme.icon(name, "muted" if column.tint is None else column.tint(row), 16)
        return None

    def _made(self, row: T) -> tuple[str, ...]:
        return tuple(column.text(row) for column in self.columns)

    def _replace(self, number: int, row: T) -> None:
        if row == self._rows[number]:
            return
        self._rows[number] = row
        self._texts[number] = self._made(row)
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(self.columns) - 1))


class PagedTableModel(RowTableModel[T]):
    """Rows read page by page as the person scrolls, from a place in the order, never by counting."""

    loaded = Signal()
    """A page arrived and is shown."""
    loading = Signal(bool)

    def __init__(
        self,
        columns: Sequence[Column[T]],
        runner: Runner,
        key: Callable[[T], Hashable] = _uuid_of,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, key, parent)
        self._runner = runner
        self._load: Callable[[Any], Page[T]] | None = None
        self._after: Any = None
        self._pending = False
        self._generation = 0

    def show(self, load: Callable[[Any], Page[T]]) -> None:
        """Show another list: `load(after)` is called on the read pool, first with None.

        What is on the screen stays until the first page is there; an answer that comes too late is dropped.
        """
        self._load = load
        self._generation += 1
        self._begin(None, keep=0)

    def reload(self) -> None:
        """Read the same list again, as far as it was read, because something in it may have changed."""
        if self._load is not None:
            self._generation += 1
            self._begin(None, keep=len(self._rows))

    def canFetchMore(self, parent: Index = _NOWHERE) -> bool:
        return not parent.isValid() and self._after is not None and not self._pending

    def fetchMore(self, parent: Index = _NOWHERE) -> None:
        if self.canFetchMore(parent):
            self._begin(self._after, keep=0)

    def _begin(self, after: Any, *, keep: int) -> None:
        if self._load is None:
            return
        if not self._pending:
            self.loading.emit(True)
        self._pending = True
        self._runner.start(self._read(self._load, after, keep, self._generation), self)

    async def _read(self, load: Callable[[Any], Page[T]], after: Any, keep: int, generation: int) -> None:
        try:
            page = await self._runner.ask(_pages, load, after, keep, key=("rows", id(self)))
        finally:
            current = generation == self._generation
            # Cancelled with its screen, there is nothing left to tell anybody by.
            if current and isValid(self):
                self._pending = False
                self.loading.emit(False)
        if not current:
            return
        self._after = page.after
        if after is None:
            self.set_rows(page.rows)
        else:
            self.append_rows(page.rows)
        self.loaded.emit()


def _pages(load: Callable[[Any], Page[T]], after: Any, keep: int) -> Page[T]:
    """One page, or as many as it takes to have `keep` rows again."""
    page = load(after)
    rows = list(page.rows)
    while len(rows) < keep and page.after is not None:
        page = load(page.after)
        rows.extend(page.rows)
    return Page(tuple(rows), page.after)
