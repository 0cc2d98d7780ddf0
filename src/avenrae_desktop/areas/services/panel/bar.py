"""The bar in a category's colour before a service's name; the category stands in words beside it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from avenrae_desktop.areas.services.words import category_hue
from avenrae_desktop.qtkit.models import RowRole
from avenrae_desktop.qtkit.theme import current_theme

Index = QModelIndex | QPersistentModelIndex


class CategoryBar(QStyledItemDelegate):
    """Paints the bar and leaves the rest to the style."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(RowRole)
        theme = current_theme()
        rect = QRectF(option.rect)
        width, gap = theme.px(4), theme.px(9)
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        shifted = QStyleOptionViewItem(option)
        shifted.rect = option.rect.adjusted(theme.px(10), 0, 0, 0)
        super().paint(painter, shifted, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens.hue(category_hue(row.service_category)).bar))
        bar = QRectF(rect.left() + theme.px(8), rect.top() + gap, width, rect.height() - 2 * gap)
        painter.drawRoundedRect(bar, width / 2, width / 2)
        painter.restore()
