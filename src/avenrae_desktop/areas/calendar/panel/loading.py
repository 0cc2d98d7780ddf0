"""One read for the whole panel: who can be booked, whether there is anything to book, and the board."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from avenrae_desktop.areas.accounts.queries import HealerRow
from avenrae_desktop.areas.calendar.cards import Scope
from avenrae_desktop.areas.calendar.queries import Board

if TYPE_CHECKING:
    from avenrae_desktop.areas.accounts.repository import AccountReads
    from avenrae_desktop.areas.calendar.repository import CalendarReads
    from avenrae_desktop.areas.clients.repository import ClientReads
    from avenrae_desktop.areas.services.repository import ServiceReads


@dataclass(frozen=True)
class Sources:
    """Where the calendar's screens read from."""

    calendar: "CalendarReads"
    accounts: "AccountReads"
    clients: "ClientReads"
    services: "ServiceReads"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one read found."""

    healers: tuple[HealerRow, ...]
    has_services: bool
    scope: Scope
    board: Board


def load(
    sources: Sources,
    scope_of: Callable[[tuple[HealerRow, ...]], Scope],
    *,
    cancelled: bool,
    known: Loaded | None,
) -> Loaded:
    """Blocking. People and services are taken from what is `known` where nothing says that they changed."""
    healers = known.healers if known is not None else sources.accounts.healers()
    has_services = known.has_services if known is not None else bool(sources.services.all())
    scope = scope_of(healers)
    wanted = None if scope.everybody else [healer.uuid for healer in scope.healers]
    board = sources.calendar.board(scope.first_day, scope.days, wanted, cancelled=cancelled)
    return Loaded(healers, has_services, scope, board)
