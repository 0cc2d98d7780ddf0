"""What can be booked: read once before a dialog opens."""

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from avenrae_desktop.areas.accounts.queries import HealerRow
from avenrae_desktop.areas.calendar.queries import HistoryRow
from avenrae_desktop.areas.clients.queries import ClientDetail, ClientHit
from avenrae_desktop.areas.services.queries import RoomRow, ServiceRow
from avenrae_desktop.kernel.text import digits

if TYPE_CHECKING:
    from avenrae_desktop.areas.calendar.panel.loading import Sources


@dataclass(frozen=True, slots=True)
class Offer:
    """Services with their healers, and rooms."""

    services: tuple[ServiceRow, ...]
    healers: tuple[HealerRow, ...]
    rooms: tuple[RoomRow, ...]

    def service(self, uuid: UUID | None) -> ServiceRow | None:
        return next((s for s in self.services if s.uuid == uuid), None)

    def healers_of(self, service: UUID | None) -> tuple[HealerRow, ...]:
        """Those who offer it and work here now."""
        found = self.service(service)
        return tuple(h for h in self.healers if found is not None and h.uuid in found.healers)

    def services_of(self, healer: UUID | None) -> tuple[ServiceRow, ...]:
        """Those that the healer offers; without a healer, all that anybody does."""
        working = {h.uuid for h in self.healers}
        wanted = working if healer is None else working & {healer}
        return tuple(s for s in self.services if wanted.intersection(s.healers))


@dataclass(frozen=True, slots=True)
class Habits:
    """What a client came for before, newest first, and whom they asked for."""

    history: tuple[HistoryRow, ...]
    preferred_healer: UUID | None


@dataclass(frozen=True, slots=True)
class For:
    """Whose time is wanted for what; `minutes` is the length that the service, or the booking, has by itself.

    The time of `booking` counts as free: it is to be moved.
    """

    healer: UUID
    service: UUID
    minutes: int
    room: UUID | None
    booking: UUID | None = None


def read_habits(sources: "Sources", client: UUID) -> Habits:
    """Blocking."""
    return Habits(sources.calendar.history(client), sources.clients.detail(client).preferred_healer)


def hit_of(detail: ClientDetail) -> ClientHit:
    """A client as a list of hits shows them."""
    return ClientHit(detail.uuid, detail.name, detail.date_of_birth, digits(detail.phone)[-4:], detail.email)


def read_offer(sources: "Sources") -> Offer:
    """Blocking."""
    return Offer(sources.services.all(), sources.accounts.healers(), sources.services.rooms())
