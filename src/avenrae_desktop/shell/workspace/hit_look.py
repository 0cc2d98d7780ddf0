"""How a hit of the command bar is drawn: icon, title, detail, key; headings between groups."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.shell.workspace.finder import Hit

_HEADING, _HIT = 28, 36
_LEFT_MIDDLE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
Index = QModelIndex | QPersistentModelIndex


class HitLook(QStyledItemDelegate):
    def height_of(self, rows: Sequence[Hit | str]) -> int:
        """The height that all rows take together."""
        px = current_theme().px
        return sum(px(_HEADING if isinstance(each, str) else _HIT) for each in rows)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = isinstance(index.data(Qt.ItemDataRole.UserRole), str)
        return QSize(100, current_theme().px(_HEADING if heading else _HIT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = current_theme()
        px, tokens = theme.px, theme.tokens
        area = QRectF(option.rect)
        row = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, str):
            painter.setFont(theme.font(11, "semibold"))
            painter.setPen(tokens.q("muted"))
            painter.drawText(area.adjusted(px(10), px(6), 0, 0), _LEFT_MIDDLE, row.upper())
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            self._paint_hit(painter, area, row, chosen=chosen)
        painter.restore()

    def _paint_hit(self, painter: QPainter, area: QRectF, hit: Hit, *, chosen: bool) -> None:
        theme = current_theme()
        px, tokens = theme.px, theme.tokens
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.q("selection"))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), px(6), px(6))
        top = round(area.top() + (area.height() - px(17)) / 2)
        painter.drawPixmap(px(10), top, theme.pixmap(hit.icon, "accent" if chosen else "muted", 17))
        right = area.right() - px(10)
        right = self._paint_key(painter, area, right, hit.key)
        painter.setFont(theme.font(13, "medium"))
        painter.setPen(tokens.q("text"))
        left = px(38)
        room = right - left - px(12)
        title = painter.fontMetrics().elidedText(hit.title, Qt.TextElideMode.ElideRight, int(room * 0.62))
        painter.drawText(QRectF(left, area.top(), room, area.height()), _LEFT_MIDDLE, title)
        left += painter.fontMetrics().horizontalAdvance(title) + px(12)
        painter.setFont(theme.font(12))
        painter.setPen(tokens.q("muted"))
        room = right - left - px(8)
        detail = painter.fontMetrics().elidedText(hit.detail, Qt.TextElideMode.ElideRight, int(max(room, 0)))
        painter.drawText(QRectF(left, area.top(), max(room, 0), area.height()), _LEFT_MIDDLE, detail)

    def _paint_key(self, painter: QPainter, area: QRectF, right: float, key: str) -> float:
        """Returns where the rest of the line ends."""
        if not key:
            return right
        theme = current_theme()
        font = theme.font(11, "medium")
        width = QFontMetrics(font).horizontalAdvance(key) + theme.px(12)
        height = theme.px(19)
        cap = QRectF(right - width, area.center().y() - height / 2, width, height)
        painter.setPen(theme.tokens.q("line"))
        painter.setBrush(theme.tokens.q("bg"))
        painter.drawRoundedRect(cap, theme.px(4), theme.px(4))
        painter.setPen(theme.tokens.q("muted"))
        painter.setFont(font)
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), key)
        return cap.left()
