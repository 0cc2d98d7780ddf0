"""The columns of the list of clients."""

from PySide6.QtCore import QCoreApplication, QObject

from avenrae_desktop.areas.clients.queries import ClientRow
from avenrae_desktop.areas.clients.words import date_text
from avenrae_desktop.qtkit.models import Column, PagedTableModel
from avenrae_desktop.qtkit.runner import Runner


def clients_model(runner: Runner, parent: QObject) -> PagedTableModel[ClientRow]:
    """Clients by name, page by page."""
    tr = QCoreApplication.translate

    def column(title: str, text: object, **more: object) -> Column[ClientRow]:
        return Column(title, text, **more)  # type: ignore[arg-type]

    columns = (
        column(tr("clients", "Name"), _name, strong=True, stretch=True, tooltip=lambda r: r.name),
        column(tr("clients", "Born"), lambda r: date_text(r.date_of_birth), width=104, muted=True),
        column(tr("clients", "Phone"), lambda r: r.phone, width=150),
        column(tr("clients", "E-mail"), lambda r: r.email, stretch=True, muted=True, tooltip=lambda r: r.email),
    )
    return PagedTableModel(columns, runner, parent=parent)


def _name(row: ClientRow) -> str:
    """As people look names up: the last name first."""
    return f"{row.last_name}, {row.first_name}" if row.first_name else row.last_name
