"""The weekly hours of one healer."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from avenrae_desktop.areas.accounts.queries import HealerRow
from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.dialogs.hours_row import DayRow
from avenrae_desktop.areas.calendar.domain import Hours, SetWeeklyHours
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, ComboBox, Divider, PlainLabel, column, labelled, row

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.repository import CalendarReads


class HoursDialog(FormDialog):
    """To be filled before it is shown. Saves with `SetWeeklyHours`; `said` is what to tell afterwards."""

    draft_kind = "hours"

    def __init__(
        self,
        reads: "CalendarReads",
        healers: Sequence[HealerRow],
        healer: UUID,
        runner: Runner,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("Weekly hours"), runner, parent, width=820)
        self._reads = reads
        self.said = ""
        self._of = healer
        self.healer = ComboBox()
        self.healer.fill([(h.name, h.uuid) for h in healers])
        self.healer.set_value(healer)
        self.healer.setMinimumWidth(current_theme().px(200))
        self.healer.changed.connect(self._on_healer)
        self.total = PlainLabel("", "strong")
        self.copy = Button(self.tr("Copy Monday to Tuesday – Friday"), icon="copy")
        self.copy.clicked.connect(self._copy_monday)
        top = row(labelled(self.tr("&Healer"), self.healer), None, self.copy, spacing=12)
        top.setAlignment(self.copy, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(top)
        self.days = [DayRow(weekday) for weekday in range(7)]
        self.body.addWidget(self._week(), 1)
        self.footer.addWidget(self.total)
        for day in self.days:
            self.register(f"day{day.weekday}", day)
            day.changed.connect(self._on_edit)

    def _week(self) -> QWidget:
        page = QWidget()
        page.setProperty("role", "page")
        inside = column(spacing=4)
        for day in self.days:
            if day.weekday:
                inside.addWidget(Divider())
            inside.addWidget(day)
        inside.addStretch(1)
        page.setLayout(inside)
        scroll = QScrollArea()
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setMinimumHeight(current_theme().px(340))
        scroll.setAccessibleName(self.tr("Days of the week"))
        return scroll

    def show_hours(self, hours: Sequence[Hours]) -> None:
        """Fill in a week."""
        for day in self.days:
            day.set_hours([h for h in hours if h.weekday == day.weekday])
        self._sum()
        self.mark_clean()

    async def fill(self, hours: Sequence[Hours]) -> None:
        """As `show_hours`, a day in each turn of the loop: making the rows of a week takes longer than a frame."""
        for day in self.days:
            day.set_hours([h for h in hours if h.weekday == day.weekday])
            await asyncio.sleep(0)
        self._sum()
        self.mark_clean()

    def _on_healer(self, healer: UUID) -> None:
        if self.dirty:
            # What was typed for one healer is not thrown away by looking at another.
            self.healer.set_value(self._of)
            self.banner.tell(self.tr("Save first"), self.tr("These hours are not saved yet."), tone="warning")
        elif healer != self._of:
            self._of = healer
            self._runner.start(self._load(healer), self)

    async def _load(self, healer: UUID) -> None:
        self.show_hours(await self._runner.ask(self._reads.hours, healer, key=("hours", id(self))))

    def _copy_monday(self) -> None:
        try:
            monday = self.days[0].hours()
        except RuleBroken as error:
            self.show_error(error)
            return
        for day in self.days[1:5]:
            day.set_hours(monday)
        self._on_edit()

    def _on_edit(self) -> None:
        self.mark_dirty()
        self._sum()

    def _sum(self) -> None:
        minutes = sum(day.minutes() for day in self.days)
        self.total.setText(self.tr("{time} a week").format(time=words.hours_text(minutes)) if minutes else "")

    async def save(self) -> None:
        hours = tuple(h for day in self.days for h in day.hours())
        await self._runner.do(SetWeeklyHours(healer=self._of, hours=hours), self)
        self.said = self.tr("Saved the hours of {name}").format(name=self.healer.currentText())
