"""One booking: who, what, when, where, money, notes, history, and what can be done with it."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QScrollArea, QSizePolicy, QWidget

from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.actions import Step, steps_for
from avenrae_desktop.areas.calendar.detail.buttons import StepButton
from avenrae_desktop.areas.calendar.detail.lines import Line, Lines
from avenrae_desktop.areas.calendar.queries import BookingDetail, BookingRow, HistoryRow
from avenrae_desktop.areas.services.words import price_text
from avenrae_desktop.kernel.time import wall_of, zone_of
from avenrae_desktop.qtkit.link import Link
from avenrae_desktop.qtkit.open_mark import OpenMark
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import (
    FactRow,
    IconButton,
    Pill,
    PlainLabel,
    Section,
    announce,
    column,
    restyle,
    row,
    show_if,
)

HISTORY = 8
_FACTS = 6


class BookingCard(QWidget):
    """Filled at once with what its card knows, then with the rest."""

    step_asked = Signal(str)
    booking_chosen = Signal(object, object)
    """uuid and start of another booking of the client."""

    def __init__(self, link: Link, may_book: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_book = may_book
        self._detail_shown: tuple[BookingDetail, str, date] | None = None
        self._steps_shown: tuple[Step, ...] | None = None
        self.pill, self.open_mark = Pill(), OpenMark(link)
        self.number = PlainLabel("", "muted")
        self.client = PlainLabel("", "title", wrap=True, selectable=True)
        self.service = PlainLabel("", "muted", wrap=True)
        self.when = FactRow("clock")
        self.room = FactRow("map-pin")
        self.phone = FactRow("phone")
        self.email = FactRow("mail")
        self.money = FactRow("wallet")
        self.warnings = FactRow("triangle-alert")
        self.outside = FactRow("calendar-clock")
        self.cancelled = FactRow("ban")
        self.note = PlainLabel("", wrap=True, selectable=True)
        self.client_note = PlainLabel("", wrap=True, selectable=True)
        self.notes = Section(self.tr("Note"))
        self.notes.box.addWidget(self.note)
        self.about = Section(self.tr("About the client"))
        self.about.box.addWidget(self.client_note)
        self.coming = Section(self.tr("Coming"), spacing=0)
        self.history = Section(self.tr("History"), spacing=0)
        self._lines = {part: Lines(part.box, self.booking_chosen.emit) for part in (self.coming, self.history)}
        self.facts = Section(self.tr("This booking"), spacing=4)
        self._facts = [PlainLabel("", "small", wrap=True) for _ in range(_FACTS)]
        for label in self._facts:
            self.facts.box.addWidget(label)
        self.buttons = QGridLayout()
        self.buttons.setSpacing(current_theme().px(8))
        self.setLayout(self._built())

    def _built(self) -> QLayout:
        copy_phone = self._copier(self.tr("Copy phone number"), self.phone.text)
        copy_email = self._copier(self.tr("Copy e-mail address"), self.email.text)
        self._phone_row, self._email_row = QWidget(), QWidget()
        for holder, fact, copier in (
            (self._phone_row, self.phone, copy_phone),
            (self._email_row, self.email, copy_email),
        ):
            line = row(fact, copier, spacing=4)
            line.setStretch(0, 1)
            copier.setFixedSize(current_theme().px(24), current_theme().px(24))
            line.setAlignment(fact, Qt.AlignmentFlag.AlignVCenter)
            holder.setLayout(line)
        facts = column(self.when, self.room, self._phone_row, self._email_row, self.money, spacing=8)
        for fact in (self.warnings, self.outside, self.cancelled):
            facts.addWidget(fact)
        inside = column(row(self.pill, None, self.number), spacing=10)
        inside.addWidget(self.open_mark, alignment=Qt.AlignmentFlag.AlignLeft)
        inside.addLayout(column(self.client, self.service, spacing=3))
        inside.addLayout(facts)
        for section in (self.notes, self.about, self.coming, self.history, self.facts):
            inside.addSpacing(current_theme().px(4))
            inside.addWidget(section)
        inside.addStretch(1)
        page = QWidget()
        page.setProperty("role", "page")
        page.setLayout(inside)
        self.area = QScrollArea()
        self.area.setWidget(page)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Details of the booking"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        whole = column(self.area, self.buttons, spacing=12)
        whole.setStretch(0, 1)
        return whole

    def _copier(self, text: str, value: Callable[[], str]) -> IconButton:
        button = IconButton("copy", text, size=14)

        def copy() -> None:
            QGuiApplication.clipboard().setText(value().replace(words.ZERO_WIDTH, ""))
            announce(button, self.tr("Copied"))

        button.clicked.connect(copy)
        return button

    # --- what it shows -----------------------------------------------------------------------
    def show_row(self, shown: BookingRow, zone: ZoneInfo, today: date, currency: str) -> None:
        """What the card in the grid knows."""
        look = words.state_look(shown.status)
        self.open_mark.watch("booking", shown.uuid)
        self.pill.set(words.state_text(shown.status), look.tone, look.icon)
        self.client.setText(words.breakable(shown.client_name, 16))
        self.client.setAccessibleName(shown.client_name)
        with_healer = self.tr("{service} with {healer}")
        self.service.setText(with_healer.format(service=shown.service_name, healer=shown.healer_name))
        when = words.when_text(shown.starts_at, shown.ends_at, zone, today)
        length = words.duration_text(words.minutes_between(shown.starts_at, shown.ends_at))
        self.when.set(when, " · ".join(filter(None, (length, _elsewhere(shown, zone, today)))))
        self.room.set(shown.room_name or "")
        self.money.set(price_text(shown.total_price, currency), words.paid_text(shown.payment_status))
        self._show_steps(shown)

    def show_detail(self, detail: BookingDetail, zone: ZoneInfo, today: date, currency: str) -> None:
        """Everything. What stands there already is left alone."""
        self.show_row(detail.row, zone, today, currency)
        shown = (detail, zone.key, today)
        if shown == self._detail_shown:
            return
        self._detail_shown = shown
        self.number.setText(f"#{detail.number}")
        self.phone.set(detail.client_phone or "")
        show_if(self._phone_row, bool(detail.client_phone))
        self.email.set(words.breakable(detail.client_email or ""))
        show_if(self._email_row, bool(detail.client_email))
        self.warnings.set(self.tr("Overbooked") if detail.row.lane else "", detail.overbooking_reason or "")
        outside = self.tr("Outside working hours") if detail.outside_hours_reason else ""
        self.outside.set(outside, detail.outside_hours_reason or "")
        cancelled = self.tr("Cancelled") if detail.cancellation_reason else ""
        self.cancelled.set(cancelled, detail.cancellation_reason or "")
        self.note.setText(words.breakable(detail.note))
        show_if(self.notes, bool(detail.note))
        self.client_note.setText(words.breakable(detail.client_note or ""))
        show_if(self.about, bool(detail.client_note))
        others = [h for h in detail.history if h.uuid != detail.row.uuid]
        coming = [h for h in others if wall_of(h.starts_at, zone).date() > today]
        self._show_others(self.coming, coming[::-1], zone, today)
        show_if(self.coming, bool(coming))
        past = [h for h in others if h not in coming]
        self._show_others(self.history, past, zone, today)
        if not others:
            self._lines[self.history].show((), self.tr("First booking here"), "muted")
        show_if(self.history, bool(past) or not others)
        self._show_facts(detail, zone, today)

    def forget_detail(self) -> None:
        """Another booking is coming: nothing of the last one may stand beside its name."""
        self._detail_shown = None
        self.number.setText("")
        for part in (self.notes, self.about, self.coming, self.history, self.facts):
            part.hide()
        for line in (self._phone_row, self._email_row):
            line.hide()
        for fact in (self.warnings, self.outside, self.cancelled):
            fact.set("")
        self.area.verticalScrollBar().setValue(0)

    def _show_others(self, section: Section, rows: list[HistoryRow], zone: ZoneInfo, today: date) -> None:
        lines = []
        for each in rows[:HISTORY]:
            day = wall_of(each.starts_at, zone).date()
            lead = words.short_day_text(day) if day.year == today.year else f"{day:%m/%y}"
            text = f"{each.service_name} · {words.state_text(each.status).lower()}"
            lines.append(Line(each.uuid, each.starts_at, lead, text))
        more = self.tr("and {n} more").format(n=len(rows) - HISTORY) if len(rows) > HISTORY else ""
        self._lines[section].show(lines, more)

    def _show_facts(self, detail: BookingDetail, zone: ZoneInfo, today: date) -> None:
        booked = self.tr("Booked by {name}").format(name=detail.created_by)
        facts = (
            (booked, detail.created_at),
            (self.tr("Confirmed"), detail.confirmed_at),
            (self.tr("Arrived"), detail.arrived_at),
            (self.tr("Completed"), detail.completed_at),
            (self.tr("Cancelled"), detail.cancelled_at),
            (self.tr("No-show"), detail.no_show_at),
        )
        for (text, at), label in zip(facts, self._facts, strict=True):
            label.setText("" if at is None else f"{text} · {words.moment_text(at, zone, today)}")
            show_if(label, at is not None)
        self.facts.show()

    def _show_steps(self, shown: BookingRow) -> None:
        steps = tuple(steps_for(shown.status)) if self._may_book else ()
        if steps == self._steps_shown:
            return
        self._steps_shown = steps
        focused = self.focusWidget()
        had = focused.step.name if isinstance(focused, StepButton) and focused.hasFocus() else ""
        _clear(self.buttons)
        for at, step in enumerate(steps):
            button = StepButton(step, primary=at == 0 and step.name not in {"move", "cancel"})
            button.clicked.connect(lambda _=False, name=step.name: self.step_asked.emit(name))
            first_alone = len(steps) % 2
            place = (0, 0) if at == 0 else divmod(at + first_alone, 2)
            self.buttons.addWidget(button, *place, 1, 2 if at == 0 and first_alone else 1)
            if step.name == had:
                button.setFocus()
            restyle(button)


def _elsewhere(shown: BookingRow, zone: ZoneInfo, today: date) -> str:
    """What the clocks show where the booking was made for, when that is another zone."""
    if shown.time_zone == zone.key:
        return ""
    there = zone_of(shown.time_zone)
    when = words.when_text(shown.starts_at, shown.ends_at, there, today)
    return f"{when} {words.offset_text(there, shown.starts_at)}"


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
