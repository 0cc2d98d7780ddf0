"""My account: who I am here, my password, my PIN."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from avenrae_desktop.areas.accounts.domain import SetPin
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import Avatar, Button, Divider, PlainLabel, column, row
from avenrae_desktop.shell.open_dialog import open_dialog
from avenrae_desktop.shell.preferences.account_dialogs import ChangePasswordDialog, PinDialog
from avenrae_desktop.shell.preferences.role_words import role_text
from avenrae_desktop.shell.preferences.section import SettingsSection, setting_row

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App


class AccountSection(SettingsSection):
    def __init__(self, app: "App", runner: Runner, title: str) -> None:
        super().__init__(title)
        self._app, self._runner = app, runner
        me = self.card("")
        roles = ", ".join(role_text(role) for role in sorted(app.actor.roles))
        names = column(PlainLabel(app.actor.name, "heading", elide=True), PlainLabel(roles, "muted"), spacing=1)
        who = row(Avatar(app.actor.name, size=44), spacing=14)
        who.addLayout(names, 1)
        me.box.addLayout(who)
        ways = self.card(self.tr("Ways in"))
        self.password = Button(self.tr("Change password…"))
        self.password.clicked.connect(lambda: self._open(ChangePasswordDialog(runner, self.window())))
        detail = self.tr("Opens the practice. At least 12 characters.")
        if app.place.is_demo:
            detail = self.tr("Opens the practice. The demo keeps the password it has.")
        ways.box.addWidget(setting_row(self.tr("Password"), detail, self.password))
        ways.box.addWidget(Divider())
        self.pin = Button("")
        self.remove = Button(self.tr("Remove"))
        self.pin.clicked.connect(lambda: self._open(PinDialog(runner, self.window())))
        self.remove.clicked.connect(lambda: runner.start(runner.do(SetPin(pin=None), self), self))
        detail = self.tr("A quick way back into a locked window, on the day you signed in with your password.")
        ways.box.addWidget(setting_row(self.tr("PIN"), detail, self.pin, self.remove))
        self.password.setEnabled(not app.place.is_demo)
        runner.changed.connect(self._on_changed)
        self._show()

    def _open(self, dialog: QDialog) -> None:
        self._runner.start(open_dialog(dialog), self)

    def _show(self) -> None:
        has = self._app.has_pin
        self.pin.setText(self.tr("Change PIN…") if has else self.tr("Set PIN…"))
        self.remove.setVisible(has)
        self.remove.setAccessibleName(self.tr("Remove PIN"))

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.concerns({"person"}):
            self._show()
