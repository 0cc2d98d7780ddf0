"""What drags do to times."""

from hypothesis import given
from hypothesis import strategies as st

from avenrae_desktop.qtkit.calendar_view.board import Board
from avenrae_desktop.qtkit.calendar_view.drag import Drag, can_move, can_resize, clicked, pulled, shifted
from tests.qtkit.calendar.boards import card, columns

BOARD = Board(columns(3))
CARD = card("a", 1, 605, 650)


def _drag(kind, grip: float = 10) -> Drag:
    return Drag(kind, CARD, CARD.column, CARD.start, CARD.end, grip)


def test_a_move_snaps_the_start_and_keeps_the_length() -> None:
    moved = pulled(_drag("move"), BOARD, 2, 700, 15)
    assert (moved.column, moved.start, moved.end) == (2, 690, 735)


def test_back_at_its_place_a_card_off_the_grid_keeps_its_own_time() -> None:
    assert not pulled(_drag("move"), BOARD, 1, 618, 15).changed


def test_edges_pull_only_their_end_and_never_to_nothing() -> None:
    assert pulled(_drag("end"), BOARD, 1, 683, 15).end == 690
    assert pulled(_drag("end"), BOARD, 1, 300, 15).end == 620
    assert pulled(_drag("start"), BOARD, 1, 571, 15).start == 570
    assert pulled(_drag("start"), BOARD, 1, 900, 15).start == 635
    assert pulled(_drag("end"), BOARD, 0, 683, 15).column == 1


def test_a_new_span_covers_every_slot_that_the_pointer_touched() -> None:
    start = Drag("create", None, 0, 608, 608, 608)
    spans = [(d.start, d.end) for d in (pulled(start, BOARD, 0, minute, 15) for minute in (652, 571))]
    assert spans == [(600, 660), (570, 615)]


@given(
    st.sampled_from(["move", "start", "end", "create"]),
    st.floats(0, 1440),
    st.sampled_from([5, 15]),
    st.integers(0, 2),
    st.floats(-5, 45),
)
def test_no_drag_leaves_the_day(kind, minute: float, step: int, column: int, grip: float) -> None:
    source = Drag("create", None, 0, 600, 600, 600) if kind == "create" else _drag(kind, grip)
    drag = pulled(source, BOARD, column, minute, step)
    assert 0 <= drag.start < drag.end <= 1440
    assert drag.live


def test_clicks_propose_an_hour_from_the_quarter_and_stop_at_midnight() -> None:
    assert clicked(BOARD, 614.9) == (600, 660)
    assert clicked(BOARD, 1440) == (1425, 1440)


def test_the_keyboard_stops_at_the_edges_of_the_board() -> None:
    assert shifted(CARD, BOARD, -15, 0) == (1, 590)
    assert shifted(CARD, BOARD, 0, 1) == (2, 605)
    assert shifted(CARD, BOARD, 0, 2) is None
    assert shifted(card("x", 0, 5, 50), BOARD, -15, 0) is None
    assert shifted(card("x", 0, 1400, 1440), BOARD, 15, 0) is None


def test_parts_of_a_booking_over_midnight() -> None:
    tail = card("a", 1, 0, 60, continues_before=True)
    head = card("a", 0, 1380, 1440, continues_after=True)
    assert not can_move(tail)
    assert not can_resize(tail)
    assert can_move(head)
    assert not can_resize(head)
    assert not can_move(card("b", 0, 0, 60, movable=False))
