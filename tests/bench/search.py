"""Searching clients as somebody types, hit and miss, beside one look-up in one index."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from avenrae_desktop.areas.clients.repository import ClientReads
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.unit_of_work import reading
from tests.bench.data import Data
from tests.bench.measure import CPU, WALL, Act, Figure, compare
from tests.support.engines import EngineKind

BUDGET = "3x"
_ROWS = 50


def terms_of(engine: sa.Engine) -> dict[str, str]:
    """What is typed, by what it is like; hits are of a client in the middle."""
    k, u = t.clients.c, t.users.c
    with engine.connect() as c:
        middle = c.execute(sa.select(sa.func.max(k.id) / 2)).scalar_one()
        query = sa.select(k.first_key, k.last_key, k.phone_key).join(t.users, u.id == k.user_id)
        row = c.execute(query.where(k.id > middle, k.phone_key != "").order_by(k.id).limit(1)).one()
    first, last = row.first_key.split()[0], row.last_key.split("-")[0].split()[0]
    return {
        "one word": last,
        "one word, no hit": "xylophon",
        "two words": f"{first} {last}",
        "two words, no hit": f"{first} xylophon",
        "digits at the end of a number": row.phone_key[-4:],
        "digits, no hit": "00000000",
        "one letter": last[:1],
        "two letters": "a z",
        "two letters, no hit": "x q",
        "three letters": "a e m",
    }


def measure(data: Data, rounds: int) -> Iterator[Figure]:
    """On a server by the clock on the wall, because a search costs the server; on a file all is our own work."""
    engine = data.open()
    try:
        reads, clock = ClientReads(engine), CPU if data.place.kind is EngineKind.SQLCIPHER else WALL
        for what, text in terms_of(engine).items():
            times = compare(_finding(reads, text), looking_up(engine), rounds, clock)
            yield Figure.of(f"{data.place.kind}: search, {what}", *times, BUDGET)
    finally:
        engine.dispose()


def _finding(reads: ClientReads, text: str) -> Act:
    return lambda: reads.find(text)


def looking_up(engine: sa.Engine) -> Act:
    """Fifty clients from one place in the index of last names."""
    k, u = t.clients.c, t.users.c
    query: sa.Select[Any] = (
        sa.select(k.uuid, u.first_name, u.last_name, k.date_of_birth, k.phone, k.contact_email)
        .join(t.users, u.id == k.user_id)
        .where(k.last_key >= "k")
        .order_by(k.last_key, k.first_key, k.id)
        .limit(_ROWS)
    )

    def act() -> None:
        with reading(engine) as connection:
            connection.execute(query).all()

    return act
