"""The two sticky edges: column titles above the grid and hours to its left."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.calendar_view.board import Column
from avenrae_desktop.qtkit.calendar_view.faces import draw_text, plain
from avenrae_desktop.qtkit.calendar_view.geometry import Geometry
from avenrae_desktop.qtkit.calendar_view.look import CalendarLook
from avenrae_desktop.qtkit.calendar_view.stamps import Stamps

GUTTER = 58
HEADER = 62
NAMES_HEADER = 58

State = tuple[Geometry, CalendarLook, QPoint]
"""Where things are, how they look, how far the content is scrolled."""


class Header(QWidget):
    """Titles of the columns, scrolled sideways only. A click on one names its column."""

    clicked = Signal(int)

    def __init__(self, state: Callable[[], State], parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        self.stamps = Stamps()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, _event: QPaintEvent) -> None:
        geometry, look, offset = self._state()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.colours.surface)
        gutter = look.px(GUTTER)
        painter.setClipRect(gutter, 0, self.width() - gutter, self.height())
        if geometry.count:
            last = geometry.column_at(offset.x() + self.width() - gutter)
            for number in range(geometry.column_at(offset.x()), last + 1):
                left = geometry.x(number)
                size = QSize(geometry.x(number + 1) - left, self.height())
                self._draw_column(painter, left + gutter - offset.x(), size, geometry.board.columns[number], look)
        painter.setClipping(False)
        painter.fillRect(0, self.height() - 1, self.width(), 1, look.colours.line)
        painter.end()

    def _draw_column(self, painter: QPainter, left: int, size: QSize, column: Column, look: CalendarLook) -> None:
        room = QRect(QPoint(0, 0), size)
        key = (column.title_top, column.title_main, column.subtitle, column.is_today)
        self.stamps.draw(
            painter, QPoint(left, 0), size, look, key,
            lambda on: self._paint_column(on, room, column, look), look.colours.surface,
        )  # fmt: skip

    def _paint_column(self, painter: QPainter, room: QRect, column: Column, look: CalendarLook) -> None:
        colours = look.colours
        tick = look.px(8)
        painter.fillRect(room.left(), room.bottom() - tick, 1, tick, colours.line)
        if column.subtitle:
            self._paint_named(painter, room, column, look)
            return
        top = QRect(room.left(), look.px(8), room.width(), look.px(16))
        painter.setPen(colours.accent if column.is_today else colours.muted)
        draw_text(painter, top, plain(column.title_top), look.small_strong_font, centred=True)
        main = QRect(room.left(), top.bottom() + look.px(2), room.width(), look.px(30))
        if column.is_today:
            self._paint_disc(painter, main, colours.accent, look)
        painter.setPen(colours.on_accent if column.is_today else colours.text)
        draw_text(painter, main, plain(column.title_main), look.day_font, centred=True)

    @staticmethod
    def _paint_disc(painter: QPainter, room: QRect, colour: QColor, look: CalendarLook) -> None:
        side = look.px(30)
        disc = QRectF(0, 0, side, side)
        disc.moveCenter(QRectF(room).center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(disc)

    @staticmethod
    def _paint_named(painter: QPainter, room: QRect, column: Column, look: CalendarLook) -> None:
        inset = look.px(6)
        name = QRect(room.left() + inset, look.px(9), room.width() - 2 * inset, look.px(20))
        painter.setPen(look.colours.text)
        draw_text(painter, name, plain(column.subtitle), look.name_font, centred=True)
        under = QRect(name.left(), name.bottom() + look.px(1), name.width(), look.px(16))
        painter.setPen(look.colours.accent_ink if column.is_today else look.colours.muted)
        words = plain(f"{column.title_top} {column.title_main}")
        draw_text(painter, under, words, look.small_font, centred=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        geometry, look, offset = self._state()
        x = round(event.position().x()) - look.px(GUTTER) + offset.x()
        inside = self.rect().contains(event.position().toPoint()) and x >= offset.x()
        if event.button() == Qt.MouseButton.LeftButton and inside and geometry.count:
            self.clicked.emit(geometry.column_at(x))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return False
        return super().event(event)


def header_height(columns: tuple[Column, ...], look: CalendarLook) -> int:
    return look.px(NAMES_HEADER if any(column.subtitle for column in columns) else HEADER)


class Gutter(QWidget):
    """The hours, scrolled up and down only."""

    def __init__(self, state: Callable[[], State], time_text: Callable[[int], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        self.stamps = Stamps()
        self._time_text = time_text
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        geometry, look, offset = self._state()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), look.colours.surface)
        step = 15 if geometry.hour_height >= look.px(110) else 60
        first = int(geometry.minute_at(offset.y())) // step * step
        last = geometry.minute_at(offset.y() + self.height())
        now = geometry.board.now
        for minute in range(first, int(last) + 1, step):
            near_now = now is not None and abs(geometry.y(now[1]) - geometry.y(minute)) < look.px(14)
            if minute > geometry.board.first_minute and not near_now:
                self._paint_hour(painter, geometry.y(minute) - offset.y(), minute, look)
        if now is not None:
            self._paint_now(painter, geometry.y(now[1]) - offset.y(), now[1], look)
        painter.end()

    def _paint_hour(self, painter: QPainter, y: int, minute: int, look: CalendarLook) -> None:
        if minute % 60 == 0:
            painter.fillRect(self.width() - look.px(5), y, look.px(5), 1, look.colours.line)
        self._say(painter, y, minute, look.small_font, look.colours.muted)

    def _paint_now(self, painter: QPainter, y: int, minute: int, look: CalendarLook) -> None:
        self._say(painter, y, minute, look.small_strong_font, look.colours.now)

    def _say(self, painter: QPainter, y: int, minute: int, font: QFont, ink: QColor) -> None:
        _, look, _ = self._state()
        size = QSize(self.width() - look.px(10), look.px(16))
        text = self._time_text(minute)

        def paint(on: QPainter) -> None:
            on.setPen(ink)
            draw_text(on, QRect(QPoint(0, 0), size), text, font, to_right=True)

        at = QPoint(0, y - size.height() // 2)
        self.stamps.draw(painter, at, size, look, (text, ink.name(), font.weight()), paint, look.colours.surface)
