"""Bookings a second while sixteen processes race for the same times: with everything on, and by the lock alone."""

import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from avenrae_desktop.db import tables as t
from tests.bench.measure import Figure
from tests.race.figures import figures
from tests.race.plan import Plan, run
from tests.race.test_race import set_triggers
from tests.support.engines import Place
from tests.support.practice import Practice, make_practice

BUDGET = "at least 0.8x"


def measure(place: Place, seconds: float, turns: int, writers: int = 16) -> Iterator[Figure]:
    """On an empty database with the schema; the figures are bookings a second."""
    engine = place.open()
    try:
        practice = make_practice(engine)
        rates: dict[bool, list[float]] = {False: [], True: []}
        for turn in range(2 * turns):
            lock_only = turn % 2 == 1
            rates[lock_only].append(_rate(place, practice, seconds, turn // 2, writers, lock_only=lock_only))
        ours, control = (statistics.median(rates[kind]) for kind in (False, True))
        yield Figure.of(f"{place.kind}: race, booked a second against the lock alone", ours, control, BUDGET)
    finally:
        engine.dispose()


def _rate(place: Place, practice: Practice, seconds: float, seed: int, writers: int, *, lock_only: bool) -> float:
    set_triggers(practice.engine, on=not lock_only)
    with practice.engine.begin() as c:
        c.execute(t.bookings.delete())
    plan = Plan.on(place, practice, seed=seed, seconds=seconds, writers=writers, rogues=0, lock_only=lock_only)
    with tempfile.TemporaryDirectory() as folder:
        return float(figures(run(plan, Path(folder) / "crowd"))["booked_per_second"])
