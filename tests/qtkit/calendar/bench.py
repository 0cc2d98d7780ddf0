"""CPU per frame of the calendar at 20 columns and 600 cards, 1400x800. Figures for people, no test."""

from time import process_time

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from avenrae_desktop.qtkit.calendar_view import CalendarView
from tests.qtkit.calendar.boards import crowd


def frame_costs(rounds: int = 60) -> dict[str, float]:
    """Milliseconds of CPU each: board set and first paint, full repaint, scroll step, drag step."""
    view = CalendarView()
    view.resize(1400, 800)
    view.show()
    board = crowd()
    costs = {"set_board": _cost(lambda: view.set_board(board, scroll_to_minute=480), 1)}
    costs["first paints"] = _cost(QApplication.processEvents, 1)
    for _ in range(20):
        QApplication.processEvents()

    def repaint() -> None:
        view.viewport().repaint()

    costs["full repaint"] = _cost(repaint, rounds)
    bar = view.verticalScrollBar()

    def scroll() -> None:
        bar.setValue(bar.value() + (23 if bar.value() < bar.maximum() // 2 else -300))
        QApplication.processEvents()

    costs["scroll step"] = _cost(scroll, rounds)
    row = next(r for r in view.geometry_now.rows_in(view.visible_area()))
    at = view.visualRect(view.model().index(row)).center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    steps = iter(range(10_000))

    def drag() -> None:
        step = next(steps)
        QTest.mouseMove(view.viewport(), at + QPoint(20 + (step % 20) * 5, 20 + (step % 30) * 4))
        QApplication.processEvents()

    costs["drag step"] = _cost(drag, rounds)
    dragged = view.current_drag()
    if dragged is None or not dragged.live:
        raise RuntimeError("nothing was dragged")
    view.close()
    return costs


def _cost(work, rounds: int) -> float:
    begun = process_time()
    for _ in range(rounds):
        work()
    return (process_time() - begun) / rounds * 1000
