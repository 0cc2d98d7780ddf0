"""What the reports ask of the window: clients to choose from, and a place for a file."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.widgets import Choice
from avenrae_desktop.shell.open_dialog import open_dialog
from avenrae_desktop.shell.system_dialogs import file_dialog

if TYPE_CHECKING:
    from avenrae_desktop.areas.clients.repository import ClientReads


def client_finder(reads: "ClientReads", runner: Runner) -> Callable[[str], Awaitable[Sequence[Choice]]]:
    """Clients whose names, phones and e-mails begin like what was typed."""

    async def find(text: str) -> Sequence[Choice]:
        page = await runner.ask(reads.page, text)
        return [Choice(client.name, client.phone or client.email, client.uuid) for client in page.rows[:8]]

    return find


def file_picker(parent: Callable[[], QWidget]) -> Callable[[str], Awaitable[Path | None]]:
    """Asks where a file of that name is to be saved."""

    async def pick(name: str) -> Path | None:
        dialog = file_dialog(parent(), QCoreApplication.translate("Reports", "Save the report"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("csv")
        dialog.selectFile(name)
        return Path(dialog.selectedFiles()[0]) if await open_dialog(dialog) else None

    return pick
