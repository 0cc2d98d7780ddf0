"""What was found on the server: first what has to be mended, then what could be better, then what is good."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.widgets import Button, Card, Divider, announce, row
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.server.set_up.check_row import CheckRow

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.server.checks import Check


class ChecksPage(EntryPage):
    """Emits `accepted`, which needs a server without bad checks, `again` or `cancelled`."""

    accepted = Signal()
    again = Signal()
    cancelled = Signal()

    def __init__(self, checks: "Sequence[Check]", server: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, width=550)
        bad, warning, good = ([c for c in checks if c.verdict.value == v] for v in ("bad", "warning", "good"))
        self.title.setText(self.tr("Not ready yet") if bad else self.tr("Ready for a practice"))
        self.lead.setText(self._summary(server, len(bad), len(warning)))
        self.lead.setVisible(True)
        if bad:
            self.body.addWidget(_card(bad))
        if warning:
            self.body.addWidget(_card(warning))
        self.good = _card(good)
        self.more = Button(self.tr("Show what is good: {count}").format(count=len(good)), "link")
        self.more.clicked.connect(self._show_good)
        if good:
            self.body.addLayout(row(self.more, None))
            self.body.addWidget(self.good)
            self.good.setVisible(not bad and not warning)
            self.more.setVisible(self.good.isHidden())
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self.cancelled)
        self.check_again = Button(self.tr("Check &again"), icon="refresh-cw")
        self.check_again.clicked.connect(self.again)
        self.buttons.addWidget(self.back)
        self.buttons.addWidget(self.check_again)
        self.go = self.add_primary(self.tr("Continue"))
        self.go.clicked.connect(self.accepted)
        self._fit_to_go_on = not bad
        self.go.setEnabled(self._fit_to_go_on)
        announce(self, f"{self.title.text()}. {self.lead.text()}")

    def first(self) -> QWidget:
        return self.go if self._fit_to_go_on else self.check_again

    def set_busy(self, words: str | None, *, may_stop: bool = False) -> None:
        super().set_busy(words, may_stop=may_stop)
        self.go.setEnabled(words is None and self._fit_to_go_on)

    def _summary(self, server: str, bad: int, warning: int) -> str:
        told = []
        if bad:
            one, more = (
                self.tr("One thing has to be mended first."),
                self.tr("{count} things have to be mended first."),
            )
            told.append(one if bad == 1 else more.format(count=bad))
        if warning:
            one = self.tr("One thing could be better.")
            told.append(one if warning == 1 else self.tr("{count} things could be better.").format(count=warning))
        return f"{server}: " + (" ".join(told) or self.tr("all is as it should be."))

    def _show_good(self) -> None:
        self.more.hide()
        self.good.show()
        self.go.setFocus()


def _card(checks: "Sequence[Check]") -> Card:
    card = Card(margins=16, spacing=12)
    for number, check in enumerate(checks):
        if number:
            card.box.addWidget(Divider())
        card.box.addWidget(CheckRow(check))
    return card
