"""Pixels and minutes, hits and chips."""

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, QSize

from avenrae_desktop.qtkit.calendar_view.board import Board
from avenrae_desktop.qtkit.calendar_view.geometry import MIN_COLUMN, Geometry, nearest_row, rows_by_start
from tests.qtkit.calendar.boards import card, columns, crowd

_CARDS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 95), st.integers(1, 12)), max_size=30).map(
    lambda rows: tuple(
        card(f"k{i}", c, start * 15, min(1440, (start + length) * 15)) for i, (c, start, length) in enumerate(rows)
    )
)


def _geometry(cards, width: int = 1000, hour: float = 58) -> Geometry:
    return Geometry(Board(columns(4), cards), QSize(width, 600), hour)


@given(_CARDS, st.integers(0, 999), st.integers(0, 1391))
def test_a_hit_is_what_a_walk_over_all_cards_finds(cards, x: int, y: int) -> None:
    geometry = _geometry(cards)
    spot = QPoint(x, y)
    walked = {r for r, rect in enumerate(geometry.rects) if rect.contains(spot) and r not in geometry.hidden}
    found = geometry.row_at(spot)
    assert (found in walked) if walked else found == -1


@given(_CARDS, st.tuples(st.integers(0, 900), st.integers(0, 1300), st.integers(1, 400), st.integers(1, 300)))
def test_an_area_lists_the_cards_that_a_walk_finds(cards, area: tuple[int, int, int, int]) -> None:
    geometry = _geometry(cards)
    rect = QRect(*area)
    walked = {r for r, box in enumerate(geometry.rects) if box.intersects(rect) and r not in geometry.hidden}
    assert set(geometry.rows_in(rect)) == walked


@settings(max_examples=40)
@given(_CARDS, st.integers(200, 1600))
def test_cards_stay_in_their_column_and_apart(cards, width: int) -> None:
    geometry = _geometry(cards, width)
    shown = [r for r in range(len(cards)) if r not in geometry.hidden]
    for row in shown:
        rect = geometry.rects[row]
        assert geometry.x(cards[row].column) <= rect.left()
        assert rect.right() < geometry.x(cards[row].column + 1)
    for i, row in enumerate(shown):
        for other in shown[:i]:
            meet = geometry.rects[row].intersected(geometry.rects[other])
            assert meet.isEmpty() or meet.height() <= 1  # rounding of the shortest cards
    assert {r for chip in geometry.chips for r in chip.rows} == geometry.hidden


def test_a_hit_looks_at_few_cards_only() -> None:
    board = crowd()
    geometry = Geometry(board, QSize(1400, 800), 58)

    class Counted(list):
        looks = 0

        def __getitem__(self, at):
            Counted.looks += 1
            return super().__getitem__(at)

    geometry.rects = Counted(geometry.rects)
    target = next(r for r in range(600) if r not in geometry.hidden)
    Counted.looks = 0
    assert geometry.row_at(geometry.rects[target].center()) == target
    assert Counted.looks < 15


def test_minutes_and_pixels_are_one_anothers_inverse() -> None:
    geometry = _geometry((), hour=60)
    assert geometry.y(90) == 90
    assert geometry.minute_at(90) == 90
    assert geometry.minute_at(-50) == 0
    assert geometry.minute_at(10_000) == 1440
    assert [geometry.column_at(x) for x in (-5, 0, 249, 250, 999, 5000)] == [0, 0, 0, 1, 3, 3]


def test_a_board_may_begin_later_than_midnight() -> None:
    geometry = Geometry(Board(columns(2), (), first_minute=480, last_minute=1200), QSize(800, 400), 60)
    assert geometry.height == 720
    assert geometry.y(480) == 0
    assert geometry.minute_at(60) == 540


def test_columns_never_get_narrower_than_the_least_width() -> None:
    assert Geometry(Board(columns(20)), QSize(1000, 600), 58).width == 20 * MIN_COLUMN
    assert Geometry(Board(columns(20)), QSize(1000, 600), 58, zoom=1.5).width == 20 * MIN_COLUMN * 1.5
    assert Geometry(Board(columns(7)), QSize(1000, 600), 58).width == 1000


def test_too_many_at_once_become_a_chip() -> None:
    cards = tuple(card(f"k{i}", 0, 600, 660) for i in range(5))
    geometry = Geometry(Board(columns(1), cards), QSize(130, 600), 58)
    assert len(geometry.hidden) == 3
    assert [len(chip.rows) for chip in geometry.chips] == [3]
    assert geometry.chip_at(geometry.chips[0].rect.center()) is geometry.chips[0]
    assert geometry.row_at(geometry.chips[0].rect.center()) == -1


def test_neighbours_in_time() -> None:
    cards = (card("b", 0, 660, 700), card("a", 0, 540, 600), card("c", 1, 640, 700))
    board = Board(columns(2), cards)
    assert rows_by_start(board, 0) == [1, 0]
    assert nearest_row(board, 0, 590) == 1
    assert nearest_row(board, 0, 620) == 0
    assert nearest_row(board, 1, 0) == 2
    assert nearest_row(Board(columns(2)), 0, 600) == -1


def test_an_empty_board_has_no_places() -> None:
    geometry = Geometry(Board(), QSize(400, 300), 58)
    assert geometry.row_at(QPoint(10, 10)) == -1
    assert geometry.column_at(10) == -1
    assert list(geometry.rows_in(QRect(0, 0, 400, 300))) == []
