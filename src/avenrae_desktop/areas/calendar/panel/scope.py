"""Which days and healers the calendar shows: plain arithmetic, without Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from avenrae_desktop.areas.accounts.queries import HealerRow
from avenrae_desktop.areas.calendar.cards import Scope

Mode = Literal["day", "week"]


@dataclass(frozen=True, slots=True)
class View:
    """What a person chose to look at. `healer` None is everybody; `cancelled` shows those too."""

    mode: Mode
    day: date
    healer: UUID | None = None
    cancelled: bool = False

    def turned(self, pages: int) -> "View":
        """Some weeks or days on, or back."""
        step = pages if self.mode == "day" else 7 * pages
        try:
            return replace(self, day=self.day + timedelta(days=step))
        except OverflowError:
            return self

    def scope(self, healers: Sequence[HealerRow], week_starts_on: int, *, may_book: bool) -> Scope:
        """The columns to load; a healer who is gone counts as everybody."""
        one = tuple(h for h in healers if h.uuid == self.healer)
        shown = one or tuple(healers)
        if self.mode == "day":
            return Scope(self.day, 1, shown, by_healer=bool(shown), may_book=may_book, everybody=not one)
        first = self.day - timedelta(days=(self.day.weekday() - week_starts_on) % 7)
        return Scope(first, 7, shown, by_healer=False, may_book=may_book, everybody=not one)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A booking to choose, and the day on which it is."""

    booking: UUID
    day: date
