"""Opening a dialog that leaves nothing behind."""

from PySide6.QtWidgets import QDialog
from shiboken6 import isValid

from avenrae_desktop.qtkit.dialogs import ask


async def open_dialog(dialog: QDialog) -> bool:
    """Whether it was accepted. Kept, it would go on following themes and changes."""
    try:
        return await ask(dialog)
    finally:
        if isValid(dialog):
            dialog.deleteLater()
