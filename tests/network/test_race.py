"""The race for the same times over TLS, by front desk and healer with their own accounts, beside raw SQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.network.race_plan import plan_for
from tests.race.checks import check_all, price_of_the_slots, seed
from tests.race.figures import figures, keep
from tests.race.plan import run
from tests.support.places import ServerKind
from tests.support.server_practice import ServerPractice, made_practice
from tests.support.servers import server_engine


@pytest.fixture
def practice(server_kind: ServerKind, run_folder: Path) -> Iterator[ServerPractice]:
    """A fresh one for each race."""
    with made_practice(server_kind, run_folder) as made:
        yield made


@pytest.fixture
def root(practice: ServerPractice) -> Iterator[Engine]:
    engine = server_engine(practice.root)
    yield engine
    engine.dispose()


@pytest.mark.timeout(900)
def test_front_desk_and_healer_race_over_tls(
    practice: ServerPractice, root: Engine, tmp_path: Path, long_form: bool
) -> None:
    plan = plan_for(practice, tmp_path, seed=seed(), seconds=30.0 if long_form else 2.0)
    reports = run(plan, tmp_path / "crowd")
    check_all(plan.place(), root, practice.healers, reports)
    values = figures(reports)
    keep(f"{practice.kind}-tls-16-writers-2-rogues", values)
    for what in ("accepted", "refused", "accepted_of_rogues"):
        assert values[what] > 0, what


@pytest.mark.long
@pytest.mark.timeout(900)
def test_throughput_beside_the_lock_alone(practice: ServerPractice, root: Engine, tmp_path: Path) -> None:
    """The ratio is kept, not judged: a busy machine is no fault."""
    price_of_the_slots(
        f"{practice.kind}-tls-price-of-the-slots",
        root,
        lambda seed, lock_only: plan_for(practice, tmp_path, seed=seed, rogues=0, lock_only=lock_only),
        tmp_path,
        seconds=8,
    )
