"""Writing the generated practice: a few hundred commands, each a transaction of many rows.

The database's triggers take the slots of every booking, as they do for one that a person makes. Each command has
a uuid of its own from seed and place, so that the same call again goes on where an earlier one was ended.
"""

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

from avenrae_desktop.bootstrap.generate.calendar import Calendar
from avenrae_desktop.bootstrap.generate.plan import Plan, Uuids
from avenrae_desktop.bootstrap.generate.rows import Firsts, Row, Rows
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.unit_of_work import Work, reading, unit_of_work
from avenrae_desktop.kernel.bus import Bus, Command, Done
from avenrae_desktop.kernel.errors import Problem, RuleBroken, TryAgain, noop
from avenrae_desktop.kernel.identity import Actor, Permission

Progress = Callable[[int, int], None]
"""Called with the bookings that are safe on the disk, and how many there will be."""

T = TypeVar("T")
BOOKINGS_AT_ONCE = 1_000
CLIENTS_AT_ONCE = 5_000
_TRIES = 5
_BEFORE_FIRST_BOOKING = timedelta(days=45)

HOLDS_BOOKINGS = Problem(
    "generate.holds_bookings",
    noop("This practice holds bookings already"),
    noop("Generated bookings are only written where there are none, so that they never mix with real ones."),
    noop("Choose another folder or another database."),
)


@dataclass(frozen=True, kw_only=True)
class FillPractice(Command):
    """One part of the invented practice: `part` says which ("people", "clients", "bookings"), from `first` on."""

    kind = "generate.fill"
    needs = Permission.SET_UP_PRACTICE
    bookings: int
    seed: int
    today: str
    part: str
    first: int = 0


def fill(engine: sa.Engine, founder: Actor, plan: Plan, progress: Progress) -> None:
    """Write everything, or go on where the same call ended before. Each part is written whole or not at all.

    Raises RuleBroken where there are bookings of anything else.
    """
    writer, calendar = _Writer(engine, founder, plan), Calendar(plan)
    first_command = writer.command("people")
    with reading(engine) as connection:
        if not _is_done(connection, first_command):
            _check_no_bookings(connection)
        rows = Rows(plan, _firsts(connection), founder.user_id, _opened(plan, calendar))
    answer = writer.write(first_command, lambda: _people(rows, calendar), asdict(rows.firsts))
    rows = Rows(plan, Firsts(**answer), founder.user_id, rows.opened)
    for first, some in _chunks(rows.clients(), CLIENTS_AT_ONCE):
        writer.write(writer.command("clients", first), partial(_by_table, some))
    progress(0, plan.bookings)
    for first, many in _chunks(rows.bookings(calendar.bookings()), BOOKINGS_AT_ONCE):
        writer.write(writer.command("bookings", first), partial(dict, bookings=many))
        progress(first + len(many), plan.bookings)


class _Writer:
    def __init__(self, engine: sa.Engine, founder: Actor, plan: Plan) -> None:
        self._begin = unit_of_work(engine, lambda: plan.now)
        self._founder = founder
        self._plan = plan

    def command(self, part: str, first: int = 0) -> FillPractice:
        bookings, today = self._plan.bookings, self._plan.today.isoformat()
        uuids = Uuids(self._plan.dice(f"{bookings} {today} {part} {first}"))
        values: dict[str, Any] = {"bookings": bookings, "seed": self._plan.seed, "today": today}
        return FillPractice(uuid=uuids.at(self._plan.now), part=part, first=first, **values)

    def write(
        self, command: FillPractice, rows: Callable[[], dict[str, list[Row]]], answer: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """One transaction, recorded as a command of the founder; returns what it answered the first time."""

        def insert(_command: Any, work: Work) -> Done:
            for name, values in rows().items():
                if values:
                    work.connection.execute(t.metadata.tables[name].insert(), values)
            return Done(answer or {})

        bus = Bus(self._begin, {FillPractice: insert})
        for _ in range(_TRIES):
            # A server under load may take longer than the bus has patience; the same uuid is never done twice.
            with contextlib.suppress(TryAgain):
                return bus(command, self._founder).answer
        return bus(command, self._founder).answer


def _is_done(connection: sa.Connection, command: FillPractice) -> bool:
    query = sa.select(t.commands.c.id).where(t.commands.c.uuid == command.uuid)
    return connection.execute(query).first() is not None


def _check_no_bookings(connection: sa.Connection) -> None:
    if connection.execute(sa.select(t.bookings.c.id).limit(1)).first() is not None:
        raise RuleBroken(HOLDS_BOOKINGS)


def _opened(plan: Plan, calendar: Calendar) -> datetime:
    return plan.now - (plan.today - calendar.first_day) - _BEFORE_FIRST_BOOKING


def _people(rows: Rows, calendar: Calendar) -> dict[str, list[Row]]:
    found = _by_table(rows.healers())
    found["resources"] += rows.rooms()
    return {**found, **_by_table(rows.services()), "blocked_dates": rows.blocks(calendar.holidays())}


def _by_table(parts: Iterable[dict[str, list[Row]]]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for part in parts:
        for name, values in part.items():
            found[name] += values
    return found


def _chunks(items: Iterator[T], size: int) -> Iterator[tuple[int, list[T]]]:
    first = 0
    while some := list(islice(items, size)):
        yield first, some
        first += len(some)


def _firsts(connection: sa.Connection) -> Firsts:
    tables = (t.users, t.healers, t.clients, t.services, t.resources, t.bookings)
    return Firsts(*(int(connection.scalar(sa.select(sa.func.max(table.c.id))) or 0) + 1 for table in tables))
