"""A card's picture, and the store that keeps pictures so that a frame only copies them."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

from avenrae_desktop.qtkit.calendar_view.board import Card, StateShape
from avenrae_desktop.qtkit.calendar_view.look import CalendarLook
from avenrae_desktop.qtkit.theme import Hue

RADIUS = 6
BAR = 3
LINE = 15
ICON = 13
NARROW = 92
ROOMY = 112
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
        self.losses = 0
        """Grows whenever something was thrown away: who remembers where pictures are forgets it then."""
        self._faces: OrderedDict[FaceKey, QPixmap] = OrderedDict()

    def __len__(self) -> int:
        return len(self._faces)

    def clear(self) -> None:
        self._faces.clear()
        self.size = 0
        self.losses += 1

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
            self.losses += 1


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
    _paint_words(_Pen(painter, card, _ink(card, hue, look), look, ratio), rect)


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


def ground(shape: StateShape, fill: QColor, surface: QColor) -> QColor:
    """What the words of a card in this state stand on."""
    share = {"ghost": 1.0, "dashed": 0.55, "faded": 0.4}.get(shape, 0.0)
    return mix(fill, surface, share)


def hatching(bar: QColor, fill: QColor) -> QColor:
    """The slanted lines of a card that went wrong: seen well, yet words stay readable on them."""
    return mix(bar, fill, 0.72)


def _paint_body(painter: QPainter, rect: QRect, card: Card, hue: Hue, look: CalendarLook) -> None:
    shape = card.state_shape
    fill, bar = QColor(hue.fill), QColor(hue.bar)
    surface = look.colours.surface
    inner = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5)
    body = outline(QRectF(rect), card, look)
    painter.fillPath(body, ground(shape, fill, surface))
    if shape == "hatched":
        painter.save()
        painter.setClipPath(body)
        hatch(painter, rect, hatching(bar, fill), look.px(7))
        painter.restore()
    if shape in {"dashed", "ghost"}:
        pen = QPen(bar if shape == "dashed" else look.colours.muted, 1)
        if shape == "dashed":
            pen.setDashPattern([4, 3])
        else:
            pen.setColor(mix(look.colours.muted, surface, 0.3))
        painter.strokePath(outline(inner, card, look), pen)
    gap = look.px(4) if rect.height() > look.px(20) else look.px(3)
    strip = QRectF(look.px(4), gap, look.px(BAR), rect.height() - 2 * gap)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(bar)
    painter.drawRoundedRect(strip, look.px(BAR) / 2, look.px(BAR) / 2)


@dataclass(frozen=True, slots=True)
class _Pen:
    """What all the words of one card are drawn with."""

    painter: QPainter
    card: Card
    ink: QColor
    look: CalendarLook
    ratio: float

    @property
    def title_font(self) -> QFont:
        return _struck(self.look.title_font) if self.card.state_shape == "ghost" else self.look.title_font


def _paint_words(pen: _Pen, rect: QRect) -> None:
    look = pen.look
    line = look.px(LINE)
    narrow = rect.width() < look.px(NARROW)
    room = rect.adjusted(look.px(10 if narrow else 12), look.px(4), -look.px(3 if narrow else 5), 0)
    room.setHeight(line)
    pen.painter.setPen(pen.ink)
    if rect.height() < look.px(5) + 2 * line:
        room.moveTop(rect.top() + (rect.height() - line) // 2)
        _paint_one_line(pen, room)
    elif narrow:
        _paint_narrow(pen, room, rect.bottom() - look.px(1))
    else:
        _paint_wide(pen, room, rect.bottom() - look.px(1))


def _paint_wide(pen: _Pen, room: QRect, bottom: int) -> None:
    """Name, time, service under each other; the icons stand in a column at the right. In a week on a small screen
    names get the whole line, and the state stands beside the time.
    """
    beside = QRect(room)
    title, small = plain(pen.card.title), pen.look.small_font
    fits = QFontMetrics(pen.title_font).horizontalAdvance(title) <= room.width() - pen.look.px(ICON + 3)
    if fits and (bool(pen.card.paid_icon) or room.width() >= pen.look.px(ROOMY)):
        beside.setRight(_paint_icons(pen, room, across=False))
        draw_text(pen.painter, beside, title, pen.title_font)
        beside.translate(0, room.height())
    else:
        beside.setRight(room.right() + pen.look.px(3))
        for words in _name_lines(pen, title, beside, bottom):
            draw_text(pen.painter, beside, words, pen.title_font)
            beside.translate(0, room.height())
        beside.setRight(room.right())
        beside.setRight(_paint_icons(pen, beside, across=True))
    draw_text(pen.painter, beside, _time_that_fits(pen.card.time_text, beside.width(), small), small)
    for words in (pen.card.subtitle, pen.card.badge):
        room.moveTop(beside.top() + room.height())
        if words and room.bottom() <= bottom:
            draw_text(pen.painter, room, plain(words), small)
            beside.moveTop(room.top())


def _name_lines(pen: _Pen, title: str, room: QRect, bottom: int) -> list[str]:
    """Two lines when one is too short and there is height for time and service below."""
    first, _, rest = title.partition(" ")
    too_long = QFontMetrics(pen.title_font).horizontalAdvance(title) > room.width()
    return [first, rest] if rest and too_long and bottom - room.top() >= 4 * room.height() else [title]


def _paint_narrow(pen: _Pen, room: QRect, bottom: int) -> None:
    """Too narrow for icons beside the name: they go beside the time, and the name may take two lines."""
    small = pen.look.small_font
    first, _, rest = plain(pen.card.title).partition(" ")
    lines = [first, rest] if rest and bottom - room.top() >= 3 * room.height() else [plain(pen.card.title)]
    for words in lines:
        draw_text(pen.painter, room, words, pen.title_font)
        room.translate(0, room.height())
    start = pen.card.time_text.split(" ", 1)[0]
    beside = QRect(room)
    if QFontMetrics(small).horizontalAdvance(start) + pen.look.px(ICON + 4) <= room.width():
        beside.setRight(_paint_icons(pen, room, across=True, most=1))
        draw_text(pen.painter, beside, start, small)
    else:
        _paint_icons(pen, room, across=True, most=1)
    room.translate(0, room.height())
    if room.bottom() <= bottom:
        draw_text(pen.painter, room, plain(pen.card.subtitle), small)


def _paint_one_line(pen: _Pen, room: QRect) -> None:
    """The name before all; its time only when the whole name leaves room, as the place says it too."""
    wide = room.width() >= pen.look.px(110)
    if room.width() >= pen.look.px(60):
        room.setRight(_paint_icons(pen, room, across=True, most=2 if wide else 1))
    title = plain(pen.card.title)
    start = pen.card.time_text.split(" ", 1)[0]
    draw_text(pen.painter, room, title, pen.title_font)
    used = QFontMetrics(pen.title_font).horizontalAdvance(title) + pen.look.px(6)
    small = pen.look.small_font
    if used + QFontMetrics(small).horizontalAdvance(start) <= room.width():
        draw_text(pen.painter, room.adjusted(used, 0, 0, 0), start, small)


def _paint_icons(pen: _Pen, room: QRect, *, across: bool, most: int = 2) -> int:
    """Draws state and payment and says where the room for words ends."""
    look = pen.look
    size = look.px(ICON)
    names = [name for name in (pen.card.state_icon, pen.card.paid_icon) if name][:most]
    at = QPointF(room.right() + 1 - size, room.top() + (room.height() - size) / 2)
    for name in names:
        pen.painter.drawPixmap(at, look.icons(name, pen.ink.name(), size, pen.ratio))
        at += QPointF(-size - look.px(3), 0) if across else QPointF(0, room.height())
    columns = len(names) if across else min(1, len(names))
    return room.right() - columns * (size + look.px(3))


def _time_that_fits(text: str, width: int, font: QFont) -> str:
    metrics = QFontMetrics(font)
    closer = text.replace(" – ", "–")
    return next((t for t in (text, closer) if metrics.horizontalAdvance(t) <= width), text.split(" ", 1)[0])


def draw_text(
    painter: QPainter, room: QRect, text: str, font: QFont, *, centred: bool = False, to_right: bool = False
) -> None:
    """One elided line of plain text; a name written from right to left still begins where its card does."""
    painter.setFont(font)
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(text) > room.width():  # asking first is four times as fast
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    side = Qt.AlignmentFlag.AlignRight if to_right else Qt.AlignmentFlag.AlignLeft
    across = Qt.AlignmentFlag.AlignHCenter if centred else side
    flags = across | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(room, int(flags) | Qt.TextFlag.TextSingleLine, text)


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
