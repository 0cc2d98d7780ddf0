"""Dialogs that leave nothing behind."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

D = TypeVar("D", bound=QDialog)


@contextmanager
def thrown_away(dialog: D) -> Iterator[D]:
    """Throw the dialog away after the block.

    Its fields' connections hold it in a circle that no garbage collection sees; kept, each one that was ever
    opened would go on following themes and changes.
    """
    try:
        yield dialog
    finally:
        if isValid(dialog):
            dialog.deleteLater()
