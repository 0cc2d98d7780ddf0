"""Setting backups of a server up on this computer: the administrator's account, and the recovery key."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog, QWidget

from avenrae_desktop.qtkit.dialogs import FormDialog
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import LineEdit, PlainLabel, column
from avenrae_desktop.shell.entry.password_field import PasswordField
from avenrae_desktop.shell.entry.recovery_key import RecoveryKeyPage

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.server.backups.backups import ServerBackups


class SetUpBackupsDialog(FormDialog):
    """Afterwards `recovery_key` holds the key to show, once."""

    def __init__(
        self, backups: "ServerBackups", practice_name: str, runner: Runner, parent: QWidget | None = None
    ) -> None:
        title = QCoreApplication.translate("Backups", "Set up backups on this computer")
        super().__init__(title, runner, parent, width=480)
        self._backups, self._practice_name = backups, practice_name
        self.recovery_key = ""
        lead = self.tr(
            "Your own account may not read everything. The server's administrator makes an account for backups"
            " that only reads. What you type here is used once and stored nowhere."
        )
        self.body.addWidget(PlainLabel(lead, wrap=True))
        self.user = self.field("user", self.tr("Administrator's MySQL &account"), LineEdit())
        self.user.setText("root")
        self.password = self.field("password", self.tr("Its &password"), PasswordField())
        self.set_action(self.tr("Set up"))

    async def save(self) -> None:
        typed = self.user.text().strip(), self.password.text(), self._practice_name
        self.recovery_key = await self._runner.ask(self._backups.set_up, *typed)


class BackupKeyPage(RecoveryKeyPage):
    """What is saved and printed says what this key opens."""

    def _advice(self) -> str:
        return self.tr(
            "It opens the backups of the practice: “avenrae restore” asks for it. Keep it away from the backups,"
            " where nobody else finds it."
        )


class RecoveryKeyDialog(QDialog):
    """Shows the backups' recovery key; it closes when the person says that it is safe."""

    def __init__(self, practice_name: str, key: str, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Recovery key of the backups"))
        self.page = BackupKeyPage(practice_name, key, runner, self)
        self.page.lead.setText(
            self.tr(
                "It opens the backups when your password is lost or this computer is. Nobody else has a copy. Keep"
                " it where you keep your passport, not with the backups."
            )
        )
        self.page.stored.connect(self.accept)
        px = current_theme().px
        self.resize(px(620), px(460))
        self.setLayout(column(self.page, margins=0))

    def reject(self) -> None:
        """Esc would lose the key unseen; only the button closes."""
