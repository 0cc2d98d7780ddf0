"""Words that have less room than they need, and things that cannot be reached, on one screen."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,  # noqa: TID251 - labels of every make are looked at
    QLayout,
    QLineEdit,
    QListWidget,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QTabBar,
    QWidget,
)

from avenrae_desktop.qtkit.widgets import PlainLabel

SLACK = 1
"""Pixels that rounding may take."""
EDGE = 6
LEAST_SHOWN = 14
"""Letters of a shortened line that must be left: the whole is in its tip."""


def faults(window: QWidget) -> list[str]:
    """One line for each fault in a window or dialog."""
    found = [*_too_large(window)]
    for widget in _shown(window):
        found += [f"{why}: {_told(widget)}" for why in (*_cut(widget), *_cut_off(widget), *_covered(widget))]
    return found


def _shown(window: QWidget) -> Iterator[QWidget]:
    yield from (w for w in window.findChildren(QWidget) if w.isVisible() and w.window() is window)


def _told(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    words = text() if callable(text) else ""
    words = words or widget.accessibleName() or getattr(widget, "placeholderText", str)()
    return f"{type(widget).__name__} “{words}” {widget.width()}x{widget.height()}"


# --- words ----------------------------------------------------------------------------------------
def _cut(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel():
            yield from _label(widget)
        case QAbstractButton():
            if widget.text():
                yield from _less(widget.size(), _button_needs(widget))
        case QLineEdit():
            yield from _field(widget)
        case QComboBox():
            yield from _combo(widget)
        case QTabBar() | QHeaderView():
            yield from _sections(widget)
        case QListWidget():
            yield from _rows(widget)


def _less(room: QSize, needed: QSize) -> Iterator[str]:
    if needed.width() > room.width() + SLACK:
        yield f"cut at the side, needs {needed.width()}"
    if needed.height() > room.height() + SLACK:
        yield f"cut below, needs {needed.height()}"


def _button_needs(button: QAbstractButton) -> QSize:
    hint = button.sizeHint()
    if button.property("role") != "segment":
        return hint
    # The room at its sides may give way, as long as its words stand clear of its edge.
    return QSize(button.fontMetrics().horizontalAdvance(button.text()) + 2 * EDGE, hint.height())


def _label(label: QLabel) -> Iterator[str]:
    words = label.text()
    if not words:
        return
    if label.wordWrap():
        longest = max(label.fontMetrics().horizontalAdvance(word) for word in words.split() or [""])
        yield from _less(label.size(), QSize(min(longest, label.sizeHint().width()), 0))
        yield from _less(label.size(), QSize(0, label.heightForWidth(label.width())))
    elif isinstance(label, PlainLabel) and label.shortens:
        room = label.contentsRect().width()
        shown = label.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
        if shown != words and len(shown) < LEAST_SHOWN:
            yield f"shortened to “{shown}”"
        yield from _less(label.size(), QSize(0, label.sizeHint().height()))
    else:
        yield from _less(label.size(), label.sizeHint())


def _field(field: QLineEdit) -> Iterator[str]:
    option = QStyleOptionFrame()
    field.initStyleOption(option)
    room = field.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, field)
    room = room.marginsRemoved(field.textMargins())
    metrics = field.fontMetrics()
    if metrics.height() > field.height():
        yield f"cut below, needs {metrics.height()}"
    inside = isinstance(field.parentWidget(), QComboBox)
    words = field.text() or field.placeholderText()
    # What a person typed may be longer than its field: it scrolls. Proposed words may not.
    if words and not inside and (not field.text() or not field.isModified()) and len(words) <= 40:
        needed = metrics.horizontalAdvance(words) + 4
        if needed > room.width() + SLACK:
            yield f"“{words}” needs {needed} of {room.width()}"


def _combo(combo: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    control = QStyle.ComplexControl.CC_ComboBox
    room = combo.style().subControlRect(control, option, QStyle.SubControl.SC_ComboBoxEditField, combo)
    words = combo.currentText()
    icon = combo.iconSize().width() + 4 if not combo.itemIcon(combo.currentIndex()).isNull() else 0
    needed = combo.fontMetrics().horizontalAdvance(words) + icon
    if words and needed > room.width() + SLACK:
        yield f"“{words}” needs {needed} of {room.width()}"


def _sections(bar: QTabBar | QHeaderView) -> Iterator[str]:
    metrics = QFontMetrics(bar.font())
    if isinstance(bar, QTabBar):
        found = [(bar.tabText(i), bar.tabRect(i).width()) for i in range(bar.count())]
    else:
        model, across = bar.model(), Qt.Orientation.Horizontal
        shown = [i for i in range(bar.count()) if not bar.isSectionHidden(i)]
        found = [(str(model.headerData(i, across) or ""), bar.sectionSize(i)) for i in shown]
    for words, room in found:
        if metrics.horizontalAdvance(words) > room:
            yield f"“{words}” needs {metrics.horizontalAdvance(words)} of {room}"


def _rows(view: QListWidget) -> Iterator[str]:
    for i in range(view.count()):
        room = view.visualItemRect(view.item(i))
        needed = view.sizeHintForIndex(view.indexFromItem(view.item(i)))
        if needed.width() > min(room.width(), view.viewport().width()) + SLACK:
            yield f"row “{view.item(i).text()}” needs {needed.width()} of {room.width()}"


# --- places ---------------------------------------------------------------------------------------
def _too_large(window: QWidget) -> Iterator[str]:
    room, size = window.screen().availableGeometry().size(), window.size()
    if size.width() > room.width() or size.height() > room.height():
        yield f"larger than the screen: {type(window).__name__} {size.toTuple()} of {room.toTuple()}"


def _cut_off(widget: QWidget) -> Iterator[str]:
    """Beyond an edge that nothing scrolls."""
    area = QRect(widget.rect())
    here = widget
    while not here.isWindow():
        above = here.parentWidget()
        area.translate(here.pos())
        frame = above.parentWidget()
        if isinstance(frame, QAbstractScrollArea) and above is frame.viewport():
            across = frame.horizontalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            down = frame.verticalScrollBarPolicy() != Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            if across:
                area.setLeft(max(area.left(), 0))
                area.setRight(min(area.right(), above.width() - 1))
            if down:
                area.setTop(max(area.top(), 0))
                area.setBottom(min(area.bottom(), above.height() - 1))
            if area.isEmpty():
                return
        room = above.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
        if not room.contains(area) and above.isVisible():
            yield f"beyond the edge of {type(above).__name__} {above.width()}x{above.height()} at {area.getRect()}"
            return
        here = above


def _covered(widget: QWidget) -> Iterator[str]:
    """By a neighbour of the same layout."""
    above = widget.parentWidget()
    layout = above.layout() if above is not None else None
    if layout is None or not _laid_out(layout, widget):
        return
    for other in above.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if other is widget or not other.isVisible() or not _laid_out(layout, other):
            continue
        shared = other.geometry().intersected(widget.geometry())
        if min(shared.width(), shared.height()) > SLACK:
            yield f"covered by {_told(other)}"


def _laid_out(layout: QLayout, widget: QWidget) -> bool:
    return any(each.indexOf(widget) >= 0 for each in (layout, *layout.findChildren(QLayout)))
