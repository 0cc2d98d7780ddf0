"""Small pictures of what every frame shows again: titles, hours, breaks, "+2" chips."""

from collections.abc import Callable, Hashable

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from avenrae_desktop.qtkit.calendar_view.look import CalendarLook

Paint = Callable[[QPainter], None]


class Stamps:
    """Pictures of one look: those of the look before are thrown away, and all of them past `limit` bytes."""

    def __init__(self, limit: int = 32 * 1024 * 1024) -> None:
        self.limit = limit
        self.size = 0
        self.made = 0
        """How many were painted in all; a frame that shows nothing new adds none."""
        self._look: CalendarLook | None = None
        self._kept: dict[Hashable, QPixmap] = {}

    def __len__(self) -> int:
        return len(self._kept)

    def clear(self) -> None:
        self._kept.clear()
        self.size = 0

    def draw(
        self, painter: QPainter, at: QPoint, size: QSize, look: CalendarLook, key: Hashable, paint: Paint,
        ground: QColor | None = None,
    ) -> None:  # fmt: skip
        """Draws what `paint` makes of (0, 0) and `size`; `key` is all else that it depends on.

        Without a `ground` it lies over what is there already.
        """
        if look is not self._look:
            self.clear()
            self._look = look
        ratio = painter.device().devicePixelRatio()
        whole = (key, size.width(), size.height(), ratio)
        stamp = self._kept.get(whole)
        if stamp is None:
            stamp = self._made(size, ratio, paint, ground)
            self._keep(whole, stamp)
        painter.drawPixmap(at, stamp)

    def _made(self, size: QSize, ratio: float, paint: Paint, ground: QColor | None) -> QPixmap:
        stamp = QPixmap(QSize(round(size.width() * ratio), round(size.height() * ratio)))
        stamp.setDevicePixelRatio(ratio)
        stamp.fill(ground if ground is not None else Qt.GlobalColor.transparent)
        painter = QPainter(stamp)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        paint(painter)
        painter.end()
        self.made += 1
        return stamp

    def _keep(self, key: Hashable, stamp: QPixmap) -> None:
        size = stamp.width() * stamp.height() * 4
        if self.size + size > self.limit:
            self.clear()
        self._kept[key] = stamp
        self.size += size
