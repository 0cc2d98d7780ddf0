"""The generated practice: the same rows for the same seed on every engine, and no double bookings."""

import hashlib
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from avenrae_desktop.bootstrap import Practices
from avenrae_desktop.bootstrap.generate import fill as filling
from avenrae_desktop.bootstrap.generate.calendar import Calendar
from avenrae_desktop.bootstrap.generate.fill import fill
from avenrae_desktop.bootstrap.generate.folder import generate_folder
from avenrae_desktop.bootstrap.generate.founding import SIGN_IN_NAME, founding, new_password
from avenrae_desktop.bootstrap.generate.plan import Plan
from avenrae_desktop.bootstrap.wiring import HANDLERS, reads_over
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.unit_of_work import unit_of_work
from avenrae_desktop.kernel.bus import Bus
from avenrae_desktop.kernel.errors import RuleBroken
from avenrae_desktop.kernel.identity import Actor, Role
from avenrae_desktop.kernel.time import zone_of
from avenrae_desktop.kernel.values import BookingStatus as S
from avenrae_desktop.settings.paths import Paths
from tests.bootstrap.conftest import NOW, PASSWORD
from tests.db.oracle import check
from tests.db.outsider import Outsider
from tests.support.engines import EngineKind, Place
from tests.support.engines import fill as with_schema

TODAY = date(2026, 11, 23)
SMALL = Plan(1_300, 7, TODAY)
# What no seed decides: secrets, and the uuids of settings, which every practice has (a command touched them).
NOT_FROM_THE_SEED = {
    "users": ["password_hash"],
    "settings": ["uuid", "created_at"],
    "commands": ["body_hash", "touched"],
}


def quiet(_done: int, _of: int) -> None:
    return


def generate(engine: Engine, plan: Plan = SMALL) -> Actor:
    create = founding(plan, PASSWORD)
    program = Actor(0, create.person, "", frozenset({Role.ADMIN}))
    Bus(unit_of_work(engine, lambda: plan.now), HANDLERS)(create, program)
    founder = Actor(1, create.person, "Iris Sandoz", frozenset({Role.ADMIN}))
    fill(engine, founder, plan, quiet)
    return founder


def content(engine: Engine) -> dict[str, str]:
    """A hash of all rows of each table, as Python values, in the order of their keys."""
    found = {}
    with engine.connect() as c:
        for table in t.metadata.sorted_tables:
            columns = [col for col in table.c if col.name not in NOT_FROM_THE_SEED.get(table.name, [])]
            rows = c.execute(sa.select(*columns).order_by(*table.primary_key)).all()
            found[table.name] = hashlib.sha256(repr([tuple(r) for r in rows]).encode()).hexdigest()
    return found


def count(engine: Engine, table: sa.Table) -> int:
    with engine.connect() as c:
        return c.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()


@pytest.fixture
def on_a_file(tmp_path: Path, template_file: Path) -> dict[str, str]:
    """What the same seed gives on a file of its own."""
    place = Place(EngineKind.SQLCIPHER, tmp_path / "other.db")
    with_schema(place, template_file)
    engine = place.open()
    generate(engine)
    found = content(engine)
    engine.dispose()
    return found


def test_the_same_seed_gives_the_same_rows_on_every_engine(
    db: Engine, place: Place, on_a_file: dict[str, str]
) -> None:
    generate(db)
    assert content(db) == on_a_file
    assert (count(db, t.bookings), count(db, t.clients), count(db, t.healers)) == (1_300, 130, 4)
    with Outsider(place) as outsider:
        check(outsider)


def test_another_seed_gives_others(file_db: Engine, on_a_file: dict[str, str]) -> None:
    generate(file_db, Plan(1_300, 8, TODAY))
    other = content(file_db)
    assert {name for name in other if other[name] != on_a_file[name]} >= {"bookings", "clients", "booking_slots"}


def test_it_goes_on_where_it_was_ended(db: Engine, monkeypatch: pytest.MonkeyPatch, on_a_file: Any) -> None:
    monkeypatch.setattr(filling, "BOOKINGS_AT_ONCE", 500)
    monkeypatch.setattr(filling, "CLIENTS_AT_ONCE", 50)

    def press_ctrl_c(done: int, _of: int) -> None:
        if done == 1_000:
            raise KeyboardInterrupt

    create = founding(SMALL, PASSWORD)
    program = Actor(0, create.person, "", frozenset({Role.ADMIN}))
    Bus(unit_of_work(db, lambda: SMALL.now), HANDLERS)(create, program)
    founder = Actor(1, create.person, "Iris Sandoz", frozenset({Role.ADMIN}))
    with pytest.raises(KeyboardInterrupt):
        fill(db, founder, SMALL, press_ctrl_c)
    assert count(db, t.bookings) == 1_000
    with pytest.raises(RuleBroken) as refused:
        fill(db, founder, Plan(1_300, 8, TODAY), quiet)
    assert refused.value.code == "generate.holds_bookings"
    for _ in range(2):
        fill(db, founder, SMALL, quiet)
        found = content(db)
        same = set(found) - {"commands", "audit_logs"}  # more and smaller ones
        assert {name: found[name] for name in same} == {name: on_a_file[name] for name in same}


def test_the_screens_show_it(file_db: Engine) -> None:
    generate(file_db)
    reads = reads_over(file_db, lambda: zone_of("Europe/Zurich"), lambda: SMALL.now)
    assert len(reads.accounts.people()) == 5
    healers = [h.uuid for h in reads.accounts.healers()]
    assert len(healers) == 4
    board = reads.calendar.board(TODAY, 7, None)
    assert {b.healer for b in board.bookings} == set(healers)
    assert len(board.bookings) > 40
    assert board.hours
    assert len(reads.services.all()) == 15
    assert len(reads.clients.page("").rows) == 60
    assert reads.calendar.history(board.bookings[0].client)
    assert reads.calendar.free_times(healers[0], board.bookings[0].service, TODAY)


@settings(max_examples=12)
@given(st.integers(1, 3_000), st.integers(0, 2**64), st.dates(date(2024, 1, 1), date(2030, 12, 31)))
def test_any_size_is_as_large_as_asked_and_believable(bookings: int, seed: int, today: date) -> None:
    plan = Plan(bookings, seed, today)
    found = list(Calendar(plan).bookings())
    assert len(found) == bookings
    assert all(0 <= b.client < plan.clients and 0 <= b.healer < len(plan.colleagues) for b in found)
    days = Counter((b.client, b.local_start.date()) for b in found)
    assert max(days.values()) == 1
    assert [b.start for b in found if b.healer == 0] == sorted(b.start for b in found if b.healer == 0)
    for b in found:
        assert b.created <= plan.now
        assert b.start > plan.now or b.status not in {S.PENDING, S.REQUESTED, S.CONFIRMED}
        assert b.status is not S.COMPLETED or b.end <= plan.now


def test_a_large_practice_has_healers_and_services_in_proportion() -> None:
    plan = Plan(1_000_000, 1, TODAY)
    assert (len(plan.colleagues), plan.clients, len(plan.offers)) == (200, 100_000, 150)
    names = [o.name for o in plan.offers]
    assert len(set(names)) == len(names)
    signs = [c.sign_in_name for c in plan.colleagues]
    assert len(set(signs)) == len(signs)
    assert all(len(sign) <= 32 for sign in signs)


def test_a_folder_that_opens(practices: Practices, paths: Paths, tmp_path: Path) -> None:
    plan, seen = Plan(60, 3, TODAY), []
    password = new_password()
    made = generate_folder(
        paths, tmp_path / "big" / "one", plan, founding(plan, password), lambda *at: seen.append(at), NOW
    )
    assert seen == [(0, 60), (60, 60)]
    [place] = practices.known()
    assert place.folder == made.folder
    app = practices.open(place, SIGN_IN_NAME, password)
    today = app.calendar.board(TODAY - timedelta(days=30), 90, None, cancelled=True)
    assert len(today.bookings) == 60
    app.close()
    app = practices.recover(place, made.recovery_key, SIGN_IN_NAME, PASSWORD)
    app.close()
    with pytest.raises(RuleBroken) as refused:
        generate_folder(paths, made.folder, plan, founding(plan, password), quiet, NOW)
    assert refused.value.code == "generate.folder_there"


def test_a_folder_that_was_ended_early_is_gone(practices: Practices, paths: Paths) -> None:
    def press_ctrl_c(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    plan = Plan(60, 3, TODAY)
    with pytest.raises(KeyboardInterrupt):
        generate_folder(paths, None, plan, founding(plan, PASSWORD), press_ctrl_c, NOW)
    assert list(paths.practices.iterdir()) == []
    generate_folder(paths, None, plan, founding(plan, PASSWORD), quiet, NOW)
    assert [p.practice_name for p in practices.known()] == ["Practice of 60 bookings"]
