"""What lies over the cards: the chosen card's border, "+2" chips, the time cursor, the ghost of a drag."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPen

from avenrae_desktop.qtkit.calendar_view.board import Card
from avenrae_desktop.qtkit.calendar_view.drag import Drag
from avenrae_desktop.qtkit.calendar_view.faces import RADIUS, draw_text, mix, outline, paint_card
from avenrae_desktop.qtkit.calendar_view.geometry import Chip
from avenrae_desktop.qtkit.calendar_view.look import CalendarLook
from avenrae_desktop.qtkit.calendar_view.stamps import Stamps

MARGIN = 4
"""Pixels that borders and rings reach beyond a card, for repaints."""


def paint_border(
    painter: QPainter, rect: QRect, card: Card, look: CalendarLook, *, is_chosen: bool, is_focused: bool
) -> None:
    """Under the pointer: a thin border. Chosen: 2 px in the bar's colour, and with the focus a ring around it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    bar = QColor(look.hue(card.hue).bar)
    width = 2.0 if is_chosen else 1.0
    half = width / 2
    pen = QPen(bar if is_chosen else mix(bar, look.colours.surface, 0.35), width)
    painter.strokePath(outline(QRectF(rect).adjusted(half, half, -half, -half), card, look), pen)
    if is_focused:
        ring = QRectF(rect).adjusted(-2, -2, 2, 2)
        painter.setPen(QPen(look.colours.focus, 1.5))
        painter.drawRoundedRect(ring, look.px(RADIUS) + 2, look.px(RADIUS) + 2)
    painter.restore()


def paint_chip(painter: QPainter, chip: Chip, look: CalendarLook, stamps: Stamps) -> None:
    size, count = chip.rect.size(), len(chip.rows)

    def paint(on: QPainter) -> None:
        hue = look.hue("slate")
        path = QPainterPath()
        path.addRoundedRect(QRectF(QPointF(0, 0), size), look.px(RADIUS), look.px(RADIUS))
        on.fillPath(path, QColor(hue.fill))
        on.setPen(QColor(hue.ink))
        room = QRect(0, 0, size.width(), min(size.height(), look.px(20)))
        draw_text(on, room, f"+{count}", look.small_strong_font, centred=True)

    stamps.draw(painter, chip.rect.topLeft(), size, look, ("chip", count), paint)


def paint_cursor(painter: QPainter, rect: QRect, text: str, look: CalendarLook) -> None:
    """The keyboard's place in empty time."""
    painter.save()
    _box(painter, rect, look.colours.accent_soft, QPen(look.colours.focus, 2), look)
    painter.setPen(look.colours.accent_ink)
    room = rect.adjusted(look.px(8), 0, -look.px(4), 0)
    room.setHeight(min(room.height(), look.px(18)))
    draw_text(painter, room, text, look.small_strong_font)
    painter.restore()


def paint_ghost(
    painter: QPainter, rect: QRect, drag: Drag, time_text: Callable[[int], str], look: CalendarLook
) -> None:
    """What a drag would give if let go now, with its new time."""
    span = f"{time_text(drag.start)} – {time_text(drag.end)}"
    painter.save()
    if drag.card is None:
        _box(painter, rect, look.colours.accent_soft, QPen(look.colours.accent, 1.5), look)
        painter.setPen(look.colours.accent_ink)
        room = rect.adjusted(look.px(8), look.px(1), -look.px(4), 0)
        room.setHeight(min(room.height(), look.px(18)))
        draw_text(painter, room, span, look.small_strong_font)
        painter.restore()
        return
    card = replace(drag.card, time_text=span, start=drag.start, end=drag.end, state_shape="solid")
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for spread, alpha in ((4, 14), (3, 18), (1, 26)):
        painter.setBrush(QColor(0, 0, 0, alpha))
        soft = QRectF(rect).adjusted(-spread, -spread + 1, spread, spread + 2)
        painter.drawRoundedRect(soft, look.px(RADIUS) + spread, look.px(RADIUS) + spread)
    painter.save()
    painter.translate(rect.topLeft())
    paint_card(painter, QRect(0, 0, rect.width(), rect.height()), card, look, painter.device().devicePixelRatio())
    painter.restore()
    painter.restore()
    paint_border(painter, rect, card, look, is_chosen=True, is_focused=False)


def _box(painter: QPainter, rect: QRect, ground: QColor, pen: QPen, look: CalendarLook) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    painter.setBrush(QBrush(ground))
    half = pen.widthF() / 2
    radius = min(look.px(RADIUS), rect.height() / 3)
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)
