"""The nearest free times after a refusal, as buttons that fill the form."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.calendar import words
from avenrae_desktop.areas.calendar.queries import FreeTime
from avenrae_desktop.qtkit.widgets import Button, PlainLabel, column, row, show_if


class Alternatives(QWidget):
    """Hidden until there is something to offer."""

    chosen = Signal(object)
    """The `FreeTime` that was pressed."""
    insisted = Signal()
    """Book beside the other booking all the same."""

    def __init__(self, *, may_overbook: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_overbook = may_overbook
        self.buttons: list[Button] = []
        self._ways = row(spacing=8)
        self.insist = Button(self.tr("Book beside it anyway…"), "link")
        self.insist.clicked.connect(self.insisted)
        self.title = PlainLabel(self.tr("Free nearby"), "field")
        self.setLayout(column(row(self.title, None, self.insist), row(self._ways, None), spacing=5))
        self.hide()

    def offer(self, times: Sequence[FreeTime], zone: ZoneInfo, today: date, *, may_insist: bool) -> None:
        """Show these times."""
        for button in self.buttons:
            self._ways.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = []
        for free in times:
            button = Button(words.moment_text(free.starts_at, zone, today))
            button.clicked.connect(lambda _=False, f=free: self.chosen.emit(f))
            self.buttons.append(button)
            self._ways.addWidget(button)
        show_if(self.title, bool(times))
        show_if(self.insist, may_insist and self._may_overbook)
        show_if(self, bool(times) or (may_insist and self._may_overbook))
