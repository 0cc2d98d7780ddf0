"""The clock can be right, time zones come from the package alone, and clocks change when they should."""

import zoneinfo
from datetime import UTC, datetime, timedelta
from pathlib import Path

import tzlocal

from avenrae_desktop.kernel.clock_doubt import doubt_of
from avenrae_desktop.kernel.time import utc_now, zone_of
from avenrae_desktop.selfcheck.finding import Found, expect

_SECOND = timedelta(seconds=1)


def check(_folder: Path) -> Found:
    """How many zones can be read, and the offsets around both changes of a year in Zurich."""
    doubt = doubt_of(utc_now())
    expect(doubt is None, "" if doubt is None else ". ".join(doubt.texts()[:2]))
    expect(not zoneinfo.TZPATH, f"the system's time zones are read from {zoneinfo.TZPATH}")
    zurich = zone_of("Europe/Zurich")
    spring = datetime(2026, 3, 29, 1, tzinfo=UTC)
    before, after = (at.astimezone(zurich) for at in (spring - _SECOND, spring))
    expect((before.hour, after.hour) == (1, 3), f"in spring {before:%H:%M} is followed by {after:%H:%M}")
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=zurich)  # in autumn this wall time comes twice
    gap = twice.replace(fold=1).astimezone(UTC) - twice.astimezone(UTC)
    expect(gap == timedelta(hours=1), f"in autumn 02:30 comes again after {gap}")
    names = zoneinfo.available_timezones()
    expect(len(names) > 400, f"only {len(names)} time zones are there")
    for name in names:
        zone_of(name)
    return {
        "zones": len(names),
        "spring": [before.isoformat(), after.isoformat()],
        "here": tzlocal.get_localzone_name(),
    }
