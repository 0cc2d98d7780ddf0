"""The practice that goes on the server, and its first administrator."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.qtkit.widgets import LineEdit
from avenrae_desktop.shell.entry.new_practice import NewPracticePage, sign_in_name_of


class ServerPracticePage(NewPracticePage):
    """As for a practice on this computer, with the sign-in name to be seen: it is typed at every desk."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title.setText(self.tr("The practice and you"))
        self.lead.setText(self.tr("You will be its first administrator. Time zone and currency stay."))
        self.go.setText(self.tr("Continue"))

    def command(self) -> CreatePractice:
        return replace(super().command(), sign_in_name=self.sign_in_name.text().strip())

    def _build_password(self) -> None:
        self.sign_in_name = LineEdit()
        hint = self.tr("Short and without spaces. With it and your password you sign in at every desk.")
        self.field("sign_in_name", self.tr("Your &sign-in name"), self.sign_in_name, hint)
        self.first_name.textEdited.connect(self._suggest)
        super()._build_password()

    def _suggest(self, first_name: str) -> None:
        if not self.sign_in_name.isModified():
            self.sign_in_name.setText(sign_in_name_of(first_name) if first_name.strip() else "")
