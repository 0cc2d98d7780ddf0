"""How a person looked at the calendar when they left it. Losing it does no harm."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from avenrae_desktop.areas.calendar.panel.scope import Mode


@dataclass(frozen=True, slots=True)
class Kept:
    """Day or week, whose calendar (None: everybody's), and the pixels of an hour at zoom 1."""

    mode: Mode
    healer: UUID | None
    hour_height: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Where it is kept; `recall` gives None when nothing is known."""

    recall: Callable[[], Kept | None]
    keep: Callable[[Kept], object]


def no_memory() -> Memory:
    """Begins anew each time."""
    return Memory(lambda: None, lambda _kept: None)
