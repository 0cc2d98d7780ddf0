"""Who is at the other end: a server's certificate, shown to be compared before anything is trusted or sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from avenrae_desktop.qtkit.moments import full_day_text
from avenrae_desktop.qtkit.widgets import Button, Card, FactRow, PlainLabel, column, row
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.server.fingerprint import FingerprintLabel
from avenrae_desktop.shell.entry.server.lines import CopyLine

if TYPE_CHECKING:
    from avenrae_desktop.db.server.tls import Shown

COMPARE_LINE = "openssl x509 -noout -fingerprint -sha256 -in server-cert.pem"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server showed; None where it offers no encryption (possible on this computer only)."""

    host: str
    shown: "Shown | None"


class CertificatePage(EntryPage):
    """Emits `trusted` once the person says that the fingerprints are the same."""

    trusted = Signal()
    cancelled = Signal()

    def __init__(
        self,
        answers: Sequence[Answer],
        silent: Sequence[str],
        now: datetime,
        made_here: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent=parent, width=540)
        self.title.setText(self.tr("Is this your server?"))
        self.lead.setText(
            self.tr("No password was sent yet. Compare these lines with what the server itself says.")
        )
        self.lead.setVisible(True)
        found = [answer.shown for answer in answers if answer.shown is not None]
        for shown in {each.fingerprint: each for each in found}.values():
            hosts = [a.host for a in answers if a.shown is not None and a.shown.fingerprint == shown.fingerprint]
            self.body.addWidget(self._card(", ".join(hosts), shown, now))
        if silent:
            self.body.addWidget(self._about_silent(silent))
        self._usable = all(_fault_of(shown, now) is None for shown in found)
        self._known = bool(found) and all(shown.fingerprint in made_here for shown in found)
        self.same = QCheckBox(self.tr("I &compared every pair: they are the same"))
        if self._known:
            self.body.addWidget(FactRow("circle-check", self.tr("It is the certificate that was made here.")))
        else:
            self.body.addWidget(self._how_to_compare())
            self.body.addLayout(row(self.same, None))
        self.same.setEnabled(self._usable)
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self.cancelled)
        self.buttons.addWidget(self.back)
        self.go = self.add_primary(self.tr("Trust this server"))
        self.go.setEnabled(self._known and self._usable)
        self.same.toggled.connect(self.go.setEnabled)
        self.go.clicked.connect(self.trusted)

    def first(self) -> QWidget:
        if not self._usable:
            return self.back
        return self.go if self._known else self.same

    def _card(self, server: str, shown: "Shown", now: datetime) -> Card:
        card = Card(margins=16, spacing=8)
        heading = self.tr("Fingerprint of {server}").format(server=server)
        card.box.addWidget(PlainLabel(heading, "strong", wrap=True))
        card.box.addWidget(FingerprintLabel(shown.fingerprint))
        card.box.addWidget(FactRow("tag", self._names(shown)))
        fault = _fault_of(shown, now)
        dates = self.tr("Valid from {begin} to {end}").format(
            begin=full_day_text(shown.not_before.date()), end=full_day_text(shown.not_after.date())
        )
        line = FactRow("calendar-days", dates, {"over": self._over(), "early": self._early()}.get(fault or "", ""))
        if fault is not None:
            line.set_icon("circle-alert", "danger")
        card.box.addWidget(line)
        card.setAccessibleName(heading)
        return card

    def _names(self, shown: "Shown") -> str:
        if not shown.names:
            text = self.tr("Names no server ({subject}): it is known by its fingerprint alone")
            return text.format(subject=shown.subject)
        return self.tr("Made for {names}").format(names=", ".join(shown.names))

    def _over(self) -> str:
        return self.tr("It has run out. Whoever keeps the server has to renew it; then come back.")

    def _early(self) -> str:
        return self.tr("It is not valid yet. Check the date and time of this computer and of the server.")

    def _about_silent(self, silent: Sequence[str]) -> FactRow:
        text = self.tr("No answer from {servers}").format(servers=", ".join(silent))
        line = FactRow("triangle-alert", text, self.tr("It is not among the trusted ones until you join again."))
        line.set_icon("triangle-alert", "warning_ink")
        return line

    def _how_to_compare(self) -> QWidget:
        words = self.tr("On the server this line shows the same, for the file that ssl_cert names:")
        part = QWidget()
        part.setLayout(column(PlainLabel(words, "small", wrap=True), CopyLine(COMPARE_LINE, words), spacing=4))
        return part


def _fault_of(shown: "Shown", now: datetime) -> str | None:
    return "over" if now > shown.not_after else "early" if now < shown.not_before else None
