"""The calendar: days or healers as columns, bookings as cards. It knows neither; it shows a `Board`."""

from functools import partial
from html import escape

from PySide6.QtCore import QElapsedTimer, QEvent, QItemSelection, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QMenu, QToolTip, QWidget

from avenrae_desktop.qtkit.calendar_view.board import Board, Card
from avenrae_desktop.qtkit.calendar_view.drag import STEP, Drag, clicked
from avenrae_desktop.qtkit.calendar_view.geometry import Chip, Geometry
from avenrae_desktop.qtkit.calendar_view.keyboard import Keyboard, neighbour
from avenrae_desktop.qtkit.calendar_view.pointer import CURSORS, Pointer
from avenrae_desktop.qtkit.calendar_view.scene import cursor_rect
from avenrae_desktop.qtkit.calendar_view.surface import Surface
from avenrae_desktop.qtkit.theme import Theme, current_theme


class CalendarView(Surface):
    """Cards of a board, each a list item for assistive programs. It changes nothing itself: it asks.

    Drags snap to 15 minutes, to 5 with Shift held or where an hour is at least 120 px tall (Ctrl+wheel);
    Shift+wheel scrolls sideways. Keys: arrows go from card to card; Ctrl+arrows move a time cursor, as a click
    into empty time does; N or Enter there books; Alt+arrows move the card, Alt+Shift+Up/Down its end;
    Page Up/Down, T, Home, End; Menu or Shift+F10.
    """

    selected = Signal(str)
    """The key of the chosen card, "" when there is none any more."""
    activated = Signal(str)
    create_requested = Signal(int, int, int)
    """Column, start, end in minutes."""
    move_requested = Signal(str, int, int)
    """Key, column, start."""
    resize_requested = Signal(str, int, int)
    """Key, start, end, in the card's own column."""
    context_menu_requested = Signal(str, int, int, QPoint)
    """Key or "", column, minute, global position."""
    page_requested = Signal(int)
    today_requested = Signal()
    column_activated = Signal(int)
    """A click on the title of a column."""
    hour_height_changed = Signal(float)

    _told: str = ""

    def __init__(
        self, theme: Theme | None = None, parent: QWidget | None = None, *, name: str = "Calendar"
    ) -> None:
        super().__init__(theme or current_theme(), parent)
        self.setAccessibleName(name)
        self._pointer = Pointer(self)
        self._keyboard = Keyboard(self)
        self._menu_age = QElapsedTimer()
        self.header.clicked.connect(self.column_activated)

    # --- what a panel says ---------------------------------------------------------------------------

    def set_board(
        self, board: Board, scroll_to_minute: int | None = None, laid_out: Geometry | None = None
    ) -> None:
        """Shows a board. Scroll position, chosen card (by key) and a drag of a card that is still the same stay.

        `scroll_to_minute` goes to the top; without it the first board opens at 08:00. `laid_out`: by a blueprint,
        on another thread.
        """
        self._pointer.outlive(board)
        self.show_board(board, scroll_to_minute, laid_out)
        self._tell_selected()

    def set_hour_height(self, pixels: float) -> None:
        """Height of an hour at zoom 1, from 32 to 240; what is at the top stays there."""
        self.zoom(pixels, 0)

    def select_key(self, key: str) -> bool:
        """Chooses a card and brings it into view; False when it is not on the board."""
        rows = self.cards.rows_of(key)
        if rows:
            self.choose_row(rows[0])
        return bool(rows)

    # --- what mouse and keyboard ask of it -----------------------------------------------------------

    def current_drag(self) -> Drag | None:
        return self._pointer.drag if self.ready else None

    def free_card(self) -> Card | None:
        """The chosen card, unless it is being saved."""
        row = self.current_row()
        card = self.board.cards[row] if row >= 0 else None
        return None if card is None or card.key in self.busy_keys else card

    def choose_row(self, row: int) -> None:
        """Makes a card the chosen one; -1 chooses none."""
        self.set_time_cursor(None)
        if row < 0:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            self.setCurrentIndex(self.cards.index(row))

    def default_spot(self) -> tuple[int, int]:
        """Where a person looks first: the chosen card, else now, else the top of what is visible."""
        row = self.current_row()
        if row >= 0:
            return self.board.cards[row].column, self.board.cards[row].start
        if self.board.now is not None:
            return self.board.now[0], clicked(self.board, self.board.now[1])[0]
        column, minute = self.spot_at(QPoint(0, 0))
        return max(0, column), clicked(self.board, minute + STEP)[0]

    def step_cursor(self, columns: int, minutes: int) -> None:
        """Moves the time cursor; its first step only shows it."""
        if not self.board.columns:
            return
        column, minute = self.default_spot()
        if self.time_cursor is not None:
            column, minute = self.time_cursor[0] + columns, self.time_cursor[1] + minutes
        column = min(max(column, 0), len(self.board.columns) - 1)
        minute = min(max(minute, self.board.first_minute), self.board.last_minute - STEP)
        self.set_time_cursor((column, minute))
        self.show_content(cursor_rect(self.geometry_now, (column, minute)))
        self._announce(f"{self.board.columns[column].accessible}, {self.time_text(minute)}")

    def set_time_cursor(self, cursor: tuple[int, int] | None) -> None:
        for spot in (self.time_cursor, cursor):
            if spot is not None:
                self.update_content(cursor_rect(self.geometry_now, spot))
        self.time_cursor = cursor
        self.update_row(self.current_row())
        self.update()

    def create_at_cursor(self) -> None:
        """Asks for a booking at the time cursor, or where a person looks."""
        if self.board.columns:
            column, minute = self.time_cursor or self.default_spot()
            self.create_requested.emit(column, *clicked(self.board, minute))

    def open_current(self) -> None:
        """Enter: the card, or a new booking at the time cursor."""
        row = self.current_row()
        if self.time_cursor is not None:
            self.create_at_cursor()
        elif row >= 0:
            self.activated.emit(self.board.cards[row].key)

    def ask_for_menu(self) -> bool:
        """The menu of the chosen card or the time cursor, asked for by key."""
        self._menu_age.start()
        row = self.current_row()
        if self.time_cursor is None and row >= 0:
            card, rect = self.board.cards[row], self.geometry_now.rects[row]
            spot = (card.key, card.column, card.start)
        elif self.board.columns:
            column, minute = self.time_cursor or self.default_spot()
            spot, rect = ("", column, minute), cursor_rect(self.geometry_now, (column, minute))
        else:
            return False
        at = rect.intersected(self.visible_area()).center() - self.offset()
        self.context_menu_requested.emit(*spot, self.viewport().mapToGlobal(at))
        return True

    def let_go(self) -> bool:
        """Escape: ends a drag, then the time cursor; True when there was one."""
        if self._pointer.cancel() is not None:
            return True
        had = self.time_cursor is not None
        self.set_time_cursor(None)
        return had

    def drag_changed(self, before: Drag, after: Drag | None) -> None:
        """Repaints what a drag covered and covers; the card itself only as it begins and ends."""
        for drag in (before, after):
            if drag is not None and drag.live:
                self.update_content(self.geometry_now.slot_rect(drag.column, drag.start, drag.end), 8)
        if before.card is not None and (after is None or not before.live):
            for row in self.cards.rows_of(before.card.key):
                self.update_row(row)

    def zoom(self, pixels: float, y: int) -> None:
        if self.zoom_rows(pixels, y):
            self.hour_height_changed.emit(self.hour_height())

    # --- Qt ------------------------------------------------------------------------------------------

    def moveCursor(self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        if not self.ready or not self.board.cards:
            return QModelIndex()
        actions = QAbstractItemView.CursorAction
        across = {actions.MoveLeft: -1, actions.MoveRight: 1}.get(action, 0)
        down = -1 if action in {actions.MoveUp, actions.MovePrevious} else 1
        spot = (self.current_row(), *self.default_spot())
        return self.cards.index(neighbour(self.board, spot, across, 0 if across else down))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        chosen = selected.indexes()
        if chosen and chosen[0] != self.currentIndex():  # an assistive program selects without moving there
            flag = self.selectionModel().SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(chosen[0], flag)
        if self.ready and not self.loading:
            for index in (*chosen, *deselected.indexes()):
                for row in self.cards.rows_of(self.board.cards[index.row()].key):
                    self.update_row(row)
            self._tell_selected()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(self._keyboard.wants(event))
            return event.isAccepted()
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        if event.type() == QEvent.Type.Leave and self.ready:
            self._hover(-1)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(self._keyboard.press(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        chip = self._chip_at(at)
        if chip is not None:
            self._show_crowd(chip, event.globalPosition().toPoint())
            return
        row = self.row_at(at)
        self.choose_row(row)
        if event.button() == Qt.MouseButton.LeftButton and self.board.columns:
            if row < 0:
                column, minute = self.spot_at(at)
                self.set_time_cursor((column, clicked(self.board, minute)[0]))
            self._pointer.press(at, row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._pointer.move(at, fine=fine)
            return
        row = self.row_at(at)
        self._hover(row)
        kind = self._pointer.kind_at(at, row) if row >= 0 else None
        self.viewport().setCursor(CURSORS.get(kind or "", Qt.CursorShape.ArrowCursor))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        drag = self._pointer.release() if event.button() == Qt.MouseButton.LeftButton else None
        if drag is None:
            return
        if drag.card is None:
            self.create_requested.emit(drag.column, drag.start, drag.end)
        elif drag.kind == "move":
            self.move_requested.emit(drag.card.key, drag.column, drag.start)
        else:
            self.resize_requested.emit(drag.card.key, drag.start, drag.end)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self.board.columns:
            return
        at = event.position().toPoint()
        row = self.row_at(at)
        if row >= 0:
            self.activated.emit(self.board.cards[row].key)
        elif self._chip_at(at) is None:
            column, minute = self.spot_at(at)
            self.create_requested.emit(column, *clicked(self.board, minute))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            # Some platforms send this after the key itself, others send this alone.
            if not self._menu_age.isValid() or self._menu_age.hasExpired(100):
                self.ask_for_menu()
            return
        if not self.board.columns:
            return
        row = self.row_at(event.pos())
        self.choose_row(row)
        key = self.board.cards[row].key if row >= 0 else ""
        column, minute = self.spot_at(event.pos())
        self.context_menu_requested.emit(key, column, clicked(self.board, minute)[0], event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turn:
            self.zoom(self.hour_height() * 1.12 ** (turn / 120), round(event.position().y()))
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and turn:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - turn)
        else:
            super().wheelEvent(event)
            return
        event.accept()

    # --- inside --------------------------------------------------------------------------------------

    def _chip_at(self, at: QPoint) -> Chip | None:
        return self.geometry_now.chip_at(self.to_content(at))

    def _show_crowd(self, chip: Chip, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in chip.rows:
            card = self.board.cards[row]
            menu.addAction(card.accessible.replace("&", "&&"), partial(self.select_key, card.key))
        menu.popup(at)

    def _show_tip(self, event: QHelpEvent) -> None:
        row = self.row_at(event.pos())
        if row < 0:
            QToolTip.hideText()
            return
        # Qt guesses rich text in tips: as a paragraph with everything escaped there is nothing to guess.
        words = f"<p>{escape(self.board.cards[row].accessible)}</p>"
        rect = self.geometry_now.rects[row].translated(-self.offset())
        QToolTip.showText(event.globalPos(), words, self.viewport(), rect)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            before, self.hovered = self.hovered, row
            self.update_row(before)
            self.update_row(row)

    def _tell_selected(self) -> None:
        key = self.current_key() if self.selectionModel().hasSelection() else ""
        if key != self._told:
            self._told = key
            self.selected.emit(key)

    def _announce(self, words: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
