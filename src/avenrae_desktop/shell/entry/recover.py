"""The way in without a password: the recovery key, and a new password at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.qtkit.widgets import Button, ComboBox, LineEdit, show_if
from avenrae_desktop.shell.entry.new_practice import NOT_THE_SAME
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.password_field import PasswordField
from avenrae_desktop.shell.entry.password_rules import PasswordRules

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.places import KeyHolder


class RecoverPage(EntryPage):
    """Emits `submitted(recovery_key, sign_in_name, new_password)`."""

    submitted = Signal(str, str, str)
    cancelled = Signal()

    def __init__(
        self, practice_name: str, people: "Sequence[KeyHolder]", person: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent=parent, width=440)
        self.title.setText(self.tr("Use the recovery key"))
        text = self.tr("It opens “{practice}” and lets you choose a new password.")
        self.lead.setText(text.format(practice=practice_name))
        self.lead.setVisible(True)
        self.key = LineEdit(self.tr("Six groups of six letters and digits"))
        hint = self.tr("From your sheet or file; spaces, dashes and small letters do not matter.")
        self.field("recovery_key", self.tr("Recovery &key"), self.key, hint)
        self.person = ComboBox()
        self.person.fill((p.display_name, p.sign_in_name) for p in people)
        self.person.set_value(person)
        show_if(self.field("sign_in_name", self.tr("P&erson"), self.person), len(people) > 1)
        self.password, self.again = PasswordField(), PasswordField()
        self.field("password", self.tr("New &password"), self.password)
        self.field("again", self.tr("New password &again"), self.again)
        self.rules = PasswordRules(self.password, self.again)
        self.body.addWidget(self.rules)
        back = Button(self.tr("Back"))
        back.clicked.connect(self.cancelled)
        self.buttons.addWidget(back)
        self.go = self.add_primary(self.tr("Set password and open"))
        self.go.clicked.connect(self._submit)

    def first(self) -> QWidget:
        return self.key

    def _submit(self) -> None:
        self.clear_errors()
        if self.rules.matches():
            self.submitted.emit(self.key.text(), self.person.value() or "", self.password.text())
        else:
            self.show_error(RuleBroken(NOT_THE_SAME, field="again"))
