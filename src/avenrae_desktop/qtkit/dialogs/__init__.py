"""Dialogs: always opened with `await ask(...)`, never with `exec()`."""

from avenrae_desktop.qtkit.dialogs.aside import come_back, forms_aside, forms_unsaved
from avenrae_desktop.qtkit.dialogs.ask import Notice, ask, confirm, message
from avenrae_desktop.qtkit.dialogs.crash import CrashDialog, ReportDialog
from avenrae_desktop.qtkit.dialogs.form import FormDialog

__all__ = [
    "CrashDialog",
    "FormDialog",
    "Notice",
    "ReportDialog",
    "ask",
    "come_back",
    "confirm",
    "forms_aside",
    "forms_unsaved",
    "message",
]
