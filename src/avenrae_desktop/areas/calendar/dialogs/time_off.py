"""Time off of a healer or of the whole practice, and what is planned already."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QCheckBox, QWidget

from avenrae_desktop.areas.accounts.queries import HealerRow
from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.dialogs.unread import NO_DATE, NO_TIME
from avenrae_desktop.areas.calendar.domain import BlockDates, UnblockDates
from avenrae_desktop.areas.calendar.problems import BLOCK_BACKWARDS
from avenrae_desktop.areas.calendar.queries import BlockRow, BookingRow
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import Clock, wall_of
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import (
    Banner,
    ComboBox,
    DateField,
    IconButton,
    LineEdit,
    PlainLabel,
    Section,
    TimeField,
    column,
    labelled,
    row,
)

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.repository import CalendarReads

AHEAD = 366
LISTED = 6
NAMED = 4


class TimeOffDialog(FormDialog):
    """Saves with `BlockDates`; `said` is what to tell afterwards."""

    draft_kind = "time_off"

    def __init__(
        self,
        reads: "CalendarReads",
        healers: Sequence[HealerRow],
        healer: UUID | None,
        runner: Runner,
        zone: ZoneInfo,
        clock: Clock,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Time off"), runner, parent, action_text=self.tr("Block this time"), width=560)
        self._reads, self._zone, self._clock = reads, zone, clock
        self._names = {h.uuid: h.name for h in healers}
        self.said = ""
        self.who = ComboBox()
        self.who.fill([*((h.name, h.uuid) for h in healers), (self.tr("The whole practice"), None)])
        self.who.set_value(healer)
        tomorrow = self._today() + timedelta(days=1)
        self.first, self.last = DateField(tomorrow, today=self._today), DateField(tomorrow, today=self._today)
        self.start, self.end = TimeField(time(12)), TimeField(time(18))
        self.all_day = QCheckBox(self.tr("&Whole days"))
        self.all_day.setChecked(True)
        self.reason = LineEdit(self.tr("Such as: holiday, course"))
        self.stranded = Banner("warning")
        self.coming = Section(self.tr("Planned already"), spacing=2)
        self._build()
        self._connect()
        self._on_all_day()
        self._runner.start(self._load_coming(), self)
        self.mark_clean()

    def _build(self) -> None:
        px = current_theme().px
        for field, width in ((self.first, 150), (self.last, 150), (self.start, 80), (self.end, 80)):
            field.setFixedWidth(px(width))
        self.field("healer", self.tr("W&ho"), self.who)
        begins = row(labelled(self.tr("&From"), self.first), labelled(self.tr("From time"), self.start), spacing=8)
        ends = row(labelled(self.tr("&To"), self.last), labelled(self.tr("To time"), self.end), spacing=8)
        self.body.addLayout(row(begins, ends, None, spacing=16))
        self.body.addWidget(self.all_day)
        self.field("reason", self.tr("&Reason"), self.reason)
        self.body.addWidget(self.stranded)
        self.body.addWidget(self.coming)
        for key, widget in (
            ("date", self.first),
            ("start", self.start),
            ("end_date", self.last),
            ("end", self.end),
            ("all_day", self.all_day),
        ):
            self.register(key, widget)

    def _connect(self) -> None:
        self.all_day.toggled.connect(lambda _: self._on_all_day())
        self.first.changed.connect(self._on_first)
        for field in (self.last, self.start, self.end):
            field.changed.connect(self._look)
        self.who.changed.connect(lambda _: self._look())

    def _today(self) -> date:
        return wall_of(self._clock(), self._zone).date()

    def _on_all_day(self) -> None:
        for holder in (self.start.parentWidget(), self.end.parentWidget()):
            if holder is not None:
                holder.setVisible(not self.all_day.isChecked())
        self._look()

    def _on_first(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first is not None and (last is None or last < first):
            self.last.set_value(first)
        self._look()

    def span(self) -> tuple[datetime, datetime]:
        """The wall times chosen. Raises RuleBroken when a field cannot be read or the end comes first."""
        first, last = self.first.value(), self.last.value()
        if first is None:
            raise RuleBroken(NO_DATE, field="date")
        if last is None:
            raise RuleBroken(NO_DATE, field="end_date")
        if self.all_day.isChecked():
            start, end = datetime.combine(first, time()), datetime.combine(last, time()) + timedelta(days=1)
        else:
            begins, ends = self.start.value(), self.end.value()
            if begins is None:
                raise RuleBroken(NO_TIME, field="start")
            if ends is None:
                raise RuleBroken(NO_TIME, field="end")
            start, end = datetime.combine(first, begins), datetime.combine(last, ends)
        if end <= start:
            raise RuleBroken(BLOCK_BACKWARDS, field="end_date" if self.all_day.isChecked() else "end")
        return start, end

    # --- what it would strand ----------------------------------------------------------------------
    def _look(self) -> None:
        self._runner.start(self._load_stranded(), self)

    async def _load_stranded(self) -> None:
        try:
            start, end = self.span()
        except RuleBroken:
            self.stranded.clear()
            return
        read = partial(self._reads.stranded, self.who.value(), start, end)
        self._warn(await self._runner.ask(read, key=("stranded", id(self))))

    def _warn(self, rows: Sequence[BookingRow]) -> None:
        if not rows:
            self.stranded.clear()
            return
        one, many = self.tr("1 booking lies in this time"), self.tr("{n} bookings lie in this time")
        today = self._today()
        lines = [f"{words.moment_text(r.starts_at, self._zone, today)} · {r.client_name}" for r in rows[:NAMED]]
        if len(rows) > NAMED:
            lines.append(self.tr("and {n} more").format(n=len(rows) - NAMED))
        title = one if len(rows) == 1 else many.format(n=len(rows))
        advice = self.tr("They stay in the calendar until they are moved or cancelled.")
        self.stranded.tell(title, "\n".join(lines), advice)

    # --- what is planned -----------------------------------------------------------------------------
    async def _load_coming(self) -> None:
        blocks = await self._runner.ask(self._reads.blocks, self._today(), AHEAD, key=("blocks", id(self)))
        _clear(self.coming)
        for block in blocks[:LISTED]:
            self.coming.box.addWidget(self._line(block))
        if len(blocks) > LISTED:
            more = self.tr("and {n} more").format(n=len(blocks) - LISTED)
            self.coming.box.addWidget(PlainLabel(more, "small"))
        if not blocks:
            self.coming.box.addWidget(PlainLabel(self.tr("Nothing"), "muted"))

    def _line(self, block: BlockRow) -> QWidget:
        who = self.tr("The whole practice") if block.healer is None else self._names.get(block.healer, "")
        when = self._when(block)
        text = " · ".join(filter(None, (who, block.reason)))
        remove = IconButton("trash-2", self.tr("Remove: {what}, {when}").format(what=text, when=when), size=16)
        remove.clicked.connect(lambda: self._runner.start(self._remove(block), self))
        line = QWidget()
        words_ = column(PlainLabel(when), PlainLabel(text, "small", elide=True), spacing=0)
        inside = row(words_, remove, spacing=8)
        inside.setStretch(0, 1)
        line.setLayout(inside)
        return line

    def _when(self, block: BlockRow) -> str:
        start, end = wall_of(block.starts_at, self._zone), wall_of(block.ends_at, self._zone)
        if start.time() != time() or end.time() != time():
            return words.when_text(block.starts_at, block.ends_at, self._zone, self._today())
        first, last = start.date(), end.date() - timedelta(days=1)
        shown = words.day_text(first, self._today())
        return shown if first == last else f"{shown} – {words.day_text(last, self._today())}"

    async def _remove(self, block: BlockRow) -> None:
        await self._runner.do(UnblockDates(block=block.uuid, version=block.version), self)
        await self._load_coming()
        self._look()

    async def save(self) -> None:
        start, end = self.span()
        command = BlockDates(
            block=new_uuid(), healer=self.who.value(), local_start=start, local_end=end, reason=self.reason.text()
        )
        await self._runner.do(command, self)
        self.said = self.tr("Blocked {who}, {when}").format(
            who=self.who.currentText(), when=words.day_text(start.date(), self._today())
        )


def _clear(section: Section) -> None:
    while (item := section.box.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
