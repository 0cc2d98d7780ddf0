"""What an empty calendar says."""

from typing import Literal

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from avenrae_desktop.areas.calendar.panel.loading import Loaded
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, IconLabel, PlainLabel, column, row

Way = Literal["services", "people", "hours", ""]


class EmptyHint(QFrame):
    """A small card in the middle of the grid. Where there is nothing to press, clicks go through it."""

    acted = Signal(str)
    """"services", "people" or "hours": where the way on lies."""

    def __init__(self, grid: QWidget, panel: QWidget) -> None:
        # Not a child of the grid: what lies in an item view is hidden from screen readers.
        super().__init__(panel)
        self._grid, self._panel = grid, panel
        self.setProperty("role", "card")
        self._way: Way = ""
        self.title = PlainLabel("", "heading")
        self.text = PlainLabel("", "muted")
        self.action = Button("", "primary")
        self.action.clicked.connect(lambda: self.acted.emit(self._way))
        for label in (self.title, self.text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        picture = row(None, IconLabel("calendar-days", "muted", 26), None)
        box = column(picture, self.title, self.text, row(None, self.action, None), spacing=6, margins=18)
        self.setLayout(box)
        grid.installEventFilter(self)
        current_theme().changed.connect(self._place)
        self.hide()

    def show_for(self, loaded: Loaded, *, whole_day: bool, may_manage: bool) -> None:
        """Say why the grid is empty and what to do; hidden when it is not empty."""
        title, text, action, way = self._words(loaded, whole_day=whole_day)
        self.title.setText(title)
        self.text.setText(text)
        self.action.setText(action)
        self._way = way
        pressable = bool(action) and may_manage
        self.action.setVisible(pressable)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not pressable)
        self.setVisible(bool(title))
        self._place()

    def _words(self, loaded: Loaded, *, whole_day: bool) -> tuple[str, str, str, Way]:
        if not loaded.healers:
            return (
                self.tr("Nobody can be booked yet"),
                self.tr("Add a person who works as a healer."),
                self.tr("Add a person"),
                "people",
            )
        if not loaded.has_services:
            return (
                self.tr("First, say what you offer"),
                self.tr("A booking needs a service: its length and its price."),
                self.tr("Add a service"),
                "services",
            )
        if loaded.board.bookings:
            return "", "", "", ""
        if not loaded.board.hours:
            return (
                self.tr("When do you work?"),
                self.tr("With weekly hours, the calendar offers free times by itself."),
                self.tr("Set weekly hours"),
                "hours",
            )
        title = self.tr("No bookings on this day") if whole_day else self.tr("No bookings this week")
        return title, self.tr("Press N, or double-click a time."), "", ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show):
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        if not self._grid.isVisible():
            return
        self.adjustSize()
        corner = self._grid.mapTo(self._panel, QPoint(0, 0))
        space = self._grid.size() - self.size()
        self.move(corner + QPoint(space.width() // 2, max(0, space.height() // 2)))
        self.raise_()
