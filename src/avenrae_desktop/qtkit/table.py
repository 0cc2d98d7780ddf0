"""The table that every list screen shows: whole rows, kept selection, Tab leaves it, Enter opens."""

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from avenrae_desktop.qtkit.models import RowTableModel
from avenrae_desktop.qtkit.theme import current_theme

_LEAST = 140  # px: what a column that stretches needs to say something


class Table(QTableView):
    """Shows a `RowTableModel`; the current row survives a reload by its key."""

    row_selected = Signal(object)
    """The row under the cursor, or None."""
    row_activated = Signal(object)
    """Enter or a double click on a row."""

    def __init__(self, model: RowTableModel[Any], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._kept: Hashable | None = None
        self._anchor: tuple[Hashable, int] | None = None
        self.setModel(model)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self._set_headers()
        self._fit()
        current_theme().changed.connect(self._fit)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(self._activate)

    def current_row(self) -> Any:
        """The row under the cursor, None when there is none."""
        index = self.currentIndex()
        return self._rows.row(index.row()) if index.isValid() else None

    def select_key(self, key: Hashable) -> bool:
        """Put the cursor on the row with that key; whether it is there."""
        index = self._rows.index_of(key)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        return index.isValid()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._activate(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        chosen = selected.indexes()
        if chosen and chosen[0].row() != self.currentIndex().row():
            # An assistive program selects without moving there.
            self.selectionModel().setCurrentIndex(chosen[0], QItemSelectionModel.SelectionFlag.NoUpdate)

    def sizeHint(self) -> QSize:
        px = current_theme().px
        return QSize(px(480), px(320))

    def _set_headers(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setStretchLastSection(not any(column.stretch for column in self._rows.columns))
        for number, column in enumerate(self._rows.columns):
            if column.stretch:
                header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _fit(self) -> None:
        px = current_theme().px
        self.setIconSize(QSize(px(16), px(16)))
        self.verticalHeader().setMinimumSectionSize(px(20))
        self.verticalHeader().setDefaultSectionSize(px(38))
        for number, column in enumerate(self._rows.columns):
            if column.width is not None and not column.stretch:
                self.setColumnWidth(number, px(column.width))
        self._leave_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._leave_out()

    def _leave_out(self) -> None:
        """Where all columns would be cut to nothing, the last ones go; a pane beside says what they said."""
        px = current_theme().px
        left = self.viewport().width()
        for number, column in enumerate(self._rows.columns):
            left -= px(_LEAST if column.stretch or column.width is None else column.width)
            self.setColumnHidden(number, left < 0 < number)

    def _keep(self) -> None:
        row = self.current_row()
        self._kept = None if row is None else self._rows.key_of(row)
        seen = range(self.rowAt(0), self._last_seen() + 1)
        current = self.currentIndex().row()
        number = current if current in seen else seen.start
        self._anchor = None
        if 0 <= number < len(self._rows.rows):
            self._anchor = self._rows.key_of(self._rows.row(number)), self.rowViewportPosition(number)

    def _restore(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None and not self.select_key(kept):
            self.row_selected.emit(None)
        self._stay()

    def _stay(self) -> None:
        """What the person looks at stays at its height although rows came or went above it."""
        anchor, self._anchor = self._anchor, None
        index = self._rows.index_of(anchor[0]) if anchor is not None else QModelIndex()
        if anchor is None or not index.isValid():
            return
        self.executeDelayedItemsLayout()
        self.updateGeometries()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + self.rowViewportPosition(index.row()) - anchor[1])

    def _last_seen(self) -> int:
        last = self.rowAt(self.viewport().height() - 1)
        return last if last >= 0 else len(self._rows.rows) - 1

    def _on_current(self, index: QModelIndex) -> None:
        self.row_selected.emit(self._rows.row(index.row()) if index.isValid() else None)

    def _activate(self, index: QModelIndex) -> None:
        self.row_activated.emit(self._rows.row(index.row()))
