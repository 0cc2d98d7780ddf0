"""A date to type or to pick."""

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets.labels import restyle
from avenrae_desktop.qtkit.widgets.layout import column
from avenrae_desktop.qtkit.widgets.parsing import parse_date, parse_named_date


class _Popup(QFrame):
    """A month over everything else. It is kept for the next time: a popup that deletes itself when it closes
    is deleted twice when its field goes in the same moment.
    """

    def __init__(self, field: QWidget) -> None:
        super().__init__(field, Qt.WindowType.Popup)
        self.setProperty("role", "popup")
        self.calendar = QCalendarWidget()
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setLayout(column(self.calendar, margins=6))
        self._tint()
        current_theme().changed.connect(self._tint)

    def _tint(self) -> None:
        weekend = QTextCharFormat()
        weekend.setForeground(current_theme().tokens.q("muted"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, weekend)


class DateField(QLineEdit):
    """Takes "25.11.", "2026-11-25", "today", "+7", a weekday; F4 or the button opens a calendar.

    What stands in it reads "Wed 25 Nov 2026", so that nobody takes the month for the day; birth dates go without
    their `weekday`. Up and Down step a day, Page Up and Down a week. `today` is the practice's day.
    """

    changed = Signal()
    """The value is another one now (None counts)."""

    def __init__(
        self,
        value: date | None = None,
        *,
        today: Callable[[], date],
        optional: bool = False,
        weekday: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._optional = optional
        self._value: date | None = None
        self._popup: _Popup | None = None
        self._format = _long_year(self.locale().dateFormat(QLocale.FormatType.ShortFormat))
        self._display = _named(_order(self._format), weekday=weekday) or self._format
        self.setPlaceholderText(self._format.lower())
        self.setAccessibleDescription(self.tr("Type a date, or press F4 for a calendar."))
        theme = current_theme()
        icon = theme.icon("calendar", "muted", 16)
        opener = self.addAction(icon, QLineEdit.ActionPosition.TrailingPosition)
        opener.setText(self.tr("Choose from a calendar"))
        theme.bind_icon(opener, "calendar", "muted", 16)
        opener.triggered.connect(self.open_calendar)
        self.textChanged.connect(self._read)
        self.set_value(value)
        self._fit()
        theme.changed.connect(self._fit)

    def value(self) -> date | None:
        """The date; None when the field is empty or not understood."""
        return self._value

    def set_value(self, value: date | None) -> None:
        self.setText("" if value is None else self._shown(value))

    def is_valid(self) -> bool:
        """Whether there is a date, or nothing where nothing is allowed."""
        return self._value is not None or (self._optional and not self.text().strip())

    def open_calendar(self) -> None:
        """Show a month to pick from; Esc closes it."""
        if self._popup is None:
            self._popup = _Popup(self)
            self._popup.calendar.clicked.connect(self._pick)
            self._popup.calendar.activated.connect(self._pick)
        chosen = self._value or self._today()
        calendar = self._popup.calendar
        calendar.setAccessibleName(self.accessibleName() or self.tr("Calendar"))
        calendar.setSelectedDate(QDate(chosen.year, chosen.month, chosen.day))
        self._popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        self._popup.show()
        calendar.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}
        step = steps.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_F4:
            self.open_calendar()
        elif step is None:
            super().keyPressEvent(event)
        elif self._value is not None:
            self.set_value(self._value + timedelta(days=step))
            self.selectAll()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._value is not None:
            self.set_value(self._value)
        self._mark(not self.is_valid() and bool(self.text()))

    def _read(self, text: str) -> None:
        today = self._today()
        typed = self._word(text.strip().casefold()) or parse_date(text, today, _order(self._format))
        value = typed or parse_named_date(text, today, self._months())
        if value is not None:
            self._mark(False)
        if value != self._value:
            self._value = value
            self.changed.emit()

    def _word(self, typed: str) -> date | None:
        today = self._today()
        words = {self.tr("today"): 0, self.tr("tomorrow"): 1, self.tr("yesterday"): -1}
        if typed in words:
            return today + timedelta(days=words[typed])
        if len(typed) < 2:
            return None
        for ahead in range(1, 8):
            day = today + timedelta(days=ahead)
            if self.locale().dayName(day.isoweekday()).casefold().startswith(typed):
                return day
        return None

    def _months(self) -> list[tuple[str, ...]]:
        """All names of each month: alone and in a date, long and short."""
        long, short = QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat
        names = (self.locale().monthName, self.locale().standaloneMonthName)
        return [tuple(name(n, length) for name in names for length in (long, short)) for n in range(1, 13)]

    def _pick(self, day: QDate) -> None:
        if self._popup is not None:
            self._popup.close()
        self.set_value(date(day.year(), day.month(), day.day()))
        self.setFocus()

    def _fit(self) -> None:
        widest = self.fontMetrics().horizontalAdvance(self._shown(date(2000, 9, 27)))
        self.setMinimumWidth(widest + current_theme().px(56))

    def _shown(self, value: date) -> str:
        return self.locale().toString(QDate(value.year, value.month, value.day), self._display)

    def _mark(self, invalid: bool) -> None:
        if bool(self.property("invalid")) != invalid:
            self.setProperty("invalid", invalid)
            restyle(self)


def _long_year(fmt: str) -> str:
    """A birth date needs all four digits of its year."""
    return fmt if "yyyy" in fmt else fmt.replace("yy", "yyyy")


def _named(order: str, *, weekday: bool) -> str:
    """With the month's name, in the order of the country; the year before all is clear in digits too."""
    pattern = {"dmy": "d MMM yyyy", "mdy": "MMM d, yyyy"}.get(order, "")
    comma = "," if order == "mdy" else ""
    return f"ddd{comma} {pattern}" if pattern and weekday else pattern


def _order(fmt: str) -> str:
    """The order of day, month and year: "dmy", "mdy" or "ymd"."""
    return "".join(sorted("dmy", key=fmt.lower().index))
