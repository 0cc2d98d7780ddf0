"""Lines for a terminal, to read and to copy."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.qtkit.widgets import IconButton, PlainLabel, announce, column, row


class CopyLine(QFrame):
    """One or more lines in a box of their own; `about` tells screen readers what they are for."""

    def __init__(self, lines: str, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setObjectName("copy-line")
        text = PlainLabel(lines, "code", wrap=True, selectable=True)
        self.button = IconButton("copy", self.tr("Copy: {about}").format(about=about), size=16)
        self.button.clicked.connect(self._copy)
        px = current_theme().px
        words = column(None, text, None)
        words.setContentsMargins(0, px(4), 0, px(4))
        box = row(words, column(self.button, None), spacing=8)
        box.setContentsMargins(px(10), px(5), px(5), px(5))
        box.setStretch(0, 1)
        self.setLayout(box)
        current_theme().changed.connect(self._tint)
        self._tint()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._lines)
        self.button.set_icon("check")
        announce(self, self.tr("Copied"))

    def _tint(self) -> None:
        ground = current_theme().tokens.input
        self.setStyleSheet(f"QFrame#copy-line {{ background: {ground}; border-radius: 6px; }}")
