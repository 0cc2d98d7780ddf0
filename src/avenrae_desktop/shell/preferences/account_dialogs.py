"""Dialogs of one's own account: another password, a PIN."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from avenrae_desktop.areas.accounts.domain import ChangeMyPassword, SetPassword, SetPin
from avenrae_desktop.areas.accounts.queries import PersonRow
from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop
from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import PlainLabel
from avenrae_desktop.shell.entry.new_practice import NOT_THE_SAME
from avenrae_desktop.shell.entry.password_field import PasswordField
from avenrae_desktop.shell.entry.password_rules import PasswordRules

PINS_DIFFER = Problem(
    "shell.pins_differ",
    noop("The two PINs differ"),
    noop("What you typed the second time is not the same."),
    noop("Type both once more."),
)


class ChangePasswordDialog(FormDialog):
    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("Account", "Change my password")
        super().__init__(title, runner, parent)
        self.old, self.new, self.again = PasswordField(), PasswordField(), PasswordField()
        self.field("old", self.tr("&Old password"), self.old)
        self.field("new", self.tr("&New password"), self.new)
        self.field("again", self.tr("New password &again"), self.again)
        self.register("password", self.new)
        self.rules = PasswordRules(self.new, self.again)
        self.body.addWidget(self.rules)
        self.set_action(self.tr("Change password"))

    async def save(self) -> None:
        if not self.rules.matches():
            raise RuleBroken(NOT_THE_SAME, field="again")
        await self._runner.do(ChangeMyPassword(old=self.old.text(), new=self.new.text()), self)


class SetPasswordDialog(FormDialog):
    """For a colleague who forgot theirs."""

    def __init__(self, person: PersonRow, runner: Runner, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("Account", "New password for {name}")
        super().__init__(title.format(name=person.name), runner, parent)
        self._person = person
        self.password, self.again = PasswordField(), PasswordField()
        self.field("password", self.tr("&New password"), self.password)
        self.field("again", self.tr("New password &again"), self.again)
        self.rules = PasswordRules(self.password, self.again, lambda: (person.first_name, person.last_name))
        self.body.addWidget(self.rules)
        self.set_action(self.tr("Set password"))

    async def save(self) -> None:
        if not self.rules.matches():
            raise RuleBroken(NOT_THE_SAME, field="again")
        await self._runner.do(SetPassword(person=self._person.uuid, password=self.password.text()), self)


class PinDialog(FormDialog):
    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Account", "Set a PIN"), runner, parent, width=400)
        lead = self.tr(
            "The PIN unlocks this window for the rest of the day once you have signed in with your password."
            " Five wrong ones end it."
        )
        self.body.addWidget(PlainLabel(lead, "muted", wrap=True))
        self.pin = self.field("pin", self.tr("&PIN (4 to 8 digits)"), _pin_field())
        self.again = self.field("again", self.tr("PIN &again"), _pin_field())
        self.set_action(self.tr("Set PIN"))

    async def save(self) -> None:
        if self.pin.text() != self.again.text():
            raise RuleBroken(PINS_DIFFER, field="again")
        await self._runner.do(SetPin(pin=self.pin.text()), self)


def _pin_field() -> QLineEdit:
    field = PasswordField()
    field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly | Qt.InputMethodHint.ImhSensitiveData)
    return field
