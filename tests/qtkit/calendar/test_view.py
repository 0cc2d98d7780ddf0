"""The calendar in use: mouse, keyboard, scrolling and what assistive programs are told."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QHelpEvent, QMouseEvent, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QToolTip, QVBoxLayout, QWidget

from avenrae_desktop.qtkit.calendar_view import Board, CalendarView
from tests.qtkit.calendar.boards import card, columns, crowd, week

ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key

CARDS = (
    card("a", 0, 540, 600),
    card("b", 0, 660, 720),
    card("c", 1, 600, 645),
    card("fixed", 2, 600, 660, movable=False, resizable=False),
)


@pytest.fixture
def view(qtbot) -> CalendarView:
    made = CalendarView()
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.show()
    made.set_hour_height(60)
    made.set_board(Board(columns(5), CARDS), scroll_to_minute=480)
    made.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


class Heard(list):
    """What a signal said, in order."""

    def __init__(self, signal) -> None:
        super().__init__()
        signal.connect(lambda *values: self.append(values if len(values) > 1 else values[0] if values else ()))


def _center(view: CalendarView, key: str) -> QPoint:
    return view.visualRect(view.model().index(view.cards.rows_of(key)[0])).center()


def _at(view: CalendarView, column: int, minute: int) -> QPoint:
    """A point just inside a minute of a column, in its middle."""
    geometry = view.geometry_now
    x = (geometry.x(column) + geometry.x(column + 1)) // 2
    return QPoint(x, geometry.y(minute) + 1) - view.offset()


def _drag(view: CalendarView, start: QPoint, end: QPoint, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mousePress(view.viewport(), LEFT, modifiers, start)
    _move(view, start + (end - start) / 2, modifiers)
    _move(view, end, modifiers)
    QTest.mouseRelease(view.viewport(), LEFT, modifiers, end)


def _move(view: CalendarView, to: QPoint, modifiers=Qt.KeyboardModifier.NoModifier) -> None:
    spot = QPointF(to)
    event = QMouseEvent(
        QEvent.Type.MouseMove, spot, view.viewport().mapToGlobal(spot), Qt.MouseButton.NoButton, LEFT, modifiers
    )
    QApplication.sendEvent(view.viewport(), event)


# --- mouse -------------------------------------------------------------------------------------------


def test_a_click_chooses_the_card_and_a_click_beside_lets_it_go(view) -> None:
    heard = Heard(view.selected)
    QTest.mouseClick(view.viewport(), LEFT, pos=_center(view, "c"))
    QTest.mouseClick(view.viewport(), LEFT, pos=_center(view, "c"))
    assert view.current_key() == "c"
    QTest.mouseClick(view.viewport(), LEFT, pos=_at(view, 3, 600))
    assert heard == ["c", ""]
    assert view.time_cursor == (3, 600)


def test_double_clicks_open_a_card_or_ask_for_a_new_one(view) -> None:
    opened, asked = Heard(view.activated), Heard(view.create_requested)
    QTest.mouseDClick(view.viewport(), LEFT, pos=_center(view, "b"))
    QTest.mouseDClick(view.viewport(), LEFT, pos=_at(view, 3, 617))
    assert opened == ["b"]
    assert asked == [(3, 615, 675)]


def test_a_drag_moves_over_columns_on_the_quarter_hour(view) -> None:
    moves = Heard(view.move_requested)
    start = _center(view, "a")
    _drag(view, start, start + QPoint(view.geometry_now.x(2), 66))
    assert moves == [("a", 2, 600)]


def test_shift_drags_by_five_minutes_and_so_do_tall_hours(view) -> None:
    moves = Heard(view.move_requested)
    start = _center(view, "a")
    _drag(view, start, start + QPoint(0, 66), SHIFT)
    view.set_hour_height(120)
    start = _center(view, "a")
    _drag(view, start, start + QPoint(0, 20))
    assert moves == [("a", 0, 605), ("a", 0, 550)]


def test_edges_resize(view) -> None:
    heard = Heard(view.resize_requested)
    rect = view.visualRect(view.model().index(0))
    _drag(view, QPoint(rect.center().x(), rect.bottom() - 1), QPoint(rect.center().x(), rect.bottom() + 30))
    _drag(view, QPoint(rect.center().x(), rect.top() + 1), QPoint(rect.center().x(), rect.top() - 14))
    assert heard == [("a", 540, 630), ("a", 525, 600)]


def test_the_pointer_shows_what_a_drag_would_do(view) -> None:
    rect = view.visualRect(view.model().index(0))
    shapes = []
    for spot in (
        QPoint(rect.center().x(), rect.bottom() - 1),
        rect.center(),
        _at(view, 3, 600),
        _center(view, "fixed"),
    ):
        QTest.mouseMove(view.viewport(), spot)
        shapes.append(view.viewport().cursor().shape())
    arrow = Qt.CursorShape.ArrowCursor
    assert shapes == [Qt.CursorShape.SizeVerCursor, Qt.CursorShape.PointingHandCursor, arrow, arrow]


def test_a_drag_over_empty_time_asks_for_that_time(view) -> None:
    heard = Heard(view.create_requested)
    _drag(view, _at(view, 3, 600), _at(view, 3, 688))
    assert heard == [(3, 600, 690)]


def test_escape_lets_go_of_a_drag(view) -> None:
    moves = Heard(view.move_requested)
    start = _center(view, "a")
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    _move(view, start + QPoint(0, 90))
    assert view.current_drag().start == 630
    QTest.keyClick(view, Key.Key_Escape)
    QTest.mouseRelease(view.viewport(), LEFT, pos=start + QPoint(0, 90))
    assert view.current_drag() is None
    assert moves == []


def test_neither_a_fixed_nor_a_busy_card_can_be_dragged(view) -> None:
    moves = Heard(view.move_requested)
    view.set_busy_keys({"a"})
    for key in ("fixed", "a"):
        start = _center(view, key)
        _drag(view, start, start + QPoint(0, 90))
    assert moves == []
    view.set_busy_keys(())
    start = _center(view, "a")
    _drag(view, start, start + QPoint(0, 90))
    assert moves == [("a", 0, 630)]


def test_a_hand_that_shakes_does_not_move_a_booking(view) -> None:
    moves, start = Heard(view.move_requested), _center(view, "a")
    _drag(view, start, start + QPoint(2, 3))
    _drag(view, start, start + QPoint(0, 0))
    assert moves == []


def test_a_drag_outlives_a_board_on_which_its_card_is_the_same(view) -> None:
    start = _center(view, "a")
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    _move(view, start + QPoint(0, 90))
    view.set_board(Board(columns(5), (*CARDS, card("new", 4, 600, 660))))
    assert view.current_drag() is not None
    view.set_board(Board(columns(5), CARDS[1:]))
    assert view.current_drag() is None


def test_at_the_rim_a_drag_scrolls(view, qtbot) -> None:
    before = view.verticalScrollBar().value()
    QTest.mousePress(view.viewport(), LEFT, pos=_center(view, "b"))
    _move(view, QPoint(60, view.viewport().height() - 2))
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > before + 100, timeout=3000)
    view.let_go()
    stopped = view.verticalScrollBar().value()
    qtbot.wait(60)
    assert view.verticalScrollBar().value() == stopped


def test_a_right_click_says_what_and_when(view) -> None:
    heard = Heard(view.context_menu_requested)
    for spot in (_center(view, "c"), _at(view, 4, 700)):
        where = view.viewport().mapToGlobal(spot)
        QApplication.sendEvent(view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, where))
    assert [values[:3] for values in heard] == [("c", 1, 615), ("", 4, 690)]
    assert view.current_key() == ""


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_chip_offers_the_cards_for_which_there_is_no_room(view, qtbot) -> None:
    view.set_board(Board(columns(5), tuple(card(f"k{i}", 0, 600, 660, accessible=f"A & B {i}") for i in range(5))))
    chip = view.geometry_now.chips[0]
    QTest.mouseClick(view.viewport(), LEFT, pos=chip.rect.center() - view.offset())
    menu = view.findChild(QMenu)
    assert [a.text() for a in menu.actions()] == [f"A && B {view.board.cards[r].key[1]}" for r in chip.rows]
    menu.actions()[0].trigger()
    assert view.current_row() == chip.rows[0]
    menu.close()


def test_a_title_is_a_way_into_its_day(view) -> None:
    heard = Heard(view.column_activated)
    x = view.gutter.width() + view.geometry_now.x(2) + 10
    QTest.mouseClick(view.header, LEFT, pos=QPoint(x, 20))
    QTest.mouseClick(view.header, LEFT, pos=QPoint(5, 20))
    assert heard == [2]


# --- keyboard ----------------------------------------------------------------------------------------


def test_arrows_go_from_card_to_card(view) -> None:
    view.select_key("a")
    gone = []
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_Up):
        QTest.keyClick(view, key)
        gone.append(view.current_key())
    assert gone == ["b", "b", "c", "fixed", "fixed", "c", "c"]


def test_home_and_end_go_through_the_column(view) -> None:
    view.select_key("b")
    QTest.keyClick(view, Key.Key_Home)
    assert view.current_key() == "a"
    QTest.keyClick(view, Key.Key_End)
    assert view.current_key() == "b"


def test_alt_moves_and_resizes_the_chosen_card(view) -> None:
    moves, sizes = Heard(view.move_requested), Heard(view.resize_requested)
    view.select_key("c")
    for key in (Key.Key_Up, Key.Key_Down, Key.Key_Left, Key.Key_Right):
        QTest.keyClick(view, key, ALT)
    QTest.keyClick(view, Key.Key_Down, ALT | SHIFT)
    QTest.keyClick(view, Key.Key_Up, ALT | SHIFT)
    assert moves == [("c", 1, 585), ("c", 1, 615), ("c", 0, 600), ("c", 2, 600)]
    assert sizes == [("c", 600, 660), ("c", 600, 630)]
    view.set_busy_keys(["c"])
    QTest.keyClick(view, Key.Key_Up, ALT)
    view.select_key("fixed")
    QTest.keyClick(view, Key.Key_Up, ALT)
    QTest.keyClick(view, Key.Key_Up, ALT | SHIFT)
    assert (len(moves), len(sizes)) == (4, 2)


def test_the_time_cursor_walks_and_books(view) -> None:
    heard, opened = Heard(view.create_requested), Heard(view.activated)
    view.select_key("c")
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Right, Key.Key_Up):
        QTest.keyClick(view, key, CTRL)
    assert view.time_cursor == (2, 600)
    QTest.keyClick(view, Key.Key_N)
    QTest.keyClick(view, Key.Key_Return)
    assert heard == [(2, 600, 660), (2, 600, 660)]
    QTest.keyClick(view, Key.Key_Escape)
    QTest.keyClick(view, Key.Key_Return)
    assert opened == ["c"]


def test_on_an_empty_board_plain_arrows_move_the_cursor(view) -> None:
    heard = Heard(view.create_requested)
    view.set_board(Board(columns(5), now=(2, 680)))
    QTest.keyClick(view, Key.Key_Down)
    QTest.keyClick(view, Key.Key_Down)
    QTest.keyClick(view, Key.Key_Enter)
    assert heard == [(2, 690, 750)]
    for _ in range(9):
        QTest.keyClick(view, Key.Key_Left)
    assert view.time_cursor == (0, 690)


def test_pages_and_today(view) -> None:
    pages, today = Heard(view.page_requested), Heard(view.today_requested)
    for key in (Key.Key_PageUp, Key.Key_PageDown, Key.Key_T):
        QTest.keyClick(view, key)
    assert pages == [-1, 1]
    assert len(today) == 1


def test_the_menu_by_key_opens_once_at_the_card(view) -> None:
    heard = Heard(view.context_menu_requested)
    view.select_key("b")
    QTest.keyClick(view, Key.Key_F10, SHIFT)
    spot = QPoint(1, 1)
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, spot, spot))
    QTest.keyClick(view, Key.Key_Menu)
    assert [values[:3] for values in heard] == [("b", 0, 660)] * 2
    assert heard[0][3] == view.viewport().mapToGlobal(_center(view, "b"))


def test_tab_and_foreign_keys_go_on_to_the_window(qtbot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    box, field, calendar = QVBoxLayout(host), QLineEdit(), CalendarView()
    box.addWidget(calendar)
    box.addWidget(field)
    host.show()
    host.activateWindow()
    calendar.set_board(week())
    calendar.setFocus()
    qtbot.waitUntil(calendar.hasFocus)
    QTest.keyClick(calendar, Key.Key_Tab)
    assert field.hasFocus()
    QTest.keyClick(field, Key.Key_Backtab)
    assert calendar.hasFocus()


def test_its_own_keys_come_before_shortcuts_of_the_window(view) -> None:
    taken, asked = Heard(QShortcut(Key.Key_N, view).activated), Heard(view.create_requested)
    free = Heard(QShortcut(Key.Key_X, view).activated)
    QTest.keyClick(view, Key.Key_N)
    QTest.keyClick(view, Key.Key_X)
    assert (len(taken), len(asked), len(free)) == (0, 1, 1)


# --- boards, scrolling, assistive programs -----------------------------------------------------------


def test_a_new_board_keeps_card_and_scroll(view) -> None:
    heard = Heard(view.selected)
    view.select_key("b")
    view.verticalScrollBar().setValue(333)
    view.set_board(Board(columns(5), (card("b", 3, 615, 660), *CARDS[2:])))
    assert view.current_key() == "b"
    assert view.verticalScrollBar().value() == 333
    view.set_board(Board(columns(5), CARDS[2:]))
    assert heard == ["b", ""]


def test_both_parts_of_a_booking_over_midnight_are_one_choice(view) -> None:
    parts = (card("n", 0, 1380, 1440, continues_after=True), card("n", 1, 0, 60, continues_before=True))
    view.set_board(Board(columns(5), parts))
    heard = Heard(view.selected)
    view.choose_row(1)
    view.choose_row(0)
    assert heard == ["n"]
    view.choose_row(1)
    view.set_board(Board(columns(5), parts))
    assert view.current_row() == 1


def test_it_opens_at_the_asked_minute_even_when_shown_later(qtbot) -> None:
    made = CalendarView()
    qtbot.addWidget(made)
    made.set_board(week(), scroll_to_minute=600)
    made.resize(900, 500)
    made.show()
    qtbot.waitUntil(lambda: made.verticalScrollBar().value() == made.geometry_now.y(600))


def test_the_wheel_zooms_rows_around_the_pointer(view) -> None:
    heard = Heard(view.hour_height_changed)
    spot = QPointF(50, 300)
    minute = view.spot_at(spot.toPoint())[1]
    wheel = QWheelEvent(
        spot, view.viewport().mapToGlobal(spot), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, CTRL,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), wheel)
    assert heard == [pytest.approx(67.2)]
    assert view.spot_at(spot.toPoint())[1] == pytest.approx(minute, abs=1)
    view.set_hour_height(5000)
    assert view.hour_height() == 240


def test_every_card_is_a_list_item_with_its_name(view) -> None:
    face = QAccessible.queryAccessibleInterface(view)
    assert face.role() == QAccessible.Role.List
    assert face.text(QAccessible.Text.Name) == "Calendar"
    items = [face.child(i) for i in range(face.childCount())]
    listed = [item for item in items if item.role() == QAccessible.Role.ListItem]
    assert [item.text(QAccessible.Text.Name) for item in listed] == [c.accessible for c in CARDS]
    where = view.viewport().mapToGlobal(_center(view, "c"))
    assert listed[2].rect().contains(where)
    assert "Wednesday 25" in view.header.accessibleName()


def test_a_choice_by_an_assistive_program_is_a_choice(view) -> None:
    heard = Heard(view.selected)
    index = view.model().index(2)
    view.selectionModel().select(index, view.selectionModel().SelectionFlag.ClearAndSelect)
    assert heard == ["c"]
    assert view.currentIndex() == index


def test_what_is_chosen_scrolls_into_view(view) -> None:
    view.set_board(crowd())
    view.scroll_to(0)
    last = max(view.board.cards, key=lambda c: (c.column, c.start))
    view.select_key(last.key)
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_six_hundred_cards_are_painted_and_their_pictures_bounded(view, qtbot) -> None:
    view.scenes.faces.limit = 400_000
    board = crowd()
    view.set_board(board)
    for minute in range(0, 1440, 240):
        view.scroll_to(minute)
        view.horizontalScrollBar().setValue(minute * 2)
        view.grab()
    assert 0 < len(view.scenes.faces) < 600
    assert view.scenes.faces.size <= 400_000


def test_pictures_that_take_long_come_in_later_frames(view, qtbot) -> None:
    view.scenes.faces.limit = 64 << 20
    view.scenes.slice_ms = 1
    view.set_board(crowd())
    wanted = set(view.geometry_now.rows_in(view.visible_area()))
    qtbot.waitUntil(lambda: len(view.scenes.faces) >= len(wanted))


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_tip_shows_what_a_narrow_card_cannot_and_never_as_markup(view) -> None:
    view.set_board(Board(columns(5), (card("a", 0, 540, 600, accessible="<img src=x> & Co"),)))
    at = _center(view, "a")
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at)))
    assert QToolTip.text() == "<p>&lt;img src=x&gt; &amp; Co</p>"
    QToolTip.hideText()


def test_now_moves_without_a_new_board(view) -> None:
    view.set_now((1, 700))
    view.grab()
    assert view.board.now == (1, 700)
    view.set_now(None)
    assert view.geometry_now.board.now is None


def test_zoom_of_the_interface_keeps_the_hour_on_top(view) -> None:
    theme = view._theme
    view.scroll_to(600)
    theme.zoom = 1.5
    try:
        assert view.verticalScrollBar().value() == view.geometry_now.y(600)
        assert view.geometry_now.hour_height == 90
    finally:
        theme.zoom = 1.0


def test_times_are_written_as_the_practice_writes_them(view) -> None:
    view.set_time_text(lambda minute: f"{minute // 60}h")
    view.grab()
    assert view.time_text(540) == "9h"


def test_a_day_of_twenty_five_hours_shows_both_of_the_repeated_hour(view) -> None:
    first, second = card("x", 0, 120, 180), card("y", 0, 120, 180)
    view.set_board(Board((columns(1)[0],), (first, second)))
    one, other = view.geometry_now.rects
    assert not one.intersects(other)
