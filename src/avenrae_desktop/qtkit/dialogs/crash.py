"""When the program itself is at fault: says so, and gives a report that can be passed on."""

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, IconLabel, PlainLabel, column, labelled, row


class ReportDialog(QDialog):
    """Shows a report as it is, to read and to copy: it holds code places only, nothing about clients."""

    def __init__(
        self,
        title: str,
        text: str,
        report: str,
        close_text: str,
        parent: QWidget | None = None,
        *,
        tone: str = "danger",
    ) -> None:
        super().__init__(parent)
        px = current_theme().px
        self.setWindowTitle(title)
        self.resize(px(620), px(420))
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setTabChangesFocus(True)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(px(12))
        self.report.setFont(font)
        self.copy = Button(self.tr("&Copy report"), icon="copy")
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        self.close_button = Button(close_text, "primary")
        self.close_button.setDefault(True)
        self.close_button.clicked.connect(self.accept)
        head = row(
            column(IconLabel("bug", "danger", 24), None),
            column(PlainLabel(title, "heading"), PlainLabel(text, wrap=True), None, spacing=6),
            spacing=14,
        )
        head.setStretch(1, 1)
        report_box = labelled(self.tr("&Report"), self.report)
        whole = column(head, report_box, row(self.copy, None, self.close_button), spacing=16, margins=20)
        whole.setStretchFactor(report_box, 1)
        self.setLayout(whole)
        self.close_button.setFocus()


class CrashDialog(ReportDialog):
    """Right after a fault, while the program goes on."""

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Something went wrong in the program"),
            self.tr(
                "This is a fault of the program, not yours. Everything that said saved is saved, and what you"
                " typed is still on the screen. Please copy the report and send it to whoever looks after the"
                " program: it names places in the program, no client data."
            ),
            report,
            self.tr("Go on working"),
            parent,
        )
