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
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.connect import practice_engine
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
_PATIENCE = 300.0
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

    def open(self) -> sa.Engine:
        """An engine as the program opens it; the caller disposes of it."""
        url = self.place.where
        if isinstance(url, Path):
            return self.place.open()
        host = Host(url.host or "", url.port or 3306)
        address = ServerAddress((host,), url.database or "", Trust.NONE)
        return practice_engine(address, url.username or "", str(url.password), None, timeout_s=_PATIENCE)


@contextlib.contextmanager
def practice(kind: EngineKind, bookings: int, build: Path) -> Iterator[Data]:
    """The generated practice on the engine; made first if `build` does not hold it. Servers stop at the end."""
    plan = Plan(bookings, SEED, TODAY)
    folder = build / f"{kind}-{bookings}"
    begun, ready = folder / "begun.json", folder / "ready.json"
    made = json.dumps({"schema": SCHEMA_VERSION, "seed": SEED, "today": str(TODAY)})
    if not any(mark.exists() and mark.read_text() == made for mark in (begun, ready)):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    with _place(kind, folder) as place:
        data = Data(place, plan, folder)
        if not ready.exists():
            _make(data, begun, made)
            begun.rename(ready)
        yield data


@contextlib.contextmanager
def _place(kind: EngineKind, folder: Path) -> Iterator[Place]:
    if kind is EngineKind.SQLCIPHER:
        yield Place(kind, folder / "practice.db")
        return
    with server(ServerKind(kind.value), folder / "server", kept=True, memory=MEMORY) as url:
        execute(url, f"CREATE DATABASE IF NOT EXISTS {_DATABASE} COLLATE utf8mb4_unicode_520_ci")
        yield Place(kind, url.set(database=_DATABASE))


def _make(data: Data, begun: Path, made: str) -> None:
    """Goes on where an earlier run was stopped."""
    engine, began = data.open(), time.monotonic()
    try:
        if not begun.exists():
            create_schema(engine)
            found(engine, data.plan)
            begun.write_text(made)
        fill(engine, founder(), data.plan, lambda done, of: _tell(data.place.kind, done, of))
        if engine.dialect.name != "sqlite":
            with engine.connect() as c:
                c.exec_driver_sql(f"ANALYZE TABLE {', '.join(_BIG)}").all()
    finally:
        engine.dispose()
    took = time.monotonic() - began
    sys.stderr.write(f"\n{data.place.kind}: {data.plan.bookings:,} bookings made in {took:.0f} s\n")


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
