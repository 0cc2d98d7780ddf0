"""Lucide icons, tinted by replacing `currentColor` and drawn at the screen's own resolution."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from avenrae_desktop.qtkit.assets import icon_path, mark_path

MARK = "avenrae"
"""The name of the program's own mark among the icons."""


@cache
def _source(name: str) -> str:
    path = mark_path() if name == MARK else icon_path(name)
    return path.read_text(encoding="utf-8")


def tinted(name: str, colour: str, *, stroke: float = 2.0) -> bytes:
    """The icon's SVG in one colour. Raises FileNotFoundError for a name that is not shipped."""
    text = _source(name).replace("currentColor", colour)
    return text.replace('stroke-width="2"', f'stroke-width="{stroke:g}"').encode()


def draw(name: str, colour: str, size: int, dpr: float) -> QPixmap:
    """A pixmap of `size` logical pixels."""
    side = max(1, round(size * dpr))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    # Small icons with the full stroke look bold beside Inter Regular.
    renderer = QSvgRenderer(QByteArray(tinted(name, colour, stroke=1.75)))
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(dpr)
    return pixmap


def padded(pixmap: QPixmap, room: int) -> QPixmap:
    """The pixmap with `room` logical pixels of nothing to its right."""
    if not room:
        return pixmap
    dpr = pixmap.devicePixelRatio()
    wide = QPixmap(pixmap.width() + round(room * dpr), pixmap.height())
    wide.setDevicePixelRatio(dpr)
    wide.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, pixmap)
    painter.end()
    return wide
