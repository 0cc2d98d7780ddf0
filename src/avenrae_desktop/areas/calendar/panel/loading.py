"""One read for the whole panel: who can be booked, whether there is anything to book, and the board."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from avenrae_desktop.areas.accounts.queries import HealerRow
from avenrae_desktop.areas.calendar.cards import Scope, view_board
from avenrae_desktop.areas.calendar.queries import Board, BookingRow
from avenrae_desktop.kernel.time import Clock
from avenrae_desktop.qtkit.calendar_view import Board as Drawn
from avenrae_desktop.qtkit.calendar_view.blueprint import Blueprint
from avenrae_desktop.qtkit.calendar_view.geometry import Geometry

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
class Picture:
    """What the grid shows, ready to be shown; `rows` are the bookings behind the cards, by key."""

    board: Drawn
    laid_out: Geometry
    rows: Mapping[str, BookingRow]


@dataclass(frozen=True, slots=True)
class Drawing:
    """How rows become a picture, on whichever thread has read them."""

    zone: ZoneInfo
    clock: Clock
    blueprint: Blueprint

    def __call__(self, rows: Board, scope: Scope) -> Picture:
        board = view_board(rows, scope, self.zone, self.clock())
        return Picture(board, self.blueprint.geometry(board), {str(row.uuid): row for row in rows.bookings})


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one read found."""

    healers: tuple[HealerRow, ...]
    has_services: bool
    scope: Scope
    board: Board
    picture: Picture


def load(
    sources: Sources,
    scope_of: Callable[[tuple[HealerRow, ...]], Scope],
    draw: Drawing,
    *,
    cancelled: bool,
    known: Loaded | None,
) -> Loaded:
    """Blocking. People and services are taken from what is `known` where nothing says that they changed.

    The picture is drawn here as well: with hundreds of bookings that would hold up the screen.
    """
    healers = known.healers if known is not None else sources.accounts.healers()
    has_services = known.has_services if known is not None else bool(sources.services.all())
    scope = scope_of(healers)
    wanted = None if scope.everybody else [healer.uuid for healer in scope.healers]
    board = sources.calendar.board(scope.first_day, scope.days, wanted, cancelled=cancelled)
    return Loaded(healers, has_services, scope, board, draw(board, scope))
