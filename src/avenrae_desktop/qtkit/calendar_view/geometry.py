"""From minutes and columns to pixels of the content and back, with hit tests that never walk all cards."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from math import ceil

from PySide6.QtCore import QPoint, QRect, QSize

from avenrae_desktop.qtkit.calendar_view.board import Board
from avenrae_desktop.qtkit.calendar_view.layout import Place, Span, place

MIN_COLUMN = 120
"""Pixels a column with a name needs at zoom 1 before the view scrolls sideways."""
MIN_DAY = 96
"""Days have short titles: a week stands whole in a small window."""
MIN_LANE = 46
MIN_CARD = 14
CHIP = 24
INSET_LEFT = 3
INSET_RIGHT = 5


@dataclass(frozen=True, slots=True)
class Chip:
    """The "+2" for the cards of an overlap for which there is no room."""

    rect: QRect
    column: int
    rows: tuple[int, ...]


@dataclass(slots=True)
class _Stack:
    """One column's visible cards by top edge; `reach` is the lowest bottom so far, which ends a search early."""

    tops: list[int] = field(default_factory=list)
    reach: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)


class Geometry:
    """One board at one size. Content coordinates: (0, 0) is the first minute of the first column.

    Any thread may make one: for thousands of cards it takes longer than a frame.
    """

    def __init__(self, board: Board, viewport: QSize, hour_height: float, zoom: float = 1.0) -> None:
        self.board = board
        self.viewport = QSize(viewport)
        self.hour_height = hour_height
        self.zoom = zoom
        self.count = len(board.columns)
        named = self.count > 7 or any(column.subtitle for column in board.columns)
        least = MIN_COLUMN if named else MIN_DAY
        self.width = max(viewport.width(), ceil(self.count * least * zoom))
        self.height = max(1, self.y(board.last_minute))
        self.rects: list[QRect] = [QRect()] * len(board.cards)
        self.chips: list[Chip] = []
        self.hidden: frozenset[int] = frozenset()
        self._stacks = [_Stack() for _ in board.columns]
        for column, rows in enumerate(self._rows_by_column()):
            self._lay_out(column, rows)

    def suits(self, board: Board, viewport: QSize, hour_height: float, zoom: float) -> bool:
        """Whether one made of these would be the same; the line of now and the window's height change nothing."""
        same_board = board.cards is self.board.cards and board.columns is self.board.columns
        same_span = (board.first_minute, board.last_minute) == (self.board.first_minute, self.board.last_minute)
        sizes = (viewport.width(), hour_height, zoom)
        same_size = sizes == (self.viewport.width(), self.hour_height, self.zoom)
        return same_board and same_span and board.blocks is self.board.blocks and same_size

    def x(self, column: int) -> int:
        return round(column * self.width / self.count) if self.count else 0

    def y(self, minute: float) -> int:
        return round((minute - self.board.first_minute) * self.hour_height / 60)

    def column_at(self, x: int) -> int:
        """The nearest column: also for a point left or right of all of them. -1 when there are none."""
        column = int(x * self.count / self.width)
        return min(max(column, 0), self.count - 1)

    def minute_at(self, y: float) -> float:
        minute = self.board.first_minute + y * 60 / self.hour_height
        return min(max(minute, self.board.first_minute), self.board.last_minute)

    def slot_rect(self, column: int, start: int, end: int) -> QRect:
        """The whole width of a column, as a card alone in it would stand."""
        left = self.x(column) + INSET_LEFT
        top = self.y(start) + 1
        height = max(self.y(end) - 1 - top, round(MIN_CARD * self.zoom))
        return QRect(left, top, self.x(column + 1) - INSET_RIGHT - left, height)

    def row_at(self, point: QPoint) -> int:
        """The card under a point, or -1."""
        if not QRect(0, 0, self.width, self.height).contains(point) or not self.count:
            return -1
        spot = QRect(point, QSize(1, 1))
        return max(self._hits(self.column_at(point.x()), spot), default=-1)

    def chip_at(self, point: QPoint) -> Chip | None:
        return next((chip for chip in self.chips if chip.rect.contains(point)), None)

    def rows_in(self, area: QRect) -> Iterator[int]:
        """The visible cards that touch an area, column by column."""
        if not self.count:
            return
        for column in range(self.column_at(area.left()), self.column_at(area.right()) + 1):
            yield from self._hits(column, area)

    def _hits(self, column: int, area: QRect) -> Iterator[int]:
        stack = self._stacks[column]
        top = area.top()
        for at in range(bisect_left(stack.tops, area.bottom() + 1) - 1, -1, -1):
            if stack.reach[at] < top:
                return
            if self.rects[stack.rows[at]].intersects(area):
                yield stack.rows[at]

    def _rows_by_column(self) -> list[list[int]]:
        rows: list[list[int]] = [[] for _ in self.board.columns]
        for row, card in enumerate(self.board.cards):
            rows[card.column].append(row)
        return rows

    def _lay_out(self, column: int, rows: list[int]) -> None:
        shortest = ceil(MIN_CARD * self.zoom * 60 / self.hour_height)
        cards = [self.board.cards[row] for row in rows]
        spans = [Span(c.start, max(c.end, c.start + shortest), c.key) for c in cards]
        places = place(spans)
        most = max(1, int((self.x(1) - INSET_LEFT - INSET_RIGHT) // (MIN_LANE * self.zoom)))
        crowded = self._crowd(column, rows, spans, places, most)
        stack, card_rect = self._stacks[column], self._card_rects(column, most)
        reach = -1
        for row, span, spot in sorted(
            zip(rows, spans, places, strict=True), key=lambda item: (item[1].start, -item[1].end, item[1].key)
        ):
            self.rects[row] = card_rect(span, spot)
            if row in crowded:
                continue
            reach = max(reach, self.rects[row].bottom())
            stack.tops.append(self.rects[row].top())
            stack.reach.append(reach)
            stack.rows.append(row)

    def _card_rects(self, column: int, most: int) -> Callable[[Span, Place], QRect]:
        """Where a card of the column stands in its lane of the slot; what they have in common is reckoned once."""
        edge = self.x(column) + INSET_LEFT
        room = self.x(column + 1) - INSET_RIGHT - edge + 1
        crowded_room = room - round(CHIP * self.zoom)
        lowest, first, scale = round(MIN_CARD * self.zoom), self.board.first_minute, self.hour_height / 60

        def card_rect(span: Span, spot: Place) -> QRect:
            lanes, width = (spot.lanes, room) if spot.lanes <= most else (most, crowded_room)
            lane = spot.lane if spot.lane < lanes else lanes - 1
            left = round(lane * width / lanes)
            right = round(min(lane + spot.width, lanes) * width / lanes)
            top = round((span.start - first) * scale) + 1
            height = max(round((span.end - first) * scale) - 1 - top, lowest)
            return QRect(edge + left, top, right - left - 1, height)

        return card_rect

    def _crowd(
        self, column: int, rows: list[int], spans: list[Span], places: list[Place], most: int
    ) -> frozenset[int]:
        """Makes the chips of a column and says which cards they stand for."""
        out = sorted(
            (spans[i].start, spans[i].end, rows[i])
            for i, spot in enumerate(places)
            if spot.lanes > most and spot.lane >= most
        )
        groups: list[tuple[int, int, list[int]]] = []
        for start, end, row in out:
            if groups and start < groups[-1][1]:
                first, last, members = groups[-1]
                groups[-1] = (first, max(last, end), [*members, row])
            else:
                groups.append((start, end, [row]))
        for start, end, members in groups:
            whole = self.slot_rect(column, start, end)
            width = round(CHIP * self.zoom) - 2
            rect = QRect(whole.right() - width + 1, whole.top(), width, whole.height())
            self.chips.append(Chip(rect, column, tuple(members)))
        crowded = frozenset(row for _, _, row in out)
        self.hidden |= crowded
        return crowded


def rows_by_start(board: Board, column: int) -> list[int]:
    """A column's cards in the order a person reads them."""
    rows = [row for row, card in enumerate(board.cards) if card.column == column]
    return sorted(rows, key=lambda row: (board.cards[row].start, -board.cards[row].end, board.cards[row].key))


def nearest_row(board: Board, column: int, minute: int) -> int:
    """The card of a column that starts nearest to a minute, or -1."""
    rows = rows_by_start(board, column)
    starts = [board.cards[row].start for row in rows]
    at = bisect_right(starts, minute)
    return min(rows[max(0, at - 1) : at + 1], key=lambda row: abs(board.cards[row].start - minute), default=-1)
