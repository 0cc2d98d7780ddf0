"""Days on the wall clock: midnights, clock changes, availability."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avenrae_desktop.areas.calendar.spans import Part, merged, parts, skipped, without
from avenrae_desktop.areas.calendar.walls import end_wall, minutes_until, wall_at
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.time import zone_of

ZURICH = zone_of("Europe/Zurich")
FORWARD, BACK = date(2026, 3, 29), date(2026, 10, 25)


def wall(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute))


def utc(*parts_: int) -> datetime:
    return datetime(*parts_, tzinfo=UTC)


def test_an_ordinary_booking_is_one_part() -> None:
    found = list(parts(utc(2026, 11, 25, 13), utc(2026, 11, 25, 13, 45), ZURICH, [date(2026, 11, 25)]))
    assert found == [Part(date(2026, 11, 25), 840, 885, goes_on_before=False, goes_on_after=False)]


def test_over_midnight_each_day_has_its_part() -> None:
    days = [date(2026, 11, 25), date(2026, 11, 26)]
    found = list(parts(utc(2026, 11, 25, 21), utc(2026, 11, 26, 1), ZURICH, days))
    assert found == [
        Part(days[0], 1320, 1440, goes_on_before=False, goes_on_after=True),
        Part(days[1], 0, 120, goes_on_before=True, goes_on_after=False),
    ]


def test_up_to_midnight_nothing_goes_on() -> None:
    days = [date(2026, 11, 25), date(2026, 11, 26)]
    found = list(parts(utc(2026, 11, 25, 21), utc(2026, 11, 25, 23), ZURICH, days))
    assert found == [Part(days[0], 1320, 1440, goes_on_before=False, goes_on_after=False)]


def test_when_clocks_go_back_the_part_reaches_over_all_that_it_touches() -> None:
    # 02:30 the first time to 02:15 the second time: 45 minutes that touch 02:00 to 03:00.
    found = list(parts(utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 1, 15), ZURICH, [BACK]))
    assert [(part.start, part.end) for part in found] == [(150, 180)]


def test_when_clocks_go_forward_an_hour_of_minutes_is_missing() -> None:
    assert skipped(FORWARD, ZURICH) == ((120, 180),)
    assert skipped(BACK, ZURICH) == ()
    assert skipped(date(2026, 11, 25), ZURICH) == ()


@pytest.mark.parametrize(
    ("day", "start", "end", "minutes"),
    [
        (date(2026, 11, 25), (10, 0), (10, 45), 45),
        (FORWARD, (1, 30), (3, 30), 60),  # the clocks skip an hour in between
        (BACK, (1, 30), (3, 30), 180),  # and here they show one twice
        (BACK, (1, 30), (2, 30), 60),  # an end that comes twice: the first one after the start
    ],
)
def test_the_real_length_between_wall_times(
    day: date, start: tuple[int, int], end: tuple[int, int], minutes: int
) -> None:
    assert minutes_until(wall(day, *start), wall(day, *end), ZURICH, second=None) == minutes


def test_the_second_of_two_starts_counts_from_there() -> None:
    assert minutes_until(wall(BACK, 2, 30), wall(BACK, 2, 50), ZURICH, second=True) == 20
    assert minutes_until(wall(BACK, 2, 30), wall(BACK, 2, 50), ZURICH, second=False) == 20
    # From the first 02:30 to a 02:15 is 45 minutes, to the same again no time at all is left after the second.
    assert minutes_until(wall(BACK, 2, 30), wall(BACK, 2, 15), ZURICH, second=False) == 45


@pytest.mark.parametrize(
    ("start", "end", "code", "field"),
    [
        (wall(date(2026, 11, 25), 10), wall(date(2026, 11, 25), 9), "calendar.end_before_start", "end"),
        (wall(date(2026, 11, 25), 10), wall(date(2026, 11, 25), 10), "calendar.end_before_start", "end"),
        (wall(FORWARD, 2, 30), wall(FORWARD, 4), "time.no_such_time", "start"),
        (wall(FORWARD, 1, 30), wall(FORWARD, 2, 30), "time.no_such_time", "end"),
        (wall(BACK, 2, 30), wall(BACK, 4), "time.twice", "start"),
    ],
)
def test_times_that_cannot_be_name_their_field(start: datetime, end: datetime, code: str, field: str) -> None:
    with pytest.raises(RuleBroken) as told:
        minutes_until(start, end, ZURICH, second=None)
    assert (told.value.code, told.value.field) == (code, field)


def test_midnight_as_an_end_is_the_one_that_ends_the_day() -> None:
    day = date(2026, 11, 25)
    assert end_wall(day, time(22), time(0)) == wall(date(2026, 11, 26), 0)
    assert end_wall(day, time(22), time(23)) == wall(day, 23)
    assert wall_at(day, 1440) == wall(date(2026, 11, 26), 0)


minutes = st.integers(0, 60)
spans = st.lists(st.tuples(minutes, minutes).map(sorted).map(tuple), max_size=8)


@given(spans, spans)
def test_spans_less_holes_minute_by_minute(all_: list[tuple[int, int]], holes: list[tuple[int, int]]) -> None:
    left = {m for start, end in all_ for m in range(start, end)} - {
        m for start, end in holes for m in range(start, end)
    }
    found = without(all_, holes)
    assert {m for start, end in found for m in range(start, end)} == left
    assert list(found) == sorted(found)


@given(spans)
def test_merged_spans_stand_apart(all_: list[tuple[int, int]]) -> None:
    found = merged(all_)
    assert all(one[1] < other[0] for one, other in pairwise(found))


def test_a_day_of_parts_covers_what_the_booking_covers() -> None:
    start = utc(2026, 11, 23, 22, 30)
    days = [date(2026, 11, 23) + timedelta(days=n) for n in range(4)]
    found = list(parts(start, start + timedelta(days=2), ZURICH, days))
    assert [(p.start, p.end) for p in found] == [(1410, 1440), (0, 1440), (0, 1410)]
