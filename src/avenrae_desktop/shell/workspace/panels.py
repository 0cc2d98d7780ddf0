"""The places of the window, in the order of the rail: one line each. To add an area, add a line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.qtkit.theme import Theme
from avenrae_desktop.settings.machine import MachineSettings
from avenrae_desktop.shell.workspace.client_history import ClientHistory

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap import App


@dataclass(frozen=True, slots=True)
class Calls:
    """What panels may ask of the window."""

    tell: Callable[[str, bool], object]
    """Say what was done, and whether it can be taken back."""
    go: Callable[[str], object]
    """Show another place, by its key."""
    show_booking: Callable[[UUID, datetime], object]
    """Show a booking in the calendar."""
    book_client: Callable[[UUID], object]
    """Book for a client."""
    machine: MachineSettings
    """What is kept on this computer."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A panel and its actions, for the command bar and the key list."""

    widget: QWidget
    actions: Sequence[QAction] = field(default=())


@dataclass(frozen=True, slots=True)
class PanelKind:
    key: str
    icon: str
    title: Callable[[], str]
    needs: Permission | None
    make: Callable[["App", Runner, Theme, Calls], Placed]


def _calendar(app: "App", runner: Runner, theme: Theme, calls: Calls) -> Placed:
    from avenrae_desktop.areas.calendar.panel import CalendarPanel
    from avenrae_desktop.shell.workspace.calendar_memory import calendar_memory

    panel = CalendarPanel(
        app.calendar,
        app.accounts,
        app.clients,
        app.services,
        runner,
        theme,
        app.settings,
        app.actor,
        memory=calendar_memory(calls.machine, app.actor.uuid),
    )
    # The window's own button stands right above it.
    panel.header.new.hide()
    panel.said.connect(calls.tell)
    panel.services_requested.connect(lambda: calls.go("services"))
    panel.people_requested.connect(lambda: calls.go("settings"))
    return Placed(panel, panel.bar_actions)


def _clients(app: "App", runner: Runner, theme: Theme, calls: Calls) -> Placed:
    from avenrae_desktop.areas.clients.panel import ClientsPanel

    def history(client: UUID) -> ClientHistory:
        return ClientHistory(client, app.calendar, app.zone, runner, calls.show_booking)

    panel = ClientsPanel(app.clients, runner, theme, app.actor.may, history=history)
    panel.book_requested.connect(calls.book_client)
    return Placed(panel, panel.bar_actions)


def _services(app: "App", runner: Runner, theme: Theme, _calls: Calls) -> Placed:
    from avenrae_desktop.areas.services.panel import ServicesPanel

    panel = ServicesPanel(app.services, runner, theme, app.actor.may)
    return Placed(panel, panel.bar_actions)


def _reports(app: "App", runner: Runner, _theme: Theme, calls: Calls) -> Placed:
    from avenrae_desktop.areas.reports.panel import ReportsPanel
    from avenrae_desktop.shell.workspace.report_calls import client_finder, file_picker

    panel = ReportsPanel(
        app.reports,
        app.accounts,
        runner,
        today=lambda: datetime.now(app.zone()).date(),
        currency=lambda: app.settings().currency,
        find_clients=client_finder(app.clients, runner),
        pick_file=file_picker(lambda: panel),
        said=lambda text: calls.tell(text, False),
    )
    return Placed(panel, panel.bar_actions)


def panel_kinds() -> tuple[PanelKind, ...]:
    def title(text: str) -> Callable[[], str]:
        return lambda: QCoreApplication.translate("Places", text)

    return (
        PanelKind("calendar", "calendar", title("Calendar"), None, _calendar),
        PanelKind("clients", "users", title("Clients"), None, _clients),
        PanelKind("services", "file-text", title("Services"), None, _services),
        PanelKind("reports", "chart-column", title("Reports"), Permission.SEE_REPORTS, _reports),
    )
