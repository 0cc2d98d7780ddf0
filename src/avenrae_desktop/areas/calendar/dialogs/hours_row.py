"""One weekday in the form of weekly hours: stretches of work, breaks, and their sum."""

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.dialogs.unread import NO_TIME
from avenrae_desktop.areas.calendar.domain import Hours
from avenrae_desktop.areas.calendar.free_time import work_minutes
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.values import HoursKind
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, IconButton, LineEdit, PlainLabel, TimeField, name, row

_DAY = 1440


class Stretch(QWidget):
    """From – to; a break has a name too."""

    changed = Signal()
    removed = Signal(object)

    def __init__(self, hours: Hours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.weekday, self.kind = hours.weekday, hours.kind
        day = words.weekday_name(hours.weekday)
        is_break = hours.kind is HoursKind.BREAK
        what = self.tr("break") if is_break else self.tr("work")
        self.start = TimeField(_time(hours.start_minute))
        self.end = TimeField(_time(hours.end_minute))
        for field, text in ((self.start, self.tr("{day}, {what} from")), (self.end, self.tr("{day}, {what} to"))):
            field.setFixedWidth(current_theme().px(66))
            field.changed.connect(self.changed)
            name(field, text.format(day=day, what=what))
        self.label = LineEdit(self.tr("Break"))
        self.label.setText(hours.label)
        self.label.setFixedWidth(current_theme().px(84))
        name(self.label, self.tr("{day}, name of the break").format(day=day))
        self.label.textEdited.connect(lambda _: self.changed.emit())
        remove = IconButton("x", self.tr("Remove this {what} of {day}").format(what=what, day=day), size=14)
        remove.clicked.connect(lambda: self.removed.emit(self))
        self.setLayout(row(self.start, PlainLabel("–", "muted"), self.end, self.label, remove, None, spacing=4))
        self.label.setVisible(is_break)

    def hours(self) -> Hours:
        """Raises RuleBroken (field "day0" to "day6") when a time cannot be read."""
        start, end = self.start.value(), self.end.value()
        if start is None or end is None:
            raise RuleBroken(NO_TIME, field=f"day{self.weekday}")
        last = end.hour * 60 + end.minute or _DAY
        return Hours(self.weekday, self.kind, start.hour * 60 + start.minute, last, self.label.text().strip())


class DayRow(QWidget):
    """The name of the day, what is open, and buttons to add."""

    changed = Signal()

    def __init__(self, weekday: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.weekday = weekday
        self.stretches: list[Stretch] = []
        px = current_theme().px
        day = words.weekday_name(weekday)
        title = PlainLabel(day, "strong")
        title.setFixedWidth(px(84))
        self.closed = PlainLabel(self.tr("Closed"), "muted")
        self.total = PlainLabel("", "muted")
        self.total.setFixedWidth(px(72))
        self.add_work = Button(self.tr("+ Hours"), "link")
        self.add_work.setAccessibleName(self.tr("Add hours on {day}").format(day=day))
        self.add_work.clicked.connect(lambda: self._add(HoursKind.WORK))
        self.add_break = Button(self.tr("+ Break"), "link")
        self.add_break.setAccessibleName(self.tr("Add a break on {day}").format(day=day))
        self.add_break.clicked.connect(lambda: self._add(HoursKind.BREAK))
        self._lines = QGridLayout()
        self._lines.setSpacing(px(4))
        self._lines.addWidget(self.closed, 0, 0)
        self._lines.setColumnMinimumWidth(0, px(188))
        self._lines.setColumnStretch(1, 1)
        kept = self.add_break.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.add_break.setSizePolicy(kept)
        buttons = row(self.add_work, self.add_break, spacing=0)
        whole = row(title, self._lines, buttons, self.total, spacing=10)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def set_hours(self, hours: Sequence[Hours]) -> None:
        """Show these instead of what stands here; the weekday they say does not matter."""
        for stretch in tuple(self.stretches):
            self._drop(stretch)
        for each in sorted(hours, key=lambda h: (h.start_minute, h.kind is HoursKind.BREAK)):
            self._place(Stretch(Hours(self.weekday, each.kind, each.start_minute, each.end_minute, each.label)))
        self._sum()

    def hours(self) -> tuple[Hours, ...]:
        """What stands here. Raises RuleBroken when a time cannot be read."""
        return tuple(stretch.hours() for stretch in self.stretches)

    def minutes(self) -> int:
        """Open time of the day; what cannot be read counts nothing."""
        found = []
        for stretch in self.stretches:
            try:
                found.append(stretch.hours())
            except RuleBroken:
                continue
        found = [h for h in found if h.start_minute < h.end_minute]
        return sum(end - start for start, end in work_minutes(found, self.weekday))

    def _add(self, kind: HoursKind) -> None:
        stretch = Stretch(self._proposed(kind))
        self._place(stretch)
        stretch.start.setFocus()
        self._sum()
        self.changed.emit()

    def _proposed(self, kind: HoursKind) -> Hours:
        if kind is HoursKind.BREAK:
            return Hours(self.weekday, kind, 12 * 60, 13 * 60, "")
        latest = max((_minute(s.end.value()) for s in self.stretches if s.kind is HoursKind.WORK), default=8 * 60)
        start = min(latest + 60, _DAY - 60)
        return Hours(self.weekday, kind, start, min(start + 4 * 60 if self.stretches else 17 * 60, _DAY), "")

    def _place(self, stretch: Stretch) -> None:
        stretch.changed.connect(self._on_stretch)
        stretch.removed.connect(self._remove)
        self.stretches.append(stretch)
        self._arrange()

    def _remove(self, stretch: Stretch) -> None:
        self._drop(stretch)
        self.add_work.setFocus()
        self._on_stretch()

    def _drop(self, stretch: Stretch) -> None:
        self.stretches.remove(stretch)
        self._lines.removeWidget(stretch)
        stretch.hide()
        stretch.deleteLater()
        self._arrange()

    def _arrange(self) -> None:
        """Two on a line: a whole week is seen at once."""
        for at, stretch in enumerate(self.stretches):
            self._lines.addWidget(stretch, *divmod(at, 2))
            stretch.show()  # at once: what is not shown yet cannot take the focus

    def _on_stretch(self) -> None:
        self._sum()
        self.changed.emit()

    def _sum(self) -> None:
        minutes = self.minutes()
        self.total.setText(words.duration_text(minutes) if minutes else "")
        self.closed.setVisible(not self.stretches)
        self.add_break.setVisible(any(s.kind is HoursKind.WORK for s in self.stretches))


def _time(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def _minute(value: time | None) -> int:
    return 8 * 60 if value is None else value.hour * 60 + value.minute or _DAY
