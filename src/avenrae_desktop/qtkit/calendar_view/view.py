"""The calendar: days or healers as columns, bookings as cards. It knows neither; it shows a `Board`."""

from collections.abc import Callable, Iterable
from functools import partial
from html import escape

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QToolTip, QWidget

from avenrae_desktop.qtkit.calendar_view import drag as dragging
from avenrae_desktop.qtkit.calendar_view.board import Board, Card
from avenrae_desktop.qtkit.calendar_view.drag import Drag
from avenrae_desktop.qtkit.calendar_view.geometry import Chip, Geometry
from avenrae_desktop.qtkit.calendar_view.grid import now_area
from avenrae_desktop.qtkit.calendar_view.keyboard import Keyboard, neighbour
from avenrae_desktop.qtkit.calendar_view.look import CalendarLook, look_of
from avenrae_desktop.qtkit.calendar_view.model import CardModel
from avenrae_desktop.qtkit.calendar_view.overlay import MARGIN
from avenrae_desktop.qtkit.calendar_view.pointer import CURSORS, Pointer
from avenrae_desktop.qtkit.calendar_view.scene import Scene, ScenePainter, cursor_rect
from avenrae_desktop.qtkit.calendar_view.strips import GUTTER, Gutter, Header, State, header_height
from avenrae_desktop.qtkit.theme import Theme, current_theme

HOUR_HEIGHT = 58.0
HOUR_MIN, HOUR_MAX = 32.0, 240.0
_FRAME = 3
_MORNING = 8 * 60

Index = QModelIndex | QPersistentModelIndex


def clock_text(minute: int) -> str:
    """A minute of the day as 24-hour wall time."""
    return f"{minute // 60:02}:{minute % 60:02}"


class CalendarView(QListView):
    """Cards of a board, each a list item for assistive programs. It changes nothing itself: it asks.

    Drags snap to 15 minutes, to 5 with Shift held or where an hour is at least 120 px tall (Ctrl+wheel).
    Keys: arrows go from card to card; Ctrl+arrows move a time cursor; N or Enter there books; Alt+arrows move
    the card, Alt+Shift+Up/Down its end; Page Up/Down, T, Home, End; Menu or Shift+F10.
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

    # Qt calls virtual functions while its own constructor still runs: every one of them finds these.
    board: Board = Board()
    busy_keys: frozenset[str] = frozenset()
    time_cursor: tuple[int, int] | None = None
    _ready: bool = False
    _hour_height: float = HOUR_HEIGHT
    _hovered: int = -1
    _told: str = ""
    _loading: bool = False
    _scroll_to: int | None = _MORNING
    _was_opened: bool = False

    def __init__(
        self, theme: Theme | None = None, parent: QWidget | None = None, *, name: str = "Calendar"
    ) -> None:
        super().__init__(parent)
        self._theme = theme or current_theme()
        self.look: CalendarLook = look_of(self._theme)
        self.geometry_now = Geometry(self.board, QSize(1, 1), self._hour_height)
        self._time_text: Callable[[int], str] = clock_text
        self._model = CardModel(self)
        self._scenes = ScenePainter()
        self._pointer = Pointer(self)
        self._keyboard = Keyboard(self)
        self._header = Header(self._strip_state, self)
        self._gutter = Gutter(self._strip_state, self.time_text, self)
        self._menu_age = QElapsedTimer()
        self._ready = True
        self._dress(name)
        self.setModel(self._model)
        self._header.clicked.connect(self.column_activated)
        self._theme.changed.connect(self._renew_look)

    def _dress(self, name: str) -> None:
        self.setObjectName("calendar_view")
        self.setAccessibleName(name)
        # A frame of constant width: one that grew with the focus would move everything in it.
        self.setStyleSheet(f"#calendar_view {{ border: {_FRAME}px solid transparent; }}")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 240)

    # --- what a panel says ---------------------------------------------------------------------------

    def set_board(self, board: Board, scroll_to_minute: int | None = None) -> None:
        """Shows a board. The chosen card (by key) and the scroll position stay; `scroll_to_minute` goes on top."""
        row = self.current_row()
        key = self.board.cards[row].key if row >= 0 else ""
        column = self.board.cards[row].column if row >= 0 else -1
        self._pointer.cancel()
        self._loading = True
        self.board = board
        self._hovered = -1
        if self.time_cursor is not None and self.time_cursor[0] >= len(board.columns):
            self.time_cursor = None
        self._model.show(board)
        self._header.setAccessibleName("; ".join(c.accessible for c in board.columns))
        self._measure()
        rows = self._model.rows_of(key)
        if rows:
            row = next((r for r in rows if board.cards[r].column == column), rows[0])
            self.selectionModel().setCurrentIndex(
                self._model.index(row), self.selectionModel().SelectionFlag.ClearAndSelect
            )
        self._loading = False
        self._tell_selected()
        self._open_at(scroll_to_minute)

    def set_hour_height(self, pixels: float) -> None:
        """Height of an hour at zoom 1, from 32 to 240; what is at the top stays there."""
        self._zoom_rows(pixels, 0)

    def hour_height(self) -> float:
        return self._hour_height

    def set_busy_keys(self, keys: Iterable[str]) -> None:
        """Dims cards while their change is being saved; they cannot be dragged meanwhile."""
        self.busy_keys = frozenset(keys)
        self.viewport().update()

    def set_time_text(self, time_text: Callable[[int], str]) -> None:
        """How a minute of the day is written, 0 to 1440."""
        self._time_text = time_text
        self._gutter.update()
        self.viewport().update()

    def set_now(self, now: tuple[int, int] | None) -> None:
        """Moves the line of now without a new board: (column, minute)."""
        before = now_area(self.geometry_now, self.look)
        self.board = self.geometry_now.board = replace_now(self.board, now)
        for area in (before, now_area(self.geometry_now, self.look)):
            self._update_content(area)
        self._gutter.update()

    def time_text(self, minute: int) -> str:
        return self._time_text(minute)

    def select_key(self, key: str) -> bool:
        """Chooses a card and brings it into view; False when it is not on the board."""
        rows = self._model.rows_of(key)
        if rows:
            self.choose_row(rows[0])
        return bool(rows)

    def current_key(self) -> str:
        row = self.current_row()
        return self.board.cards[row].key if row >= 0 else ""

    def scroll_to(self, minute: int) -> None:
        """Brings a minute to the top."""
        self.verticalScrollBar().setValue(self.geometry_now.y(minute))

    # --- what mouse and keyboard ask of the view -----------------------------------------------------

    def to_content(self, at: QPoint) -> QPoint:
        return at + self._offset()

    def current_row(self) -> int:
        return self.currentIndex().row()

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
            self.setCurrentIndex(self._model.index(row))

    def default_spot(self) -> tuple[int, int]:
        """Where a person looks first: the chosen card, else now, else the top of what is visible."""
        row = self.current_row()
        if row >= 0:
            return self.board.cards[row].column, self.board.cards[row].start
        if self.board.now is not None:
            return self.board.now[0], dragging.clicked(self.board, self.board.now[1])[0]
        spot = self._offset()
        minute = self.geometry_now.minute_at(spot.y()) + dragging.STEP
        return max(0, self.geometry_now.column_at(spot.x())), dragging.clicked(self.board, minute)[0]

    def step_cursor(self, columns: int, minutes: int) -> None:
        """Moves the time cursor; its first step only shows it."""
        if not self.board.columns:
            return
        column, minute = self.default_spot()
        if self.time_cursor is not None:
            column, minute = self.time_cursor[0] + columns, self.time_cursor[1] + minutes
        column = min(max(column, 0), len(self.board.columns) - 1)
        minute = min(max(minute, self.board.first_minute), self.board.last_minute - dragging.STEP)
        self.set_time_cursor((column, minute))
        self._show_content(cursor_rect(self.geometry_now, (column, minute)))
        self._announce(f"{self.board.columns[column].accessible}, {self.time_text(minute)}")

    def set_time_cursor(self, cursor: tuple[int, int] | None) -> None:
        for spot in (self.time_cursor, cursor):
            if spot is not None:
                self._update_content(cursor_rect(self.geometry_now, spot))
        self.time_cursor = cursor
        self._update_row(self.current_row())

    def create_at_cursor(self) -> None:
        """Asks for a booking at the time cursor, or where a person looks."""
        if self.board.columns:
            column, minute = self.time_cursor or self.default_spot()
            self.create_requested.emit(column, *dragging.clicked(self.board, minute))

    def open_current(self) -> None:
        """Enter: the card, or a new booking at the time cursor."""
        row = self.current_row()
        if self.time_cursor is None and row >= 0:
            self.activated.emit(self.board.cards[row].key)
        elif self.time_cursor is not None:
            self.create_at_cursor()

    def ask_for_menu(self) -> bool:
        """The menu of the chosen card or the time cursor, asked for by key."""
        self._menu_age.start()
        row = self.current_row()
        if self.time_cursor is None and row >= 0:
            card, rect = self.board.cards[row], self.geometry_now.rects[row]
            spot = (card.key, card.column, card.start)
        else:
            column, minute = self.time_cursor or self.default_spot()
            spot, rect = ("", column, minute), cursor_rect(self.geometry_now, (column, minute))
        at = rect.intersected(self.visible_area()).center() - self._offset()
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
                self._update_content(self.geometry_now.slot_rect(drag.column, drag.start, drag.end), 8)
        if before.card is not None and (after is None or not before.live):
            for row in self._model.rows_of(before.card.key):
                self._update_row(row)

    # --- QListView -----------------------------------------------------------------------------------

    def visualRect(self, index: Index) -> QRect:
        if not self._ready or not index.isValid():
            return QRect()
        return self.geometry_now.rects[index.row()].translated(-self._offset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self._row_at(point) if self._ready else -1
        return self._model.index(row) if row >= 0 else QModelIndex()

    def scrollTo(
        self, index: Index, _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if self._ready and index.isValid() and not self._loading:
            self._show_content(self.geometry_now.rects[index.row()])

    def moveCursor(self, action: QAbstractItemView.CursorAction, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        actions = QAbstractItemView.CursorAction
        across = {actions.MoveLeft: -1, actions.MoveRight: 1}.get(action, 0)
        down = -1 if action in {actions.MoveUp, actions.MovePrevious, actions.MoveHome} else 1
        row = self.current_row() if self._ready else -1
        if not self._ready or not self.board.cards:
            return QModelIndex()
        column, minute = self.default_spot()
        return self._model.index(neighbour(self.board, (row, column, minute), across, 0 if across else down))

    def horizontalOffset(self) -> int:
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        return region

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        chosen = selected.indexes()
        if chosen and chosen[0] != self.currentIndex():  # an assistive program selects without moving there
            flags = self.selectionModel().SelectionFlag
            self.selectionModel().setCurrentIndex(chosen[0], flags.NoUpdate)
        if self._ready and not self._loading:
            for index in (*chosen, *deselected.indexes()):
                for row in self._model.rows_of(self.board.cards[index.row()].key):
                    self._update_row(row)
            self._tell_selected()

    def doItemsLayout(self) -> None:
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        if self._ready and not self._loading:
            self._measure()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)
        if dx:
            self._header.update()
        if dy:
            self._gutter.update()

    # --- events --------------------------------------------------------------------------------------

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.updateGeometries()
        self._open_at(self._scroll_to)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._ready:
            self._paint_frame()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._show_tip(event)
            return True
        if event.type() == QEvent.Type.Leave and self._ready:
            self._hover(-1)
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.translate(-self._offset())
        chosen = tuple(self._model.rows_of(self.current_key()))
        scene = Scene(
            self.geometry_now,
            self.look,
            chosen,
            -1 if self._pointer.drag else self._hovered,
            self.hasFocus(),
            self.time_cursor,
            self._pointer.drag,
            self.busy_keys,
            self.time_text,
        )
        complete = self._scenes.paint(painter, event.rect().translated(self._offset()), scene)
        painter.end()
        if not complete:
            QTimer.singleShot(0, self.viewport(), self.viewport().update)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        self._repaint_focus()

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        self._repaint_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(self._keyboard.press(event))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        chip = self._chip_at(at)
        if chip is not None:
            self._show_crowd(chip, event.globalPosition().toPoint())
            return
        row = self._row_at(at)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pointer.press(at, row)
        self.choose_row(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._pointer.move(at, fine=fine)
        else:
            row = self._row_at(at)
            self._hover(row)
            kind = self._pointer.kind_at(at, row) if row >= 0 else None
            self.viewport().setCursor(CURSORS.get(kind or "", Qt.CursorShape.ArrowCursor))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        drag = self._pointer.release()
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
        row = self._row_at(at)
        if row >= 0:
            self.activated.emit(self.board.cards[row].key)
        elif self._chip_at(at) is None:
            column, minute = self._spot(at)
            self.create_requested.emit(column, *dragging.clicked(self.board, minute))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            # Some platforms send this after the key itself, others send this alone.
            if not self._menu_age.isValid() or self._menu_age.hasExpired(100):
                self.ask_for_menu()
            return
        row = self._row_at(event.pos())
        self.choose_row(row)
        key = self.board.cards[row].key if row >= 0 else ""
        column, minute = self._spot(event.pos())
        self.context_menu_requested.emit(key, column, dragging.clicked(self.board, minute)[0], event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turn:
            y = round(event.position().y())
            self._zoom_rows(self._hour_height * 1.12 ** (turn / 120), y)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and turn:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - turn)
        else:
            super().wheelEvent(event)
            return
        event.accept()

    # --- inside --------------------------------------------------------------------------------------

    def _offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def visible_area(self) -> QRect:
        return QRect(self._offset(), self.viewport().size())

    def _strip_state(self) -> State:
        return self.geometry_now, self.look, self._offset()

    def _measure(self) -> None:
        """Margins, then geometry, then scroll bars: each rests on the one before."""
        look = self.look
        top = header_height(self.board.columns, look)
        left = look.px(GUTTER)
        self.setViewportMargins(left, top, 0, 0)
        room = self.viewport().geometry()
        self._header.setGeometry(room.left() - left, room.top() - top, room.width() + left, top)
        self._gutter.setGeometry(room.left() - left, room.top(), left, room.height())
        self.geometry_now = Geometry(self.board, room.size(), self._hour_height * look.zoom, look.zoom)
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(room.height())
        down.setSingleStep(look.px(20))
        down.setRange(0, max(0, self.geometry_now.height - room.height()))
        across.setPageStep(room.width())
        across.setSingleStep(look.px(40))
        across.setRange(0, max(0, self.geometry_now.width - room.width()))
        for widget in (self._header, self._gutter, self.viewport()):
            widget.update()

    def _open_at(self, minute: int | None) -> None:
        """Scrolls to a minute, now or as soon as there is room to scroll in."""
        self._scroll_to = minute
        if minute is None and not self._was_opened:
            self._scroll_to = _MORNING
        if self._scroll_to is not None and self.isVisible() and self.board.columns:
            self.scroll_to(self._scroll_to)
            self._scroll_to, self._was_opened = None, True

    def _zoom_rows(self, pixels: float, y: int) -> None:
        minute = self.geometry_now.minute_at(self._offset().y() + y)
        pixels = min(max(pixels, HOUR_MIN), HOUR_MAX)
        if pixels == self._hour_height:
            return
        self._hour_height = pixels
        self._scenes.faces.clear()
        self._measure()
        self.verticalScrollBar().setValue(self.geometry_now.y(minute) - y)
        self.hour_height_changed.emit(pixels)

    def _renew_look(self) -> None:
        minute = self.geometry_now.minute_at(self._offset().y())
        self.look = look_of(self._theme)
        self._scenes.faces.clear()
        self._measure()
        self.scroll_to(round(minute))
        self.update()

    def _spot(self, at: QPoint) -> tuple[int, float]:
        spot = self.to_content(at)
        return self.geometry_now.column_at(spot.x()), self.geometry_now.minute_at(spot.y())

    def _row_at(self, at: QPoint) -> int:
        spot = self.to_content(at)
        row = self.current_row()
        if row in self.geometry_now.hidden and self.geometry_now.rects[row].contains(spot):
            return row
        return self.geometry_now.row_at(spot)

    def _chip_at(self, at: QPoint) -> Chip | None:
        return self.geometry_now.chip_at(self.to_content(at))

    def _show_crowd(self, chip: Chip, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in chip.rows:
            words = self.board.cards[row].accessible.replace("&", "&&")
            menu.addAction(words, partial(self.select_key, self.board.cards[row].key))
        menu.popup(at)

    def _show_tip(self, event: QHelpEvent) -> None:
        row = self._row_at(event.pos())
        if row < 0:
            QToolTip.hideText()
            return
        # Qt guesses rich text in tips: as a paragraph with everything escaped there is nothing to guess.
        words = f"<p>{escape(self.board.cards[row].accessible)}</p>"
        rect = self.geometry_now.rects[row].translated(-self._offset())
        QToolTip.showText(event.globalPos(), words, self.viewport(), rect)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            before, self._hovered = self._hovered, row
            self._update_row(before)
            self._update_row(row)

    def _update_row(self, row: int) -> None:
        if 0 <= row < len(self.geometry_now.rects):
            self._update_content(self.geometry_now.rects[row])

    def _update_content(self, rect: QRect, margin: int = MARGIN) -> None:
        self.viewport().update(rect.translated(-self._offset()).adjusted(-margin, -margin, margin, margin))

    def _show_content(self, rect: QRect) -> None:
        """Scrolls no further than needed; of something taller than the window the beginning counts."""
        space = self.look.px(12)
        for bar, low, high, room in (
            (self.horizontalScrollBar(), rect.left() - space, rect.right() + space, self.viewport().width()),
            (self.verticalScrollBar(), rect.top() - space, rect.bottom() + space, self.viewport().height()),
        ):
            if high > bar.value() + room:
                bar.setValue(high - room)
            if low < bar.value():
                bar.setValue(low)

    def _tell_selected(self) -> None:
        key = self.current_key() if self.selectionModel().hasSelection() else ""
        if key != self._told:
            self._told = key
            self.selected.emit(key)

    def _announce(self, words: str) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _repaint_focus(self) -> None:
        self.update()
        self.viewport().update()

    def _paint_frame(self) -> None:
        colours = self.look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lone = self.hasFocus() and self.time_cursor is None and self.current_row() < 0
        painter.setPen(QPen(colours.focus if lone else colours.line, 2 if lone else 1))
        painter.setBrush(colours.surface)
        inset = 1.0 if lone else 0.5
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), 8, 8)
        painter.end()


def replace_now(board: Board, now: tuple[int, int] | None) -> Board:
    """The same board a minute later."""
    return Board(board.columns, board.cards, board.blocks, board.first_minute, board.last_minute, now)
