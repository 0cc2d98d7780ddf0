"""Sixteen processes book the same times while two write raw SQL: never a double booking, every acceptance once."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.db.oracle import double
from tests.db.outsider import Outsider
from tests.race.checks import check_all, held_twice, price_of_the_slots, seed, set_triggers
from tests.race.figures import figures, keep
from tests.race.plan import Plan, run
from tests.support.engines import Place
from tests.support.practice import Practice, make_practice


@pytest.fixture
def practice(db: Engine) -> Practice:
    return make_practice(db)


def test_writers_and_rogues(place: Place, practice: Practice, tmp_path: Path, long_form: bool) -> None:
    plan = Plan.on(place, practice, seed=seed(), seconds=30.0 if long_form else 2.5)
    reports = run(plan, tmp_path / "crowd")
    check_all(place, practice.engine, practice.healers, reports)
    values = figures(reports)
    keep(f"{place.kind}-16-writers-2-rogues", values)
    # How many were told to try again is a figure, not a rule: it hangs on the machine, and nothing was changed.
    for what in ("accepted", "refused", "accepted_of_rogues", "refused_rogues"):
        assert values[what] > 0, what


def test_the_logs_show_a_double_booking_where_there_is_one(
    file_db: Engine, sqlcipher_place: Place, tmp_path: Path
) -> None:
    """The proof that the check can fail: the lock alone, and rogues who never ask for it."""
    practice = make_practice(file_db)
    set_triggers(file_db, on=False)
    plan = Plan.on(sqlcipher_place, practice, seed=seed(), seconds=1, writers=4, lock_only=True)
    assert held_twice(run(plan, tmp_path / "crowd")) != []
    with Outsider(sqlcipher_place) as outsider:
        assert double(outsider) != []


def test_everybody_wants_the_same_times_once(
    place: Place, practice: Practice, tmp_path: Path, long_form: bool
) -> None:
    wanted = 96 if long_form else 16
    plan = Plan.on(place, practice, seed=seed(), rogues=0, wanted=wanted)
    reports = run(plan, tmp_path / "crowd")
    check_all(place, practice.engine, practice.healers, reports)
    values = figures(reports)
    keep(f"{place.kind}-same-{wanted}-times", values)
    assert values["accepted"] == wanted
    assert values["refused"] == wanted * (plan.writers - 1)
    starts = [(h.healer, h.start) for r in reports for h in r.held]
    assert sorted(starts) == sorted({(n % 2, 60 * (n // 2)) for n in range(wanted)})


@pytest.mark.long
def test_the_price_of_the_slots(place: Place, practice: Practice, tmp_path: Path) -> None:
    """Speed beside the lock alone, turn by turn. The ratio is kept, not judged: a busy machine is no fault."""
    price_of_the_slots(
        f"{place.kind}-price-of-the-slots",
        practice.engine,
        lambda seed, lock_only: Plan.on(place, practice, seed=seed, rogues=0, lock_only=lock_only),
        tmp_path,
        seconds=8,
    )
