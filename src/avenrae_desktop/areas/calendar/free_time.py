"""When a healer works and where a booking fits: pure functions over instants, exact across clock changes.

Spans are half-open and in UTC. An instant is open when the wall clock of the practice then shows a minute
inside a stretch of work and outside every break, and no time off covers it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from avenrae_desktop.areas.calendar.domain import Hours
from avenrae_desktop.kernel.time import wall_of
from avenrae_desktop.kernel.values import HoursKind

SLOT_SECONDS = 300
_DAY = 1440
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From `start` up to, not including, `end`."""

    start: datetime
    end: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


def slots_of(start: datetime, end: datetime, before_minutes: int = 0, after_minutes: int = 0) -> range:
    """The five-minute slots that a booking occupies, outward to whole slots, buffers included.

    The same rule as the triggers: seconds since 1970 in UTC, divided by 300.
    """
    first = int((start - timedelta(minutes=before_minutes)).timestamp() // SLOT_SECONDS)
    last = int(-(-(end + timedelta(minutes=after_minutes)).timestamp() // SLOT_SECONDS))
    return range(first, last)


def slot_start(slot: int) -> datetime:
    return datetime.fromtimestamp(slot * SLOT_SECONDS, UTC)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Sorted, overlapping and touching spans joined."""
    out: list[Span] = []
    for span in sorted(s for s in spans if s.start < s.end):
        if out and span.start <= out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return out


def without(spans: Iterable[Span], holes: Iterable[Span]) -> list[Span]:
    """The spans less the holes."""
    out = []
    cut = merged(holes)
    for span in merged(spans):
        start = span.start
        for hole in cut:
            if hole.end <= start or hole.start >= span.end:
                continue
            if hole.start > start:
                out.append(Span(start, hole.start))
            start = max(start, hole.end)
        if start < span.end:
            out.append(Span(start, span.end))
    return out


def work_minutes(hours: Sequence[Hours], weekday: int) -> list[tuple[int, int]]:
    """Open stretches of one weekday in wall minutes: work less breaks, sorted and merged."""
    base = datetime(2000, 1, 1, tzinfo=UTC)  # any day: minutes borrow the arithmetic of spans

    def spans(kind: HoursKind) -> list[Span]:
        return [
            Span(base + timedelta(minutes=h.start_minute), base + timedelta(minutes=h.end_minute))
            for h in hours
            if h.weekday == weekday and h.kind == kind
        ]

    return [
        (int((s.start - base) / timedelta(minutes=1)), int((s.end - base) / timedelta(minutes=1)))
        for s in without(spans(HoursKind.WORK), spans(HoursKind.BREAK))
    ]


def _steady(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[Span, timedelta]]:
    """The time from start to end cut where the zone's clocks change, with the offset from UTC of each part."""

    def offset(at: datetime) -> timedelta:
        found = at.astimezone(zone).utcoffset()
        assert found is not None  # noqa: S101 a ZoneInfo always answers
        return found

    part, current = start, offset(start)
    probe = start
    while probe < end:
        following = min(probe + _HOUR, end)
        if offset(following) != current:
            low, high = probe, following
            while high - low > timedelta(seconds=1):
                middle = low + timedelta(seconds=int((high - low).total_seconds()) // 2)
                low, high = (middle, high) if offset(middle) == current else (low, middle)
            if high > part:
                yield Span(part, min(high, end)), current
            part, current = high, offset(high)
        probe = following
    if part < end:
        yield Span(part, end), current


def open_spans(
    hours: Sequence[Hours], blocks: Iterable[Span], start: datetime, end: datetime, zone: ZoneInfo
) -> list[Span]:
    """When a healer with these hours and this time off works between two instants."""
    week = [work_minutes(hours, weekday) for weekday in range(7)]
    work = []
    for part, offset in _steady(start, end, zone):
        local = part.start + offset
        day = local.replace(hour=0, minute=0, second=0, microsecond=0)
        while day < part.end + offset:
            for first, last in week[day.weekday()]:
                opens = day + timedelta(minutes=first) - offset
                closes = day + timedelta(minutes=last) - offset
                work.append(Span(max(opens, part.start), min(closes, part.end)))
            day += timedelta(minutes=_DAY)
    return without(work, blocks)


def fits(span: Span, opens: Iterable[Span]) -> bool:
    """Whether one open stretch holds the whole span."""
    return any(o.start <= span.start and span.end <= o.end for o in opens)


def free_starts(
    opens: Sequence[Span],
    taken: frozenset[int],
    *,
    minutes: int,
    before_minutes: int = 0,
    after_minutes: int = 0,
    step_minutes: int = 5,
    zone: ZoneInfo | None = None,
) -> Iterator[datetime]:
    """Every start on the grid at which the service fits into open time and its slots (with buffers) are free.

    The grid is counted on the wall clock when a zone is given (offers at :00, :15, ... also in zones of odd
    offset); a start right behind what is taken or where work begins is offered whatever the step.
    """
    length = timedelta(minutes=minutes)
    for span in opens:
        slot = -(-int(span.start.timestamp()) // SLOT_SECONDS)
        while slot_start(slot) + length <= span.end:
            start = slot_start(slot)
            slot += 1
            needed = slots_of(start, start + length, before_minutes, after_minutes)
            if not taken.isdisjoint(needed):
                continue
            if _offered(start, span, needed, taken=taken, step_minutes=step_minutes, zone=zone):
                yield start


def _offered(
    start: datetime, span: Span, needed: range, *, taken: frozenset[int], step_minutes: int, zone: ZoneInfo | None
) -> bool:
    wall = wall_of(start, zone) if zone is not None else start
    return (
        (wall.hour * 60 + wall.minute) % step_minutes == 0
        or needed.start - 1 in taken
        or start - span.start < timedelta(seconds=SLOT_SECONDS)
    )
