"""The server is set up: the enrolment file for the other desks, and signing in."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.files import ENROLMENT_SUFFIX
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import Button, FactRow, IconLabel, LineEdit, PlainLabel, announce, row
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.server.place_words import hosts_words
from avenrae_desktop.shell.open_dialog import open_dialog
from avenrae_desktop.shell.system_dialogs import file_dialog

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.server.servers import Servers
    from avenrae_desktop.db.server.enrolment import Enrolment


class ReadyPage(EntryPage):
    """Emits `sign_in`. A server that was reached as this computer needs another name for the other desks."""

    sign_in = Signal()

    def __init__(
        self, enrolment: "Enrolment", servers: "Servers", runner: Runner, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent=parent, width=520)
        self._enrolment, self._servers, self._runner = enrolment, servers, runner
        address = enrolment.address
        self._local = servers.is_local(address.hosts)
        self.title.setText(self.tr("Your practice server is ready"))
        self.lead.setText(
            self.tr("The administrator's password is forgotten; from now on you sign in as yourself.")
        )
        self.lead.setVisible(True)
        self.add_above(row(IconLabel("circle-check-big", "accent", 36), None))
        self.host = LineEdit(self.tr("Such as server.lindenhof.example or 192.168.1.20"))
        self.save = Button(self.tr("Save enrolment &file…"), icon="save")
        self.saved = PlainLabel("", "small", elide=True)
        if self._local and not address.pem:
            self._tell_only_here()
        else:
            self._build_file(hosts_words(address.hosts))
        self.go = self.add_primary(self.tr("Sign in"))
        self.go.clicked.connect(self.sign_in)

    def first(self) -> QWidget:
        if self.fields:
            return self.host
        return self.go if self.save.parent() is None else self.save

    def _tell_only_here(self) -> None:
        text = self.tr("So far it can be used on this computer only, because it does not encrypt.")
        advice = self.tr("Give it a certificate to let other desks join: “avenrae server certificate” makes one.")
        self.body.addWidget(FactRow("monitor", text, advice))

    def _build_file(self, server: str) -> None:
        text = self.tr("Other desks join with an enrolment file")
        detail = self.tr("It says where the server is and how to recognise it.")
        self.body.addWidget(FactRow("file-text", text, detail))
        if self._local:
            hint = self.tr("Its name or address on your network; {server} would lead nowhere there.")
            self.field(
                "host", self.tr("This &server, as other desks call it"), self.host, hint.format(server=server)
            )
        self.save.clicked.connect(lambda: self._runner.start(self._save(), self))
        box = row(self.save, self.saved)
        box.setStretch(1, 1)
        self.body.addLayout(box)

    async def _save(self) -> None:
        self.clear_errors()
        try:
            enrolment = self._for_others()
        except AppError as error:
            self.show_error(error)
            return
        dialog = file_dialog(self, self.tr("Save the enrolment file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ENROLMENT_SUFFIX.removeprefix("."))
        dialog.setNameFilters((self.tr("Enrolment files (*.avenrae)"),))
        dialog.selectFile(_file_name(enrolment.practice_name))
        if not await open_dialog(dialog):
            return
        file = Path(dialog.selectedFiles()[0])
        try:
            await self._runner.ask(self._servers.write, file, enrolment)
        except AppError as error:
            self.show_error(error)
        else:
            self.saved.setText(self.tr("Saved as {file}").format(file=file.name))
            announce(self.saved, self.saved.text())

    def _for_others(self) -> "Enrolment":
        """Raises RuleBroken (field "host")."""
        if not self._local:
            return self._enrolment
        address = self._enrolment.address
        other = self._servers.address(self._servers.hosts(self.host.text()), address.database, (address.pem,))
        return self._servers.enrolment(self._enrolment.practice_name, other)


def _file_name(practice_name: str) -> str:
    plain = "".join(c if c.isalnum() or c in " -_" else "" for c in practice_name).strip()
    return f"{plain or 'practice'}{ENROLMENT_SUFFIX}"
