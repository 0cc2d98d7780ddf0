"""Stops once before anything is written with a clock that cannot be right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.qtkit.widgets import Button, FactRow, IconLabel, announce, row
from avenrae_desktop.shell.entry.page import EntryPage


class ClockPage(EntryPage):
    """Emits `again` to have the clock looked at once more, `anyway` to go on with it as it is."""

    again = Signal()
    anyway = Signal()

    def __init__(self, doubt: AppError, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, width=480)
        title, what, advice = problem_texts(doubt)
        self.title.setText(title)
        self.lead.setText(what)
        self.lead.setVisible(True)
        self.words = f"{title}\n{what}\n{advice}"
        self.add_above(row(IconLabel("clock", "accent", 36), None))
        self.body.addWidget(FactRow("arrow-right", advice))
        self.body.addWidget(
            FactRow("info", self.tr("What you book or change with a wrong clock keeps its wrong date for good."))
        )
        self.body.addWidget(FactRow("shield-check", self.tr("Nothing was changed.")))
        self.retry = Button(self.tr("Check again"), "primary", icon="refresh-cw")
        self.go_on = Button(self.tr("Go on with this clock"))
        self.retry.clicked.connect(self.again)
        self.go_on.clicked.connect(self.anyway)
        for button in (self.retry, self.go_on):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        announce(self, self.words)

    def first(self) -> QWidget:
        return self.retry
