"""How well words stand out from what they are drawn on, measured in the pixels of a screen."""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,  # noqa: TID251 - labels of every make are looked at
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from avenrae_desktop.qtkit.calendar_view import CalendarView
from avenrae_desktop.qtkit.theme.tokens import ratio

READ = 4.5
MARKS = 3.0
"""What pictures that mean something need."""
ENOUGH = 12
"""Pixels of one colour that are a stroke, not an accident; one letter has more."""


def faults(window: QWidget, judged: set[tuple[str, int, int]]) -> list[str]:
    """One line for each control whose words are too faint. What is `judged` already, such as the frame that all
    screens share, is not measured again.
    """
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    found = []
    for what, area, least in _areas(window):
        if (what, area.width(), area.height()) in judged:
            continue
        judged.add((what, area.width(), area.height()))
        seen = _stands_out(picture, area)
        if seen is not None and seen[0] < least:
            found.append(f"faint {seen[0]:.2f}: {what} {seen[1]} on {seen[2]}")
    return found


def _areas(window: QWidget) -> Iterator[tuple[str, QRect, float]]:
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.window() is not window or not widget.isEnabled():
            continue
        here = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        seen = widget.visibleRegion().boundingRect().translated(here.topLeft())
        if isinstance(widget, CalendarView):
            yield from _cards(widget, window)
        elif (
            seen.size() == here.size() and _on_top(widget, window, here) and (words := _words(widget)) is not None
        ):
            # Without its edge: only words are meant.
            edged = isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit)
            inner = here.adjusted(4, 4, -4, -4) if edged else here
            yield f"{type(widget).__name__} “{words}”", inner, READ if words else MARKS


def _on_top(widget: QWidget, window: QWidget, here: QRect) -> bool:
    """Whether nothing that floats, such as a list that dropped down, lies over it."""
    met = window.childAt(here.center())
    return met is not None and (met is widget or widget.isAncestorOf(met))


def _words(widget: QWidget) -> str | None:
    """What is written on it, "" for a picture alone, None where nothing is drawn."""
    match widget:
        case QLabel():
            return widget.text() or (None if widget.pixmap().isNull() else "")
        case QAbstractButton():
            return widget.text() or ("" if not widget.icon().isNull() else None)
        case QLineEdit():
            return widget.text() or widget.placeholderText() or None
        case QPlainTextEdit():
            return widget.toPlainText() or widget.placeholderText() or None
        case QComboBox():
            return widget.currentText() or None
    return None


def _cards(view: CalendarView, window: QWidget) -> Iterator[tuple[str, QRect, float]]:
    origin = view.viewport().mapTo(window, QPoint(0, 0)) - view.offset()
    room = QRect(view.viewport().mapTo(window, QPoint(0, 0)), view.viewport().size())
    for card, rect in zip(view.board.cards, view.geometry_now.rects, strict=True):
        area = rect.translated(origin)
        # Without the strip in its own colour at the left: only words are meant.
        words = area.adjusted(round(10 * view.look.zoom), 2, -2, -2)
        if room.contains(area):
            yield f"card “{card.accessible[:40]}”", words, READ


def _stands_out(picture: QImage, area: QRect) -> tuple[float, str, str] | None:
    """(ratio, ink, ground) of the strongest stroke in an area; None where nothing is drawn."""
    dpr = picture.devicePixelRatio()
    pixels = QRect(
        round(area.x() * dpr), round(area.y() * dpr), round(area.width() * dpr), round(area.height() * dpr)
    )
    counted = _counted(picture.copy(pixels.intersected(picture.rect())))
    if len(counted) < 2:
        return None
    ground = max(counted, key=lambda colour: counted[colour])
    strokes = [colour for colour, times in counted.items() if times >= ENOUGH and colour != ground]
    if not strokes:
        return None
    best = max(strokes, key=lambda colour: ratio(colour, ground))
    return ratio(best, ground), best, ground


def _counted(picture: QImage) -> dict[str, int]:
    """How often each colour is there."""
    words = memoryview(picture.constBits()).cast("B").cast("I")
    counted = Counter(words)
    return {f"#{pixel & 0xFFFFFF:06X}": times for pixel, times in counted.items()}
