"""Which backups are kept: those of the last days, one for each of the last weeks and months."""

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta, tzinfo

DAILY, WEEKLY, MONTHLY = 12, 10, 9
WHOLE = timedelta(days=2)
"""So long everything is kept: a mistake of this morning is found in the backup of yesterday noon."""
OVERDUE = timedelta(days=7)


def to_keep(made: Iterable[datetime], now: datetime, zone: tzinfo) -> frozenset[datetime]:
    """Of backups made at these instants, those to keep; days, weeks and months are those of `zone`.

    The newest is always among them.
    """
    newest_first = sorted(set(made), reverse=True)
    local = {each: each.astimezone(zone) for each in newest_first}
    kept = {each for each in newest_first if now - each < WHOLE}
    kept |= _last_of_each(newest_first, lambda at: local[at].date(), DAILY)
    kept |= _last_of_each(newest_first, lambda at: local[at].isocalendar()[:2], WEEKLY)
    kept |= _last_of_each(newest_first, lambda at: (local[at].year, local[at].month), MONTHLY)
    return frozenset(kept)


def is_overdue(last_good: datetime | None, now: datetime) -> bool:
    """Whether the practice has been without a new good backup for too long."""
    return last_good is None or now - last_good > OVERDUE


def _last_of_each(
    newest_first: list[datetime], period: Callable[[datetime], Hashable], count: int
) -> set[datetime]:
    found: dict[Hashable, datetime] = {}
    for each in newest_first:
        found.setdefault(period(each), each)
    return set(list(found.values())[:count])
