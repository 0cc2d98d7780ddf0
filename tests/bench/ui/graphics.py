"""The control of the calendar's figures: the same picture as a QGraphicsView, with one item for each booking."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QGraphicsScene, QGraphicsView, QStyleOptionGraphicsItem, QWidget

from avenrae_desktop.qtkit.calendar_view import Board, Card
from avenrae_desktop.qtkit.calendar_view.faces import paint_card
from avenrae_desktop.qtkit.calendar_view.geometry import Geometry
from avenrae_desktop.qtkit.calendar_view.grid import paint_ground, paint_now
from avenrae_desktop.qtkit.calendar_view.look import CalendarLook
from avenrae_desktop.qtkit.calendar_view.stamps import Stamps


class CardItem(QGraphicsItem):
    """A booking, painted by the program's own code. `cached`: Qt keeps its picture, as our calendar does."""

    def __init__(self, card: Card, rect: QRect, look: CalendarLook, *, cached: bool) -> None:
        super().__init__()
        self._card, self._look = card, look
        self._inside = QRect(0, 0, rect.width(), rect.height())
        self.setPos(rect.topLeft())
        if cached:
            self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def boundingRect(self) -> QRectF:
        return QRectF(self._inside)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_card(painter, self._inside, self._card, self._look, 1.0)


class GraphicsCalendar(QGraphicsView):
    """Ground, line of now and cards; neither titles nor hours, so that it has less to do than ours."""

    def __init__(self, board: Board, geometry: Geometry, look: CalendarLook, *, cached: bool) -> None:
        self._geometry, self._look, self._stamps = geometry, look, Stamps()
        self._own_scene = QGraphicsScene(0, 0, geometry.width, geometry.height)
        super().__init__(self._own_scene)
        self.items_of = [
            CardItem(card, rect, look, cached=cached)
            for card, rect in zip(board.cards, geometry.rects, strict=True)
        ]
        for row, item in enumerate(self.items_of):
            if row not in geometry.hidden:
                self._own_scene.addItem(item)

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        paint_ground(painter, QRectF(rect).toAlignedRect(), self._geometry, self._look, self._stamps)

    def drawForeground(self, painter: QPainter, _rect: QRectF | QRect) -> None:
        paint_now(painter, self._geometry, self._look)
