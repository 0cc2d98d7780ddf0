"""What a frame of a crowded calendar does, counted: what was shown before is not painted anew."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from avenrae_desktop.qtkit.calendar_view import CalendarView
from avenrae_desktop.qtkit.calendar_view.scene import Scene
from tests.bench.ui.calendar import busy_day, drag_of


@pytest.fixture
def crowded(qtbot) -> CalendarView:
    """Twenty healers with 600 bookings; everything in sight has its picture."""
    made = CalendarView()
    qtbot.addWidget(made)
    made.resize(1400, 800)
    made.scenes.slice_ms = 10_000
    made.show()
    made.set_board(busy_day(), scroll_to_minute=600)
    _settle(made)
    return made


@pytest.fixture
def painted(crowded: CalendarView, monkeypatch: pytest.MonkeyPatch) -> list[QRect]:
    """The areas of the frames that follow, in coordinates of the content."""
    areas: list[QRect] = []
    paint = crowded.scenes.paint

    def noting(painter: object, area: QRect, scene: Scene) -> bool:
        areas.append(QRect(area))
        return paint(painter, area, scene)  # type: ignore[arg-type]

    monkeypatch.setattr(crowded.scenes, "paint", noting)
    return areas


def _settle(view: CalendarView) -> None:
    for _ in range(300):
        before = _made(view)
        view.viewport().repaint()
        QApplication.processEvents()
        if _made(view) == before:
            return
    pytest.fail("pictures are made again and again")


def _made(view: CalendarView) -> tuple[int, ...]:
    """Pictures made so far: cards, breaks and chips, titles, hours."""
    return view.scenes.rendered, view.scenes.stamps.made, view.header.stamps.made, view.gutter.stamps.made


def test_a_full_repaint_only_copies_pictures(crowded, painted) -> None:
    before = _made(crowded)
    for part in (crowded.viewport(), crowded.header, crowded.gutter):
        part.repaint()
    assert painted == [crowded.visible_area()]
    assert _made(crowded) == before


def test_a_board_that_says_the_same_again_needs_no_new_picture(crowded) -> None:
    before = _made(crowded)
    crowded.set_board(busy_day())
    _settle(crowded)
    assert _made(crowded) == before


def test_scrolling_paints_the_strip_that_came_into_view(crowded, painted) -> None:
    crowded.verticalScrollBar().setValue(crowded.verticalScrollBar().value() + 60)
    QApplication.processEvents()
    assert painted
    assert sum(area.height() for area in painted) <= 60
    cards = [row for area in painted for row in crowded.geometry_now.rows_in(area)]
    assert 0 < len(cards) < 60


def test_a_drag_step_paints_where_the_card_was_and_is(crowded, painted) -> None:
    step = drag_of(crowded)
    painted.clear()
    for _ in range(12):
        step()
    column = crowded.geometry_now.x(1)
    assert len(painted) <= 12
    assert all(area.width() <= 2 * column + 16 for area in painted)
    assert max(len(list(crowded.geometry_now.rows_in(area))) for area in painted) <= 25


def test_a_card_under_the_pointer_repaints_itself_alone(crowded, painted) -> None:
    row = next(crowded.geometry_now.rows_in(crowded.visible_area()))
    QTest.mouseMove(crowded.viewport(), crowded.visualRect(crowded.model().index(row)).center())
    crowded._hover(row)
    QApplication.processEvents()
    rect = crowded.geometry_now.rects[row]
    assert painted
    assert all(rect.adjusted(-8, -8, 8, 8).contains(area) for area in painted)


def test_pictures_are_made_anew_for_another_look_or_height(crowded) -> None:
    before = _made(crowded)
    crowded.set_hour_height(80)
    _settle(crowded)
    taller = _made(crowded)
    assert taller[0] > before[0]
    crowded._theme.mode = "dark"
    _settle(crowded)
    crowded._theme.mode = "light"
    assert all(now > then for now, then in zip(_made(crowded), taller, strict=True))


def test_titles_of_columns_out_of_sight_are_not_painted(crowded) -> None:
    board = busy_day()
    named = tuple(replace(column, subtitle=f"Healer {number}") for number, column in enumerate(board.columns))
    before = crowded.header.stamps.made
    crowded.set_board(replace(board, columns=named))
    crowded.header.repaint()
    at_first = crowded.header.stamps.made - before
    assert at_first <= 12
    crowded.horizontalScrollBar().setValue(crowded.horizontalScrollBar().maximum())
    crowded.header.repaint()
    assert at_first < crowded.header.stamps.made - before <= 20


def test_busy_and_dragged_cards_are_paler(crowded) -> None:
    row = next(r for r in crowded.geometry_now.rows_in(crowded.visible_area()) if crowded.board.cards[r].movable)
    at = crowded.visualRect(crowded.model().index(row)).center()
    crowded.viewport().repaint()
    plain = crowded.viewport().grab().toImage().pixelColor(at)
    crowded.set_busy_keys([crowded.board.cards[row].key])
    busy = crowded.viewport().grab().toImage().pixelColor(at)
    assert busy != plain
    crowded.set_busy_keys([])
    assert crowded.viewport().grab().toImage().pixelColor(at) == plain
