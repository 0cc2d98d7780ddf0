"""Where things lie on a day's wall clock, in minutes after local midnight: plain arithmetic."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from avenrae_desktop.kernel.time import GRID, day_bounds, instants_of, wall_of

DAY = 1440
Minutes = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """The piece of a longer span that falls on one day."""

    day: date
    start: int
    end: int
    goes_on_before: bool
    goes_on_after: bool


def parts(starts_at: datetime, ends_at: datetime, zone: ZoneInfo, days: Iterable[date]) -> Iterator[Part]:
    """Cut a span of instants at the local midnights of the given days."""
    for day in days:
        part = part_of(starts_at, ends_at, zone, day, day_bounds(day, zone))
        if part is not None:
            yield part


def part_of(
    starts_at: datetime, ends_at: datetime, zone: ZoneInfo, day: date, bounds: tuple[datetime, datetime]
) -> Part | None:
    """The piece that falls on one day, whose `bounds` (see `day_bounds`) the caller knows; None for none."""
    midnight, next_midnight = bounds
    low, high = max(starts_at, midnight), min(ends_at, next_midnight)
    if low >= high:
        return None
    start = _minute(low, day, zone)
    end = DAY if high == next_midnight else _furthest(low, high, day, zone)
    return Part(day, start, max(end, start + 5), starts_at < midnight, ends_at > next_midnight)


def _minute(instant: datetime, day: date, zone: ZoneInfo) -> int:
    wall = wall_of(instant, zone)
    return (wall.date() - day).days * DAY + wall.hour * 60 + wall.minute


def _furthest(low: datetime, high: datetime, day: date, zone: ZoneInfo) -> int:
    """Where the span ends; when the clocks go back within it, the latest time that it touches."""
    end = _minute(high, day, zone)
    if low.astimezone(zone).utcoffset() == high.astimezone(zone).utcoffset():
        return end
    steps = int((high - low) / GRID)
    touched = (_minute(low + i * GRID, day, zone) + 5 for i in range(steps))
    return max(end, *touched) if steps else end


def skipped(day: date, zone: ZoneInfo) -> tuple[Minutes, ...]:
    """The minutes of a day that clocks leave out when they go forward."""
    midnight, next_midnight = day_bounds(day, zone)
    if next_midnight - midnight >= timedelta(days=1):
        return ()
    start = datetime(day.year, day.month, day.day)  # noqa: DTZ001 a wall time
    missing = [m for m in range(0, DAY, 5) if not instants_of(start + timedelta(minutes=m), zone)]
    return merged((m, m + 5) for m in missing)


def merged(spans: Iterable[Minutes]) -> tuple[Minutes, ...]:
    """Sorted, touching and overlapping ones joined."""
    out: list[Minutes] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        elif start < end:
            out.append((start, end))
    return tuple(out)


def without(spans: Iterable[Minutes], holes: Iterable[Minutes]) -> tuple[Minutes, ...]:
    """The spans less the holes."""
    cut = merged(holes)
    out: list[Minutes] = []
    for begin, end in merged(spans):
        start = begin
        for hole_start, hole_end in cut:
            if hole_end <= start or hole_start >= end:
                continue
            out.append((start, hole_start))
            start = hole_end
        out.append((start, end))
    return tuple((a, b) for a, b in out if a < b)
