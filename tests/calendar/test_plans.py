"""With thousands of bookings no read of the calendar goes through a whole table, on any engine."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine, event

from avenrae_desktop.areas.calendar.repository import CalendarReads
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import wall_of
from avenrae_desktop.kernel.values import BookingStatus
from tests.support.practice import NOW, Practice, add_client, make_practice

BIG = ("bookings", "booking_slots", "clients")
CLIENTS, BOOKINGS = 150, 3000
Read = Callable[[CalendarReads, Practice, uuid.UUID], object]


def fill(p: Practice) -> uuid.UUID:
    """Half an hour after another for two healers, over three months before and after now; returns one of today."""
    with p.engine.begin() as c:
        p.clients += [add_client(c, f"First{i % 40}", f"Last{i % 60}") for i in range(CLIENTS)]
        clients = c.execute(sa.select(t.clients.c.id)).scalars().all()
        healers = c.execute(sa.select(t.healers.c.id)).scalars().all()
        service = c.scalar(sa.select(t.services.c.id))
        first = NOW - timedelta(minutes=75 * BOOKINGS // 4)
        rows = [_row(p, first, i, clients[i % len(clients)], healers[i % 2], service) for i in range(BOOKINGS)]
        c.execute(t.bookings.insert(), rows)
    if p.engine.dialect.name != "sqlite":
        with p.engine.begin() as c:
            c.exec_driver_sql("ANALYZE TABLE bookings, booking_slots, clients, users, healers").all()
    return next(row["uuid"] for row in rows if row["booking_date"] >= NOW)


def _row(p: Practice, first: datetime, i: int, client: int, healer: int, service: int | None) -> dict[str, Any]:
    start = first + timedelta(minutes=75 * (i // 2))
    return {
        "uuid": new_uuid(),
        "client_id": client,
        "healer_id": healer,
        "service_id": service,
        "booking_date": start,
        "ends_at": start + timedelta(minutes=30),
        "local_start": wall_of(start, p.zone),
        "time_zone": "Europe/Zurich",
        "status": BookingStatus.CONFIRMED,
        "total_price": Decimal("95.00"),
        "created_by": p.actor.user_id,
        "created_at": NOW,
    }


READS: dict[str, Read] = {
    "everybody's week": lambda r, p, b: r.board(date(2026, 11, 23), 7, None),
    "everybody's day": lambda r, p, b: r.board(date(2026, 11, 23), 1, None, cancelled=True),
    "one healer's week": lambda r, p, b: r.board(date(2026, 11, 23), 7, [p.healers[0]]),
    "a booking": lambda r, p, b: r.booking(b),
    "find": lambda r, p, b: r.find("last1"),
    "free times": lambda r, p, b: r.free_times(
        p.healers[0], p.services[0], date(2026, 11, 23), days=28, limit=400
    ),
    "free times to move to": lambda r, p, b: r.free_times(
        p.healers[0], p.services[0], date(2026, 11, 23), days=28, limit=400, exclude_booking=b
    ),
    "nearest": lambda r, p, b: r.nearest_free(
        p.healers[0], p.services[0], datetime(2026, 11, 24, 10), exclude_booking=b
    ),
    "history": lambda r, p, b: r.history(p.clients[1]),
    "older history": lambda r, p, b: r.history(p.clients[1], before=NOW),
    "stranded": lambda r, p, b: r.stranded(p.healers[0], datetime(2026, 11, 24), datetime(2026, 11, 25)),
}


def test_no_read_goes_through_a_whole_table(db: Engine) -> None:
    practice = make_practice(db)
    booking = fill(practice)
    found = {}
    for name, read in READS.items():
        scans = _scans(db, lambda read=read: read(practice.reads(), practice, booking))
        if scans:
            found[name] = scans
    assert found == {}


def test_a_whole_table_is_noticed(db: Engine) -> None:
    practice = make_practice(db)
    fill(practice)

    def everything() -> None:
        with db.connect() as c:
            c.execute(sa.select(t.bookings.c.note).where(t.bookings.c.note == "x")).all()

    assert len(_scans(db, everything)) == 1


@pytest.mark.parametrize("name", ["everybody's week", "one healer's week", "a booking", "history"])
def test_at_most_three_statements(db: Engine, name: str) -> None:
    practice = make_practice(db)
    booking = fill(practice) if name == "a booking" else new_uuid()
    assert 1 <= len(_statements(db, lambda: READS[name](practice.reads(), practice, booking))) <= 3


def _statements(engine: Engine, do: Callable[[], object]) -> list[tuple[str, Any]]:
    """What was sent, with its parameters."""
    sent: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            sent.append((statement, parameters))

    event.listen(engine, "before_cursor_execute", note)
    try:
        do()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sent


def _scans(engine: Engine, do: Callable[[], object]) -> list[str]:
    """The steps of the plans that read all of a table that grows."""
    found = []
    for statement, parameters in _statements(engine, do):
        aliases = _aliases(statement)
        with engine.connect() as c:
            if engine.dialect.name == "sqlite":
                plan = [row[3] for row in c.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]
                found += [step for step in plan if step.startswith("SCAN") and step.split()[1] in aliases]
                continue
            form = "" if engine.dialect.is_mariadb else "FORMAT=TRADITIONAL"
            rows = c.exec_driver_sql(f"EXPLAIN {form} {statement}", parameters).mappings().all()
            found += [
                f"{r['table']} {r['type']} {r['key']} {r['rows']}"
                for r in rows
                if r["table"] in aliases and r["type"] in ("ALL", "index")
            ]
    return found


def _aliases(statement: str) -> set[str]:
    """Every name under which the statement reads one of the big tables."""
    words = statement.replace("(", " ").replace(")", " ").replace(",", " ").split()
    named = {words[i + 2] for i, word in enumerate(words[:-2]) if word in BIG and words[i + 1].upper() == "AS"}
    return {*BIG, *named}
