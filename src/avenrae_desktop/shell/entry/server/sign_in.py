"""Sign-in to a practice on a server: the person's own name and password there."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.errors import AppError, Problem, RuleBroken, noop
from avenrae_desktop.qtkit.widgets import Button, ComboBox, LineEdit, row, show_if
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.password_field import PasswordField
from avenrae_desktop.shell.entry.server.place_words import hosts_words, place_words

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.places import Place, ServerPlace

NO_NAME = Problem(
    "shell.no_sign_in_name",
    noop("Who are you?"),
    noop("The sign-in name is empty."),
    noop("It is the short name that an administrator of the practice gave you."),
)
NO_PASSWORD = Problem(
    "shell.no_password",
    noop("The password is empty"),
    noop("Nothing was sent to the server."),
    noop("Type your password, or the one-time code that an administrator gave you."),
)


class ServerSignInPage(EntryPage):
    """Emits `submitted(sign_in_name, password)`; the links lead elsewhere."""

    takes_file = True
    submitted = Signal(str, str)
    elsewhere = Signal()
    another = Signal(object)
    forget = Signal()

    def __init__(
        self,
        place: "ServerPlace",
        others: "Sequence[Place | ServerPlace]",
        sign_in_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent=parent, width=400)
        known = sign_in_name or place.last_name
        self.title.setText(self.tr("Welcome back") if place.last_name else self.tr("Welcome"))
        text = self.tr("{practice}, on {server}")
        self.lead.setText(text.format(practice=place.practice_name, server=hosts_words(place.address.hosts)))
        self.lead.setVisible(True)
        self.practice = ComboBox()
        self.practice.fill((place_words(p), p) for p in (place, *others))
        show_if(self.field("practice", self.tr("P&ractice"), self.practice), bool(others))
        self.practice.changed.connect(self.another)
        self.sign_in_name = LineEdit()
        self.sign_in_name.setText(known)
        self.field("sign_in_name", self.tr("Sign-in &name"), self.sign_in_name)
        self.password = PasswordField()
        hint = self.tr("The first time, or after you forgot it: the one-time code from an administrator.")
        self.field("password", self.tr("&Password"), self.password, hint)
        self._buttons()

    def first(self) -> QWidget:
        return self.password if self.sign_in_name.text() else self.sign_in_name

    def show_error(self, error: AppError) -> None:
        super().show_error(error)
        self.password.selectAll()

    def _buttons(self) -> None:
        self.go = self.add_primary(self.tr("Sign in"))
        self.buttons.takeAt(0)
        self.buttons.setStretchFactor(self.go, 1)
        self.go.clicked.connect(self._submit)
        self.forget_link = Button(self.tr("Forget this practice"), "link")
        self.forget_link.clicked.connect(self.forget)
        self.else_link = Button(self.tr("Another practice or the demo"), "link")
        self.else_link.clicked.connect(self.elsewhere)
        self.add_below(row(self.forget_link, None, self.else_link))

    def _submit(self) -> None:
        self.clear_errors()
        if not self.sign_in_name.text().strip():
            self.show_error(RuleBroken(NO_NAME, field="sign_in_name"))
        elif not self.password.text():
            self.show_error(RuleBroken(NO_PASSWORD, field="password"))
        else:
            self.submitted.emit(self.sign_in_name.text(), self.password.text())
