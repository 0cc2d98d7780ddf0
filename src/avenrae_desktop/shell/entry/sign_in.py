"""Sign-in to a practice on this computer: which one, who, and the password."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.qtkit.widgets import Avatar, Button, ComboBox, PlainLabel, column, row, show_if
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.password_field import PasswordField
from avenrae_desktop.shell.entry.server.place_words import place_words

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.places import KeyHolder, Place, ServerPlace


class SignInPage(EntryPage):
    """Emits `submitted(sign_in_name, password)`; the links lead elsewhere."""

    takes_file = True
    submitted = Signal(str, str)
    recover = Signal()
    elsewhere = Signal()
    another = Signal(object)

    def __init__(
        self,
        place: "Place",
        others: "Sequence[Place | ServerPlace]",
        people: "Sequence[KeyHolder]",
        last_person: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent=parent, width=400)
        self.title.setText(self.tr("Welcome back"))
        self.lead.setText(place.practice_name)
        self.lead.setVisible(True)
        self._build_practice(place, others)
        self._build_person(people, last_person)
        self.password = PasswordField()
        self.field("password", self.tr("&Password"), self.password)
        self.key_link = Button(self.tr("Use the recovery key"), "link")
        self.key_link.clicked.connect(self.recover)
        self.else_link = Button(self.tr("Another practice or the demo"), "link")
        self.else_link.clicked.connect(self.elsewhere)
        self.go = self.add_primary(self.tr("Sign in"))
        self.buttons.takeAt(0)
        self.buttons.setStretchFactor(self.go, 1)
        self.go.clicked.connect(lambda: self.submitted.emit(self.person.value() or "", self.password.text()))
        self.add_below(row(self.key_link, None, self.else_link))

    def first(self) -> QWidget:
        return self.password

    def show_error(self, error: AppError) -> None:
        super().show_error(error)
        self.password.selectAll()

    def _build_practice(self, place: "Place", others: "Sequence[Place | ServerPlace]") -> None:
        self.practice = ComboBox()
        self.practice.fill((place_words(p), p) for p in (place, *others))
        block = self.field("practice", self.tr("P&ractice"), self.practice)
        show_if(block, bool(others))
        self.practice.changed.connect(self.another)

    def _build_person(self, people: "Sequence[KeyHolder]", last_person: str) -> None:
        self.person = ComboBox()
        self.person.fill((p.display_name, p.sign_in_name) for p in people)
        self.person.set_value(last_person)
        several = len(people) > 1
        show_if(self.field("sign_in_name", self.tr("P&erson"), self.person), several)
        if len(people) == 1:
            words = column(PlainLabel(people[0].display_name, "strong", elide=True), spacing=0)
            me = row(Avatar(people[0].display_name, size=36), words, None, spacing=10)
            self.body.addLayout(me)
        self.person.changed.connect(lambda _: self.clear_errors())
