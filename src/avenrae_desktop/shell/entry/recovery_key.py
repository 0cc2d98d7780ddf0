"""The recovery key, shown once: to print, save or copy before going on."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QGuiApplication, QPainter
from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QWidget

from avenrae_desktop.kernel.errors import AppError, Problem, Unavailable, noop
from avenrae_desktop.kernel.files import write_whole
from avenrae_desktop.qtkit.paper import to_pdf
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import Button, Card, PlainLabel, row
from avenrae_desktop.shell.entry.page import EntryPage
from avenrae_desktop.shell.open_dialog import open_dialog
from avenrae_desktop.shell.system_dialogs import file_dialog, print_sheet

FILE_NOT_WRITTEN = Problem(
    "shell.recovery_file_not_written",
    noop("The file could not be written"),
    noop("“{file}” was not saved: {detail}"),
    noop("Choose another folder, or print the key."),
)


class RecoveryKeyPage(EntryPage):
    """Emits `stored` once the person says that the key is safe."""

    stored = Signal()

    def __init__(self, practice_name: str, key: str, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent, width=520)
        self._practice, self._key, self._runner = practice_name, key, runner
        self.title.setText(self.tr("Keep this recovery key"))
        self.lead.setText(
            self.tr(
                "If you ever forget your password, this key is the only way back to your data: nobody else has a"
                " copy, not even us. Keep it where you keep your passport, not on this computer."
            )
        )
        self.lead.setVisible(True)
        self.body.addWidget(self._card())
        self.copy = Button(self.tr("&Copy"), icon="copy")
        self.save = Button(self.tr("Save as P&DF…"), icon="save")
        self.print = Button(self.tr("&Print…"), icon="printer")
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(lambda: runner.start(self._save(), self))
        self.print.clicked.connect(lambda: runner.start(self._print(), self))
        self.done = PlainLabel("", "small")
        self.body.addLayout(row(self.print, self.save, self.copy, None, self.done))
        self.agreed = QCheckBox(self.tr("I have &stored it safely"))
        self.body.addWidget(self.agreed)
        self.go = self.add_primary(self.tr("Continue"))
        self.go.setEnabled(False)
        self.agreed.toggled.connect(self.go.setEnabled)
        self.go.clicked.connect(self.stored)

    def first(self) -> QWidget:
        return self.print

    def sheet(self) -> str:
        """What stands in the saved file."""
        text = self.tr("Recovery key of {practice}\n\n{key}\n\n{advice}\n")
        return text.format(practice=self._practice, key=self._key, advice=self._advice())

    def paper(self) -> dict[str, Any]:
        """What stands in the saved PDF."""
        return {
            "title": self.tr("Recovery key"),
            "practice": self._practice,
            "groups": self._key.split("-"),
            "advice": self._advice(),
            "language": "en",
        }

    def _advice(self) -> str:
        return self.tr(
            "It opens the practice without a password: at sign-in choose “Use the recovery key”. "
            "Keep it away from the computer, where nobody else finds it."
        )

    def _card(self) -> Card:
        card = Card(margins=18)
        card.box.addWidget(PlainLabel(self._practice, "muted", elide=True))
        grid = QGridLayout()
        grid.setSpacing(current_theme().px(8))
        for i, group in enumerate(self._key.split("-")):
            label = PlainLabel(group, "title", selectable=True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            font = QFont("monospace")
            font.setStyleHint(QFont.StyleHint.Monospace)
            label.setStyleSheet(f"font-family: {font.defaultFamily()!r}, monospace; letter-spacing: 1px;")
            grid.addWidget(label, i // 3, i % 3)
        card.box.addLayout(grid)
        card.setAccessibleName(self.tr("Recovery key") + ": " + " ".join(self._key))
        return card

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._key)
        self.done.setText(self.tr("Copied"))

    async def _save(self) -> None:
        dialog = file_dialog(self, self.tr("Save the recovery key"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        kinds = {self.tr("PDF (*.pdf)"): "pdf", self.tr("Plain text (*.txt)"): "txt"}
        dialog.setNameFilters(list(kinds))
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kinds[kind]))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(self.tr("Recovery key.pdf"))
        if not await open_dialog(dialog):
            return
        file = Path(dialog.selectedFiles()[0])
        content = self.sheet() if file.suffix.lower() == ".txt" else self.paper()
        try:
            await self._runner.ask(_write, file, content)
        except AppError as error:
            self.show_error(error)
        else:
            self.clear_errors()
            self.done.setText(self.tr("Saved"))

    async def _print(self) -> None:
        def draw(painter: QPainter, point: float) -> None:
            draw_sheet(painter, point, self._practice, self._key, self._advice(), self.tr)

        try:
            printed = await print_sheet(self, draw)
        except AppError as error:
            self.show_error(error)
            return
        self.clear_errors()
        if printed:
            self.done.setText(self.tr("Sent to the printer"))


def _write(file: Path, content: str | Mapping[str, Any]) -> None:
    """Text as it is, data as a PDF. Raises Unavailable if it cannot be written."""
    made = content.encode() if isinstance(content, str) else to_pdf("recovery-key", content)
    try:
        write_whole(file, made)
    except OSError as error:
        raise Unavailable(FILE_NOT_WRITTEN, file=str(file), detail=error.strerror or str(error)) from error


def draw_sheet(
    painter: QPainter, point: float, practice: str, key: str, advice: str, tr: Callable[[str], str]
) -> None:
    """Draw the sheet of paper; `point` is the length of 1/72 inch in the painter's units."""

    def text(y: float, height: float, size: float, words: str, family: str = "Inter") -> None:
        font = QFont(family)
        font.setPointSizeF(size)
        painter.setFont(font)
        area = QRectF(0, y * point, 480 * point, height * point)
        painter.drawText(area, int(Qt.TextFlag.TextWordWrap), words)

    text(0, 40, 20, tr("Recovery key"))
    text(40, 30, 13, practice)
    groups = key.split("-")
    half = (len(groups) + 1) // 2
    text(100, 40, 22, "   ".join(groups[:half]), "monospace")
    text(145, 40, 22, "   ".join(groups[half:]), "monospace")
    text(220, 120, 11, advice)
