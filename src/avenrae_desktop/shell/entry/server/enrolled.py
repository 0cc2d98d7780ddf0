"""What an enrolment file leads to, shown before this computer knows the practice."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.widgets import Button, Card, FactRow, PlainLabel
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.server.fingerprint import FingerprintLabel
from avenrae_desktop.shell.entry.server.place_words import hosts_words

if TYPE_CHECKING:
    from avenrae_desktop.db.server.enrolment import Enrolment


class EnrolledPage(EntryPage):
    """Emits `accepted` or `cancelled`."""

    accepted = Signal()
    cancelled = Signal()

    def __init__(self, enrolment: "Enrolment", fingerprints: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, width=540)
        address = enrolment.address
        self.title.setText(self.tr("Join this practice?"))
        self.lead.setText(self.tr("Your password will go to the server that this file names, and to no other."))
        self.lead.setVisible(True)
        card = Card(margins=16, spacing=8)
        card.box.addWidget(PlainLabel(enrolment.practice_name, "heading", wrap=True))
        card.box.addWidget(FactRow("database", hosts_words(address.hosts), address.database))
        if not fingerprints:
            card.box.addWidget(FactRow("monitor", self.tr("On this computer, without encryption")))
        self.body.addWidget(card)
        for fingerprint in fingerprints:
            self.body.addWidget(self._trusted(fingerprint))
        if fingerprints:
            advice = self.tr("Did the file come by e-mail? Have its sender read these pairs to you first.")
            self.body.addWidget(FactRow("phone", advice))
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self.cancelled)
        self.buttons.addWidget(self.back)
        self.go = self.add_primary(self.tr("Join"))
        self.go.clicked.connect(self.accepted)

    def first(self) -> QWidget:
        return self.go

    def _trusted(self, fingerprint: str) -> Card:
        card = Card(margins=16, spacing=8)
        heading = self.tr("Only the certificate with this fingerprint counts")
        card.box.addWidget(PlainLabel(heading, "strong", wrap=True))
        card.box.addWidget(FingerprintLabel(fingerprint))
        return card
