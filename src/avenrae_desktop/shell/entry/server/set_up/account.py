"""Where the server is, and the administrator's account that sets it up."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop
from avenrae_desktop.qtkit.widgets import Button, FactRow, LineEdit, row
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.entry.password_field import PasswordField
from avenrae_desktop.shell.entry.server.join import DEFAULT_DATABASE

NO_ACCOUNT = Problem(
    "shell.no_administrator",
    noop("Which account?"),
    noop("The name of the administrator's account is empty."),
    noop("On a new server it is often called root."),
)


class AccountPage(EntryPage):
    """Emits `submitted(servers, database, account, password)`."""

    submitted = Signal(str, str, str, str)
    cancelled = Signal()
    certificate = Signal()
    """The server needs a certificate first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, width=540)
        self.title.setText(self.tr("Set up a practice server"))
        self.lead.setText(
            self.tr("It takes a MySQL or MariaDB server, and an account on it that may do everything.")
        )
        self.lead.setVisible(True)
        self.host = LineEdit(self.tr("Such as server.lindenhof.example; localhost for this computer"))
        self.field("host", self.tr("&Server"), self.host)
        self.database = LineEdit()
        self.database.setText(DEFAULT_DATABASE)
        hint = self.tr("It is made if it is not there. More than one practice can be on a server.")
        self.field("database", self.tr("Name of the &database"), self.database, hint)
        self.user, self.password = LineEdit(), PasswordField()
        self.pair(
            ("user", self.tr("&Administrator's account"), self.user),
            ("password", self.tr("Its &password"), self.password),
        )
        promise = self.tr("Asked for once, kept nowhere: it is forgotten when you leave these pages.")
        self.body.addWidget(FactRow("shield-check", promise))
        self.back = Button(self.tr("Back"))
        self.back.clicked.connect(self.cancelled)
        self.buttons.addWidget(self.back)
        self.go = self.add_primary(self.tr("Look at the server"))
        self.go.clicked.connect(self._submit)
        self.certificate_link = Button(self.tr("Make a certificate for a server without one"), "link")
        self.certificate_link.clicked.connect(self.certificate)
        self.add_below(row(self.certificate_link, None))

    def first(self) -> QWidget:
        return self.host

    def _submit(self) -> None:
        self.clear_errors()
        if not self.user.text().strip():
            self.show_error(RuleBroken(NO_ACCOUNT, field="user"))
            return
        self.submitted.emit(
            self.host.text(), self.database.text().strip(), self.user.text().strip(), self.password.text()
        )
