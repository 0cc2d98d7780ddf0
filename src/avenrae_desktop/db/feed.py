"""The change feed: every committed command once, for windows that are open on the same practice server.

AUTO_INCREMENT numbers are given out before the commit, so a smaller one may appear after a greater one: a reader
that remembers only the greatest misses about one change in seven under load (research/trust.md 4.6). So every
number that is missing below the greatest is asked for again, until it appears or its transaction can no longer be
open.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.db import presence
from avenrae_desktop.db.presence import OpenRecord
from avenrae_desktop.db.tables import commands
from avenrae_desktop.db.unit_of_work import reading
from avenrae_desktop.kernel.changes import Touched

# An idle session is ended by the server after 120 s (`wait_timeout`), and its transaction with it. The rest is for
# a COMMIT that takes long by itself, as on a server that waits for room on its disk.
LONGEST_TRANSACTION = 300.0  # seconds
# More numbers than this are not skipped by open transactions: the counter was moved.
WIDEST_GAP = 10_000
# MariaDB makes a temporary table of a longer list (in_predicate_conversion_threshold 1000).
ASKED_AT_ONCE = 500
ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One committed command: who did what kind of thing to which things. `id` is its number, `uuid` its name."""

    id: int
    uuid: UUID
    actor_id: int | None
    kind: str
    touched: tuple[Touched, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """What is new since the last read.

    `everything`: the server no longer has what it told before (it was put back from a copy), so that all that is
    on screen has to be read again; `rows` is then empty.
    """

    rows: tuple[FeedRow, ...] = ()
    open_elsewhere: tuple[OpenRecord, ...] = ()
    everything: bool = False


@dataclass
class FeedReader:
    """Reads the feed of one practice server. One caller at a time; a read that fails may simply be made again.

    `window` is the uuid under which this window tells its own presence; it is left out of `open_elsewhere`.
    """

    engine: sa.Engine
    window: UUID | None = None
    clock: Callable[[], float] = time.monotonic
    _last: int = field(default=0, init=False)
    _last_uuid: UUID | None = field(default=None, init=False)
    # Missing numbers, the newest first, and when each was first missed.
    _gaps: dict[int, float] = field(default_factory=dict, init=False)
    _turn: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        # Made once: putting it together takes longer than the server takes to answer it.
        self._query = _query(self.window)

    def start(self) -> None:
        """Begin here: what is committed later than this will be read. Load screens after it.

        Raises LinkLost (and the other errors of a connection), as `read` does.
        """
        c = commands.c
        newest = sa.select(sa.func.coalesce(sa.func.max(c.id), 0)).scalar_subquery()
        # Transactions that are open right now may hold smaller numbers than the greatest.
        query = sa.select(c.id, c.uuid).where(c.id > newest - WIDEST_GAP).order_by(c.id)
        with reading(self.engine) as connection:
            found = connection.execute(query).all()
        self._last, self._last_uuid = (found[-1].id, found[-1].uuid) if found else (0, None)
        self._gaps = {}
        self._miss(max(0, self._last - WIDEST_GAP), {row.id for row in found})

    def read(self) -> Read:
        """What was committed since, by one statement."""
        values = {"last": self._last, "asked": self._asked(), "most": ROWS_AT_ONCE}
        with reading(self.engine) as connection:
            found = connection.execute(self._query, values).all()
        rows = [row for row in found if row.id is not None]
        open_elsewhere = tuple(
            OpenRecord(row.touched, row.kind, row.uuid) for row in found if row.id is None and row.uuid
        )
        if not self._is_same_story(rows):
            self.start()
            return Read((), open_elsewhere, everything=True)
        fresh = sorted((row for row in rows if row.id != self._last), key=lambda row: row.id)
        self._note(fresh)
        return Read(tuple(_row(row) for row in fresh), open_elsewhere)

    def _is_same_story(self, rows: Sequence[Any]) -> bool:
        """Whether the last row that was read is still there, and still the same."""
        if self._last == 0 or (len(rows) == ROWS_AT_ONCE and rows[-1].id < self._last):
            return True
        return any(row.id == self._last and row.uuid == self._last_uuid for row in rows)

    def _asked(self) -> list[int]:
        """The missing numbers of this read: all, or of very many the newest and, in turn, some of the others."""
        now = self.clock()
        self._gaps = {n: since for n, since in self._gaps.items() if now - since < LONGEST_TRANSACTION}
        if len(self._gaps) <= ASKED_AT_ONCE:
            return [*self._gaps] or [self._last]
        half = ASKED_AT_ONCE // 2
        older = [*islice(self._gaps, half, None)]
        at = self._turn % len(older)
        self._turn = at + half
        return [*islice(self._gaps, half), *(older + older)[at : at + half]]

    def _note(self, fresh: Sequence[Any]) -> None:
        for row in fresh:
            self._gaps.pop(row.id, None)
        if fresh and fresh[-1].id > self._last:
            before = self._last
            self._last, self._last_uuid = fresh[-1].id, fresh[-1].uuid
            self._miss(before, {row.id for row in fresh})

    def _miss(self, before: int, seen: set[int]) -> None:
        """Remember the numbers between `before` and the last one that were not there."""
        now = self.clock()
        span = range(self._last - 1, max(before, self._last - WIDEST_GAP), -1)
        self._gaps = {n: now for n in span if n not in seen} | self._gaps


def _query(window: UUID | None) -> sa.CompoundSelect[Any]:
    c = commands.c
    missing = c.id.in_(sa.bindparam("asked", expanding=True))
    news = (
        sa.select(c.id, c.uuid, c.actor_id, c.kind, c.touched)
        # The last row that was read is read again: while it is there, the server is still the one it was.
        .where(sa.or_(c.id >= sa.bindparam("last"), missing))
        .order_by(c.id)
        .limit(sa.bindparam("most", type_=sa.Integer))
    )
    return sa.union_all(news, presence.open_records(window))


def _row(row: Any) -> FeedRow:
    touched = tuple(Touched(k, UUID(u), v) for k, u, v in json.loads(row.touched))
    return FeedRow(row.id, row.uuid, row.actor_id, row.kind, touched)
