"""The first page of a new computer: look around, or begin in earnest."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.widgets import Button, row
from avenrae_desktop.shell.entry.choice_card import ChoiceCard
from avenrae_desktop.shell.entry.page import EntryPage


class WelcomePage(EntryPage):
    """Three ways to begin; the way back to a known practice when there is one."""

    takes_file = True
    demo = Signal()
    new_practice = Signal()
    join = Signal()
    sign_in = Signal()

    def __init__(self, parent: QWidget | None = None, *, practice_known: bool = False) -> None:
        super().__init__("", parent=parent, width=470)
        self.title.setText(self.tr("Begin"))
        self.lead.setText(self.tr("On this computer alone, or together with your team on a server of your own."))
        self.lead.setVisible(True)
        self.demo_card = ChoiceCard(
            "calendar-days",
            self.tr("Try the demo practice"),
            self.tr("Four healers, sixty clients, three months of bookings, all made up. Throw it away any time."),
        )
        self.new_card = ChoiceCard(
            "key-round",
            self.tr("New practice on this computer"),
            self.tr("Takes two minutes. All of it stays here, in an encrypted file, with a recovery key to keep."),
        )
        self.join_card = ChoiceCard(
            "users-round",
            self.tr("Join a practice server"),
            self.tr("For a team: everybody works in the same practice at once. You need its enrolment file."),
        )
        self.demo_card.clicked.connect(self.demo)
        self.new_card.clicked.connect(self.new_practice)
        self.join_card.clicked.connect(self.join)
        for card in (self.demo_card, self.new_card, self.join_card):
            self.body.addWidget(card)
        self.back = Button(self.tr("Sign in to a practice known here"), "link", icon="arrow-left")
        self.back.clicked.connect(self.sign_in)
        self.body.addLayout(row(self.back, None))
        self.back.setVisible(practice_known)

    def first(self) -> QWidget:
        return self.demo_card
