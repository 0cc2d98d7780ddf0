"""What must hold after a race, from the tables and from everybody's own log; and what the slots cost."""

import secrets
import sys
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import Engine

from avenrae_desktop.db import tables as t
from avenrae_desktop.db.schema import programs
from avenrae_desktop.kernel.values import BookingStatus
from tests.db.oracle import check
from tests.db.outsider import DAY, Outsider
from tests.race.figures import figures, keep
from tests.race.plan import Held, Plan, Report, run
from tests.support.engines import Place


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


def in_the_table(engine: Engine, healers: list[UUID]) -> tuple[list[UUID], dict[UUID, tuple[int, int, int]]]:
    """Every booking there is, and where the live ones are."""
    b = t.bookings.c
    query = sa.select(b.uuid, b.status, t.healers.c.uuid.label("healer"), b.booking_date, b.ends_at)
    with engine.connect() as c:
        rows = c.execute(query.join(t.healers, t.healers.c.id == b.healer_id)).all()
    minute = timedelta(minutes=1)
    placed = {
        r.uuid: (
            healers.index(r.healer),
            (r.booking_date - DAY) // minute,
            (r.ends_at - DAY) // minute,
        )
        for r in rows
        if r.status is not BookingStatus.CANCELLED
    }
    return [r.uuid for r in rows], placed


def check_all(place: Place, engine: Engine, healers: list[UUID], reports: list[Report]) -> None:
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
    there, placed = in_the_table(engine, healers)
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


def price_of_the_slots(
    name: str, engine: Engine, plan: Callable[[int, bool], Plan], folder: Path, seconds: float
) -> None:
    """Speed beside the lock alone, turn by turn; `plan` gets a seed and whether it is the control's turn."""
    rates: dict[bool, list[float]] = {False: [], True: []}
    for turn in range(4):
        lock_only = turn % 2 == 1
        set_triggers(engine, on=not lock_only)
        with engine.begin() as c:
            c.execute(t.bookings.delete())
        reports = run(replace(plan(turn // 2, lock_only), seconds=seconds), folder / f"{turn}")
        assert held_twice(reports) == []
        with engine.connect() as c:
            slots = c.scalar(sa.select(sa.func.count()).select_from(t.booking_slots))
        assert (slots == 0) == lock_only
        rates[lock_only].append(figures(reports)["booked_per_second"])
    ours, control = (sum(rates[kind]) / 2 for kind in (False, True))
    keep(name, {"ours": rates[False], "lock_only": rates[True], "ratio": round(ours / control, 2)})
    assert min(ours, control) > 0
