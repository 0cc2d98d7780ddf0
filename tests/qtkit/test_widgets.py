"""The controls: what the keyboard does, what is emitted, and what a screen reader is told."""

from collections.abc import Sequence
from datetime import date, time

import pytest
from PySide6.QtCore import QCoreApplication, QDate, QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QFont, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QRadioButton, QWidget

from avenrae_desktop.kernel.errors import AppError, Problem
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.qtkit.widgets import (
    Avatar,
    Banner,
    Button,
    Choice,
    ComboBox,
    DateField,
    EmptyState,
    FactRow,
    IconButton,
    LineEdit,
    MessageBar,
    NumberBox,
    PickBox,
    Pill,
    PlainLabel,
    SearchBox,
    SegmentedControl,
    TextArea,
    TimeField,
    column,
    initials,
    labelled,
)
from tests.support.qt import InLoop, until

TODAY = date(2026, 11, 23)
FULL = Problem("disk_full", "The disk is full", "Nothing was saved.", "Make room, then try again.")


def accessible_name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


@pytest.fixture
def shown(qtbot, theme: Theme):
    def show(widget: QWidget) -> QWidget:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        widget.setFocus()
        return widget

    return show


# --- labels and small things -------------------------------------------------------------------


def test_a_label_shows_markup_as_it_was_typed(shown) -> None:
    label = shown(PlainLabel("<img src=x><b>Ada</b>"))
    assert label.textFormat() == Qt.TextFormat.PlainText
    wide = PlainLabel("<b>" * 20).sizeHint().width()
    assert wide > PlainLabel("Ada").sizeHint().width() * 4
    assert accessible_name(label) == "<img src=x><b>Ada</b>"


def test_a_label_that_elides_can_be_made_narrow_and_tells_all_in_its_tip(shown) -> None:
    label = shown(PlainLabel("a very long name <of a client>" * 5, elide=True))
    assert label.minimumSizeHint().width() < 80
    assert "&lt;of a client&gt;" in label.toolTip()
    label.resize(100, 20)
    assert not label.grab().isNull()


def test_a_caption_is_in_capitals_only_to_the_eye(shown) -> None:
    label = shown(PlainLabel("History", "caption"))
    assert label.text() == "History"
    assert accessible_name(label) == "History"
    assert label.font().capitalization() == QFont.Capitalization.AllUppercase


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Marco Rossi", "MR"),
        ("Dr. Mira van Voss", "DV"),
        ("ada", "A"),
        ("", ""),
        ("<img> 😀", ""),
        ("עדה לביא", "על"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_an_avatar_is_drawn_and_named(shown) -> None:
    avatar = shown(Avatar("Marco Rossi", "blue"))
    assert accessible_name(avatar) == "Marco Rossi"
    assert avatar.grab().toImage().pixelColor(16, 2).name() != "#000000"


def test_a_pill_says_its_state_in_words_and_survives_a_theme_change(shown, theme: Theme) -> None:
    pill = shown(Pill("Confirmed", "positive", "circle-check"))
    theme.mode = "dark"
    pill.set("No-show", "danger", "user-x")
    assert pill.text() == "No-show"
    assert pill.property("tone") == "danger"
    assert (
        pill.findChildren(PlainLabel)[1].palette().windowText().color().name() == theme.tokens.danger_ink.lower()
    )


def test_parts_without_a_parent_open_no_window(theme: Theme, qtbot) -> None:
    parts = [FactRow("clock", "14:00"), Pill("Confirmed"), FactRow("clock"), Banner()]
    for part in parts:
        qtbot.addWidget(part)
    assert not any(part.isVisible() for part in parts)


def test_a_fact_hides_when_there_is_none(shown) -> None:
    holder, fact = QWidget(), FactRow("phone")
    holder.setLayout(column(fact))
    holder.resize(300, 100)
    shown(holder)
    assert not fact.isVisible()
    fact.set("+41 44", "mobile")
    assert fact.isVisible()
    assert fact.text() == "+41 44"
    fact.set("")
    assert not fact.isVisible()


def test_an_empty_state_offers_the_way_on(shown, qtbot) -> None:
    empty = shown(EmptyState("users", "No clients yet", "Add one.", "Add a client"))
    with qtbot.waitSignal(empty.acted):
        empty.action.click()


# --- buttons -----------------------------------------------------------------------------------


def test_buttons_are_named_and_have_their_keys(shown, qtbot) -> None:
    button = shown(Button("&New booking", "primary", "plus", "N"))
    assert accessible_name(button) == "New booking"
    assert "N" in button.toolTip()
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_N)
    icon = shown(IconButton("bell", "Messages", "Ctrl+M"))
    assert accessible_name(icon) == "Messages"
    assert "Ctrl+M" in icon.toolTip()
    assert icon.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_segments_are_radio_buttons(shown, qtbot) -> None:
    control = shown(SegmentedControl("Span", [("day", "Day"), ("week", "Week")]))
    chosen: list[str] = []
    control.selected.connect(chosen.append)
    assert control.value == "day"
    control.set_value("week")
    assert chosen == []
    first = control.findChild(QRadioButton)
    assert role(first) == QAccessible.Role.RadioButton
    first.click()
    assert (control.value, chosen) == ("day", ["day"])
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert (control.value, chosen) == ("week", ["day", "week"])


# --- fields ------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [LineEdit, ComboBox, TextArea, TimeField])
def test_a_label_names_its_field(shown, make) -> None:
    field = make()
    holder = shown(labelled("&Service", field))
    assert holder.isVisible()
    assert accessible_name(field) == "Service"


def test_search_waits_for_a_pause(shown, qtbot) -> None:
    box = shown(SearchBox("Search clients"))
    heard: list[str] = []
    box.searched.connect(heard.append)
    assert accessible_name(box) == "Search clients"
    qtbot.keyClicks(box, "ann")
    assert heard == []
    qtbot.waitUntil(lambda: heard == ["ann"])
    qtbot.keyClicks(box, "a")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert heard == ["ann", "anna"]
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert heard == ["ann", "anna", ""]
    with qtbot.waitSignal(box.down):
        qtbot.keyClick(box, Qt.Key.Key_Down)


def test_a_combo_box_speaks_in_values(shown, qtbot) -> None:
    box = shown(ComboBox())
    box.fill([("Talk", 1), ("Reiki", 2)])
    heard: list[object] = []
    box.changed.connect(heard.append)
    box.set_value(2)
    assert (box.value(), heard) == (2, [2])
    box.fill([("Yoga", 3), ("Reiki", 2)])
    assert (box.value(), heard) == (2, [2])
    box.set_value("not there")
    assert box.value() == 2


def test_tab_leaves_a_text_area(theme: Theme) -> None:
    assert TextArea().tabChangesFocus()


def test_a_time_is_typed_and_stepped(shown, qtbot) -> None:
    field = shown(TimeField(time(9, 30)))
    heard: list[time | None] = []
    field.changed.connect(lambda: heard.append(field.value()))
    qtbot.keyClick(field, Qt.Key.Key_Up)
    qtbot.keyClick(field, Qt.Key.Key_PageDown)
    assert heard == [time(9, 35), time(9, 0)]
    field.selectAll()
    qtbot.keyClicks(field, "2pm")
    assert field.value() == time(14)
    field.clearFocus()
    field.setText("9:31")
    assert field.value() is None
    assert not field.is_valid()
    field.set_value(None)
    assert field.text() == ""


def test_a_wrong_time_is_marked_when_it_is_left(shown, qtbot) -> None:
    holder, field, other = QWidget(), TimeField(), LineEdit()
    holder.setLayout(column(field, other))
    shown(holder)
    field.setFocus()
    qtbot.keyClicks(field, "99")
    assert not field.property("invalid")
    other.setFocus()
    assert field.property("invalid")
    field.setText("9")
    assert not field.property("invalid")


@pytest.fixture
def german(theme: Theme):
    before = QLocale()
    QLocale.setDefault(QLocale("de_CH"))
    yield
    QLocale.setDefault(before)


def test_a_date_is_typed_in_the_way_of_the_country(german, shown, qtbot) -> None:
    field = shown(DateField(date(2026, 11, 25), today=lambda: TODAY))
    assert field.text() == "Mi. 25 Nov. 2026"
    field.setText("3.4.")
    assert field.value() == date(2026, 4, 3)
    for typed, meant in (("today", TODAY), ("tomorrow", date(2026, 11, 24)), ("mi", date(2026, 11, 25))):
        field.setText(typed)
        assert field.value() == meant, typed
    qtbot.keyClick(field, Qt.Key.Key_PageUp)
    assert field.text() == "Mi. 2 Dez. 2026"
    field.setText("31.4.")
    assert not field.is_valid()
    field.setText("")
    assert not field.is_valid()
    assert DateField(today=lambda: TODAY, optional=True).is_valid()


def test_a_date_is_picked_from_the_calendar(shown, qtbot) -> None:
    field = shown(DateField(today=lambda: TODAY))
    qtbot.keyClick(field, Qt.Key.Key_F4)
    calendar = field.findChild(QCalendarWidget)
    assert calendar.selectedDate() == QDate(2026, 11, 23)
    calendar.clicked.emit(QDate(2026, 12, 1))
    assert field.value() == date(2026, 12, 1)
    assert not calendar.isVisible()


# --- picking ------------------------------------------------------------------------------------

ANNA = Choice("Anna Keller", "born 3 Apr 1980 · …23", 1)
HANNA = Choice("Hanna Weber", "", 2)


def test_pick_one_by_typing_part_of_it(shown, runner: Runner, in_loop: InLoop, qtbot) -> None:
    asked: list[str] = []

    async def source(text: str) -> Sequence[Choice]:
        asked.append(text)
        return [ANNA, HANNA]

    async def go() -> None:
        box = shown(PickBox("Client", source, runner))
        picked: list[object] = []
        cleared: list[bool] = []
        box.picked.connect(picked.append)
        box.cleared.connect(lambda: cleared.append(True))
        qtbot.keyClicks(box, "a")
        qtbot.keyClicks(box, "nn")
        await until(box.choices)
        assert asked == ["ann"]
        popup = box._found
        assert popup.isVisible()
        assert popup.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == f"{ANNA.text}, {ANNA.detail}"
        qtbot.keyClick(popup, Qt.Key.Key_Down)
        qtbot.keyClick(popup, Qt.Key.Key_Return)
        await until(lambda: picked)
        assert (picked, box.value(), box.text()) == ([2], 2, "Hanna Weber")
        assert not popup.isVisible()
        qtbot.keyClick(box, Qt.Key.Key_Backspace)
        assert (box.value(), cleared) == (None, [True])
        box.set_choice(ANNA)
        assert (box.value(), picked) == (1, [2])
        box.clear()
        assert (box.value(), cleared) == (None, [True, True])

    in_loop(go())


# --- messages -----------------------------------------------------------------------------------


def test_a_banner_shows_an_error_as_plain_text(shown) -> None:
    holder, banner = QWidget(), Banner()
    holder.setLayout(column(banner))
    holder.resize(300, 100)
    shown(holder)
    assert banner.text() == ""
    banner.show_error(AppError(FULL))
    assert banner.isVisible()
    assert banner.text() == "The disk is full\nNothing was saved.\nMake room, then try again."
    banner.tell("Just so", tone="info")
    assert banner.text() == "Just so"
    banner.clear()
    assert not banner.isVisible()


def test_the_bar_offers_undo_once_and_goes_by_itself(shown, qtbot) -> None:
    window = shown(QWidget())
    window.resize(800, 600)
    bar, undone = MessageBar(window), []
    bar.tell("Moved.", "Undo", lambda: undone.append(1), "Ctrl Z", seconds=0.05)
    assert bar.isVisible()
    assert bar.text() == "Moved."
    assert bar.geometry().bottom() < 600
    qtbot.waitUntil(lambda: not bar.isVisible())
    bar.tell("Moved again.", "Undo", lambda: undone.append(2), seconds=0)
    bar.findChild(Button).click()
    assert undone == [2]
    assert not bar.isVisible()


def test_an_error_in_the_bar_stays_until_it_is_closed(shown, qtbot) -> None:
    window = shown(QWidget())
    window.resize(800, 600)
    bar = MessageBar(window)
    bar.tell("Moved.", seconds=0.02)
    bar.show_error(AppError(FULL))
    qtbot.wait(60)
    assert bar.text() == "The disk is full\nNothing was saved. Make room, then try again."
    window.resize(500, 400)
    assert bar.geometry().bottom() < 400
    assert bar.geometry().right() <= 500
    bar.findChild(IconButton).click()
    assert bar.text() == ""


def test_the_wheel_changes_nothing_in_a_form(shown) -> None:
    number, combo = NumberBox(5, 600, step=5, suffix=" min"), ComboBox()
    number.setValue(45)
    combo.fill([("Talk", 1), ("Reiki", 2)])
    holder = QWidget()
    holder.setLayout(column(number, combo))
    shown(holder)
    for field in (number, combo):
        place = QPointF(field.rect().center())
        turn = QWheelEvent(
            place, field.mapToGlobal(place), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QCoreApplication.sendEvent(field, turn)
    assert (number.value(), combo.value()) == (45, 1)
