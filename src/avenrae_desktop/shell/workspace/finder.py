"""What the command bar finds: clients, bookings and actions, in one list of hits."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from avenrae_desktop.areas.calendar.queries import BookingHit
from avenrae_desktop.areas.calendar.words import short_day_text, state_look, state_text, time_text
from avenrae_desktop.areas.clients.queries import ClientHit
from avenrae_desktop.areas.clients.words import hit_text
from avenrae_desktop.kernel.time import wall_of
from avenrae_desktop.qtkit.runner import Runner
from avenrae_desktop.shell.workspace.action_list import ActionList, Listed

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.repository import CalendarReads
    from avenrae_desktop.areas.clients.repository import ClientReads

_CLIENTS, _BOOKINGS, _ACTIONS = 5, 4, 6


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the command bar."""

    group: str
    icon: str
    title: str
    detail: str
    act: Callable[[], object]
    key: str = ""


class Finder:
    """Actions are found at once; clients and bookings are read."""

    def __init__(
        self,
        actions: ActionList,
        clients: "ClientReads",
        calendar: "CalendarReads",
        zone: Callable[[], ZoneInfo],
        runner: Runner,
        open_client: Callable[[ClientHit], object],
        open_booking: Callable[[BookingHit], object],
        group: Callable[[], str],
    ) -> None:
        self._actions, self._clients, self._calendar = actions, clients, calendar
        self._zone, self._runner = zone, runner
        self._group = group
        self._open_client, self._open_booking = open_client, open_booking

    def actions(self, text: str) -> tuple[Hit, ...]:
        limit = _ACTIONS if text.strip() else 12
        return tuple(_action_hit(each) for each in self._actions.find(text, limit, self._group()))

    async def find(self, text: str) -> tuple[Hit, ...]:
        """All hits for the words; only actions where there are none. A later call supersedes this one."""
        if not text.strip():
            return self.actions(text)
        clients, bookings = await self._runner.ask(self._read, text, key=("command bar", id(self)))
        return (
            *(self._client_hit(hit) for hit in clients),
            *(self._booking_hit(hit) for hit in bookings),
            *self.actions(text),
        )

    def _read(self, text: str) -> tuple[tuple[ClientHit, ...], tuple[BookingHit, ...]]:
        return self._clients.find(text, _CLIENTS), self._calendar.find(text, _BOOKINGS)

    def _client_hit(self, hit: ClientHit) -> Hit:
        group = QCoreApplication.translate("Finder", "Clients")
        return Hit(group, "user-round", hit.name, hit_text(hit), lambda: self._open_client(hit))

    def _booking_hit(self, hit: BookingHit) -> Hit:
        wall = wall_of(hit.starts_at, self._zone())
        when = f"{short_day_text(wall.date())} {wall.year}, {time_text(wall)}"
        detail = "  ·  ".join((when, hit.service_name, hit.healer_name, state_text(hit.status)))
        group = QCoreApplication.translate("Finder", "Bookings")
        return Hit(group, state_look(hit.status).icon, hit.client_name, detail, lambda: self._open_booking(hit))


def _action_hit(each: Listed) -> Hit:
    group = QCoreApplication.translate("Finder", "Actions")
    return Hit(group, each.icon, each.text, each.group, each.action.trigger, each.keys)
