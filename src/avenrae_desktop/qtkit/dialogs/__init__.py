"""Dialogs: always opened with `await ask(...)`, never with `exec()`."""

from avenrae_desktop.qtkit.dialogs.ask import Notice, ask, confirm, message
from avenrae_desktop.qtkit.dialogs.crash import CrashDialog
from avenrae_desktop.qtkit.dialogs.form import FormDialog, come_back, forms_aside

__all__ = ["CrashDialog", "FormDialog", "Notice", "ask", "come_back", "confirm", "forms_aside", "message"]
