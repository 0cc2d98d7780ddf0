"""The control of the slices: a form of Qt's own, made and shown, which tells how fast this machine is just now."""

import statistics
import time

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog, QFormLayout, QLineEdit

from tests.bench.ui.application import application

FIELDS = 60
_TIMES = 7


def plain_form_ms() -> float:
    """Milliseconds of CPU for sixty fields with their labels, without any style sheet; the median."""
    app = application()
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        return statistics.median(_once() for _ in range(_TIMES))
    finally:
        app.setStyleSheet(sheet)


def _once() -> float:
    began = time.thread_time()
    dialog = QDialog()
    form = QFormLayout(dialog)
    for number in range(FIELDS):
        form.addRow(f"Field {number}", QLineEdit(f"What stands in field {number}"))
    dialog.show()
    QApplication.processEvents()
    took = time.thread_time() - began
    dialog.hide()
    dialog.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return took * 1000
