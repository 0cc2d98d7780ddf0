"""A card's picture, and the store that keeps pictures so that a frame only copies them."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

from avenrae_desktop.qtkit.calendar_view.board import Card
from avenrae_desktop.qtkit.calendar_view.look import CalendarLook
from avenrae_desktop.qtkit.theme import Hue

RADIUS = 6
BAR = 3
LINE = 15
ICON = 13
_LONGEST = 160  # nothing on screen is wider: shaping a 10,000-letter name would cost a frame


@dataclass(frozen=True, slots=True)
class FaceKey:
    """All that a picture depends on. The card itself is in it: a payment changes no version."""

    card: Card
    width: int
    height: int
    ratio: float


class FaceStore:
    """Pictures of one look, the least used thrown away first. `limit` is in bytes of pixels."""

    def __init__(self, limit: int = 64 * 1024 * 1024) -> None:
        self.limit = limit
        self.size = 0
        self._faces: OrderedDict[FaceKey, QPixmap] = OrderedDict()

    def __len__(self) -> int:
        return len(self._faces)

    def clear(self) -> None:
        self._faces.clear()
        self.size = 0

    def find(self, key: FaceKey) -> QPixmap | None:
        face = self._faces.get(key)
        if face is not None:
            self._faces.move_to_end(key)
        return face

    def keep(self, key: FaceKey, face: QPixmap) -> None:
        self._faces[key] = face
        self.size += _bytes(face)
        while self.size > self.limit and len(self._faces) > 1:
            _, old = self._faces.popitem(last=False)
            self.size -= _bytes(old)


def _bytes(face: QPixmap) -> int:
    return face.width() * face.height() * 4


def render(key: FaceKey, look: CalendarLook) -> QPixmap:
    """Paints a card once, at the screen's own resolution."""
    face = QPixmap(QSize(round(key.width * key.ratio), round(key.height * key.ratio)))
    face.setDevicePixelRatio(key.ratio)
    face.fill(Qt.GlobalColor.transparent)
    painter = QPainter(face)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    paint_card(painter, QRect(0, 0, key.width, key.height), key.card, look, key.ratio)
    painter.end()
    return face


def paint_card(painter: QPainter, rect: QRect, card: Card, look: CalendarLook, ratio: float) -> None:
    hue = look.hue(card.hue)
    _paint_body(painter, rect, card, hue, look)
    _paint_words(painter, rect, card, _ink(card, hue, look), look, ratio)


def _ink(card: Card, hue: Hue, look: CalendarLook) -> QColor:
    return look.colours.muted if card.state_shape == "ghost" else QColor(hue.ink)


def outline(rect: QRectF, card: Card, look: CalendarLook) -> QPainterPath:
    """Round, but flat where the booking goes on over midnight."""
    radius = min(look.px(RADIUS), rect.height() / 3)
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(rect, radius, radius)
    if card.continues_before:
        path.addRect(QRectF(rect.left(), rect.top(), rect.width(), radius))
    if card.continues_after:
        path.addRect(QRectF(rect.left(), rect.bottom() - radius, rect.width(), radius))
    return path.simplified() if card.continues_before or card.continues_after else path


def _paint_body(painter: QPainter, rect: QRect, card: Card, hue: Hue, look: CalendarLook) -> None:
    shape = card.state_shape
    fill, bar = QColor(hue.fill), QColor(hue.bar)
    surface = look.colours.surface
    ground = {"ghost": surface, "dashed": mix(fill, surface, 0.55), "faded": mix(fill, surface, 0.5)}
    inner = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    body = outline(QRectF(rect), card, look)
    painter.fillPath(body, ground.get(shape, fill))
    if shape == "hatched":
        painter.save()
        painter.setClipPath(body)
        hatch(painter, rect, mix(bar, fill, 0.72), look.px(7))
        painter.restore()
    if shape in {"dashed", "ghost"}:
        pen = QPen(bar if shape == "dashed" else look.colours.muted, 1)
        if shape == "dashed":
            pen.setDashPattern([4, 3])
        else:
            pen.setColor(mix(look.colours.muted, surface, 0.45))
        painter.strokePath(outline(inner, card, look), pen)
    if shape in {"ghost", "faded"}:
        bar = mix(bar, surface, 0.4)
    gap = look.px(4) if rect.height() > look.px(20) else look.px(3)
    strip = QRectF(look.px(4), gap, look.px(BAR), rect.height() - 2 * gap)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(bar)
    painter.drawRoundedRect(strip, look.px(BAR) / 2, look.px(BAR) / 2)


def _paint_words(
    painter: QPainter, rect: QRect, card: Card, ink: QColor, look: CalendarLook, ratio: float
) -> None:
    line = look.px(LINE)
    left = look.px(12)
    right = rect.width() - look.px(5)
    one_line = rect.height() < look.px(5) + 2 * line
    top = (rect.height() - line) // 2 if one_line else look.px(4)
    edge = _paint_icons(painter, QRect(left, top, right - left, line), card, ink, look, ratio, rect.height())
    painter.setPen(ink)
    title_font = _struck(look.title_font) if card.state_shape == "ghost" else look.title_font
    if one_line:
        _paint_one_line(painter, QRect(left, top, edge - left, line), card, title_font, look)
        return
    draw_text(painter, QRect(left, top, edge - left, line), plain(card.title), title_font)
    room = QRect(left, top + line, edge - left, line)
    bottom = rect.height() - look.px(2)
    draw_text(painter, room, _time_that_fits(card.time_text, room.width(), look), look.small_font)
    room.translate(0, line)
    for words in (card.subtitle, card.badge):
        if words and room.bottom() <= bottom:
            if room.top() > top + 2 * line - 1:
                room.setRight(right - 1)
            draw_text(painter, room, plain(words), look.small_font)
            room.translate(0, line)


def _paint_one_line(painter: QPainter, room: QRect, card: Card, font: QFont, look: CalendarLook) -> None:
    title = plain(card.title)
    start = card.time_text.split(" ", 1)[0]
    metrics, small = QFontMetrics(font), QFontMetrics(look.small_font)
    gap = look.px(6)
    needed = small.horizontalAdvance(start) + gap
    width = metrics.horizontalAdvance(title)
    name_room = room.width() - needed if room.width() - needed >= min(width, look.px(48)) else room.width()
    draw_text(painter, QRect(room.left(), room.top(), name_room, room.height()), title, font)
    if name_room < room.width():
        at = room.left() + min(width, name_room) + gap
        draw_text(painter, QRect(at, room.top(), needed, room.height()), start, look.small_font)


def _paint_icons(
    painter: QPainter, room: QRect, card: Card, ink: QColor, look: CalendarLook, ratio: float, height: int
) -> int:
    """Draws state and payment, one beneath the other, and says where the room for words ends."""
    size = look.px(ICON)
    names = [name for name in (card.state_icon, card.paid_icon) if name]
    if not names or room.width() < look.px(22):
        return room.right() + 1
    at = QPointF(room.right() + 1 - size, room.top() + (room.height() - size) / 2)
    beneath = height >= look.px(5) + 2 * room.height()
    if not beneath and (room.width() < look.px(110) or height < look.px(13)):
        names = names[:1]
    for name in names:
        painter.drawPixmap(at, look.icons(name, ink.name(), size, ratio))
        at += QPointF(0, room.height()) if beneath else QPointF(-size - look.px(3), 0)
    columns = 1 if beneath else len(names)
    return room.right() + 1 - columns * (size + look.px(3))


def _time_that_fits(text: str, width: int, look: CalendarLook) -> str:
    return text if QFontMetrics(look.small_font).horizontalAdvance(text) <= width else text.split(" ", 1)[0]


def draw_text(
    painter: QPainter, room: QRect, text: str, font: QFont, *, centred: bool = False, to_right: bool = False
) -> None:
    """One elided line of plain text; a name written from right to left still begins where its card does."""
    painter.setFont(font)
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    side = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
    across = Qt.AlignmentFlag.AlignHCenter if centred else side
    flags = across | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(room, int(flags) | Qt.TextFlag.TextSingleLine, shown)


def _struck(font: QFont) -> QFont:
    struck = QFont(font)
    struck.setStrikeOut(True)
    return struck


def plain(text: str) -> str:
    """One line, whatever a person typed."""
    return " ".join(text[:_LONGEST].split())


def mix(colour: QColor, ground: QColor, share: float) -> QColor:
    """`share` of the ground in the colour, 0 to 1."""
    return QColor.fromRgbF(
        colour.redF() + (ground.redF() - colour.redF()) * share,
        colour.greenF() + (ground.greenF() - colour.greenF()) * share,
        colour.blueF() + (ground.blueF() - colour.blueF()) * share,
    )


def hatch(painter: QPainter, rect: QRect, colour: QColor, step: int) -> None:
    """Slanted lines over a rectangle; the caller clips."""
    painter.setPen(QPen(QBrush(colour), 1.4))
    for x in range(rect.left() - rect.height(), rect.right() + 1, step):
        painter.drawLine(QPointF(x, rect.bottom() + 1), QPointF(x + rect.height(), rect.top()))
