"""Availability and free times against a brute-force minute-by-minute oracle that shares no code with them."""

from datetime import UTC, datetime, timedelta
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avenrae_desktop.areas.calendar.domain import Hours
from avenrae_desktop.areas.calendar.free_time import Span, free_starts, open_spans, slots_of
from avenrae_desktop.kernel.time import instants_of, wall_of
from avenrae_desktop.kernel.values import HoursKind

MINUTE = timedelta(minutes=1)
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)


@cache
def transitions(zone: ZoneInfo) -> list[datetime]:
    """The instants in 2024 to 2030 at which the zone's offset changes, to the minute."""
    found, at = [], FIRST
    while at < LAST:
        after = at + timedelta(hours=6)
        if at.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            minute = at
            while minute.astimezone(zone).utcoffset() == at.astimezone(zone).utcoffset():
                minute += MINUTE
            found.append(minute)
        at = after
    return found


def distinct_zones() -> list[str]:
    """One name for each zone file that ships: aliases are the same file under another name."""
    files = resources.files("tzdata.zoneinfo")
    seen: dict[bytes, str] = {}
    for name in sorted(available_timezones()):
        seen.setdefault(files.joinpath(name).read_bytes(), name)
    return list(seen.values())


ZONES = distinct_zones()


def works_at(hours: tuple[Hours, ...], at: datetime, zone: ZoneInfo) -> bool:
    """The rule itself, for one instant: what the wall clock shows is in work and in no break."""
    local = at.astimezone(zone)
    minute = local.hour * 60 + local.minute
    today = [h for h in hours if h.weekday == local.weekday() and h.start_minute <= minute < h.end_minute]
    kinds = {h.kind for h in today}
    return HoursKind.WORK in kinds and HoursKind.BREAK not in kinds


@st.composite
def weeks(draw: st.DrawFn) -> tuple[Hours, ...]:
    out = []
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, 287)) * 5
        end = draw(st.integers(start // 5 + 1, 288)) * 5
        kind = draw(st.sampled_from([HoursKind.WORK, HoursKind.WORK, HoursKind.BREAK]))
        days = draw(st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True))
        out += [Hours(day, kind, start, end) for day in days]
    return tuple(out)


@st.composite
def moments(draw: st.DrawFn) -> tuple[ZoneInfo, datetime]:
    """A zone and an instant, mostly within a few hours of one of its clock changes."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    changes = transitions(zone)
    if changes and draw(st.integers(0, 4)):
        near = draw(st.sampled_from(changes)) - timedelta(hours=draw(st.integers(0, 20)))
        return zone, near.replace(second=0, microsecond=0)
    return zone, FIRST + timedelta(minutes=5 * draw(st.integers(0, 700_000)))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(where=moments(), hours=weeks(), data=st.data())
def test_open_and_free_times_agree_with_the_oracle(where, hours, data) -> None:
    zone, start = where
    end = start + timedelta(hours=data.draw(st.integers(1, 30)))
    begin = st.integers(0, int((end - start) / MINUTE) - 1)
    blocks = [
        Span(start + a * MINUTE, start + (a + n) * MINUTE)
        for a, n in data.draw(st.lists(st.tuples(begin, st.integers(1, 300)), max_size=2))
    ]
    taken = frozenset(
        slot
        for a, n in data.draw(st.lists(st.tuples(begin, st.integers(1, 24)), max_size=3))
        for slot in slots_of(start + a * MINUTE, start + (a + n * 5) * MINUTE)
    )
    minutes, before, after = (data.draw(st.integers(*r)) * 5 for r in ((1, 24), (0, 4), (0, 4)))

    opens = open_spans(hours, blocks, start, end, zone)
    free = set(
        free_starts(opens, taken, minutes=minutes, before_minutes=before, after_minutes=after, step_minutes=5)
    )

    total = int((end - start) / MINUTE)
    is_open = [
        works_at(hours, start + m * MINUTE, zone)
        and not any(b.start <= start + m * MINUTE < b.end for b in blocks)
        for m in range(total)
    ]
    engine = [any(o.start <= start + m * MINUTE < o.end for o in opens) for m in range(total)]
    assert engine == is_open

    def is_free(m: int) -> bool:
        """Every minute of the session is open, every minute with buffers lies in a slot nobody took."""
        if not all(m + i < total and is_open[m + i] for i in range(minutes)):
            return False
        around = range(m - before, m + minutes + after)
        return all(int((start + i * MINUTE).timestamp()) // 300 not in taken for i in around)

    wanted = {
        start + m * MINUTE for m in range(total) if int((start + m * MINUTE).timestamp()) % 300 == 0 and is_free(m)
    }
    assert free == wanted


@pytest.mark.parametrize("part", range(4))
def test_every_transition_of_every_zone(part: int) -> None:
    """A nine-to-five week across each clock change from 2024 to 2030: open minutes as the wall clock says."""
    week = tuple(Hours(day, HoursKind.WORK, 0, 150) for day in range(7)) + tuple(
        Hours(day, HoursKind.BREAK, 60, 75) for day in range(7)
    )
    seen = 0
    for name in ZONES[part::4]:
        zone = ZoneInfo(name)
        for change in transitions(zone):
            start, end = change - timedelta(hours=4), change + timedelta(hours=4)
            opens = open_spans(week, [], start, end, zone)
            for m in range(0, 480, 5):
                at = start + m * MINUTE
                assert any(o.start <= at < o.end for o in opens) == works_at(week, at, zone), (name, at)
            seen += 1
    assert seen > 100


@pytest.mark.parametrize("part", range(4))
def test_wall_times_near_every_transition_go_there_and_back(part: int) -> None:
    """A wall time has as many instants as there are minutes of UTC that show it: none, one or two."""
    for name in ZONES[part::4]:
        zone = ZoneInfo(name)
        for change in transitions(zone):
            shown: dict[datetime, list[datetime]] = {}
            for m in range(-300, 300, 15):
                at = change + m * MINUTE
                shown.setdefault(wall_of(at, zone), []).append(at)
            middle = [change + m * MINUTE for m in range(-120, 120, 15)]
            for wall in {wall_of(at, zone) for at in middle} | {
                wall_of(change - MINUTE, zone).replace(second=0) + 15 * i * MINUTE + MINUTE for i in range(5)
            }:
                if wall in shown:
                    assert list(instants_of(wall, zone)) == shown[wall], (name, wall)
                else:
                    assert all(wall_of(i, zone) == wall for i in instants_of(wall, zone))
