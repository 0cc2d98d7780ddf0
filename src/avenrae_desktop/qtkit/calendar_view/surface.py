"""The calendar without its input: a QListView that lays out, paints and scrolls a board's cards itself."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from avenrae_desktop.qtkit.calendar_view.blueprint import Blueprint
from avenrae_desktop.qtkit.calendar_view.board import Board
from avenrae_desktop.qtkit.calendar_view.drag import Drag
from avenrae_desktop.qtkit.calendar_view.geometry import Geometry
from avenrae_desktop.qtkit.calendar_view.grid import now_area
from avenrae_desktop.qtkit.calendar_view.look import CalendarLook, look_of
from avenrae_desktop.qtkit.calendar_view.model import CardModel
from avenrae_desktop.qtkit.calendar_view.overlay import MARGIN
from avenrae_desktop.qtkit.calendar_view.scene import Scene, ScenePainter, cursor_rect
from avenrae_desktop.qtkit.calendar_view.strips import GUTTER, Gutter, Header, State, header_height
from avenrae_desktop.qtkit.theme import Theme

HOUR_HEIGHT = 58.0
HOUR_MIN, HOUR_MAX = 32.0, 240.0
_FRAME = 3
_MORNING = 8 * 60
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)

Index = QModelIndex | QPersistentModelIndex


def clock_text(minute: int) -> str:
    """A minute of the day as 24-hour wall time."""
    return f"{minute // 60:02}:{minute % 60:02}"


class Surface(QListView):
    """Shows a board; QListView is the base because Qt tells assistive programs of its items."""

    # Qt calls virtual functions while its own constructor still runs: every one of them finds these.
    board: Board = Board()
    busy_keys: frozenset[str] = frozenset()
    time_cursor: tuple[int, int] | None = None
    hovered: int = -1
    ready: bool = False
    loading: bool = False
    _hour_height: float = HOUR_HEIGHT
    _scroll_to: int | None = _MORNING

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._came_by_key = False
        self._theme = theme
        self.look: CalendarLook = look_of(theme)
        self.geometry_now = Geometry(self.board, QSize(1, 1), self._hour_height)
        self._time_text: Callable[[int], str] = clock_text
        self.cards = CardModel(self)
        self.scenes = ScenePainter()
        self.header = Header(self._strip_state, self)
        self.gutter = Gutter(self._strip_state, self.time_text, self)
        self.ready = True
        self._dress()
        self.setModel(self.cards)
        theme.changed.connect(self._renew_look)

    def _dress(self) -> None:
        self.setObjectName("calendar_view")
        # A frame of constant width: one that grew with the focus would move everything in it.
        self.setStyleSheet(f"#calendar_view {{ border: {_FRAME}px solid transparent; }}")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 240)

    # --- state that a frame shows --------------------------------------------------------------------

    def current_drag(self) -> Drag | None:
        """The drag under way, for painting; the surface alone has none."""
        return None

    def current_row(self) -> int:
        return self.currentIndex().row()

    def current_key(self) -> str:
        row = self.current_row()
        return self.board.cards[row].key if row >= 0 else ""

    def blueprint(self) -> Blueprint:
        """What boards are laid out by as the view is now."""
        return Blueprint(self.viewport().size(), self._hour_height * self.look.zoom, self.look.zoom)

    def show_board(self, board: Board, scroll_to_minute: int | None, laid_out: Geometry | None = None) -> None:
        """Lays a board out; the chosen card stays by its key, in its old column if it still has a part there."""
        row = self.current_row()
        key, column = (self.board.cards[row].key, self.board.cards[row].column) if row >= 0 else ("", -1)
        self.loading = True
        self.board = board
        self.hovered = -1
        if self.time_cursor is not None and self.time_cursor[0] >= len(board.columns):
            self.time_cursor = None
        self.cards.show(board)
        self.header.setAccessibleName("; ".join(head.accessible for head in board.columns))
        self._measure(laid_out)
        rows = self.cards.rows_of(key)
        if rows:
            row = next((r for r in rows if board.cards[r].column == column), rows[0])
            flag = self.selectionModel().SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.cards.index(row), flag)
        self.loading = False
        self._open_at(self._scroll_to if scroll_to_minute is None else scroll_to_minute)

    def set_now(self, now: tuple[int, int] | None) -> None:
        """Moves the line of now without a new board: (column, minute)."""
        before = now_area(self.geometry_now, self.look)
        self.board = self.geometry_now.board = replace(self.board, now=now)
        for area in (before, now_area(self.geometry_now, self.look)):
            self.update_content(area)
        self.gutter.update()

    def set_busy_keys(self, keys: Iterable[str]) -> None:
        """Dims cards while their change is being saved; they cannot be dragged meanwhile."""
        self.busy_keys = frozenset(keys)
        self.viewport().update()

    def set_time_text(self, time_text: Callable[[int], str]) -> None:
        """How a minute of the day is written, 0 to 1440."""
        self._time_text = time_text
        self.gutter.update()
        self.viewport().update()

    def time_text(self, minute: int) -> str:
        return self._time_text(minute)

    # --- places --------------------------------------------------------------------------------------

    def offset(self) -> QPoint:
        return QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def to_content(self, at: QPoint) -> QPoint:
        return at + self.offset()

    def visible_area(self) -> QRect:
        return QRect(self.offset(), self.viewport().size())

    def spot_at(self, at: QPoint) -> tuple[int, float]:
        """Column (the nearest) and minute under a point of the viewport."""
        spot = self.to_content(at)
        return self.geometry_now.column_at(spot.x()), self.geometry_now.minute_at(spot.y())

    def row_at(self, at: QPoint) -> int:
        """The card under a point of the viewport, or -1."""
        spot = self.to_content(at)
        row = self.current_row()
        if row in self.geometry_now.hidden and self.geometry_now.rects[row].contains(spot):
            return row
        return self.geometry_now.row_at(spot)

    def scroll_to(self, minute: int) -> None:
        """Brings a minute to the top."""
        self.verticalScrollBar().setValue(self.geometry_now.y(minute))

    def show_content(self, rect: QRect) -> None:
        """Scrolls no further than needed; of something taller than the window the beginning counts."""
        space = self.look.px(12)
        room = self.viewport().size()
        for bar, low, high, length in (
            (self.horizontalScrollBar(), rect.left(), rect.right(), room.width()),
            (self.verticalScrollBar(), rect.top(), rect.bottom(), room.height()),
        ):
            if high + space > bar.value() + length:
                bar.setValue(high + space - length)
            if low - space < bar.value():
                bar.setValue(low - space)

    def update_row(self, row: int) -> None:
        if 0 <= row < len(self.geometry_now.rects):
            self.update_content(self.geometry_now.rects[row])

    def update_content(self, rect: QRect, margin: int = MARGIN) -> None:
        self.viewport().update(rect.translated(-self.offset()).adjusted(-margin, -margin, margin, margin))

    def zoom_rows(self, pixels: float, y: int) -> bool:
        """A new hour height; what lies `y` below the top of the viewport stays there. False: no change."""
        pixels = min(max(pixels, HOUR_MIN), HOUR_MAX)
        if pixels == self._hour_height:
            return False
        minute = self.geometry_now.minute_at(self.offset().y() + y)
        self._hour_height = pixels
        self.scenes.clear()
        self._measure()
        self.verticalScrollBar().setValue(self.geometry_now.y(minute) - y)
        return True

    def hour_height(self) -> float:
        """Pixels of an hour at zoom 1."""
        return self._hour_height

    # --- QListView -----------------------------------------------------------------------------------

    def visualRect(self, index: Index) -> QRect:
        if not self.ready or not index.isValid():
            return QRect()
        return self.geometry_now.rects[index.row()].translated(-self.offset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        row = self.row_at(point) if self.ready else -1
        return self.cards.index(row) if row >= 0 else QModelIndex()

    def scrollTo(
        self, index: Index, _hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if self.ready and index.isValid() and not self.loading:
            self.show_content(self.geometry_now.rects[index.row()])

    def horizontalOffset(self) -> int:
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for index in selection.indexes():
            region += self.visualRect(index).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        return region

    def doItemsLayout(self) -> None:
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        if self.ready and not self.loading:
            self._measure()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().scroll(dx, dy)
        if dx:
            self.header.update()
        if dy:
            self.gutter.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self.updateGeometries()
        self._open_at(self._scroll_to)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self.ready:
            self._paint_frame()
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.translate(-self.offset())
        drag = self.current_drag()
        scene = Scene(
            geometry=self.geometry_now,
            look=self.look,
            chosen=tuple(self.cards.rows_of(self.current_key())),
            hovered=-1 if drag else self.hovered,
            has_focus=self.hasFocus(),
            cursor=self.time_cursor if self.hasFocus() and not (drag and drag.live) else None,
            drag=drag,
            busy=self.busy_keys,
            time_text=self.time_text,
        )
        complete = self.scenes.paint(painter, event.rect().translated(self.offset()), scene)
        painter.end()
        if not complete:
            QTimer.singleShot(0, self.viewport(), self.viewport().update)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._came_by_key = event.reason() in _BY_KEY
        self._repaint_focus()

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        self._repaint_focus()

    # --- inside --------------------------------------------------------------------------------------

    def _strip_state(self) -> State:
        return self.geometry_now, self.look, self.offset()

    def _measure(self, laid_out: Geometry | None = None) -> None:
        """Margins, then geometry, then scroll bars: each rests on the one before."""
        look = self.look
        top = header_height(self.board.columns, look)
        left = look.px(GUTTER)
        self.setViewportMargins(left, top, 0, 0)
        room = self.viewport().geometry()
        self.header.setGeometry(room.left() - left, room.top() - top, room.width() + left, top)
        self.gutter.setGeometry(room.left() - left, room.top(), left, room.height())
        self.geometry_now = self._geometry(room.size(), laid_out)
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setPageStep(room.height())
        down.setSingleStep(look.px(20))
        down.setRange(0, max(0, self.geometry_now.height - room.height()))
        across.setPageStep(room.width())
        across.setSingleStep(look.px(40))
        across.setRange(0, max(0, self.geometry_now.width - room.width()))
        for widget in (self.header, self.gutter, self.viewport()):
            widget.update()

    def _geometry(self, room: QSize, laid_out: Geometry | None) -> Geometry:
        """The one that was made elsewhere or is shown already, where it still holds."""
        wanted = (self.board, room, self._hour_height * self.look.zoom, self.look.zoom)
        for known in (laid_out, self.geometry_now):
            if known is not None and known.suits(*wanted):
                known.board = self.board
                return known
        return Geometry(*wanted)

    def _open_at(self, minute: int | None) -> None:
        """Scrolls to a minute as soon as there is a board and room to scroll in; None leaves it where it is."""
        self._scroll_to = minute
        if minute is not None and self.isVisible() and self.board.columns:
            self.scroll_to(minute)
            self._scroll_to = None

    def _renew_look(self) -> None:
        minute = self.geometry_now.minute_at(self.offset().y())
        self.look = look_of(self._theme)
        self.scenes.clear()
        self._measure()
        self.scroll_to(round(minute))
        self.update()

    def _repaint_focus(self) -> None:
        self.update()
        self.update_row(self.current_row())
        if self.time_cursor is not None:
            self.update_content(cursor_rect(self.geometry_now, self.time_cursor))

    def _paint_frame(self) -> None:
        colours = self.look.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Who came by Tab sees where they are; who points with the mouse knows it.
        lone = self._came_by_key and self.hasFocus() and self.time_cursor is None and self.current_row() < 0
        painter.setPen(QPen(colours.focus if lone else colours.line, 1))
        painter.setBrush(colours.surface)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.end()
