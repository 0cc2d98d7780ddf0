"""The keys of the calendar: from card to card, the time cursor, moving and resizing without a mouse."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from avenrae_desktop.qtkit.calendar_view.board import Board
from avenrae_desktop.qtkit.calendar_view.drag import STEP, can_move, can_resize, shifted
from avenrae_desktop.qtkit.calendar_view.geometry import nearest_row, rows_by_start

if TYPE_CHECKING:
    from avenrae_desktop.qtkit.calendar_view.view import CalendarView

_ARROWS = {
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
}
_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class Keyboard:
    """Handles one key press at a time; what it does not know goes on to the window."""

    def __init__(self, view: "CalendarView") -> None:
        self._view = view

    def wants(self, event: QKeyEvent) -> bool:
        """True for a plain key that means something here, before a shortcut of the window takes it."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        return modifiers == _NONE and Qt.Key(event.key()) in self._plain_keys()

    def press(self, event: QKeyEvent) -> bool:
        """True when the key was used."""
        key = Qt.Key(event.key())
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            return self._view.let_go()
        if key in _ARROWS:
            return self._arrow(_ARROWS[key], modifiers)
        if key == Qt.Key.Key_F10 and modifiers == _SHIFT:
            return self._view.ask_for_menu()
        action = self._plain_keys().get(key)
        if action is None or modifiers != _NONE:
            return False
        action()
        return True

    def _plain_keys(self) -> dict[Qt.Key, Callable[[], object]]:
        view = self._view
        return {
            Qt.Key.Key_N: view.create_at_cursor,
            Qt.Key.Key_T: view.today_requested.emit,
            Qt.Key.Key_Return: view.open_current,
            Qt.Key.Key_Enter: view.open_current,
            Qt.Key.Key_PageUp: lambda: view.page_requested.emit(-1),
            Qt.Key.Key_PageDown: lambda: view.page_requested.emit(1),
            Qt.Key.Key_Home: lambda: self._end_of_column(0),
            Qt.Key.Key_End: lambda: self._end_of_column(-1),
            Qt.Key.Key_Menu: view.ask_for_menu,
        }

    def _arrow(self, way: tuple[int, int], modifiers: Qt.KeyboardModifier) -> bool:
        view = self._view
        across, down = way
        if modifiers == _ALT:
            self._move(across, down * STEP)
        elif modifiers == _ALT_SHIFT and down:
            self._resize(down * STEP)
        elif modifiers == _CTRL or (modifiers == _NONE and not view.board.cards):
            view.step_cursor(across, down * STEP)
        elif modifiers == _NONE:
            view.choose_row(neighbour(view.board, self._from(), across, down))
        else:
            return False
        return True

    def _from(self) -> tuple[int, int, int]:
        """Row (or -1), column and minute that an arrow leaves from."""
        view = self._view
        row = view.current_row()
        if view.time_cursor is None and row >= 0:
            return row, view.board.cards[row].column, view.board.cards[row].start
        column, minute = view.time_cursor or view.default_spot()
        return -1, column, minute

    def _end_of_column(self, at: int) -> None:
        view = self._view
        rows = rows_by_start(view.board, self._from()[1])
        if rows:
            view.choose_row(rows[at])

    def _move(self, columns: int, minutes: int) -> None:
        view = self._view
        card = view.free_card()
        if card is not None and can_move(card):
            spot = shifted(card, view.board, minutes, columns)
            if spot is not None:
                view.move_requested.emit(card.key, *spot)

    def _resize(self, minutes: int) -> None:
        view = self._view
        card = view.free_card()
        if card is not None and can_resize(card):
            end = card.end + minutes
            if card.start < end <= view.board.last_minute:
                view.resize_requested.emit(card.key, card.start, end)


def neighbour(board: Board, spot: tuple[int, int, int], across: int, down: int) -> int:
    """The row an arrow leads to from (row or -1, column, minute); the same row at the edge of the board."""
    row, column, minute = spot
    if across:
        columns = range(column + across, len(board.columns) if across > 0 else -1, across)
        return next((found for c in columns if (found := nearest_row(board, c, minute)) >= 0), row)
    rows = rows_by_start(board, column)
    if row in rows:
        return rows[min(max(rows.index(row) + down, 0), len(rows) - 1)]
    if down > 0:
        return next((r for r in rows if board.cards[r].start >= minute), rows[-1] if rows else _any(board))
    return next((r for r in reversed(rows) if board.cards[r].start <= minute), rows[0] if rows else _any(board))


def _any(board: Board) -> int:
    """From an empty column: some card, so that the keyboard is never stuck."""
    return 0 if board.cards else -1
