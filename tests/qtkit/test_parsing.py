"""What people type for times and dates."""

import calendar
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avenrae_desktop.qtkit.widgets.parsing import on_grid, parse_date, parse_named_date, parse_time, stepped

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9", time(9)),
        ("14", time(14)),
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("9:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9h30", time(9, 30)),
        (" 23:55 ", time(23, 55)),
        ("2pm", time(14)),
        ("2:15 pm", time(14, 15)),
        ("12am", time(0)),
        ("12 p.m.", time(12)),
        ("0", time(0)),
    ],
)
def test_times(typed: str, meant: time) -> None:
    assert parse_time(typed) == meant


@pytest.mark.parametrize("typed", ["", "24", "9:60", "13pm", "0am", "nine", "9:3", "-1", "12345", "9:30:00"])
def test_no_times(typed: str) -> None:
    assert parse_time(typed) is None


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)))
def test_every_time_is_read_back(value: time) -> None:
    assert parse_time(f"{value:%H:%M}") == value
    assert parse_time(f"{value:%H%M}") == value
    assert parse_time(f"{value:%I:%M %p}") == value


@given(st.times(), st.sampled_from([5, -5, 60, -60]))
def test_a_step_goes_to_the_grid_and_never_past_midnight(value: time, minutes: int) -> None:
    moved = stepped(value, minutes)
    assert on_grid(moved, abs(minutes))
    way = (moved.hour - value.hour) * 60 + moved.minute - value.minute
    assert abs(way) <= abs(minutes)
    edge = moved in (time(0), time(23, 60 - abs(minutes) if abs(minutes) < 60 else 0))
    assert edge or (way > 0) == (minutes > 0)


@pytest.mark.parametrize(
    ("typed", "order", "meant"),
    [
        ("2026-11-25", "mdy", date(2026, 11, 25)),
        ("25.11.2026", "dmy", date(2026, 11, 25)),
        ("25.11.", "dmy", date(2026, 11, 25)),
        ("11/25/2026", "mdy", date(2026, 11, 25)),
        ("25 11 26", "dmy", date(2026, 11, 25)),
        ("3/4", "mdy", date(2026, 3, 4)),
        ("3/4", "dmy", date(2026, 4, 3)),
        ("1.2.58", "dmy", date(1958, 2, 1)),
        ("1.2.45", "dmy", date(2045, 2, 1)),
        ("1.2.46", "dmy", date(1946, 2, 1)),
        ("29.2.2024", "dmy", date(2024, 2, 29)),
        ("+7", "dmy", date(2026, 11, 30)),
        ("-1", "dmy", date(2026, 11, 22)),
        ("+2w", "dmy", date(2026, 12, 7)),
    ],
)
def test_dates(typed: str, order: str, meant: date) -> None:
    assert parse_date(typed, TODAY, order) == meant


MONTHS = [(name, name[:3]) for name in calendar.month_name[1:]]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Wed 25 Nov 2026", date(2026, 11, 25)),
        ("Wed, Nov 25, 2026", date(2026, 11, 25)),
        ("mon 26 nov 2026", date(2026, 11, 26)),
        ("3 apr", date(2026, 4, 3)),
        ("3. April 1998", date(1998, 4, 3)),
        ("3 ju 2026", None),
        ("3 tomato 2026", None),
        ("31 Apr 2026", None),
        ("3 Apr 26", None),
        ("April", None),
    ],
)
def test_months_are_understood_by_name(typed: str, meant: date | None) -> None:
    assert parse_named_date(typed, TODAY, MONTHS) == meant


@pytest.mark.parametrize(
    "typed", ["", "29.2.2026", "31.4.", "0.1.", "25", "soon", "1.2.3.4", "2026-13-01", "25.11.0"]
)
def test_no_dates(typed: str) -> None:
    assert parse_date(typed, TODAY, "dmy") is None


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.sampled_from(["dmy", "mdy", "ymd"]))
def test_every_date_is_read_back(value: date, order: str) -> None:
    parts = {"d": f"{value.day:02}", "m": f"{value.month:02}", "y": f"{value.year:04}"}
    assert parse_date("/".join(parts[p] for p in order), TODAY, order) == value
    assert parse_date(value.isoformat(), TODAY, order) == value


@given(st.text(max_size=12))
def test_no_text_breaks_it(text: str) -> None:
    assert parse_time(text) is None or isinstance(parse_time(text), time)
    assert parse_date(text, TODAY) is None or isinstance(parse_date(text, TODAY), date)
