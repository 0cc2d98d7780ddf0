"""Which backups are kept, for a year of days of all kinds."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from avenrae_desktop.db.backup.rotation import DAILY, MONTHLY, OVERDUE, WEEKLY, WHOLE, is_overdue, to_keep
from avenrae_desktop.kernel.ids import new_uuid
from tests.backup.conftest import FilePractice
from tests.support.practice import NOW

ZURICH = ZoneInfo("Europe/Zurich")


def test_one_every_evening_for_two_years() -> None:
    """12 days, of the weeks before them the last of each, of the months before those the last of each."""
    evenings = [NOW.replace(hour=17) - timedelta(days=n) for n in range(1, 730)]
    kept = sorted(to_keep(evenings, NOW, ZURICH), reverse=True)
    days = [at.astimezone(ZURICH).date() for at in kept]
    assert days[:12] == [NOW.date() - timedelta(days=n) for n in range(1, 13)]
    assert {(d.isocalendar()[0], d.isocalendar()[1]) for d in days} >= {
        (NOW - timedelta(days=1 + 7 * n)).isocalendar()[:2] for n in range(10)
    }
    months = sorted({(d.year, d.month) for d in days}, reverse=True)
    assert months == [(2026, month) for month in range(11, 2, -1)]
    # The last days of two of the weeks are among the twelve days, as is the last one of November.
    assert len(kept) == 12 + 8 + 8


def test_several_in_a_day() -> None:
    """All of the last two days, then the last one of each."""
    hours = [NOW - timedelta(hours=n) for n in range(1, 24 * 20)]
    kept = to_keep(hours, NOW, UTC)
    assert {at for at in hours if NOW - at < WHOLE} <= kept
    older = sorted(at for at in kept if NOW - at >= timedelta(days=3))
    assert {at.hour for at in older} == {23}
    assert len({at.date() for at in older}) == len(older)


@given(
    st.lists(st.integers(0, 400 * 24 * 60), max_size=120),
    st.sampled_from(["UTC", "Europe/Zurich", "Pacific/Apia", "America/St_Johns"]),
)
def test_whatever_happens(minutes: list[int], zone: str) -> None:
    """The newest is kept; thinning again takes nothing more; what is kept has the days that it should."""
    made = [NOW - timedelta(minutes=n) for n in minutes]
    kept = to_keep(made, NOW, ZoneInfo(zone))
    assert kept <= set(made)
    assert not made or max(made) in kept
    assert to_keep(kept, NOW, ZoneInfo(zone)) == kept
    older = [at for at in kept if NOW - at >= WHOLE]
    assert len(older) <= DAILY + WEEKLY + MONTHLY
    local = sorted({at.astimezone(ZoneInfo(zone)).date() for at in made}, reverse=True)[:DAILY]
    assert set(local) <= {at.astimezone(ZoneInfo(zone)).date() for at in kept}


def test_day_by_day_as_the_program_does(file_practice: FilePractice) -> None:
    """Thinned after each one: the newest of a week must not go before the week has its last one."""
    there: set[datetime] = set()
    for day in range(420):
        now = NOW + timedelta(days=day)
        there = set(to_keep({*there, now}, now, UTC))
    ages = sorted((now - at).days for at in there)
    assert ages[:12] == list(range(12))
    assert ages[-1] >= 30 * (MONTHLY - 2)
    assert len(there) <= DAILY + WEEKLY + MONTHLY


def test_seven_days() -> None:
    assert is_overdue(None, NOW)
    assert not is_overdue(NOW - OVERDUE, NOW)
    assert is_overdue(NOW - OVERDUE - timedelta(seconds=1), NOW)


def test_thinned_on_the_shelf(file_practice: FilePractice) -> None:
    """Other practices' backups and other files in the folder are left alone."""
    foreign = file_practice.back_up(NOW - timedelta(days=400)).path
    data = foreign.read_bytes()
    somebody = str(new_uuid()).encode()
    foreign.write_bytes(data.replace(str(file_practice.keys.practice).encode(), somebody))
    (file_practice.shelf.folder / "notes.txt").write_text("mine")
    old = [file_practice.back_up(NOW - timedelta(days=3, hours=n)).path for n in (2, 1)]
    newest = file_practice.back_up(NOW).path
    there = {f.name for f in file_practice.shelf.folder.iterdir() if not f.name.startswith(".")}
    assert there == {foreign.name, "notes.txt", old[1].name, newest.name}
    assert [kept.path for kept in file_practice.shelf.kept()] == [newest, old[1]]
