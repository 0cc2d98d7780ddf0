"""Sixteen processes book the same times while two write raw SQL: never a double booking, every acceptance once."""

import secrets
import sys
from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from avenrae_desktop.db import tables as t
from avenrae_desktop.db.schema import programs
from avenrae_desktop.kernel.values import BookingStatus
from tests.db.oracle import check, double
from tests.db.outsider import DAY, Outsider
from tests.race.figures import figures, keep
from tests.race.plan import Held, Plan, Report, run
from tests.support.engines import Place
from tests.support.practice import Practice, make_practice


@pytest.fixture
def practice(db: Engine) -> Practice:
    return make_practice(db)


def seed() -> int:
    chosen = secrets.randbelow(1_000_000)
    sys.stdout.write(f"seed {chosen}\n")
    return chosen


def held_twice(reports: list[Report]) -> list[tuple[Held, Held]]:
    """Pairs of stretches that two bookings certainly held at the same moment, by the processes' own logs."""
    by_slot = defaultdict(list)
    for report in reports:
        for held in report.held:
            for slot in range(held.start // 5, -(-held.end // 5)):
                by_slot[held.healer, slot].append(held)
    found = []
    for stretches in by_slot.values():
        stretches.sort(key=lambda h: h.since)
        for first, second in pairwise(stretches):
            if first.until is None or first.until > second.since:
                found.append((first, second))
    return found


def in_the_table(engine: Engine, practice: Practice) -> tuple[list[UUID], dict[UUID, tuple[int, int, int]]]:
    """Every booking there is, and where the live ones are."""
    b = t.bookings.c
    query = sa.select(b.uuid, b.status, t.healers.c.uuid.label("healer"), b.booking_date, b.ends_at)
    with engine.connect() as c:
        rows = c.execute(query.join(t.healers, t.healers.c.id == b.healer_id)).all()
    minute = timedelta(minutes=1)
    placed = {
        r.uuid: (
            practice.healers.index(r.healer),
            (r.booking_date - DAY) // minute,
            (r.ends_at - DAY) // minute,
        )
        for r in rows
        if r.status is not BookingStatus.CANCELLED
    }
    return [r.uuid for r in rows], placed


def check_all(place: Place, practice: Practice, reports: list[Report]) -> None:
    """From the tables and from everybody's log, and that both tell the same story."""
    with Outsider(place) as outsider:
        check(outsider)
        # One line of the trail for each command, and no command that nobody sent.
        [(commands,)] = outsider.rows("SELECT COUNT(*) FROM commands")
        [(lines,)] = outsider.rows("SELECT COUNT(DISTINCT command_uuid) FROM audit_logs")
        assert commands == lines
        [(booked,)] = outsider.rows("SELECT COUNT(*) FROM commands WHERE kind = 'calendar.book'")
        assert booked == sum(len(r.accepted) for r in reports if not r.rogue)
    assert held_twice(reports) == []
    there, placed = in_the_table(practice.engine, practice)
    assert sorted(there) == sorted(UUID(a) for r in reports for a in r.accepted)
    logged: dict[UUID, tuple[int, int, int]] = {}
    for report in reports:
        logged |= report.placed()
    assert placed == logged


def set_triggers(engine: Engine, *, on: bool) -> None:
    with engine.begin() as c:
        for event in ("insert", "update"):
            c.exec_driver_sql(f"DROP TRIGGER IF EXISTS bookings_after_{event}")
        for program in programs(engine.dialect.name) if on else ():
            if program.startswith(
                ("CREATE TRIGGER bookings_after_insert", "CREATE TRIGGER bookings_after_update")
            ):
                c.exec_driver_sql(program)


def test_writers_and_rogues(place: Place, practice: Practice, tmp_path: Path, long_form: bool) -> None:
    plan = Plan.on(place, practice, seed=seed(), seconds=30.0 if long_form else 2.5)
    reports = run(plan, tmp_path / "crowd")
    check_all(place, practice, reports)
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
    check_all(place, practice, reports)
    values = figures(reports)
    keep(f"{place.kind}-same-{wanted}-times", values)
    assert values["accepted"] == wanted
    assert values["refused"] == wanted * (plan.writers - 1)
    starts = [(h.healer, h.start) for r in reports for h in r.held]
    assert sorted(starts) == sorted({(n % 2, 60 * (n // 2)) for n in range(wanted)})


@pytest.mark.long
def test_the_price_of_the_slots(place: Place, practice: Practice, tmp_path: Path) -> None:
    """Speed beside the lock alone, turn by turn. The ratio is kept, not judged: a busy machine is no fault."""
    rates: dict[bool, list[float]] = {False: [], True: []}
    for turn in range(4):
        lock_only = turn % 2 == 1
        set_triggers(practice.engine, on=not lock_only)
        with practice.engine.begin() as c:
            c.execute(t.bookings.delete())
        plan = Plan.on(place, practice, seed=turn // 2, seconds=8, rogues=0, lock_only=lock_only)
        reports = run(plan, tmp_path / f"{turn}")
        assert held_twice(reports) == []
        with practice.engine.connect() as c:
            slots = c.scalar(sa.select(sa.func.count()).select_from(t.booking_slots))
        assert (slots == 0) == lock_only
        rates[lock_only].append(figures(reports)["booked_per_second"])
    ours, control = (sum(rates[kind]) / 2 for kind in (False, True))
    keep(
        f"{place.kind}-price-of-the-slots",
        {"ours": rates[False], "lock_only": rates[True], "ratio": round(ours / control, 2)},
    )
    assert min(ours, control) > 0
