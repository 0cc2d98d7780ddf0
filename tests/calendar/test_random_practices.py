"""Whole practices at random: what may be booked, what is offered, and what is refused, against a plain oracle."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from avenrae_desktop.areas.calendar.domain import BlockDates, Book, Hours
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import HoursKind
from tests.support.engines import EngineKind, Place
from tests.support.practice import Practice, make_practice

MINUTE = timedelta(minutes=1)
DAYS = (date(2026, 3, 28), date(2026, 10, 24), date(2026, 10, 3), date(2026, 11, 24))
ZONES = ("Europe/Zurich", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kathmandu", "Africa/Casablanca", "UTC")


@contextmanager
def fresh(template: Path, **how) -> Iterator[Practice]:
    with TemporaryDirectory() as folder:
        copyfile(template, Path(folder) / "practice.db")
        engine = Place(EngineKind.SQLCIPHER, Path(folder) / "practice.db").open()
        yield make_practice(engine, **how)
        engine.dispose()


def minutes_of_day(at: datetime, zone: ZoneInfo) -> tuple[int, int]:
    local = at.astimezone(zone)
    return local.weekday(), local.hour * 60 + local.minute


class Oracle:
    """Minute by minute, in sets; knows nothing of spans, slots or SQL."""

    def __init__(self, zone: ZoneInfo, hours: list[Hours], before: int, after: int) -> None:
        self.zone, self.hours, self.before, self.after = zone, hours, before, after
        self.off: set[datetime] = set()
        self.busy: set[datetime] = set()

    def is_open(self, at: datetime) -> bool:
        weekday, minute = minutes_of_day(at, self.zone)
        kinds = [h.kind for h in self.hours if h.weekday == weekday and h.start_minute <= minute < h.end_minute]
        return HoursKind.WORK in kinds and HoursKind.BREAK not in kinds and at not in self.off

    def session(self, start: datetime, minutes: int) -> list[datetime]:
        return [start + i * MINUTE for i in range(minutes)]

    def occupied(self, start: datetime, minutes: int) -> list[datetime]:
        return [start + i * MINUTE for i in range(-self.before, minutes + self.after)]

    def verdict(self, start: datetime, minutes: int) -> str:
        if any(at in self.busy for at in self.occupied(start, minutes)):
            return "calendar.taken"
        if not all(self.is_open(at) for at in self.session(start, minutes)):
            return "calendar.outside_hours"
        return "free"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_random_practices(template_file: Path, sqlcipher_place: Place, data: st.DataObject) -> None:
    zone_name, day = data.draw(st.sampled_from(ZONES)), data.draw(st.sampled_from(DAYS))
    zone = ZoneInfo(zone_name)
    minutes, before, after = (5 * data.draw(st.integers(*r)) for r in ((3, 24), (0, 3), (0, 3)))
    opens, closes = data.draw(st.sampled_from([(0, 1440), (8 * 60, 18 * 60), (0, 6 * 60), (22 * 60, 1440)]))
    hours = [Hours(d, HoursKind.WORK, opens, closes) for d in range(7)]
    if data.draw(st.booleans()):
        hours += [Hours(d, HoursKind.BREAK, opens + 60, opens + 120) for d in range(7)]
    now = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(days=2)
    oracle = Oracle(zone, hours, before, after)
    how = {"zone": zone_name, "minutes": minutes, "before": before, "after": after, "now": now, "healers": 1}
    with fresh(template_file, **how) as practice:
        practice.set_hours(*hours)
        first = datetime(day.year, day.month, day.day, tzinfo=UTC)
        if data.draw(st.booleans()):
            a = first + 5 * MINUTE * data.draw(st.integers(0, 400))
            wall = a.astimezone(zone).replace(tzinfo=None)
            until = (a + 60 * MINUTE).astimezone(zone).replace(tzinfo=None)
            if wall < until and a.astimezone(zone).utcoffset() == (a + 60 * MINUTE).astimezone(zone).utcoffset():
                practice.do(BlockDates(block=new_uuid(), healer=None, local_start=wall, local_end=until))
                folds = _instants(wall, zone), _instants(until, zone)
                span = int((folds[1][-1] - folds[0][0]) / MINUTE)
                oracle.off |= {folds[0][0] + i * MINUTE for i in range(span)}
        for _ in range(data.draw(st.integers(1, 12))):
            start = first + 5 * MINUTE * data.draw(st.integers(0, 500))
            _book_and_compare(practice, oracle, start, minutes)
        offered = practice.reads().free_times(practice.healers[0], practice.services[0], day, days=2, limit=10_000)
        _compare_offers(oracle, day, minutes, [f.starts_at for f in offered])


def _instants(wall: datetime, zone: ZoneInfo) -> list[datetime]:
    """Every minute of UTC near the wall time at which the zone's clocks show it."""
    about = wall.replace(tzinfo=UTC)
    near = (about + i * 5 * MINUTE for i in range(-15 * 12, 15 * 12))
    return [at for at in near if at.astimezone(zone).replace(tzinfo=None, fold=0) == wall]


def _book_and_compare(practice: Practice, oracle: Oracle, start: datetime, minutes: int) -> None:
    local = start.astimezone(oracle.zone)
    twice = len(_instants(local.replace(tzinfo=None, fold=0), oracle.zone)) == 2
    command = Book(
        booking=new_uuid(),
        client=practice.clients[0],
        healer=practice.healers[0],
        service=practice.services[0],
        local_start=local.replace(tzinfo=None, fold=0),
        second=local.fold == 1 if twice else None,
    )
    try:
        practice.do(command)
        got = "free"
    except RuleBroken as refused:
        got = refused.code
    assert got == oracle.verdict(start, minutes), local
    if got == "free":
        oracle.busy.update(oracle.occupied(start, minutes))


def _compare_offers(oracle: Oracle, day: date, minutes: int, offered: list[datetime]) -> None:
    """All that is offered is free; every free quarter hour of both days is offered."""
    assert all(oracle.verdict(at, minutes) == "free" for at in offered)
    assert offered == sorted(set(offered))
    at, end = (datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(hours=h) for h in (-14, 62))
    quarters = set()
    while at < end:
        local = at.astimezone(oracle.zone)
        inside = day <= local.date() <= day + timedelta(days=1)
        last = (at + minutes * MINUTE - MINUTE).astimezone(oracle.zone).date()
        if inside and last <= day + timedelta(days=1) and local.minute % 15 == 0:
            quarters |= {at} if oracle.verdict(at, minutes) == "free" else set()
        at += 5 * MINUTE
    assert quarters <= set(offered)
