"""The generated practices that are measured: kept under build/bench for the next run."""

import contextlib
import json
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.areas.accounts.domain import CreatePractice
from avenrae_desktop.areas.accounts.use_cases import HANDLERS
from avenrae_desktop.bootstrap.generate import ZONE
from avenrae_desktop.bootstrap.generate.fill import fill
from avenrae_desktop.bootstrap.generate.plan import Plan
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.engine import open_sqlcipher
from avenrae_desktop.db.schema import SCHEMA_VERSION, create_schema
from avenrae_desktop.db.unit_of_work import unit_of_work
from avenrae_desktop.kernel.bus import Bus
from avenrae_desktop.kernel.identity import Actor, Role
from tests.support.engines import TEST_KEY, EngineKind, Place
from tests.support.keeper import server
from tests.support.places import ServerKind
from tests.support.servers import execute

SEED = 1
TODAY = date(2026, 11, 23)
MEMORY = "1G"
_FOUNDER = UUID(int=1)
_DATABASE = "bench"
_BIG = ("bookings", "booking_slots", "clients", "users", "user_roles")


@dataclass(frozen=True)
class Data:
    """A practice to measure: where it is, and what counts as now."""

    place: Place
    plan: Plan
    folder: Path

    @property
    def now(self) -> datetime:
        return self.plan.now


@contextlib.contextmanager
def practice(kind: EngineKind, bookings: int, build: Path) -> Iterator[Data]:
    """The generated practice on the engine; made first if `build` does not hold it. Servers stop at the end."""
    plan = Plan(bookings, SEED, TODAY)
    folder = build / f"{kind}-{bookings}"
    ready, made = folder / "ready.json", {"schema": SCHEMA_VERSION, "seed": SEED, "today": str(TODAY)}
    if not ready.exists() or json.loads(ready.read_text()) != made:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    with _place(kind, folder) as place:
        if not ready.exists():
            _make(place, plan)
            ready.write_text(json.dumps(made))
        yield Data(place, plan, folder)


@contextlib.contextmanager
def _place(kind: EngineKind, folder: Path) -> Iterator[Place]:
    if kind is EngineKind.SQLCIPHER:
        yield Place(kind, folder / "practice.db")
        return
    with server(ServerKind(kind.value), folder / "server", kept=True, memory=MEMORY) as url:
        execute(url, f"CREATE DATABASE IF NOT EXISTS {_DATABASE} COLLATE utf8mb4_unicode_520_ci")
        yield Place(kind, url.set(database=_DATABASE))


def _make(place: Place, plan: Plan) -> None:
    engine = place.open()
    began = time.monotonic()
    try:
        create_schema(engine)
        found(engine, plan)
        fill(engine, founder(), plan, lambda done, of: _tell(place.kind, done, of))
        if engine.dialect.name != "sqlite":
            with engine.connect() as c:
                c.exec_driver_sql(f"ANALYZE TABLE {', '.join(_BIG)}").all()
    finally:
        engine.dispose()
    sys.stderr.write(f"\n{place.kind}: {plan.bookings:,} bookings made in {time.monotonic() - began:.0f} s\n")


def found(engine: sa.Engine, plan: Plan) -> None:
    """An empty practice with its founder."""
    command = CreatePractice(
        practice_name="Measured",
        time_zone=ZONE,
        currency="EUR",
        person=_FOUNDER,
        first_name="Ada",
        last_name="Min",
        sign_in_name="ada",
        is_healer=False,
        password="measured and measured again",
    )
    Bus(unit_of_work(engine, lambda: plan.now), HANDLERS)(command, founder())


def founder() -> Actor:
    return Actor(1, _FOUNDER, "Ada Min", frozenset({Role.ADMIN}))


def _tell(kind: str, done: int, of: int) -> None:
    sys.stderr.write(f"\r{kind}: {done:,} of {of:,} bookings")


def plain_copy(data: Data) -> Path:
    """The same practice as a file without encryption, read by the same library."""
    copy = data.folder / "plain.db"
    if not copy.exists():
        half = data.folder / "plain.part"
        half.unlink(missing_ok=True)
        connection = open_sqlcipher(data.folder / "practice.db", TEST_KEY)
        with contextlib.closing(connection):
            connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(half),))
            connection.execute("SELECT sqlcipher_export('plain')")
            connection.execute("DETACH DATABASE plain")
        half.rename(copy)
    return copy


def some_uuids(engine: sa.Engine, name: str, count: int) -> list[UUID]:
    """Uuids of a table's rows, spread evenly from the first to the last."""
    table = t.metadata.tables[name]
    with engine.connect() as c:
        low, high = c.execute(sa.select(sa.func.min(table.c.id), sa.func.max(table.c.id))).one()
        ids = {low + (high - low) * n // max(1, count - 1) for n in range(count)}
        query = sa.select(table.c.uuid).where(table.c.id.in_(sorted(ids))).order_by(table.c.id)
        return list(c.execute(query).scalars())
