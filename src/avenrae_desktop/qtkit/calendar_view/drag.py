"""What a drag does to times: pure arithmetic over minutes, shared by mouse and keyboard."""

from dataclasses import dataclass, replace
from typing import Literal

from avenrae_desktop.qtkit.calendar_view.board import Board, Card

STEP = 15
FINE_STEP = 5
FINE_HOUR = 120
"""From this height of an hour on (pixels at zoom 1) drags snap to 5 minutes; below to 15, or 5 with Shift."""
CLICK_LENGTH = 60
"""Minutes proposed where a person clicked and gave no length."""

Kind = Literal["move", "start", "end", "create"]


@dataclass(frozen=True, slots=True)
class Drag:
    """`grip` is the pointer's minute at the press minus the card's start. `live` once it went far enough."""

    kind: Kind
    card: Card | None
    column: int
    start: int
    end: int
    grip: float
    live: bool = False

    @property
    def changed(self) -> bool:
        card = self.card
        return card is None or (card.column, card.start, card.end) != (self.column, self.start, self.end)


def snap(minute: float, step: int) -> int:
    return round(minute / step) * step


def pulled(drag: Drag, board: Board, column: int, minute: float, step: int) -> Drag:
    """The drag with its pointer at a column and minute."""
    if drag.kind == "create" or drag.card is None:
        return _stretched(drag, board, minute, step)
    card = drag.card
    if drag.kind == "move":
        length = card.end - card.start
        start = _sticky(minute - drag.grip, card.start, step)
        start = min(max(start, board.first_minute), max(board.first_minute, board.last_minute - length))
        return replace(drag, column=column, start=start, end=start + length, live=True)
    if drag.kind == "start":
        start = _sticky(minute, card.start, step)
        return replace(drag, start=max(min(start, card.end - step), board.first_minute), live=True)
    end = _sticky(minute, card.end, step)
    return replace(drag, end=min(max(end, card.start + step), board.last_minute), live=True)


def _sticky(minute: float, before: int, step: int) -> int:
    """The nearest grid line, or the old time, which may lie off the grid, when the pointer came back to it."""
    return before if abs(minute - before) < step / 2 else snap(minute, step)


def _stretched(drag: Drag, board: Board, minute: float, step: int) -> Drag:
    anchor = int(drag.grip // step) * step
    start = min(anchor, int(minute // step) * step)
    end = max(anchor + step, -int(-minute // step) * step)
    return replace(drag, start=max(start, board.first_minute), end=min(end, board.last_minute), live=True)


def clicked(board: Board, minute: float) -> tuple[int, int]:
    """Start and end proposed for a click into empty time."""
    start = min(int(minute // STEP) * STEP, board.last_minute - STEP)
    return start, min(start + CLICK_LENGTH, board.last_minute)


def shifted(card: Card, board: Board, minutes: int, columns: int) -> tuple[int, int] | None:
    """Column and start of a card moved by the keyboard, or None when that leaves the board."""
    column, start = card.column + columns, card.start + minutes
    fits = board.first_minute <= start and start + card.end - card.start <= board.last_minute
    return (column, start) if fits and 0 <= column < len(board.columns) else None


def whole(card: Card) -> bool:
    """Is all of the booking in this card? Only then are both its times known here."""
    return not (card.continues_before or card.continues_after)


def can_move(card: Card) -> bool:
    return card.movable and not card.continues_before


def can_resize(card: Card) -> bool:
    return card.resizable and whole(card)
