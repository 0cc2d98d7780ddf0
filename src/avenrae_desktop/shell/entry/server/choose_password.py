"""A password of one's own, after the one-time code that an administrator gave."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.errors import AppError, RuleBroken
from avenrae_desktop.qtkit.widgets import Avatar, Button, PlainLabel, row
from avenrae_desktop.shell.entry.new_practice import NOT_THE_SAME
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.password_field import PasswordField
from avenrae_desktop.shell.entry.password_rules import PasswordRules


class ChoosePasswordPage(EntryPage):
    """Emits `submitted(new_password)`; the code was typed on the page before."""

    submitted = Signal(str)
    cancelled = Signal()

    def __init__(self, practice_name: str, sign_in_name: str, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, width=440)
        self.title.setText(self.tr("Choose your password"))
        text = self.tr("Your one-time code for {practice} is right. From now on you sign in with this name:")
        self.lead.setText(text.format(practice=practice_name))
        self.lead.setVisible(True)
        me = PlainLabel(sign_in_name, "strong", elide=True)
        self.body.addLayout(row(Avatar(sign_in_name, size=36), me, None, spacing=10))
        self.password, self.again = PasswordField(), PasswordField()
        self.field("password", self.tr("New &password"), self.password)
        self.field("again", self.tr("New password &again"), self.again)
        self.rules = PasswordRules(self.password, self.again, lambda: (sign_in_name, practice_name))
        self.body.addWidget(self.rules)
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self.cancelled)
        self.buttons.addWidget(self.back)
        self.go = self.add_primary(self.tr("Set password and sign in"))
        self.go.clicked.connect(self._submit)

    def first(self) -> QWidget:
        return self.password

    def show_error(self, error: AppError) -> None:
        super().show_error(error)
        if error.field == "new":
            # What the form of "My account" calls this field.
            self.clear_errors()
            super().show_error(RuleBroken(error.problem, field="password", **error.params))

    def _submit(self) -> None:
        self.clear_errors()
        if self.rules.matches():
            self.submitted.emit(self.password.text())
        else:
            self.show_error(RuleBroken(NOT_THE_SAME, field="again"))
