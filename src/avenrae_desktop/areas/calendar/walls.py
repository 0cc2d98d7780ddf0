"""From wall times that a person chose to instants and lengths, exact on days when clocks change."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from avenrae_desktop.areas.calendar.problems import END_BEFORE_START
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.time import NO_SUCH_TIME, instant_of, instants_of, wall_of


def wall_at(day: date, minute: int) -> datetime:
    """The wall time some minutes after a day's midnight; 1440 is the next one."""
    return datetime.combine(day, time()) + timedelta(minutes=minute)


def end_wall(day: date, start: time, end: time) -> datetime:
    """The end of a booking by its time alone: midnight is the one that ends the day."""
    wall = datetime.combine(day, end)
    return wall + timedelta(days=1) if end == time() and start > end else wall


def minutes_until(local_start: datetime, local_end: datetime, zone: ZoneInfo, *, second: bool | None) -> int:
    """The real length between two wall times, in minutes.

    Raises RuleBroken: field "start" for a start that does not exist or comes twice untold, field "end" for
    an end that is not after the start or does not exist.
    """
    start = instant_of(local_start, zone, second=second)
    ends = instants_of(local_end, zone)
    if not ends:
        raise RuleBroken(NO_SUCH_TIME, field="end", day=local_end.date(), time=local_end.time())
    after = [end for end in ends if end > start]
    if not after:
        raise RuleBroken(END_BEFORE_START, field="end")
    return int((after[0] - start).total_seconds()) // 60


def wall_after(local_start: datetime, minutes: int, zone: ZoneInfo, *, second: bool) -> datetime:
    """What clocks show so many real minutes later; by the clock's face where the start does not exist."""
    instants = instants_of(local_start, zone)
    if not instants:
        return local_start + timedelta(minutes=minutes)
    return wall_of(instants[-1 if second else 0] + timedelta(minutes=minutes), zone)
