"""One thing about the server that was looked at: how it stands, what was found, and the line to run."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avenrae_desktop.qtkit.widgets import Button, IconLabel, PlainLabel, column, row
from avenrae_desktop.shell.entry.server.lines import CopyLine

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.server.checks import Check

_LOOKS = {
    "good": ("circle-check", "positive_ink"),
    "warning": ("triangle-alert", "warning_ink"),
    "bad": ("circle-x", "danger"),
}


def verdict_words(verdict: str) -> str:
    """A verdict for those who do not see icon and colour."""
    tr = QCoreApplication.translate
    words = {
        "good": tr("CheckRow", "Good"),
        "warning": tr("CheckRow", "Could be better"),
        "bad": tr("CheckRow", "Has to be mended"),
    }
    return words[verdict]


class CheckRow(QWidget):
    """A good one is told in short, a bad one says at once what to do, and one in between when it is asked."""

    def __init__(self, check: "Check", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        verdict = check.verdict.value
        icon, role = _LOOKS[verdict]
        mark = IconLabel(icon, role, 16)
        mark.setAccessibleName(verdict_words(verdict))
        title = PlainLabel(check.title, "body" if verdict == "good" else "strong", wrap=True, selectable=True)
        words = column(title, PlainLabel(check.found, "muted", wrap=True, selectable=True), spacing=2)
        self.copy = CopyLine(check.line, check.title) if check.line else None
        self.details = QWidget(self)
        self.more = Button(self.tr("What to do"), "link", parent=self)
        self.more.setAccessibleName(self.tr("What to do about: {title}").format(title=check.title))
        self.more.clicked.connect(self._show_details)
        tells = verdict != "good" and bool(check.advice or check.line)
        if tells:
            self._add_details(words, check.advice)
        self.details.setVisible(tells and verdict == "bad")
        self.more.setVisible(tells and verdict != "bad")
        box = row(column(mark, None), words, column(self.more, None), spacing=12)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.setAccessibleName(f"{verdict_words(verdict)}: {check.title}. {check.found}")

    def _add_details(self, words: QVBoxLayout, advice: str) -> None:
        inside = column(PlainLabel(advice, wrap=True, selectable=True), spacing=6)
        if self.copy is not None:
            inside.addWidget(self.copy)
        self.details.setLayout(inside)
        words.addWidget(self.details)

    def _show_details(self) -> None:
        self.more.hide()
        self.details.show()
        if self.copy is not None:
            self.copy.button.setFocus()
