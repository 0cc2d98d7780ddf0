"""The first page of a new computer: look around, or begin in earnest."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.widgets import Button, row
from avenrae_desktop.shell.entry.choice_card import ChoiceCard
from avenrae_desktop.shell.entry.page import EntryPage


class WelcomePage(EntryPage):
    """Two ways to begin; the way back to a known practice when there is one."""

    demo = Signal()
    new_practice = Signal()
    sign_in = Signal()

    def __init__(self, parent: QWidget | None = None, *, practice_known: bool = False) -> None:
        super().__init__("", parent=parent, width=470)
        self.title.setText(self.tr("Begin"))
        self.lead.setText(
            self.tr(
                "Everything stays on this computer, in an encrypted file that only you and your team can open."
            )
        )
        self.lead.setVisible(True)
        self.demo_card = ChoiceCard(
            "calendar-days",
            self.tr("Try the demo practice"),
            self.tr("Four healers, sixty clients, three months of bookings, all made up. Throw it away any time."),
        )
        self.new_card = ChoiceCard(
            "key-round",
            self.tr("New practice on this computer"),
            self.tr("Takes two minutes: a name, a password, and a recovery key to keep."),
        )
        self.demo_card.clicked.connect(self.demo)
        self.new_card.clicked.connect(self.new_practice)
        self.body.addWidget(self.demo_card)
        self.body.addWidget(self.new_card)
        self.back = Button(self.tr("Sign in to a practice on this computer"), "link", icon="arrow-left")
        self.back.clicked.connect(self.sign_in)
        self.body.addLayout(row(self.back, None))
        self.back.setVisible(practice_known)

    def first(self) -> QWidget:
        return self.demo_card
