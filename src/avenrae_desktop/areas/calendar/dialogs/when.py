"""When a booking shall be: free times first, any other time below, and what a refusal needs."""

import contextlib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.dialogs.alternatives import Alternatives
from avenrae_desktop.areas.calendar.dialogs.chips import FreeTimes
from avenrae_desktop.areas.calendar.dialogs.offer import For
from avenrae_desktop.areas.calendar.dialogs.taken import MOST, TakenWatch
from avenrae_desktop.areas.calendar.dialogs.unread import NO_DATE, NO_TIME
from avenrae_desktop.areas.calendar.dialogs.when_draft import KeepsTime
from avenrae_desktop.areas.calendar.problems import OUTSIDE_HOURS, TAKEN
from avenrae_desktop.areas.calendar.queries import FreeTime
from avenrae_desktop.areas.calendar.walls import end_wall, minutes_until, wall_after
from avenrae_desktop.kernel.errors import AppError, RuleBroken
from avenrae_desktop.kernel.time import TIME_TWICE, Clock, instants_of, wall_of
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import (
    Button,
    DateField,
    LineEdit,
    PlainLabel,
    SegmentedControl,
    TimeField,
    column,
    labelled,
    name,
    row,
)

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.repository import CalendarReads

_DAYS = 28


class WhenBox(KeepsTime, QWidget):
    """Part of a form. It registers its fields there: "start", "end", "date", "end_date" and the two reasons."""

    changed = Signal()

    def __init__(
        self,
        form: FormDialog,
        reads: "CalendarReads",
        runner: Runner,
        zone: ZoneInfo,
        clock: Clock,
        *,
        may_overbook: bool,
    ) -> None:
        super().__init__()
        self._form, self._reads, self._runner, self._zone, self._clock = form, reads, runner, zone, clock
        self._for: For | None = None
        self._own_time = False
        self._own_end = False
        self._own_minutes: int | None = None
        self._day_was: date | None = None
        self._filling = False
        self.second: bool | None = None
        self.alternatives = Alternatives(may_overbook=may_overbook)
        self.free = FreeTimes(zone)
        self._taken = TakenWatch(self.free, form, runner)
        self.date = DateField(today=self._today)
        self.start = TimeField()
        self.end = TimeField()
        self.end_date = DateField(today=self._today)
        self.other_day = Button(self.tr("Ends on another day"), "link")
        self.length = PlainLabel("", "muted")
        self.twice = SegmentedControl(
            self.tr("Which of the two"), [("first", self.tr("First")), ("second", self.tr("Second"))]
        )
        self.outside = LineEdit(self.tr("Such as: asked for by the client"))
        self.overbooking = LineEdit(self.tr("Such as: short talk while the other one rests"))
        self._twice_box = labelled(self.tr("This time comes twice"), self.twice)
        self._outside_box = labelled(self.tr("Reason to book outside working hours"), self.outside)
        self._overbooking_box = labelled(self.tr("Reason to book beside the other booking"), self.overbooking)
        self._end_date_box = labelled(self.tr("E&nd day"), self.end_date)
        for box in (self._end_date_box, self._twice_box, self._outside_box, self._overbooking_box):
            box.hide()
        self._arrange()
        self._connect()

    def _arrange(self) -> None:
        px = current_theme().px
        for day in (self.date, self.end_date):
            day.setFixedWidth(max(px(150), day.minimumWidth()))
        for field in (self.start, self.end):
            field.setFixedWidth(px(84))
        # Bottom-aligned with the fields, whose labels stand above them.
        length = column(self.other_day, None, self.length, spacing=0)
        length.setContentsMargins(0, 0, 0, px(6))
        self.length.setContentsMargins(px(5), 0, 0, 0)
        times = row(
            labelled(self.tr("&Day"), self.date),
            labelled(self.tr("S&tart"), self.start),
            labelled(self.tr("&End"), self.end),
            length,
            None,
            spacing=12,
        )
        # Under the end that it belongs to.
        self._end_date_box.setContentsMargins(self.date.maximumWidth() + px(84 + 24), 0, 0, 0)
        end_day = row(self._end_date_box, None, spacing=0)
        reasons = column(self._twice_box, self._outside_box, self._overbooking_box, spacing=10)
        self.setLayout(column(self.alternatives, self.free, times, end_day, reasons, spacing=10))
        name(self.start, self.tr("Start"))
        for key, widget in (
            ("date", self.date),
            ("start", self.start),
            ("end", self.end),
            ("end_date", self.end_date),
            ("outside_hours_reason", self.outside),
            ("overbooking_reason", self.overbooking),
        ):
            self._form.register(key, widget)

    def _connect(self) -> None:
        self.free.chosen.connect(self._take)
        self.alternatives.chosen.connect(self._take_alternative)
        self.alternatives.insisted.connect(self._insist)
        self.date.changed.connect(self._on_day)
        self.start.changed.connect(self._on_start)
        self.end.changed.connect(self._on_end)
        self.end_date.changed.connect(self._on_end)
        self.other_day.clicked.connect(self._on_other_day)
        self.twice.selected.connect(self._on_twice)

    # --- what the form says ------------------------------------------------------------------
    def offer_for(self, wanted: For | None) -> None:
        """Offer the free times of healer and service. The first is taken over until a person chose a time."""
        before, self._for = self._for, wanted
        if wanted is None:
            self.free.say(self.tr("Choose a service and a healer to see free times."))
            return
        if before is None or before.minutes != wanted.minutes:
            self._follow()
        if before != wanted:
            self._runner.start(self._load(wanted), self)

    def set_start(self, local_start: datetime, minutes: int | None = None, second: bool | None = None) -> None:
        """Fill in a time that was chosen elsewhere; it stays whatever is free."""
        self._own_time = True
        self._own_end = minutes is not None
        self._own_minutes = minutes
        self._fill(local_start, second)

    # --- what the form asks ------------------------------------------------------------------
    def local_start(self) -> datetime:
        """Raises RuleBroken when day or time cannot be read."""
        day, start = self.date.value(), self.start.value()
        if day is None:
            raise RuleBroken(NO_DATE, field="date")
        if start is None:
            raise RuleBroken(NO_TIME, field="start")
        return datetime.combine(day, start)

    def minutes(self) -> int | None:
        """The length, None for the service's own. Raises RuleBroken for an end that cannot be."""
        start = self.local_start()
        if self.end.value() is None:
            raise RuleBroken(NO_TIME, field="end")
        if not self._own_end:
            return None
        if self._own_minutes is not None:
            return self._own_minutes
        return minutes_until(start, self._local_end(start), self._zone, second=self.second)

    def _local_end(self, start: datetime) -> datetime:
        """Raises RuleBroken when its day or time cannot be read."""
        end, day = self.end.value(), self.end_date.value()
        if end is None:
            raise RuleBroken(NO_TIME, field="end")
        if self._end_date_box.isHidden():
            return end_wall(start.date(), start.time(), end)
        if day is None:
            raise RuleBroken(NO_DATE, field="end_date")
        return datetime.combine(day, end)

    def outside_reason(self) -> str:
        return "" if self._outside_box.isHidden() else self.outside.text()

    def overbooking_reason(self) -> str:
        return "" if self._overbooking_box.isHidden() else self.overbooking.text()

    def reveal(self, error: AppError) -> None:
        """Bring up what the answer to this refusal needs."""
        refused = error.problem in (TAKEN, OUTSIDE_HOURS)
        if error.problem is OUTSIDE_HOURS:
            self._outside_box.show()
        if error.problem is TIME_TWICE:
            self._show_twice(True)
        if refused:
            taken = error.problem is TAKEN
            times = error.params.get("alternatives") or ()
            self.alternatives.offer(times, self._zone, self._today(), may_insist=taken)
        self._make_room(refused)

    # --- inside ------------------------------------------------------------------------------
    def _today(self) -> date:
        return wall_of(self._clock(), self._zone).date()

    async def _load(self, wanted: For) -> None:
        today = self._today()
        chosen = self.date.value() if self._own_time else None
        read = partial(
            self._reads.free_times, wanted.healer, wanted.service, max(today, chosen or today), days=_DAYS,
            limit=MOST, minutes=wanted.minutes, exclude_booking=wanted.booking, room=wanted.room,
            use_service_room=False,
        )  # fmt: skip
        self._taken.follow(read)
        try:
            times = await self._runner.ask(read, key=("calendar.free", id(self)))
        except AppError as error:
            # The service or healer went away meanwhile; saving says the same at its field.
            self.free.say(problem_texts(error)[1])
            return
        self.free.show_times(times, today)
        if times and not self._own_time:
            self._quietly(lambda: self._fill(times[0].local_start, times[0].second or None))
        self._mark()

    def _take(self, free: FreeTime) -> None:
        self._own_time = True
        self._fill(free.local_start, free.second if len(instants_of(free.local_start, self._zone)) > 1 else None)
        self._mark()
        self._form.clear_error()
        self._make_room(False)
        self.changed.emit()

    def _make_room(self, refused: bool) -> None:
        """The times near a refused one take the place of the next free ones; the form has to fit small screens."""
        if not refused:
            self.alternatives.hide()
            if not self.outside.text():
                self._outside_box.hide()
        over_days = refused and not self._end_date_box.isHidden()
        self.free.setVisible(self.alternatives.isHidden() and not over_days)

    def _take_alternative(self, free: FreeTime) -> None:
        self._outside_box.hide()
        self._overbooking_box.hide()
        self._take(free)
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _insist(self) -> None:
        self._make_room(False)
        self._overbooking_box.show()
        self.overbooking.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill(self, local_start: datetime, second: bool | None) -> None:
        length = self._length_now()
        self._filling = True
        self.date.set_value(local_start.date())
        self.start.set_value(local_start.time())
        self._day_was = local_start.date()
        self._filling = False
        self.second = second
        self._show_twice(second is not None)
        self._end_from(length)

    def _quietly(self, do: Callable[[], object]) -> None:
        """What the program fills in is no typing that closing would lose."""
        dirty = self._form.dirty
        do()
        if not dirty:
            self._form.mark_clean()

    def _on_day(self) -> None:
        """An end on another day goes along."""
        if self._filling:
            return
        day, end, was = self.date.value(), self.end_date.value(), self._day_was
        if day is not None:
            self._day_was = day
            if end is not None and was is not None and self._own_end:
                with contextlib.suppress(OverflowError):  # a day in the year 9999
                    later = end + (day - was)
                    self._silently(lambda: self.end_date.set_value(later))
        self._on_start()

    def _on_start(self) -> None:
        if self._filling:
            return
        self._own_time = True
        self._own_minutes = None
        self.second = None
        self._show_twice(False)
        if not self._own_end:
            self._follow()
        self._mark()
        self._say_length()
        self._make_room(False)
        self.changed.emit()

    def _on_end(self) -> None:
        if not self._filling:
            self._own_end = True
            self._own_minutes = None
            self._say_length()
            self.changed.emit()

    def _on_other_day(self) -> None:
        """Ask for the day of the end too; the next one is proposed."""
        day = self.date.value() or self._today()
        self._show_end_date(day + timedelta(days=1))
        self._on_end()
        self._form.mark_dirty()
        self.end_date.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_twice(self, key: str) -> None:
        self.second = key == "second"
        self._own_minutes = None
        self._mark()
        self._say_length()

    def _follow(self) -> None:
        """The end follows the start as long as nobody typed another one."""
        if not self._own_end:
            self._end_from(None)

    def _after_filling(self) -> None:
        self._day_was = self.date.value()
        self._show_twice(self.second is not None)
        self._say_length()

    def _length_now(self) -> int | None:
        """The length while it is a person's own; None where the service decides."""
        if not self._own_end:
            return None
        if self._own_minutes is not None:
            return self._own_minutes
        try:
            start = self.local_start()
            return minutes_until(start, self._local_end(start), self._zone, second=bool(self.second))
        except RuleBroken:
            return None

    def _end_from(self, minutes: int | None) -> None:
        """Put the end that far behind the start, in real time: on some days clocks jump in between."""
        day, start = self.date.value(), self.start.value()
        length = minutes if minutes is not None else self._for.minutes if self._for is not None else None
        if day is None or start is None or length is None:
            return
        end = wall_after(datetime.combine(day, start), length, self._zone, second=bool(self.second))
        self._own_minutes = length if self._own_end else None
        self._silently(lambda: self.end.set_value(end.time()))
        asked = self._own_end and not self._end_date_box.isHidden()
        if asked or end_wall(day, start, end.time()) != end:
            self._show_end_date(end.date())
        else:
            self._end_date_box.hide()
            self.other_day.show()
        self._say_length()

    def _show_end_date(self, day: date) -> None:
        self._silently(lambda: self.end_date.set_value(day))
        self._end_date_box.show()
        self.other_day.hide()

    def _say_length(self) -> None:
        try:
            own = self.minutes()
        except RuleBroken:
            self.length.setText("")
            return
        minutes = own if own is not None else self._for.minutes if self._for is not None else 0
        if not self._end_date_box.isHidden():
            # Both days stand in their fields.
            self.length.setText(words.duration_text(minutes))
            return
        day = words.weekday_text(self.local_start().date())
        self.length.setText(f"{day}, {words.duration_text(minutes)}" if minutes else day)

    def _show_twice(self, wanted: bool) -> None:
        if wanted:
            self.twice.set_value("second" if self.second else "first")
            self.second = bool(self.second)
        self._twice_box.setVisible(wanted)

    def _mark(self) -> None:
        day, start = self.date.value(), self.start.value()
        instants = instants_of(datetime.combine(day, start), self._zone) if day and start is not None else ()
        self.free.mark(instants[-1 if self.second else 0] if instants else None)
