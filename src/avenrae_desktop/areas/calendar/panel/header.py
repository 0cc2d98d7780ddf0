"""The line over the calendar: what is shown, and the ways to show something else."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from avenrae_desktop.areas.accounts.queries import HealerRow
from avenrae_desktop.areas.calendar import words
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import (
    Button,
    ComboBox,
    IconButton,
    PlainLabel,
    SegmentedControl,
    column,
    name,
    plain_tip,
    row,
)


class Header(QWidget):
    """Says what was asked for; the panel decides."""

    turned = Signal(int)
    today_asked = Signal()
    mode_chosen = Signal(str)
    healer_chosen = Signal(object)
    cancelled_toggled = Signal(bool)
    new_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days: tuple[date, date] | None = None
        self.title = PlainLabel("", "title")
        self.back = IconButton("chevron-left", self.tr("Earlier (Page Up)"), framed=True, tint="text")
        self.forth = IconButton("chevron-right", self.tr("Later (Page Down)"), framed=True, tint="text")
        self.today = Button(self.tr("Today"))
        self.today.setToolTip(plain_tip(self.tr("Go to today (T)")))
        self.healers = ComboBox()
        name(self.healers, self.tr("Whose calendar"))
        # For screen readers alone: Qt tells them a combo box's label, not its name.
        whose = PlainLabel(self.tr("Whose calendar"), parent=self)
        whose.setBuddy(self.healers)
        whose.hide()
        self.cancelled = IconButton("eye-off", self.tr("Show cancelled bookings"), framed=True)
        self.cancelled.setCheckable(True)
        self.mode = SegmentedControl(self.tr("Day or week"), [("day", self.tr("Day")), ("week", self.tr("Week"))])
        self.mode.segment("day").setToolTip(plain_tip(self.tr("One day (D)")))
        self.mode.segment("week").setToolTip(plain_tip(self.tr("One week (W)")))
        self.more = IconButton("ellipsis", self.tr("Hours and time off"), framed=True)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.new = Button(self.tr("New booking"), "primary", "plus")
        self.new.setToolTip(plain_tip(self.tr("New booking (N)")))
        self._line = row(self.title, self.back, self.forth, self.today, None, *self._choices(), spacing=8)
        self._below = row(None, spacing=8)
        self._stacked = False
        self.setLayout(column(self._line, self._below, spacing=8))
        self._connect()

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.turned.emit(-1))
        self.forth.clicked.connect(lambda: self.turned.emit(1))
        self.today.clicked.connect(self.today_asked)
        self.mode.selected.connect(self.mode_chosen)
        self.healers.changed.connect(self.healer_chosen)
        self.cancelled.toggled.connect(self._on_cancelled)
        self.new.clicked.connect(self.new_asked)

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """What stands behind the three dots."""
        menu = QMenu(self)
        menu.addActions(list(actions))
        self.more.setMenu(menu)

    def show_healers(self, healers: Sequence[HealerRow], chosen: UUID | None) -> None:
        """Fill the choice of healers; one healer alone needs none."""
        blocked = self.healers.blockSignals(True)
        everybody = [] if len(healers) == 1 else [(self.tr("All healers"), None)]
        self.healers.fill([*everybody, *((h.name, h.uuid) for h in healers)])
        self.healers.set_value(chosen)
        self.healers.blockSignals(blocked)
        self.healers.setVisible(len(healers) > 1)

    def show_cancelled(self, shown: bool) -> None:
        """Say whether cancelled bookings are shown."""
        blocked = self.cancelled.blockSignals(True)
        self.cancelled.setChecked(shown)
        self.cancelled.set_icon("eye" if shown else "eye-off")
        self.cancelled.blockSignals(blocked)

    def show_days(self, first: date, last: date, mode: str) -> None:
        """Say what is shown."""
        self._days = first, last
        self.mode.set_value(mode)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Short names of months where the long ones leave too little room; a second line where those do too."""
        px = current_theme().px
        self.healers.setMinimumWidth(px(132))
        self.healers.setMaximumWidth(px(210))
        if self._days is None:
            return
        long, short = (words.range_title(*self._days, short=short) for short in (False, True))
        metrics = QFontMetrics(current_theme().font(20, "semibold"))
        turning = sum(w.sizeHint().width() + px(8) for w in (self.back, self.forth, self.today))
        choosing = sum(
            max(w.sizeHint().width(), w.minimumWidth()) + px(8) for w in self._choices() if not w.isHidden()
        )
        room = self.width() - turning - px(12)
        self._stack(metrics.horizontalAdvance(short) > room - choosing)
        if not self._stacked:
            room -= choosing
        self.title.setText(long if metrics.horizontalAdvance(long) <= room else short)
        self.title.setAccessibleName(long)

    def _stack(self, stacked: bool) -> None:
        if stacked != self._stacked:
            self._stacked = stacked
            before, now = (self._line, self._below) if stacked else (self._below, self._line)
            for widget in self._choices():
                before.removeWidget(widget)
                now.addWidget(widget)

    def minimumSizeHint(self) -> QSize:
        # It can always be narrower: then it takes two lines.
        return QSize(0, super().minimumSizeHint().height())

    def _choices(self) -> tuple[QWidget, ...]:
        return (self.healers, self.cancelled, self.mode, self.more, self.new)

    def _on_cancelled(self, shown: bool) -> None:
        self.cancelled.set_icon("eye" if shown else "eye-off")
        self.cancelled_toggled.emit(shown)
