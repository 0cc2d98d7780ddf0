"""One frame of the grid's viewport, put together from stored card pictures."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QPainter, QPixmap

from avenrae_desktop.qtkit.calendar_view.board import Card
from avenrae_desktop.qtkit.calendar_view.drag import Drag
from avenrae_desktop.qtkit.calendar_view.faces import FaceKey, FaceStore, mix, render
from avenrae_desktop.qtkit.calendar_view.geometry import Geometry
from avenrae_desktop.qtkit.calendar_view.grid import paint_ground, paint_now
from avenrae_desktop.qtkit.calendar_view.look import CalendarLook
from avenrae_desktop.qtkit.calendar_view.overlay import paint_border, paint_chip, paint_cursor, paint_ghost
from avenrae_desktop.qtkit.calendar_view.stamps import Stamps

CURSOR_LENGTH = 15
_NOW_OVER_CARDS = 0.35  # a full line through a name would read as struck off


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a frame shows. `chosen` are the parts of the selected booking, `hovered` is a row or -1."""

    geometry: Geometry
    look: CalendarLook
    chosen: tuple[int, ...]
    hovered: int
    has_focus: bool
    cursor: tuple[int, int] | None
    drag: Drag | None
    busy: frozenset[str]
    time_text: Callable[[int], str]


@dataclass(slots=True)
class _Rows:
    """Pictures by row, for as long as nothing that they depend on changes and the store throws none away."""

    geometry: Geometry | None
    look: CalendarLook | None
    ratio: float
    losses: int
    faces: list[QPixmap | None]


class ScenePainter:
    """Paints frames. New pictures take at most `slice_ms` of a frame; the rest waits for the next one."""

    def __init__(self, slice_ms: float = 5.0) -> None:
        self.faces = FaceStore()
        self.stamps = Stamps()
        self.slice_ms = slice_ms
        self.rendered = 0
        """How many cards were painted in all; a frame that only copies pictures adds none."""
        self._rows = _Rows(None, None, 0.0, 0, [])

    def clear(self) -> None:
        """Forgets every picture: the look or the heights are others now."""
        self.faces.clear()
        self.stamps.clear()

    def paint(self, painter: QPainter, area: QRect, scene: Scene) -> bool:
        """Paints `area` (content coordinates); False when some cards still lack their words."""
        paint_ground(painter, area, scene.geometry, scene.look, self.stamps)
        paint_now(painter, scene.geometry, scene.look)
        complete = self._paint_cards(painter, area, scene)
        for chip in scene.geometry.chips:
            if chip.rect.intersects(area):
                paint_chip(painter, chip, scene.look, self.stamps)
        self._paint_chosen(painter, area, scene)
        painter.setOpacity(_NOW_OVER_CARDS)
        paint_now(painter, scene.geometry, scene.look)
        painter.setOpacity(1)
        self._paint_top(painter, scene)
        return complete

    def _paint_cards(self, painter: QPainter, area: QRect, scene: Scene) -> bool:
        cards, rects = scene.geometry.board.cards, scene.geometry.rects
        ratio = painter.device().devicePixelRatio()
        deadline = perf_counter() + self.slice_ms / 1000
        dim = scene.busy
        if scene.drag and scene.drag.live and scene.drag.card:
            dim |= {scene.drag.card.key}
        complete = True
        known = self._known(scene, ratio)
        for row in scene.geometry.rows_in(area):
            rect = rects[row]
            face = known[row]
            if face is None:
                face = known[row] = self._face(cards[row], rect, ratio, deadline, scene.look)
            if face is None:
                complete = False
                _paint_plain(painter, rect, cards[row], scene.look)
            elif dim and cards[row].key in dim:
                painter.setOpacity(0.45)
                painter.drawPixmap(rect.topLeft(), face)
                painter.setOpacity(1)
            else:
                painter.drawPixmap(rect.topLeft(), face)
        return complete

    def _known(self, scene: Scene, ratio: float) -> "list[QPixmap | None]":
        """The pictures by row: looking each up by all that a card says cost as much as copying it."""
        rows, losses = self._rows, self.faces.losses
        same = rows.geometry is scene.geometry and rows.look is scene.look
        if not same or rows.ratio != ratio or rows.losses != losses:
            count = len(scene.geometry.board.cards)
            self._rows = rows = _Rows(scene.geometry, scene.look, ratio, losses, [None] * count)
        return rows.faces

    def _face(self, card: Card, rect: QRect, ratio: float, deadline: float, look: CalendarLook) -> QPixmap | None:
        key = FaceKey(card, rect.width(), rect.height(), ratio)
        face = self.faces.find(key)
        if face is None and perf_counter() < deadline:
            face = render(key, look)
            self.rendered += 1
            self.faces.keep(key, face)
        return face

    def _paint_chosen(self, painter: QPainter, area: QRect, scene: Scene) -> None:
        geometry, look = scene.geometry, scene.look
        for row in (scene.hovered, *scene.chosen):
            if row < 0 or not geometry.rects[row].adjusted(-4, -4, 4, 4).intersects(area):
                continue
            card, rect = geometry.board.cards[row], geometry.rects[row]
            if row in geometry.hidden and row in scene.chosen:
                key = FaceKey(card, rect.width(), rect.height(), painter.device().devicePixelRatio())
                painter.drawPixmap(rect.topLeft(), render(key, look))
            is_chosen = row in scene.chosen
            is_focused = is_chosen and scene.has_focus and scene.cursor is None
            paint_border(painter, rect, card, look, is_chosen=is_chosen, is_focused=is_focused)

    @staticmethod
    def _paint_top(painter: QPainter, scene: Scene) -> None:
        if scene.cursor is not None:
            rect = cursor_rect(scene.geometry, scene.cursor)
            paint_cursor(painter, rect, f"+ {scene.time_text(scene.cursor[1])}", scene.look)
        if scene.drag is not None and scene.drag.live:
            drag = scene.drag
            rect = scene.geometry.slot_rect(drag.column, drag.start, drag.end)
            paint_ghost(painter, rect, drag, scene.time_text, scene.look)


def cursor_rect(geometry: Geometry, cursor: tuple[int, int]) -> QRect:
    return geometry.slot_rect(cursor[0], cursor[1], cursor[1] + CURSOR_LENGTH)


def _paint_plain(painter: QPainter, rect: QRect, card: Card, look: CalendarLook) -> None:
    hue = look.hue(card.hue)
    painter.fillRect(rect, mix(QColor(hue.fill), look.colours.surface, 0.2))
    painter.fillRect(rect.left() + look.px(4), rect.top(), look.px(3), rect.height(), QColor(hue.bar))
