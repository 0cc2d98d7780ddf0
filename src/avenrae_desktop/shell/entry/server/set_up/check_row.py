"""One thing about the server that was looked at: how it stands, what was found, and the line to run."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from avenrae_desktop.qtkit.widgets import IconLabel, PlainLabel, column, row
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
    """A good one is a single line; the others say what to do."""

    def __init__(self, check: "Check", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        verdict = check.verdict.value
        icon, role = _LOOKS[verdict]
        mark = IconLabel(icon, role, 16)
        mark.setAccessibleName(verdict_words(verdict))
        title = PlainLabel(check.title, "body" if verdict == "good" else "strong", wrap=True, selectable=True)
        words = column(title, PlainLabel(check.found, "muted", wrap=True, selectable=True), spacing=2)
        self.copy: CopyLine | None = None
        if verdict != "good":
            if check.advice:
                words.addWidget(PlainLabel(check.advice, wrap=True, selectable=True))
            if check.line:
                self.copy = CopyLine(check.line, check.title)
                words.addSpacing(4)
                words.addWidget(self.copy)
        box = row(column(mark, None), words, spacing=12)
        box.setStretch(1, 1)
        self.setLayout(box)
        self.setAccessibleName(f"{verdict_words(verdict)}: {check.title}. {check.found}")
