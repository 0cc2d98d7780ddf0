"""A certificate for a server that has none: made here, with the names under which desks will call it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import Button, Card, FactRow, LineEdit, PlainLabel, column, row
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.server.fingerprint import FingerprintLabel
from avenrae_desktop.shell.entry.server.lines import CopyLine
from avenrae_desktop.shell.open_dialog import open_dialog
from avenrae_desktop.shell.system_dialogs import file_dialog

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.server.typed import MadeCertificate

NO_FOLDER = Problem(
    "shell.no_certificate_folder",
    noop("Which folder?"),
    noop("There is no place to put the files."),
    noop("Choose a folder that only you can read: the server's key will be in it."),
)


class MakeCertificatePage(EntryPage):
    """Emits `submitted(names, folder)` or `cancelled`."""

    submitted = Signal(str, object)
    cancelled = Signal()

    def __init__(self, names: str, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, width=520)
        self._runner = runner
        self.title.setText(self.tr("A certificate for the server"))
        self.lead.setText(self.tr("With it the server can encrypt, and every desk can tell it from others."))
        self.lead.setVisible(True)
        self.names = LineEdit(self.tr("Such as server.lindenhof.example, 192.168.1.20"))
        self.names.setText(names)
        hint = self.tr("All names and addresses under which desks will call it, with commas between them.")
        self.field("host", self.tr("&Names of the server"), self.names, hint)
        self.folder = LineEdit(self.tr("A folder that only you can read"))
        self.field("folder", self.tr("&Folder for the files"), self.folder)
        self.browse = Button(self.tr("&Choose folder…"), icon="folder-open")
        self.browse.clicked.connect(lambda: self._runner.start(self._browse(), self))
        self.body.addLayout(row(self.browse, None))
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self.cancelled)
        self.buttons.addWidget(self.back)
        self.go = self.add_primary(self.tr("Make the certificate"))
        self.go.clicked.connect(self._submit)

    def first(self) -> QWidget:
        return self.folder if self.names.text() else self.names

    def _submit(self) -> None:
        self.clear_errors()
        if not self.folder.text().strip():
            self.show_error(RuleBroken(NO_FOLDER, field="folder"))
            return
        self.submitted.emit(self.names.text(), Path(self.folder.text().strip()).expanduser())

    async def _browse(self) -> None:
        dialog = file_dialog(self, self.tr("Choose a folder for the certificate"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        if await open_dialog(dialog):
            self.folder.setText(dialog.selectedFiles()[0])


class CertificateMadePage(EntryPage):
    """What to do with the files. Emits `done`."""

    done = Signal()

    def __init__(self, made: "MadeCertificate", parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, width=540)
        self.title.setText(self.tr("The certificate is made"))
        self.lead.setText(str(made.folder))
        self.lead.setVisible(True)
        files = self.tr("On the server, put {files} where only the database server can read them.")
        self.body.addWidget(FactRow("key-round", files.format(files=", ".join(made.files))))
        about = self.tr("Write these lines into its configuration, with the folder as it is called there:")
        lines = QWidget()
        lines.setLayout(column(FactRow("pencil", about), CopyLine(made.config_lines, about), spacing=6))
        self.body.addWidget(lines)
        self.body.addWidget(FactRow("refresh-cw", self.tr("Restart the database server, and come back here.")))
        card = Card(margins=16, spacing=8)
        card.box.addWidget(PlainLabel(self.tr("Its fingerprint, to compare when it answers"), "strong", wrap=True))
        card.box.addWidget(FingerprintLabel(made.fingerprint))
        self.body.addWidget(card)
        self.go = self.add_primary(self.tr("Done"))
        self.go.clicked.connect(self.done)

    def first(self) -> QWidget:
        return self.go
