"""What the screens read: each call beside raw PyMySQL that sends the same SQL and fetches tuples."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pymysql
import sqlalchemy as sa
from sqlalchemy import event

from avenrae_desktop.bootstrap.generate import ZONE
from avenrae_desktop.bootstrap.wiring import reads_over
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.engine import SQL_MODE
from avenrae_desktop.kernel.time import zone_of
from tests.bench.data import Data, some_uuids
from tests.bench.measure import Act, Figure, compare
from tests.support.engines import Place

LIST, DEEP = "1.4x", "4x"
_SINGLE = "1.7x"
"""Where a statement brings fewer than 20 rows, its own price is most of what there is (research/data.md 2, 8)."""
_FEW_ROWS = {"calendar, week of one healer", "client's history", "booking with history"}
_COMPUTES = "free times, 14 days"
_HEALERS_OF_A_DAY = 20
_DEEP = 0.9
Sent = list[tuple[str, Any]]


@dataclass(frozen=True)
class Screens:
    """The calls behind the screens, by name."""

    calls: dict[str, Act]
    first_page: Act
    deep_page: Act


def screens_of(data: Data, engine: sa.Engine) -> Screens:
    """The calls on one practice: a healer and a client in the middle of the practice."""
    reads = reads_over(engine, lambda: zone_of(ZONE), lambda: data.now)
    healers = some_uuids(engine, "healers", _HEALERS_OF_A_DAY)
    healer, client, today = healers[len(healers) // 2], _busy_client(engine, data), data.plan.today
    service = _service_of(engine, healer)
    booking = reads.calendar.board(today, 7, None).bookings[0].uuid
    after = _deep_place(engine)
    calls: dict[str, Act] = {
        "calendar, week of one healer": lambda: reads.calendar.board(today, 7, [healer]),
        "calendar, day of 20 healers": lambda: reads.calendar.board(today, 1, healers),
        "clients, first page": lambda: reads.clients.page(""),
        "clients, deep page": lambda: reads.clients.page("", after),
        "client's history": lambda: reads.calendar.history(client),
        "booking with history": lambda: reads.calendar.booking(booking),
        "services": lambda: reads.services.page(""),
        "people": reads.accounts.people,
        _COMPUTES: lambda: reads.calendar.free_times(healer, service, today),
    }
    return Screens(calls, calls["clients, first page"], calls["clients, deep page"])


def _busy_client(engine: sa.Engine, data: Data) -> UUID:
    b = t.bookings.c
    query = (
        sa.select(t.clients.c.uuid)
        .join(t.bookings, b.client_id == t.clients.c.id)
        .where(b.booking_date >= data.now)
        .limit(1)
    )
    with engine.connect() as c:
        return c.execute(query).scalar_one()


def _service_of(engine: sa.Engine, healer: UUID) -> UUID:
    sp = t.service_providers.c
    query = (
        sa.select(t.services.c.uuid)
        .select_from(
            t.services.join(t.service_providers, sp.service_id == t.services.c.id).join(
                t.healers, t.healers.c.id == sp.healer_id
            )
        )
        .where(t.healers.c.uuid == healer)
        .order_by(t.services.c.id)
        .limit(1)
    )
    with engine.connect() as c:
        return c.execute(query).scalar_one()


def _deep_place(engine: sa.Engine) -> tuple[object, ...]:
    """Where the page nine tenths down the list of clients begins."""
    k = t.clients.c
    with engine.connect() as c:
        count = c.execute(sa.select(sa.func.count()).select_from(t.clients)).scalar_one()
        query = sa.select(k.last_key, k.first_key, k.id).order_by(k.last_key, k.first_key, k.id)
        row = c.execute(query.offset(int(count * _DEEP)).limit(1)).one()
    return (0, row.last_key, row.first_key, row.id)


def measure(data: Data, rounds: int) -> Iterator[Figure]:
    """On a server: each list call against raw PyMySQL, and the deep page against the first."""
    engine = data.open()
    name = data.place.kind
    try:
        screens = screens_of(data, engine)
        with closing(raw(data.place)) as connection:
            for what, call in screens.calls.items():
                control = again(connection, sent(engine, call))
                yield Figure.of(f"{name}: {what}", *compare(call, control, rounds), _budget(what))
        deep, first = compare(screens.deep_page, screens.first_page, rounds)
        yield Figure.of(f"{name}: clients, deep page against the first", deep, first, DEEP)
    finally:
        engine.dispose()


def _budget(what: str) -> str:
    if what == _COMPUTES:
        return ""
    return _SINGLE if what in _FEW_ROWS else LIST


def sent(engine: sa.Engine, call: Act) -> Sent:
    """The statements of a call with their parameters, as they went to the driver."""
    seen: Sent = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        seen.append((statement, parameters))

    with _listening(engine, note):
        call()
    return seen


@contextmanager
def _listening(engine: sa.Engine, note: Callable[..., None]) -> Iterator[None]:
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", note)


def raw(place: Place) -> Any:
    """PyMySQL by itself, with the settings of the program's own connections."""
    url = place.where
    assert isinstance(url, sa.URL)
    return pymysql.connect(
        host=url.host or "",
        port=url.port or 0,
        user=url.username,
        password=str(url.password or ""),
        database=url.database,
        charset="utf8mb4",
        init_command=f"SET SESSION sql_mode='{SQL_MODE}', time_zone='+00:00'",
        autocommit=True,
        ssl_disabled=True,
    )


def again(connection: Any, statements: Sent) -> Act:
    """The same statements on a tuple cursor, every row fetched."""

    def act() -> None:
        with connection.cursor() as cursor:
            for statement, parameters in statements:
                cursor.execute(statement, parameters)
                cursor.fetchall()

    return act
