"""Joining a practice server: by the enrolment file that its owner gave, or by its address."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import Button, LineEdit, SegmentedControl, column, row, show_if
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.server.drop_area import DropArea
from avenrae_desktop.shell.open_dialog import open_dialog
from avenrae_desktop.shell.system_dialogs import file_dialog

DEFAULT_DATABASE = "avenrae_db"
BY_FILE, BY_ADDRESS = "file", "address"

NO_FILE_CHOSEN = Problem(
    "shell.no_enrolment_file",
    noop("Which file?"),
    noop("No enrolment file is chosen."),
    noop("Choose the file that the practice's owner gave you; its name ends in “.avenrae”."),
)


class JoinPage(EntryPage):
    """Emits `file_chosen(Path)` or `address_typed(servers, database)`."""

    takes_file = True
    file_chosen = Signal(object)
    address_typed = Signal(str, str)
    set_up = Signal()
    cancelled = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, width=480)
        self._runner = runner
        self.title.setText(self.tr("Join a practice server"))
        self.lead.setText(self.tr("Your own sign-in name and password come after this."))
        self.lead.setVisible(True)
        self.way = SegmentedControl(
            self.tr("How to join"),
            ((BY_FILE, self.tr("With an enrolment file")), (BY_ADDRESS, self.tr("By its address"))),
        )
        self.way.selected.connect(lambda _: self._show_way())
        self.body.addLayout(row(self.way, None))
        self._by_file, self._by_address = self._file_part(), self._address_part()
        self.body.addWidget(self._by_file)
        self.body.addWidget(self._by_address)
        self._buttons()
        self._show_way()

    def first(self) -> QWidget:
        return self.browse if self.way.value == BY_FILE else self.host

    def show_file_over(self, over: bool) -> None:
        self.drop.set_lively(over)

    def show_file(self, file: Path) -> None:
        """Put a file's path where it can be seen, such as one that was dropped."""
        self.way.set_value(BY_FILE)
        self._show_way()
        self.clear_errors()
        self.file.setText(str(file))

    def _file_part(self) -> QWidget:
        self.browse = Button(self.tr("&Choose file…"), icon="folder-open")
        self.browse.clicked.connect(lambda: self._runner.start(self._browse(), self))
        self.drop = DropArea(self.tr("Drop the enrolment file here"), self.browse)
        self.file = LineEdit(self.tr("Or type where it is"))
        part = QWidget()
        box = column(self.drop, spacing=14)
        hint = self.tr("Whoever set up the server can save one for you. There is no password in it.")
        self.field("file", self.tr("Enrolment &file"), self.file, hint, to=box)
        part.setLayout(box)
        return part

    def _address_part(self) -> QWidget:
        self.host = LineEdit(self.tr("Such as server.lindenhof.example"))
        self.database = LineEdit()
        self.database.setText(DEFAULT_DATABASE)
        part = QWidget()
        box = column(spacing=14)
        hint = self.tr("Several with commas between them; a port other than 3306 after a colon.")
        self.field("host", self.tr("&Server"), self.host, hint, to=box)
        self.field("database", self.tr("&Database"), self.database, to=box)
        part.setLayout(box)
        return part

    def _buttons(self) -> None:
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self.cancelled)
        self.buttons.addWidget(self.back)
        self.go = self.add_primary(self.tr("Continue"))
        self.go.clicked.connect(self._submit)
        self.new_link = Button(self.tr("Set up a new practice server"), "link")
        self.new_link.clicked.connect(self.set_up)
        self.add_below(row(self.new_link, None))

    def _show_way(self) -> None:
        self.clear_errors()
        show_if(self._by_file, self.way.value == BY_FILE)
        show_if(self._by_address, self.way.value == BY_ADDRESS)

    def _submit(self) -> None:
        self.clear_errors()
        if self.way.value == BY_ADDRESS:
            self.address_typed.emit(self.host.text(), self.database.text())
        elif self.file.text().strip():
            self.file_chosen.emit(Path(self.file.text().strip()).expanduser())
        else:
            self.show_error(RuleBroken(NO_FILE_CHOSEN, field="file"))

    async def _browse(self) -> None:
        dialog = file_dialog(self, self.tr("Choose the enrolment file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters((self.tr("Enrolment files (*.avenrae)"), self.tr("All files (*)")))
        if await open_dialog(dialog):
            self.show_file(Path(dialog.selectedFiles()[0]))
            self.go.click()
