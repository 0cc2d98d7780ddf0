"""The dialogs for files and paper that come with Qt, with room for their words."""

from collections.abc import Callable

from PySide6.QtCore import QDir, QMarginsF, QSize
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from avenrae_desktop.kernel.errors import Problem, Unavailable, noop
from avenrae_desktop.qtkit.theme import current_theme
from avenrae_desktop.shell.open_dialog import open_dialog

NOT_PRINTED = Problem(
    "shell.not_printed",
    noop("Nothing was printed"),
    noop("The printer did not take the page."),
    noop("Check the printer, or the folder where a printed file goes. Then print again."),
)
_MARGIN_MM = 20
_POINTS = 72  # to an inch


def file_dialog(parent: QWidget, title: str) -> QFileDialog:
    """Begins in the person's own folder, not where the program was started."""
    dialog = QFileDialog(parent, title, QDir.homePath())
    px, room = current_theme().px, parent.screen().availableSize()
    dialog.resize(QSize(px(760), px(460)).boundedTo(room))
    return dialog


async def print_sheet(parent: QWidget, draw: Callable[[QPainter, float], None]) -> bool:
    """Ask for a printer and draw one sheet of A4; `draw` gets the length of 1/72 inch. False: it was not wanted.

    Raises Unavailable when the printer does not take it.
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, margins))
    dialog = QPrintDialog(printer, parent)
    dialog.setMinimumWidth(min(current_theme().px(480), parent.screen().availableSize().width()))
    if not await open_dialog(dialog):
        return False
    painter = QPainter()
    if not painter.begin(printer):
        raise Unavailable(NOT_PRINTED)
    draw(painter, printer.resolution() / _POINTS)
    painter.end()
    return True
