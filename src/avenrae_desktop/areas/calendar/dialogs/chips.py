"""The next free times as buttons, grouped by day: one press instead of typing."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget

from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.queries import FreeTime
from avenrae_desktop.kernel.time import wall_of
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, PlainLabel, column, plain_tip, row

PER_DAY = 6
DAYS = 3


def spread(times: Sequence[FreeTime], count: int) -> tuple[FreeTime, ...]:
    """The first one and others evenly over the day."""
    if len(times) <= count:
        return tuple(times)
    step = (len(times) - 1) / (count - 1)
    return tuple(times[round(i * step)] for i in range(count))


class FreeTimes(QWidget):
    """A few days with a few times each; one of them may be chosen.

    To Tab they are one stop, arrows go from time to time. `comes_after` is the control before them.
    """

    chosen = Signal(object)
    """The `FreeTime` that was pressed."""

    def __init__(self, zone: ZoneInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        self.comes_after: QWidget | None = None
        self._times: tuple[FreeTime, ...] = ()
        self._page = 0
        self._marked: datetime | None = None
        self._today = date.min
        self.buttons: list[Button] = []
        self._group = QButtonGroup(self)
        self._grid = QGridLayout()
        self._grid.setSpacing(current_theme().px(6))
        self._grid.setColumnMinimumWidth(0, current_theme().px(86))
        self._grid.setColumnStretch(PER_DAY + 1, 1)
        self.title = PlainLabel(self.tr("Next free times"), "field")
        self.said = PlainLabel("", "muted")
        self.more = Button(self.tr("Later days"), "link")
        self.more.clicked.connect(self._turn)
        head = row(self.title, None, self.more)
        self.setLayout(column(head, self._grid, self.said, spacing=5))
        self.setAccessibleName(self.tr("Next free times"))
        self.more.hide()

    @property
    def first(self) -> FreeTime | None:
        """The earliest of all."""
        return self._times[0] if self._times else None

    def say(self, text: str) -> None:
        """No times, but why."""
        self._times = ()
        self._fill(())
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self.more.hide()

    def show_times(self, times: Sequence[FreeTime], today: date) -> None:
        """Offer these, in order of time."""
        self._times, self._today, self._page = tuple(times), today, 0
        if not times:
            self.say(self.tr("No free time in the coming weeks. Choose any other time below."))
            return
        self._show_page()

    def strike(self, times: Sequence[FreeTime], *, all_of_them: bool) -> None:
        """Only these are still free. The others stay where they are, under no mouse that is on its way to them."""
        free = {each.starts_at for each in times}
        for button in self.buttons:
            instant = button.property("instant")
            # A list that ended early says nothing of what comes later.
            gone = instant not in free and (all_of_them or instant <= max(free))
            button.setEnabled(not gone)
            said = self.tr("Just taken") if gone else ""
            button.setToolTip(plain_tip(said))
            button.setAccessibleDescription(said)

    def mark(self, instant: datetime | None) -> None:
        """Show which of them is the one in the form now; none when it is another time."""
        self._marked = instant
        self._group.setExclusive(False)
        for button in self.buttons:
            button.setChecked(button.property("instant") == instant)
        self._group.setExclusive(True)
        chosen = self._group.checkedButton() or (self.buttons[0] if self.buttons else None)
        for button in self.buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is chosen else Qt.FocusPolicy.ClickFocus)

    def _turn(self) -> None:
        self._page += 1
        self._show_page()
        if self.buttons:
            self.buttons[0].setFocus()

    def _show_page(self) -> None:
        days = [
            (day, spread(tuple(times), PER_DAY))
            for day, times in groupby(self._times, key=lambda f: wall_of(f.starts_at, self._zone).date())
        ]
        pages = -(-len(days) // DAYS)
        self._page %= pages
        shown = days[self._page * DAYS : (self._page + 1) * DAYS]
        self._fill(shown)
        self.said.hide()
        self.more.setText(self.tr("Later days") if self._page + 1 < pages else self.tr("Back to the first"))
        self.more.setVisible(pages > 1)

    def _fill(self, days: Sequence[tuple[date, Sequence[FreeTime]]]) -> None:
        for button in self.buttons:
            self._group.removeButton(button)
        self.buttons = []
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line, (day, times) in enumerate(days):
            self._grid.addWidget(PlainLabel(words.near_day_text(day, self._today), "muted"), line, 0)
            for at, free in enumerate(times):
                self._grid.addWidget(self._chip(day, free), line, at + 1)
        before = self.comes_after
        if before is not None:
            for widget in (*self.buttons, self.more):
                self.setTabOrder(before, widget)
                before = widget
        self.mark(self._marked)

    def _chip(self, day: date, free: FreeTime) -> Button:
        wall = wall_of(free.starts_at, self._zone)
        text = words.time_text(wall) + words.twice_text(free.starts_at, self._zone)
        button = Button(text, "chip")
        button.setAccessibleName(f"{words.long_day_text(day)}, {text}")
        button.setCheckable(True)
        button.setProperty("instant", free.starts_at)
        button.clicked.connect(lambda _=False: self.chosen.emit(free))
        self._group.addButton(button)
        self.buttons.append(button)
        return button
