"""Twenty-four writers whose commits are late, undone or frozen: every reader sees every command exactly once."""

import json
import os
import secrets
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from avenrae_desktop.db.feed import FeedReader
from avenrae_desktop.db.tables import commands
from tests.feed.figures import keep
from tests.feed.writer import Plan, prepare
from tests.support.engines import Place
from tests.support.places import ROOT

WRITERS = 24


@dataclass
class Watcher:
    """Reads on a thread, `pause` seconds apart, until it is told to stop; then once more."""

    name: str
    pause: float
    read: Callable[[], list[UUID]]
    seen: list[UUID] = field(default_factory=list)
    reads: int = 0
    failed: BaseException | None = None

    def __post_init__(self) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=self.name)
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._stop.wait(self.pause):
                self._read()
            self._read()
        except BaseException as error:  # noqa: BLE001 - told by the test
            self.failed = error

    def _read(self) -> None:
        self.seen += self.read()
        self.reads += 1


def feed(engine: Engine) -> Callable[[], list[UUID]]:
    reader = FeedReader(engine)
    reader.start()

    def read() -> list[UUID]:
        told = reader.read()
        assert not told.everything
        assert all(row.touched[0].uuid == row.uuid for row in told.rows)
        return [row.uuid for row in told.rows]

    return read


def only_the_greatest(engine: Engine) -> Callable[[], list[UUID]]:
    """The control: what a reader does that trusts AUTO_INCREMENT."""
    last = 0

    def read() -> list[UUID]:
        nonlocal last
        query = sa.select(commands.c.id, commands.c.uuid).where(commands.c.id > last).order_by(commands.c.id)
        with engine.connect() as connection:
            rows = connection.execute(query).all()
        last = rows[-1].id if rows else last
        return [row.uuid for row in rows]

    return read


def committed(engine: Engine) -> list[UUID]:
    with engine.connect() as connection:
        return list(connection.scalars(sa.select(commands.c.uuid)))


def run(plan: Plan, frozen_seconds: float) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.feed.crowd", str(frozen_seconds)],
        input=json.dumps(plan.plain()),
        text=True,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, f"seed {plan.seed}\n{done.stderr[-4000:]}"
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.timeout(3600)
def test_every_command_is_seen_once(place: Place, db: Engine, long_form: bool) -> None:
    plan = Plan.on(
        place,
        person=prepare(db),
        seed=secrets.randbelow(1_000_000),
        commands=100_008 if long_form else 2_880,
        writers=WRITERS,
    )
    began = time.monotonic()
    with ExitStack() as stack:
        readers = [
            stack.enter_context(Watcher(name, pause, feed(db)))
            for name, pause in (("every second", 1.0), ("ten a second", 0.1), ("fifty a second", 0.02))
        ]
        naive = stack.enter_context(Watcher("greatest only", 0.1, only_the_greatest(db)))
        late = stack.enter_context(LateStart(db, after=4.0 if not long_form else 30.0))
        told = run(plan, frozen_seconds=45.0 if long_form else 1.5)
    seconds = time.monotonic() - began
    everything = committed(db)
    assert len(everything) == len(set(everything)) == plan.commands
    assert told["frozen"] == 1
    for reader in readers:
        assert reader.failed is None
        assert Counter(reader.seen) == Counter(everything), reader.name
    assert late.there | set(late.watcher.seen) == set(everything)
    assert max(Counter(late.watcher.seen).values()) == 1
    assert naive.failed is None
    missed = len(set(everything) - set(naive.seen))
    assert missed > 0, "no commit was late: the test proves nothing"
    keep(
        place.kind.value,
        {
            "commands": plan.commands,
            "numbers_given_out": greatest(db),
            "seconds": round(seconds, 1),
            "per_second": round(plan.commands / seconds),
            "reads": {reader.name: reader.reads for reader in readers},
            "missed": 0,
            "missed_by_greatest_only": missed,
            "seed": plan.seed,
        },
    )


class LateStart:
    """A window that is opened in the middle: it has what was there when it was opened, and sees the rest."""

    def __init__(self, engine: Engine, after: float) -> None:
        self.engine = engine
        self.there: set[UUID] = set()
        self._timer = threading.Timer(after, self._open)
        self._opened: list[Watcher] = []

    @property
    def watcher(self) -> Watcher:
        [watcher] = self._opened
        assert watcher.failed is None
        return watcher

    def _open(self) -> None:
        read = feed(self.engine)
        self.there = set(committed(self.engine))
        self._opened.append(Watcher("opened late", 0.2, read))

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.join()
        for watcher in self._opened:
            watcher.__exit__()


def greatest(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.max(commands.c.id))) or 0)
