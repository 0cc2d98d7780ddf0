"""Weekly hours and time off."""

from collections.abc import Sequence
from datetime import time

from avenrae_desktop.areas.calendar import problems
from avenrae_desktop.areas.calendar.domain import (
    BlockDates,
    Hours,
    RestoreBlock,
    SetWeeklyHours,
    UnblockDates,
)
from avenrae_desktop.areas.calendar.repository import availability, bookings, offers, rows, zones
from avenrae_desktop.areas.calendar.use_cases import place
from avenrae_desktop.db.unit_of_work import Work
from avenrae_desktop.kernel.bus import Done
from avenrae_desktop.kernel.errors import NotFound, RuleBroken, Words, noop
from avenrae_desktop.kernel.time import instants_of
from avenrae_desktop.kernel.values import HoursKind

_DAYS = (
    noop("Monday"),
    noop("Tuesday"),
    noop("Wednesday"),
    noop("Thursday"),
    noop("Friday"),
    noop("Saturday"),
    noop("Sunday"),
)
_BACKWARDS = noop("the end is not after the start")
_OVERLAP = noop("it overlaps another stretch of the same kind")
_GRID = noop("times go in five-minute steps")
_OUTSIDE = noop("a break lies outside the working time")


def set_weekly_hours(command: SetWeeklyHours, work: Work) -> Done:
    """Replace a healer's week; raises RuleBroken naming the day that does not fit."""
    healer = offers.find_healer(work.connection, command.healer)
    if healer is None:
        raise NotFound(problems.NO_HEALER)
    hours = [_cleaned(h) for h in command.hours]
    _check_week(hours)
    bookings.lock(work, [healer.resource])
    before = tuple(r.hours for r in rows.read_hours(work.connection, [command.healer]))
    availability.replace_hours(work, healer.id, hours)
    work.touch("hours", command.healer)
    return Done({"healer": command.healer}, SetWeeklyHours(healer=command.healer, hours=before))


def _cleaned(h: Hours) -> Hours:
    label = place.checked_text(h.label, "hours", 100)
    return Hours(h.weekday, h.kind, h.start_minute, h.end_minute, label)


def _check_week(hours: Sequence[Hours]) -> None:
    for h in hours:
        if not 0 <= h.start_minute < h.end_minute <= 1440:
            raise _bad(h, _BACKWARDS)
        if h.start_minute % 5 or h.end_minute % 5:
            raise _bad(h, _GRID)
        for other in hours:
            same = other is not h and other.weekday == h.weekday and other.kind == h.kind
            if same and h.start_minute < other.end_minute and other.start_minute < h.end_minute:
                raise _bad(h, _OVERLAP)
        if h.kind is HoursKind.BREAK and not any(
            w.kind is HoursKind.WORK
            and w.weekday == h.weekday
            and w.start_minute <= h.start_minute
            and h.end_minute <= w.end_minute
            for w in hours
        ):
            raise _bad(h, _OUTSIDE)


def _bad(h: Hours, why: str) -> RuleBroken:
    return RuleBroken(
        problems.BAD_HOURS,
        field=f"day{h.weekday}",
        day=Words(_DAYS[h.weekday]),
        begins=_time_at(h.start_minute),
        ends=_time_at(h.end_minute),
        why=Words(why),
    )


def _time_at(minute: int) -> time:
    """A time of day; 1440 is the midnight that ends it."""
    return time(minute // 60 % 24, minute % 60)


def block_dates(command: BlockDates, work: Work) -> Done:
    """Time off. Bookings inside stay where they are; the screen lists them before."""
    healer_id = None
    if command.healer is not None:
        healer = offers.find_healer(work.connection, command.healer)
        if healer is None:
            raise RuleBroken(problems.NO_HEALER, field="healer")
        healer_id = healer.id
    if command.local_end <= command.local_start:
        raise RuleBroken(problems.BLOCK_BACKWARDS, field="end")
    zone = zones.practice_zone(work.connection)
    # Time off reaches outward over a clock change: from the first of two equal times to the last.
    start = (instants_of(command.local_start, zone) or [command.local_start.replace(tzinfo=zone)])[0]
    end = (instants_of(command.local_end, zone) or [command.local_end.replace(tzinfo=zone)])[-1]
    reason = place.checked_text(command.reason, "reason", 200)
    availability.insert_block(work, command.block, healer_id, start, end, reason)
    work.touch("block", command.block)
    return Done({"block": command.block}, UnblockDates(block=command.block, version=1))


def unblock_dates(command: UnblockDates, work: Work) -> Done:
    """Remove time off; the row stays for the record."""
    _set_removed(work, command, removed=True)
    return Done({"block": command.block}, RestoreBlock(block=command.block, version=command.version + 1))


def restore_block(command: RestoreBlock, work: Work) -> Done:
    """Undo of UnblockDates."""
    _set_removed(work, command, removed=False)
    return Done({"block": command.block})


def _set_removed(work: Work, command: UnblockDates | RestoreBlock, *, removed: bool) -> None:
    if not availability.set_block_removed(work, command.block, command.version, removed=removed):
        raise NotFound(problems.NO_BLOCK)
    work.touch("block", command.block, command.version + 1)
