"""From the calendar's rows to what the calendar view paints."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain, pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from avenrae_desktop.areas.accounts.queries import HealerRow
from avenrae_desktop.areas.calendar import queries, words
from avenrae_desktop.areas.calendar.card_texts import CardTexts
from avenrae_desktop.areas.calendar.domain import OPEN, Hours
from avenrae_desktop.areas.calendar.free_time import work_minutes
from avenrae_desktop.areas.calendar.spans import Minutes, merged, part_of, parts, skipped, without
from avenrae_desktop.areas.services.words import category_hue
from avenrae_desktop.kernel.time import day_bounds, wall_of
from avenrae_desktop.kernel.values import HoursKind
from avenrae_desktop.qtkit.calendar_view.board import Block, Board, Card, Column


@dataclass(frozen=True, slots=True)
class Scope:
    """What is on show: some days of everybody together, or (`by_healer`) one day with a column each."""

    first_day: date
    days: int
    healers: tuple[HealerRow, ...]
    by_healer: bool
    may_book: bool
    everybody: bool = False

    def dates(self) -> tuple[date, ...]:
        return tuple(self.first_day + timedelta(days=n) for n in range(self.days))

    @property
    def last_day(self) -> date:
        return self.first_day + timedelta(days=self.days - 1)

    def shows(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class _Lane:
    """One column before its texts: a day, and the healers whose time it shows."""

    day: date
    healers: tuple[HealerRow, ...]


def view_board(rows: queries.Board, scope: Scope, zone: ZoneInfo, now: datetime) -> Board:
    """Everything the view needs for one picture; `now` is an instant. For any thread: it may take a while."""
    today = wall_of(now, zone).date()
    sorted_rows, texts = _Rows.of(rows), CardTexts(zone)
    drawn = [_Drawn(number, lane, sorted_rows, texts) for number, lane in enumerate(_lanes(scope))]
    cards = tuple(card for each in drawn for card in each.cards(scope))
    return Board(
        columns=tuple(each.column(scope, today) for each in drawn),
        cards=tuple(sorted(cards, key=lambda c: (c.column, c.start, c.key))),
        blocks=tuple(block for each in drawn for block in each.blocks),
        now=now_of(scope, zone, now),
    )


def now_of(scope: Scope, zone: ZoneInfo, now: datetime) -> tuple[int, int] | None:
    """Column and minute of the line of now, if today is on show."""
    wall = wall_of(now, zone)
    if not scope.shows(wall.date()):
        return None
    return (wall.date() - scope.first_day).days, wall.hour * 60 + wall.minute


def opening_minute(board: Board, otherwise: int) -> int:
    """The morning of whoever begins first; half an hour above stays, so that it is seen to begin there."""
    begins = [start for column in board.columns for start, _ in column.available]
    begins += [card.start for card in board.cards if not card.continues_before]
    return max(0, min(begins, default=otherwise) - 30)


def _lanes(scope: Scope) -> list[_Lane]:
    if scope.by_healer:
        return [_Lane(scope.first_day, (healer,)) for healer in scope.healers]
    return [_Lane(day, scope.healers) for day in scope.dates()]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows by whose they are: with many healers each column would otherwise walk through everybody's."""

    bookings: Sequence[queries.BookingRow]
    of_healer: Mapping[UUID, Sequence[queries.BookingRow]]
    hours: Mapping[UUID, Sequence[Hours]]
    closed: Sequence[queries.BlockRow]
    """Time off of the whole practice."""
    off: Mapping[UUID, Sequence[queries.BlockRow]]
    """Every healer's time off, and with it the practice's."""

    @classmethod
    def of(cls, rows: queries.Board) -> "_Rows":
        bookings: dict[UUID, list[queries.BookingRow]] = {}
        for booking in rows.bookings:
            bookings.setdefault(booking.healer, []).append(booking)
        hours: dict[UUID, list[Hours]] = {}
        for each in rows.hours:
            hours.setdefault(each.healer, []).append(each.hours)
        closed = [block for block in rows.blocks if block.healer is None]
        own = {block.healer for block in rows.blocks if block.healer is not None}
        off = {healer: [b for b in rows.blocks if b.healer in (None, healer)] for healer in own}
        return cls(rows.bookings, bookings, hours, closed, off)

    def off_of(self, healer: UUID | None) -> Sequence[queries.BlockRow]:
        return self.closed if healer is None else self.off.get(healer, self.closed)


@dataclass(frozen=True)
class _Drawn:
    """One column with its cards and blocks."""

    number: int
    lane: _Lane
    rows: _Rows
    texts: CardTexts

    @property
    def zone(self) -> ZoneInfo:
        return self.texts.zone

    def cards(self, scope: Scope) -> Iterator[Card]:
        several = len(self.lane.healers) > 1
        bounds = day_bounds(self.lane.day, self.zone)
        for row in self._bookings(scope):
            part = part_of(row.starts_at, row.ends_at, self.zone, self.lane.day, bounds)
            if part is None:
                continue
            open_ = scope.may_book and row.status in OPEN
            look = words.state_look(row.status)
            yield Card(
                key=str(row.uuid),
                version=row.version,
                column=self.number,
                start=part.start,
                end=part.end,
                title=row.client_name,
                subtitle=_subtitle(row) if several else row.service_name,
                time_text=self.texts.span(row),
                hue=category_hue(row.category),
                state_icon=look.icon,
                state_shape=look.shape,
                paid_icon=words.paid_icon(row.payment_status, row.status),
                accessible=self.texts.accessible(row),
                movable=open_,
                resizable=open_,
                continues_before=part.goes_on_before,
                continues_after=part.goes_on_after,
                badge=self.texts.overbooked if row.lane else "",
            )

    def _bookings(self, scope: Scope) -> Iterable[queries.BookingRow]:
        # Everybody's week shows the bookings of those too who no longer work here.
        if scope.everybody and not scope.by_healer:
            return self.rows.bookings
        return chain.from_iterable(self.rows.of_healer.get(healer.uuid, ()) for healer in self.lane.healers)

    def column(self, scope: Scope, today: date) -> Column:
        lane = self.lane
        available = self._available()
        top = words.weekday_text(lane.day).rstrip(".")
        return Column(
            key=str(lane.healers[0].uuid) if scope.by_healer else lane.day.isoformat(),
            day=lane.day,
            title_top=top if scope.by_healer else top.upper(),
            title_main=words.short_day_text(lane.day) if scope.by_healer else str(lane.day.day),
            subtitle=lane.healers[0].name if scope.by_healer else "",
            is_today=lane.day == today,
            available=available,
            accessible=self._accessible(available, today),
        )

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        return tuple(self._blocks())

    def _blocks(self) -> Iterator[Block]:
        for (start, end), label in self._breaks():
            yield Block(self.number, start, end, label, "break")
        for row, (start, end) in self._time_off(shared=len(self.lane.healers) > 1):
            yield Block(self.number, start, end, time_off_text(row), "time_off")
        for (start, end), text in self._away():
            yield Block(self.number, start, end, text, "away")

    def _available(self) -> tuple[Minutes, ...]:
        gap = skipped(self.lane.day, self.zone)
        open_: list[Minutes] = []
        for healer in self.lane.healers:
            off = [span for _, span in self._time_off_of(healer.uuid)]
            open_ += without(work_minutes(self._hours(healer.uuid), self.lane.day.weekday()), [*off, *gap])
        return merged(open_)

    def _hours(self, healer: UUID) -> Sequence[Hours]:
        return self.rows.hours.get(healer, ())

    def _breaks(self) -> list[tuple[Minutes, str]]:
        """The breaks that everybody who works in this column shares; one healer's are simply theirs."""
        weekday = self.lane.day.weekday()
        found: list[dict[Minutes, str]] = []
        for healer in self.lane.healers:
            today = [h for h in self._hours(healer.uuid) if h.weekday == weekday]
            if any(h.kind is HoursKind.WORK for h in today):
                plain = QCoreApplication.translate("calendar", "Break")
                pauses = [h for h in today if h.kind is HoursKind.BREAK]
                found.append({(h.start_minute, h.end_minute): h.label or plain for h in pauses})
        if not found:
            return []
        return [(span, label) for span, label in found[0].items() if all(span in other for other in found)]

    def _time_off(self, *, shared: bool) -> list[tuple[queries.BlockRow, Minutes]]:
        if shared:
            return [each for each in self._time_off_of(None) if each[0].healer is None]
        return [each for healer in self.lane.healers for each in self._time_off_of(healer.uuid)]

    def _away(self) -> Iterator[tuple[Minutes, str]]:
        """Who of several is off, while the others work; each stretch says everybody who is."""
        if len(self.lane.healers) < 2:
            return
        closed = [span for _, span in self._time_off_of(None)] + [span for span, _ in self._breaks()]
        off = [
            (healer, row, piece)
            for healer in self.lane.healers
            for row, span in self._time_off_of(healer.uuid)
            if row.healer is not None
            for piece in without([span], closed)
        ]
        cuts = sorted({minute for _, _, span in off for minute in span})
        for start, end in pairwise(cuts):
            here = {
                healer.name.split(" ")[0]: row for healer, row, span in off if span[0] <= start and end <= span[1]
            }
            if here:
                yield (start, end), away_text(here)

    def _time_off_of(self, healer: UUID | None) -> list[tuple[queries.BlockRow, Minutes]]:
        """The whole practice's, and the healer's own where one is named."""
        return [
            (row, (part.start, part.end))
            for row in self.rows.off_of(healer)
            for part in parts(row.starts_at, row.ends_at, self.zone, [self.lane.day])
        ]

    def _accessible(self, available: Sequence[Minutes], today: date) -> str:
        said = [words.long_day_text(self.lane.day)]
        if self.lane.day == today:
            said.append(QCoreApplication.translate("calendar", "today"))
        if len(self.lane.healers) == 1:
            said.append(self.lane.healers[0].name)
        if available:
            open_ = QCoreApplication.translate("calendar", "open {times}")
            said.append(open_.format(times=", ".join(self.texts.minutes(span) for span in available)))
        else:
            said.append(QCoreApplication.translate("calendar", "closed"))
        said += [f"{block.text} {self.texts.minutes((block.start, block.end))}" for block in self.blocks]
        return ", ".join(said)


def time_off_text(row: queries.BlockRow) -> str:
    """What stands on time off; a practice that is closed says so."""
    if row.healer is not None:
        return row.reason or QCoreApplication.translate("calendar", "Time off")
    closed = QCoreApplication.translate("calendar", "Closed")
    return f"{closed} · {row.reason}" if row.reason else closed


def away_text(off: Mapping[str, queries.BlockRow]) -> str:
    """Who is off, by first names as on cards; the reason too where it is one person's."""
    if len(off) == 1:
        [(name, row)] = off.items()
        return f"{name} · {time_off_text(row)}"
    return f"{', '.join(off)} · {QCoreApplication.translate('calendar', 'Time off')}"


def _subtitle(row: queries.BookingRow) -> str:
    """Whose booking it is, where several people's stand side by side."""
    return f"{row.healer_name.split(' ')[0]} · {row.service_name}"
