"""What the calendar shows: plain values that any thread may build and hand over."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

DAY = 1440

StateShape = Literal["solid", "dashed", "hatched", "ghost", "faded"]
"""Solid: it stands. Dashed: not yet sure. Hatched: it went wrong. Ghost: struck off. Faded: over and done."""


@dataclass(frozen=True, slots=True)
class Card:
    """One booking on screen. Minutes count from the column's local midnight, 0 to 1440.

    A booking over midnight is given once per column under one key, clipped, with the flags that say so;
    such a part can be selected, and moved only by the part that holds its true start.
    """

    key: str
    version: int
    column: int
    start: int
    end: int
    title: str
    subtitle: str
    time_text: str
    hue: str
    state_icon: str
    state_shape: StateShape
    paid_icon: str | None
    accessible: str
    movable: bool
    resizable: bool
    continues_before: bool = False
    continues_after: bool = False
    badge: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Time that is not for booking, drawn under the cards. `kind` is "break" or "time_off" (hatched);
    "away" is one of several people whose column it is: lighter, for the others work.
    """

    column: int
    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Column:
    """One day, or one healer's day. `accessible` also tells breaks and time off: blocks are no items."""

    key: str
    day: date
    title_top: str
    title_main: str
    subtitle: str
    is_today: bool
    available: tuple[tuple[int, int], ...]
    accessible: str


@dataclass(frozen=True, slots=True)
class Board:
    """One full picture. The grid is wall-clock time: on a day with a repeated hour its cards lie side by side."""

    columns: tuple[Column, ...] = ()
    cards: tuple[Card, ...] = ()
    blocks: tuple[Block, ...] = ()
    first_minute: int = 0
    last_minute: int = DAY
    now: tuple[int, int] | None = None
