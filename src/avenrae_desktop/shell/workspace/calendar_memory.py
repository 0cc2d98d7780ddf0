"""Remembers on this computer how each person looked at the calendar."""

import contextlib
from typing import Any
from uuid import UUID

from avenrae_desktop.areas.calendar.panel import Kept, Memory
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.settings.machine import CALENDAR_VIEWS, MachineSettings


def calendar_memory(machine: MachineSettings, person: UUID) -> Memory:
    """The memory of one person; a person belongs to one practice."""
    key = str(person)

    def recall() -> Kept | None:
        return _kept(machine.get(CALENDAR_VIEWS).get(key))

    def keep(kept: Kept) -> None:
        if kept == recall():
            return
        plain = {"mode": kept.mode, "healer": str(kept.healer or ""), "hour_height": kept.hour_height}
        views = machine.get(CALENDAR_VIEWS)
        # Nothing is lost with it, and the program may be about to close.
        with contextlib.suppress(Unavailable):
            machine.set(CALENDAR_VIEWS, views | {key: plain})

    return Memory(recall, keep)


def _kept(plain: dict[str, Any] | None) -> Kept | None:
    if plain is None:
        return None
    try:
        healer = UUID(plain["healer"]) if plain["healer"] else None
        return Kept("day" if plain["mode"] == "day" else "week", healer, float(plain["hour_height"]))
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
