"""What a person's hands and eyes do in the tests."""

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from avenrae_desktop.areas.calendar.panel import CalendarPanel
from avenrae_desktop.qtkit.widgets import PlainLabel
from tests.support.qt import rounds, until

D = TypeVar("D", bound=QDialog)
W = TypeVar("W", bound=QWidget)


async def loaded(panel: CalendarPanel) -> None:
    """Until the board and the pane have come."""
    for _ in range(2):
        await rounds()
        await until(lambda: panel.view.board.columns and not panel._runner.busy)
    await rounds()


async def dialog_of(panel: CalendarPanel, kind: type[D]) -> D:
    """The dialog that opens over the panel."""

    def shown() -> list[D]:
        return [d for d in panel.window().findChildren(kind) if d.isVisible()]

    await until(lambda: bool(shown()) and not panel._runner.busy)
    await rounds()
    dialog = shown()[0]
    dialog.activateWindow()
    return dialog


def focus() -> QWidget:
    """Where the keyboard is, or will be in a moment: after a popup its window is not active again at once."""
    modal = QApplication.activeModalWidget()
    widget = QApplication.focusWidget() or (modal.focusWidget() if modal is not None else None)
    assert widget is not None
    return widget


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, modifiers)


def type_in(text: str) -> None:
    QTest.keyClicks(focus(), text)


async def offered(parent: QWidget, text: str) -> QAbstractButton:
    """The button that says so, once it has come: free times are looked up."""
    await until(lambda: _buttons(parent, text))
    return button(parent, text)


def _buttons(parent: QWidget, text: str) -> list[QAbstractButton]:
    return [
        each
        for each in parent.findChildren(QAbstractButton)
        if each.isVisible() and text in (each.text(), each.accessibleName())
    ]


def button(parent: QWidget, text: str) -> QAbstractButton:
    """The visible button that says so."""
    found = _buttons(parent, text)
    shown = [
        each.text() or each.accessibleName() for each in parent.findChildren(QAbstractButton) if each.isVisible()
    ]
    assert found, f"no button {text!r} among {shown}"
    return found[0]


def texts(parent: QWidget) -> list[str]:
    """All that visible labels say."""
    return [label.text() for label in parent.findChildren(PlainLabel) if label.isVisible() and label.text()]


def card(panel: CalendarPanel, title: str) -> int:
    """The row of the first card with this title."""
    return next(row for row, each in enumerate(panel.view.board.cards) if each.title == title)


def spot(panel: CalendarPanel, column: int, minute: int) -> QPoint:
    """Where a minute of a column is in the viewport now."""
    geometry = panel.view.geometry_now
    x = (geometry.x(column) + geometry.x(column + 1)) // 2
    return QPoint(x, geometry.y(minute)) - panel.view.to_content(QPoint(0, 0))


def drag(panel: CalendarPanel, start: QPoint, end: QPoint) -> None:
    """Press, move in steps, let go: as a mouse does."""
    area = panel.view.viewport()
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mousePress(area, left, none, start)
    for step in range(1, 6):
        _move(area, start + (end - start) * step / 5)
    QTest.mouseRelease(area, left, none, end)


def _move(area: QWidget, at: QPoint) -> None:
    """QTest.mouseMove holds no button down; a drag does."""
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent

    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(at),
        area.mapToGlobal(QPointF(at)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(area, event)
