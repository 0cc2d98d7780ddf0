"""Instants in UTC, wall times in a zone, and the clock.

Only the shipped tzdata is used: system files can be a year old and hours wrong (design 7).
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, reset_tzpath

from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop

reset_tzpath(())

Clock = Callable[[], datetime]
GRID = timedelta(minutes=5)

NO_SUCH_TIME = Problem(
    "time.no_such_time",
    noop("This time does not exist"),
    noop("On {day} the clocks go forward and skip {time}."),
    noop("Choose a time before or after the change."),
)
TIME_TWICE = Problem(
    "time.twice",
    noop("This time exists twice"),
    noop("On {day} the clocks go back, so {time} comes twice."),
    noop("Say whether you mean the first or the second one."),
)
NO_SUCH_ZONE = Problem(
    "time.no_such_zone",
    noop("Unknown time zone"),
    noop("“{zone}” is not a time zone that this program knows."),
    noop("Choose one from the list, such as Europe/Zurich."),
)


def utc_now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def zone_of(name: str) -> ZoneInfo:
    """The IANA zone; raises RuleBroken if there is none of that name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise RuleBroken(NO_SUCH_ZONE, zone=name) from None


def instants_of(wall: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """The UTC instants (none, one, or two in order) at which clocks in the zone show this naive wall time."""
    if wall.tzinfo is not None:
        msg = "a wall time is naive"
        raise ValueError(msg)
    found = []
    for fold in (0, 1):
        instant = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if wall_of(instant, zone) == wall and instant not in found:
            found.append(instant)
    return tuple(sorted(found))


def instant_of(wall: datetime, zone: ZoneInfo, *, second: bool | None = None) -> datetime:
    """The instant of a wall time. A time that comes twice needs `second` to be said.

    Raises RuleBroken (field "start") for a time that does not exist, or exists twice and was not told apart.
    """
    found = instants_of(wall, zone)
    if not found:
        raise RuleBroken(NO_SUCH_TIME, field="start", day=wall.date(), time=wall.time())
    if len(found) == 1:
        return found[0]
    if second is None:
        raise RuleBroken(TIME_TWICE, field="start", day=wall.date(), time=wall.time())
    return found[1 if second else 0]


def wall_of(instant: datetime, zone: ZoneInfo) -> datetime:
    """What clocks in the zone show at this instant, naive."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def comes_second(instant: datetime, zone: ZoneInfo) -> bool:
    """Whether the instant is the later one of a wall time that exists twice."""
    return instant.astimezone(zone).fold == 1


def day_bounds(day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants at which the local day begins and ends (23, 24 or 25 hours apart, rarely others)."""
    return day_start(day, zone), day_start(day + timedelta(days=1), zone)


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of the local day; where midnight does not exist, the first time that does."""
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 a wall time
    return midnight.replace(tzinfo=zone, fold=0).astimezone(UTC)
