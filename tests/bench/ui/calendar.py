"""The calendar with 20 healers and 600 bookings beside the same in a QGraphicsView: repaint, scroll, drag."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from avenrae_desktop.qtkit.calendar_view import Block, Board, CalendarView
from tests.bench.measure import CPU, Act, Figure, compare
from tests.bench.ui.application import application
from tests.bench.ui.graphics import GraphicsCalendar
from tests.qtkit.calendar.boards import crowd

REPAINT, SCROLL, DRAG = "6 ms", "6 ms", "1.5 ms"
SIZES = {"laptop (1400x800)": (1400, 800), "wide (2560x1200)": (2560, 1200)}
"""The second shows all 20 columns side by side, and 500 of the 600 cards."""
_HEALERS = 20
_TURNS_OF_THE_LOOP = 40


@dataclass(frozen=True)
class Pair:
    """The calendar and its control, shown and painted."""

    ours: CalendarView
    control: GraphicsCalendar

    def close(self) -> None:
        for widget in (self.ours, self.control):
            widget.hide()
            widget.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def measure(rounds: int) -> Iterator[Figure]:
    """Milliseconds of CPU on the screen's thread, medians. Needs no practice."""
    application()
    for name, size in SIZES.items():
        for cached in (False, True):
            control = "QGraphicsView that keeps pictures" if cached else "QGraphicsView"
            pair = shown(size, cached=cached)
            try:
                for what, ours, theirs, budget in (
                    ("full repaint", repaint(pair.ours), repaint(pair.control), REPAINT),
                    ("scroll step", scroll(pair.ours), scroll(pair.control), SCROLL),
                    ("drag step", drag_of(pair.ours), _control_drag(pair.control), DRAG),
                ):
                    times = compare(ours, theirs, rounds, CPU)
                    yield Figure.of(f"calendar, {name}: {what}, against {control}", *times, budget)
            finally:
                pair.close()


def busy_day() -> Board:
    """20 healers, 600 bookings of every state; with lunch, and one of them off in the afternoon."""
    lunch = tuple(Block(column, 720, 780, "Lunch", "break") for column in range(_HEALERS))
    return replace(crowd(_HEALERS), blocks=(*lunch, Block(7, 840, 1080, "Training", "time_off")))


def shown(size: tuple[int, int], *, cached: bool = True) -> Pair:
    """Both on screen with every picture made: what is measured is what a person sees again and again."""
    board = busy_day()
    view = CalendarView()
    view.resize(*size)
    view.scenes.slice_ms = 10_000
    view.show()
    view.set_board(board, scroll_to_minute=480)
    control = GraphicsCalendar(board, view.geometry_now, view.look, cached=cached)
    control.resize(view.viewport().size())
    control.show()
    for bar in (view.verticalScrollBar(), control.verticalScrollBar()):
        bar.setValue(bar.minimum())
    for _ in range(_TURNS_OF_THE_LOOP):
        QApplication.processEvents()
    _see_everything(view)
    return Pair(view, control)


def _see_everything(view: CalendarView) -> None:
    down, across = view.verticalScrollBar(), view.horizontalScrollBar()
    for x, y in itertools.product((0, across.maximum()), (0, down.maximum() // 2, down.maximum())):
        across.setValue(x)
        down.setValue(y)
        for _ in range(_TURNS_OF_THE_LOOP):
            QApplication.processEvents()
    across.setValue(0)
    down.setValue(0)


def repaint(view: CalendarView | GraphicsCalendar) -> Act:
    """Everything inside the frame: of ours the titles and hours as well."""
    parts: list[QWidget] = [view.viewport()]
    if isinstance(view, CalendarView):
        parts += [view.header, view.gutter]

    def act() -> None:
        for part in parts:
            part.repaint()

    return act


def scroll(view: CalendarView | GraphicsCalendar) -> Act:
    """As a wheel does: some hours down and up again."""
    bar = view.verticalScrollBar()
    way = itertools.cycle([60] * 4 + [-60] * 4)

    def act() -> None:
        bar.setValue(bar.value() + next(way))
        QApplication.processEvents()

    return act


def drag_of(view: CalendarView) -> Act:
    """A card pulled to another quarter of an hour with each step."""
    row = next(r for r in view.geometry_now.rows_in(view.visible_area()) if view.board.cards[r].movable)
    at = view.visualRect(view.model().index(row)).center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    step = _steps()

    def act() -> None:
        _move(view.viewport(), at + step())
        QApplication.processEvents()

    act()
    dragged = view.current_drag()
    if dragged is None or not dragged.live:
        raise RuntimeError("nothing was dragged")
    return act


def _control_drag(control: GraphicsCalendar) -> Act:
    """The item itself follows; nothing snaps, nothing tells the time."""
    item = next(item for item in control.items_of if item.scene() is not None)
    at, step = control.mapToScene(control.viewport().rect().center()), _steps()
    item.setZValue(1)

    def act() -> None:
        item.setPos(at + QPointF(step()))
        QApplication.processEvents()

    return act


def _steps() -> Callable[[], QPoint]:
    numbers = itertools.count(1)

    def step() -> QPoint:
        number = next(numbers)
        return QPoint(20 + (number % 20) * 5, 20 + (number % 12) * 16)

    return step


def _move(area: QWidget, at: QPoint) -> None:
    """QTest.mouseMove holds no button down; a drag does."""
    place, where = QPointF(at), area.mapToGlobal(QPointF(at))
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    keys = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(area, QMouseEvent(QEvent.Type.MouseMove, place, where, none, left, keys))
