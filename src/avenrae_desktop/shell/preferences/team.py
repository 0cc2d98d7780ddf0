"""The team: who works here, what they may do, who is shut out. For administrators."""

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from avenrae_desktop.areas.accounts.domain import DisablePerson, EnablePerson
from avenrae_desktop.areas.accounts.queries import PersonRow
from avenrae_desktop.kernel.bus import Command
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import Avatar, Button, Divider, Pill, PlainLabel, column, row
from avenrae_desktop.shell.open_dialog import open_dialog
from avenrae_desktop.shell.preferences.account_dialogs import SetPasswordDialog
from avenrae_desktop.shell.preferences.person_dialog import PersonDialog
from avenrae_desktop.shell.preferences.role_words import role_text
from avenrae_desktop.shell.preferences.section import SettingsSection

if TYPE_CHECKING:
    from avenrae_desktop.areas.accounts.repository import AccountReads


class TeamSection(SettingsSection):
    def __init__(self, reads: "AccountReads", me: UUID, runner: Runner, title: str) -> None:
        super().__init__(title, QCoreApplication.translate("Team", "Everybody who can open this practice."))
        self._reads, self._me, self._runner = reads, me, runner
        self.add = Button(self.tr("Add person…"), "primary", icon="user-plus")
        self.add.clicked.connect(lambda: self._open(PersonDialog(runner, parent=self.window())))
        self.box.addLayout(row(self.add, None))
        self._card = self.card("")
        self._lines: list[QWidget] = []
        self.people: tuple[PersonRow, ...] = ()
        runner.changed.connect(self._on_changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._runner.start(self.reload(), self)

    async def reload(self) -> None:
        """Read the people again."""
        self.people = await self._runner.ask(self._reads.people, key=("team", id(self)))
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        for number, person in enumerate(self.people):
            if number:
                self._put(Divider())
            self._put(self._line(person))

    def _put(self, widget: QWidget) -> None:
        self._lines.append(widget)
        self._card.box.addWidget(widget)

    def _line(self, person: PersonRow) -> QWidget:
        roles = ", ".join(role_text(role) for role in person.roles)
        detail = self.tr("{roles} · signs in as {name}").format(roles=roles, name=person.sign_in_name)
        words = column(
            PlainLabel(person.name, "strong", elide=True), PlainLabel(detail, "muted", elide=True), spacing=1
        )
        line = QWidget()
        box = row(Avatar(person.name, size=34), spacing=10)
        box.addLayout(words, 1)
        if person.disabled:
            box.addWidget(Pill(self.tr("Shut out"), "warning", "ban"))
        for button in self._buttons(person):
            box.addWidget(button)
        line.setLayout(box)
        return line

    def _buttons(self, person: PersonRow) -> list[Button]:
        edit = Button(self.tr("Edit…"))
        edit.clicked.connect(lambda: self._open(PersonDialog(self._runner, person, self.window())))
        edit.setAccessibleName(self.tr("Edit {name}").format(name=person.name))
        if person.uuid == self._me:
            return [edit]
        password = Button(self.tr("New password…"))
        password.clicked.connect(lambda: self._open(SetPasswordDialog(person, self._runner, self.window())))
        password.setAccessibleName(self.tr("New password for {name}").format(name=person.name))
        shut = Button(self.tr("Let in again") if person.disabled else self.tr("Shut out"))
        shut.setAccessibleName(f"{shut.text()}: {person.name}")
        shut.clicked.connect(lambda: self._toggle(person))
        return [edit, shut] if person.disabled else [edit, password, shut]

    def _toggle(self, person: PersonRow) -> None:
        kind = EnablePerson if person.disabled else DisablePerson
        command: Command = kind(person=person.uuid, version=person.version)
        self._runner.start(self._runner.do(command, self), self)

    def _open(self, dialog: QDialog) -> None:
        self._runner.start(open_dialog(dialog), self)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.concerns({"person"}) and self.isVisible():
            self._runner.start(self.reload(), self)
