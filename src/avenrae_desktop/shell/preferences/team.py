"""The team: who works here, what they may do, who is shut out. For administrators."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from avenrae_desktop.areas.accounts.domain import DisablePerson, EnablePerson
from avenrae_desktop.areas.accounts.queries import PersonRow
from avenrae_desktop.kernel.bus import Command
from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.kernel.time import Clock, utc_now
from avenrae_desktop.qtkit.keeping import kept_focus, kept_scroll
from avenrae_desktop.qtkit.open_mark import OpenMark
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import Avatar, Button, Divider, Pill, PlainLabel, column, row
from avenrae_desktop.shell.open_dialog import open_dialog
from avenrae_desktop.shell.preferences.account_dialogs import SetPasswordDialog
from avenrae_desktop.shell.preferences.code_dialogs import CodeDialog, Invitation, NewCodeDialog
from avenrae_desktop.shell.preferences.person_dialog import PersonDialog
from avenrae_desktop.shell.preferences.person_words import Standing, roles_text, standing
from avenrae_desktop.shell.preferences.section import SettingsSection

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App

_AGAIN_MS = 20_000
"""Who is here is no change that anybody is told of."""


class TeamSection(SettingsSection):
    """On a server people come in with a one-time code; on this computer with a first password."""

    def __init__(self, app: "App", runner: Runner, title: str, *, clock: Clock = utc_now) -> None:
        self._on_server = app.server is not None
        lead = QCoreApplication.translate("Team", "Everybody who can open this practice.")
        if self._on_server:
            lead = QCoreApplication.translate(
                "Team", "Everybody who works here, each with an account of their own."
            )
        super().__init__(title, lead)
        self._app, self._reads, self._me = app, app.accounts, app.actor.uuid
        self._runner, self._clock = runner, clock
        text = self.tr("Invite…") if self._on_server else self.tr("Add person…")
        self.add = Button(text, "primary", icon="user-plus")
        self.add.clicked.connect(self._add)
        self.box.addLayout(row(self.add, None))
        self._card = self.card("")
        self._lines: list[QWidget] = []
        self._shown: tuple[tuple[PersonRow, Standing], ...] = ()
        self.people: tuple[PersonRow, ...] = ()
        self._again = QTimer(self, interval=_AGAIN_MS)
        self._again.timeout.connect(lambda: runner.start(self._look_again(), self))
        runner.changed.connect(self._on_changed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._runner.start(self.reload(), self)
        if self._on_server:
            self._again.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._again.stop()

    async def reload(self) -> None:
        """Read the people again; what is shown already is left alone."""
        self.people = await self._runner.ask(self._reads.people, key=("team", id(self)))
        now = self._clock()
        shown = tuple((each, standing(each, now, on_server=self._on_server)) for each in self.people)
        if _told(shown) == _told(self._shown):
            return
        self._shown = shown
        with kept_focus(self._card), kept_scroll(self):
            self._show()

    async def _look_again(self) -> None:
        try:
            await self.reload()
        except Unavailable:
            # The chip says it.
            return

    def _show(self) -> None:
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        for number, (person, how) in enumerate(self._shown):
            if number:
                self._put(Divider())
            self._put(self._line(person, how))

    def _put(self, widget: QWidget) -> None:
        self._lines.append(widget)
        self._card.box.addWidget(widget)

    def _line(self, person: PersonRow, how: Standing) -> QWidget:
        words = column(
            PlainLabel(person.name, "strong", elide=True),
            PlainLabel(roles_text(person), "muted", elide=True),
            spacing=1,
        )
        if how.words:
            words.addWidget(PlainLabel(how.words, "small", elide=True))
        line = QWidget()
        box = row(Avatar(person.name, size=34), spacing=10)
        box.addLayout(words, 1)
        mark = OpenMark(self._runner.link)
        mark.watch("person", person.uuid)
        box.addWidget(mark)
        if how.mark:
            box.addWidget(Pill(how.mark, how.tone, how.icon))
        for button in self._buttons(person):
            box.addWidget(button)
        line.setLayout(box)
        return line

    def _buttons(self, person: PersonRow) -> list[Button]:
        edit = Button(self.tr("Edit…"))
        edit.clicked.connect(lambda: self._edit(person))
        edit.setAccessibleName(self.tr("Edit {name}").format(name=person.name))
        if person.uuid == self._me:
            return [edit]
        again = Button(self.tr("New code…") if self._on_server else self.tr("New password…"))
        again.clicked.connect(lambda: self._new_code(person) if self._on_server else self._new_password(person))
        words = self.tr("New code for {name}") if self._on_server else self.tr("New password for {name}")
        again.setAccessibleName(words.format(name=person.name))
        shut = Button(self.tr("Let in again") if person.disabled else self.tr("Shut out"))
        shut.setAccessibleName(f"{shut.text()}: {person.name}")
        shut.clicked.connect(lambda: self._toggle(person))
        return [edit, shut] if person.disabled else [edit, again, shut]

    # --- what is done ----------------------------------------------------------------------------
    def _add(self) -> None:
        dialog = PersonDialog(
            self._reads, self._runner, parent=self.window(), on_server=self._on_server, clock=self._clock
        )
        self._runner.start(self._with_code(dialog), self)

    def _edit(self, person: PersonRow) -> None:
        dialog = PersonDialog(self._reads, self._runner, person, self.window(), on_server=self._on_server)
        self._open(dialog)

    def _new_password(self, person: PersonRow) -> None:
        self._open(SetPasswordDialog(person, self._runner, self.window()))

    def _new_code(self, person: PersonRow) -> None:
        dialog = NewCodeDialog(person, self._runner, self.window(), clock=self._clock)
        self._runner.start(self._with_code(dialog), self)

    def _toggle(self, person: PersonRow) -> None:
        kind = EnablePerson if person.disabled else DisablePerson
        command: Command = kind(person=person.uuid, version=person.version)
        self._runner.start(self._runner.do(command, self), self)

    async def _with_code(self, dialog: PersonDialog | NewCodeDialog) -> None:
        """Show the code that the dialog made, if it made one."""
        invitation: Invitation | None = None
        if await open_dialog(dialog):
            invitation = dialog.invitation
        if invitation is not None:
            practice = self._app.settings().practice_name
            await open_dialog(CodeDialog(invitation, practice, self._runner, self.window(), clock=self._clock))

    def _open(self, dialog: QDialog) -> None:
        self._runner.start(open_dialog(dialog), self)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.concerns({"person"}) and self.isVisible():
            self._runner.start(self.reload(), self)


def _told(shown: tuple[tuple[PersonRow, Standing], ...]) -> list[object]:
    """What a list says: the moment at which somebody was here last is told in words only."""
    return [
        (p.uuid, p.name, p.sign_in_name, p.roles, p.healer_type, p.hue, p.version, p.disabled, how)
        for p, how in shown
    ]
