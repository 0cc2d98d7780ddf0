"""A server on this computer: it needs no comparing, because nothing leaves the computer, and that is said."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.widgets import Button, FactRow, IconLabel, row
from avenrae_desktop.shell.entry.page import EntryPage


class LocalServerPage(EntryPage):
    """Emits `trusted` or `cancelled`."""

    trusted = Signal()
    cancelled = Signal()

    def __init__(self, server: str, *, encrypted: bool, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, width=480)
        self.title.setText(self.tr("A server on this computer"))
        words = self.tr("{server} encrypts what is sent.") if encrypted else self.tr("{server} does not encrypt.")
        self.lead.setText(words.format(server=server))
        self.lead.setVisible(True)
        self.add_above(row(IconLabel("monitor", "accent", 36), None))
        self.body.addWidget(FactRow("shield-check", self.tr("Nothing you send it leaves this computer.")))
        if not encrypted:
            others = self.tr("Other computers cannot use it like this: for them it needs a certificate.")
            self.body.addWidget(FactRow("users-round", others))
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self.cancelled)
        self.buttons.addWidget(self.back)
        self.go = self.add_primary(self.tr("Continue") if encrypted else self.tr("Go on without encryption"))
        self.go.clicked.connect(self.trusted)

    def first(self) -> QWidget:
        return self.go
