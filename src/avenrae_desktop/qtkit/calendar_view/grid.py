"""The ground under the cards: opening hours, hour lines, breaks and time off, the line of now."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from avenrae_desktop.qtkit.calendar_view.board import Block
from avenrae_desktop.qtkit.calendar_view.faces import RADIUS, draw_text, hatch, mix, plain
from avenrae_desktop.qtkit.calendar_view.geometry import Geometry
from avenrae_desktop.qtkit.calendar_view.look import CalendarLook
from avenrae_desktop.qtkit.calendar_view.stamps import Stamps

_SAID_EVERY = 240


def fine_step(hour_height: float) -> int:
    """Minutes (hour height at zoom 1) between the fine lines: as many as stay quietly apart."""
    return next((step for step in (5, 15, 30) if hour_height * step / 60 >= 18), 60)


def paint_ground(painter: QPainter, area: QRect, geometry: Geometry, look: CalendarLook, stamps: Stamps) -> None:
    """Everything behind the cards within `area` (content coordinates)."""
    colours = look.colours
    painter.fillRect(area, colours.closed)
    if not geometry.count:
        return
    columns = range(geometry.column_at(area.left()), geometry.column_at(area.right()) + 1)
    for column in columns:
        for start, end in geometry.board.columns[column].available:
            _fill_slot(painter, area, geometry, (column, start, end), colours.surface)
    _paint_lines(painter, area, geometry, look)
    for column in columns:
        painter.fillRect(geometry.x(column), area.top(), 1, area.height(), colours.line)
    for block in geometry.board.blocks:
        if block.column in columns:
            _paint_block(painter, area, geometry, block, look, stamps)


def _fill_slot(
    painter: QPainter, area: QRect, geometry: Geometry, slot: tuple[int, int, int], colour: QColor
) -> None:
    column, start, end = slot
    left, top = geometry.x(column), geometry.y(start)
    rect = QRect(left, top, geometry.x(column + 1) - left, geometry.y(end) - top)
    painter.fillRect(rect.intersected(area), colour)


def _paint_lines(painter: QPainter, area: QRect, geometry: Geometry, look: CalendarLook) -> None:
    step = fine_step(geometry.hour_height / look.zoom)
    first = int(geometry.minute_at(area.top())) // step * step
    for minute in range(first, int(geometry.minute_at(area.bottom())) + 1, step):
        colour = look.colours.line if minute % 60 == 0 else look.colours.fine_line
        painter.fillRect(area.left(), geometry.y(minute), area.width(), 1, colour)


def block_ground(look: CalendarLook) -> QColor:
    """What the words of a break stand on: greyer than closed time, calmer than a card."""
    return mix(look.colours.line, look.colours.surface, 0.35)


def _paint_block(
    painter: QPainter, area: QRect, geometry: Geometry, block: Block, look: CalendarLook, stamps: Stamps
) -> None:
    rect = geometry.slot_rect(block.column, block.start, block.end)
    if not rect.intersects(area):
        return
    said = _said_at(block, geometry, rect.top())
    key = ("block", block.kind, block.text, said)
    stamps.draw(
        painter, rect.topLeft(), rect.size(), look, key, lambda on: _draw_block(on, rect.size(), block, look, said)
    )


def _said_at(block: Block, geometry: Geometry, top: int) -> tuple[int, ...]:
    """Where its words stand. Long blocks say them again and again: one of the words is always in view."""
    minutes = range(block.start, max(block.start + 1, block.end - _SAID_EVERY // 2), _SAID_EVERY)
    return tuple(geometry.y(minute) + 1 - top for minute in minutes)


def _draw_block(painter: QPainter, size: QSize, block: Block, look: CalendarLook, said: tuple[int, ...]) -> None:
    rect = QRect(QPoint(0, 0), size)
    away = block.kind == "away"
    fill = mix(block_ground(look), look.colours.surface, 0.5) if away else block_ground(look)
    radius = min(look.px(RADIUS), rect.height() / 3)
    path = QPainterPath()
    path.addRoundedRect(QRectF(rect), radius, radius)
    painter.fillPath(path, fill)
    if block.kind == "time_off":
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        hatch(painter, rect, mix(look.colours.muted, fill, 0.78), look.px(9))
    elif away:
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        painter.fillRect(rect.left(), rect.top(), look.px(3), rect.height(), mix(look.colours.muted, fill, 0.4))
    line = look.px(15)
    inset = look.px(3) if rect.height() >= line + look.px(6) else (rect.height() - line) // 2
    room = rect.adjusted(look.px(9), inset, -look.px(5), 0)
    room.setHeight(line)
    painter.setPen(look.colours.muted)
    for top in said:
        room.moveTop(top + inset)
        draw_text(painter, room, plain(block.text), look.small_font)


def paint_now(painter: QPainter, geometry: Geometry, look: CalendarLook) -> None:
    """A line over every column of today, with its dot at the column that `now` names."""
    now = geometry.board.now
    if now is None or not geometry.count:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    y = geometry.y(now[1]) + 0.5
    thick = max(1.5, 1.5 * look.zoom)
    painter.setPen(QPen(look.colours.now, thick))
    for column, head in enumerate(geometry.board.columns):
        if head.is_today or column == now[0]:
            painter.drawLine(QPointF(geometry.x(column) + 1, y), QPointF(geometry.x(column + 1), y))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.colours.now)
    dot = 3.75 * look.zoom
    painter.drawEllipse(QPointF(max(geometry.x(now[0]) + 0.5, dot), y), dot, dot)
    painter.restore()


def now_area(geometry: Geometry, look: CalendarLook) -> QRect:
    """What the line of now covers, to repaint when the minute changes."""
    if geometry.board.now is None:
        return QRect()
    margin = look.px(6)
    return QRect(0, geometry.y(geometry.board.now[1]) - margin, geometry.width, 2 * margin)
