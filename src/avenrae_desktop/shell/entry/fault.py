"""A calm page for what keeps a practice from opening: what happened, what to do, and the ways on."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.problems import problem_texts
from avenrae_desktop.qtkit.widgets import Button, FactRow, IconLabel, announce, row
from avenrae_desktop.shell.entry.page import EntryPage


class FaultPage(EntryPage):
    """Emits what the person chose to do about it. `tried` are the servers that were asked."""

    takes_file = True
    again = Signal()
    elsewhere = Signal()
    show_folder = Signal()

    def __init__(
        self, error: AppError, folder: Path | None = None, tried: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent=parent, width=480)
        title, what, advice = problem_texts(error)
        self.title.setText(title)
        self.lead.setText(what)
        self.lead.setVisible(True)
        self.words = "\n".join(filter(None, (title, what, advice)))
        self.add_above(row(IconLabel("life-buoy", "accent", 36), None))
        self.body.addWidget(FactRow("arrow-right", advice))
        if folder is not None:
            self.body.addWidget(FactRow("folder", str(folder)))
        if tried:
            self.body.addWidget(FactRow("database", self.tr("Tried: {servers}").format(servers=tried)))
        self.body.addWidget(FactRow("shield-check", self.tr("Nothing was changed.")))
        self.retry = Button(self.tr("Try again"), "primary", icon="refresh-cw")
        self.other = Button(self.tr("Open another practice"))
        self.where = Button(self.tr("Show folder"), icon="folder-open")
        self.retry.clicked.connect(self.again)
        self.other.clicked.connect(self.elsewhere)
        self.where.clicked.connect(self.show_folder)
        for button in (self.retry, self.other, *([self.where] if folder is not None else [])):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        announce(self, self.words)

    def first(self) -> QWidget:
        return self.retry
