"""My account: who I am here, my password, my PIN, how it looks on this computer."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from avenrae_desktop.areas.accounts.domain import SetPin
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import Avatar, Button, Divider, PlainLabel, column, row, show_if
from avenrae_desktop.shell.look_control import LookControl
from avenrae_desktop.shell.open_dialog import open_dialog
from avenrae_desktop.shell.preferences.account_dialogs import ChangePasswordDialog, PinDialog
from avenrae_desktop.shell.preferences.look import Appearance
from avenrae_desktop.shell.preferences.myself_dialog import MyselfDialog, read_myself
from avenrae_desktop.shell.preferences.role_words import role_text
from avenrae_desktop.shell.preferences.section import SettingsSection, setting_row

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App


class AccountSection(SettingsSection):
    def __init__(self, app: "App", runner: Runner, look: LookControl, title: str) -> None:
        super().__init__(title)
        self._app, self._runner = app, runner
        self._build_me()
        self._build_ways()
        here = self.card(self.tr("On this computer"))
        self.mode = Appearance(look)
        detail = self.tr("Size and more are in Look.")
        here.box.addWidget(setting_row(self.tr("Appearance"), detail, self.mode))
        runner.changed.connect(self._on_changed)
        self._show()

    def _build_me(self) -> None:
        me = self.card("")
        name = self._app.actor.name
        self._avatar = Avatar(name, size=44)
        self.name = PlainLabel(name, "heading", elide=True)
        self.roles = PlainLabel("", "muted", elide=True)
        self.edit = Button(self.tr("Name and e-mail…"))
        self.edit.clicked.connect(lambda: self._runner.start(self._edit_myself(), self))
        who = row(self._avatar, spacing=14)
        who.addLayout(column(self.name, self.roles, spacing=1), 1)
        who.addWidget(self.edit)
        me.box.addLayout(who)

    def _build_ways(self) -> None:
        app, runner = self._app, self._runner
        ways = self.card(self.tr("Ways in"))
        self.password = Button(self.tr("Change password…"))
        self.password.clicked.connect(lambda: self._open(ChangePasswordDialog(runner, self.window())))
        detail = self.tr("Opens the practice. At least 12 characters.")
        if app.server is not None:
            detail = self.tr("Opens the practice on every computer. At least 12 characters.")
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

    def _open(self, dialog: QDialog) -> None:
        self._runner.start(open_dialog(dialog), self)

    async def _edit_myself(self) -> None:
        me = await self._runner.ask(read_myself, self._app.accounts, self._app.actor.uuid)
        await open_dialog(MyselfDialog(self._app.accounts, me, self._runner, self.window()))

    def _show(self) -> None:
        actor = self._app.actor
        self._avatar.set_name(actor.name)
        self.name.setText(actor.name)
        self.roles.setText(", ".join(role_text(role) for role in sorted(actor.roles)))
        has = self._app.has_pin
        self.pin.setText(self.tr("Change PIN…") if has else self.tr("Set PIN…"))
        show_if(self.remove, has)
        self.remove.setAccessibleName(self.tr("Remove PIN"))

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.concerns({"person"}):
            self._show()
