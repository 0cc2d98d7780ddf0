"""A clock that says 1970, 2100, or a day before the practice's last entry."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avenrae_desktop.bootstrap import Practices
from avenrae_desktop.db.health import last_entry
from avenrae_desktop.db.server.certificates import issue
from avenrae_desktop.kernel.clock_doubt import (
    BEFORE_LAST_ENTRY,
    BEFORE_PROGRAM,
    LONG_AFTER_LAST_ENTRY,
    LONG_AFTER_PROGRAM,
    LONGEST_PAUSE,
    MADE,
    SLACK,
    doubt_of,
)
from avenrae_desktop.kernel.errors import Problem, Unavailable
from avenrae_desktop.settings.paths import paths_under

EPOCH = datetime(1970, 1, 1, 0, 2, tzinfo=UTC)
DISTANT = datetime(2100, 6, 15, 10, 0, tzinfo=UTC)
TODAY = MADE + timedelta(days=200)


def problem_of(now: datetime, last: datetime | None = None) -> Problem | None:
    doubt = doubt_of(now, last)
    return None if doubt is None else doubt.problem


def test_the_program_was_made_before_today() -> None:
    """Else it would doubt every clock."""
    assert datetime.now(UTC) > MADE


@pytest.mark.parametrize(
    ("now", "last", "problem"),
    [
        (EPOCH, None, BEFORE_PROGRAM),
        (EPOCH, TODAY, BEFORE_PROGRAM),
        (DISTANT, None, LONG_AFTER_PROGRAM),
        (TODAY, None, None),
        (TODAY, TODAY, None),
        (TODAY, TODAY + SLACK, None),
        (TODAY, TODAY + SLACK + timedelta(minutes=1), BEFORE_LAST_ENTRY),
        (TODAY + LONGEST_PAUSE, TODAY, None),
        (TODAY + LONGEST_PAUSE + timedelta(minutes=1), TODAY, LONG_AFTER_LAST_ENTRY),
    ],
)
def test_what_speaks_against_a_clock(now: datetime, last: datetime | None, problem: Problem | None) -> None:
    assert problem_of(now, last) is problem


@given(st.datetimes(datetime(1970, 1, 2), datetime(9998, 1, 1), timezones=st.just(UTC)))
def test_every_doubt_can_be_put_into_words(now: datetime) -> None:
    told = doubt_of(now, TODAY)
    if told is None:
        assert TODAY - SLACK <= now <= TODAY + LONGEST_PAUSE
    else:
        shown = now.astimezone().replace(tzinfo=None).isoformat(" ", "minutes")
        assert shown in told.texts()[1]


def test_the_demo_is_not_made_with_such_a_clock(tmp_path: Path) -> None:
    """Its people would not be born yet."""
    paths = paths_under(tmp_path)
    with pytest.raises(Unavailable) as told:
        Practices(paths, lambda: EPOCH).open_demo()
    assert told.value.problem is BEFORE_PROGRAM
    assert not paths.demo.exists()


def test_the_last_entry_of_an_open_practice_is_known(demo_home: Path) -> None:
    app = Practices(paths_under(demo_home)).open_demo()
    try:
        last = last_entry(app._engine)
        assert last is not None
        assert app.place.last_entry == last
        assert datetime.now(UTC) - last < timedelta(hours=1)
    finally:
        app.close()


def test_no_certificate_is_issued_that_nobody_would_accept(tmp_path: Path) -> None:
    for wrong in (EPOCH, DISTANT):
        with pytest.raises(Unavailable):
            issue(tmp_path / "certificates", ["server.example"], clock=lambda now=wrong: now)  # type: ignore[misc]
    assert not (tmp_path / "certificates").exists()
