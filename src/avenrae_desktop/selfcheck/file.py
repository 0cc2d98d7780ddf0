"""An encrypted practice is made, closed and opened again; a taken time is refused twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlcipher3.dbapi2 import DatabaseError

from avenrae_desktop.areas.calendar.domain import Book
from avenrae_desktop.areas.calendar.problems import TAKEN
from avenrae_desktop.bootstrap import Practices, demo, places
from avenrae_desktop.bootstrap.app import App
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.engine import WRITES, open_sqlcipher, sqlcipher_engine
from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.selfcheck.finding import Found, NotAsItShouldBeError, expect
from avenrae_desktop.settings.paths import paths_under


def check(folder: Path) -> Found:
    """The engine's version, how many bookings came back, and what refused the taken time."""
    practices = Practices(paths_under(folder))
    practices.open_demo().close()
    app = practices.open_demo()
    place = app.place
    try:
        key = places.load_keys(place).open_by_password(demo.SIGN_IN_NAME, demo.PASSWORD)
        taken = _a_booking(place.database, key)
        by_program = _refused_by_program(app, taken)
        by_database = _refused_by_database(place.database, key, taken)
    finally:
        app.close()
    _check_sealed(place.database)
    return {
        "cipher": _cipher(place.database, key),
        "bookings": taken["bookings"],
        "refused by the program": by_program,
        "refused by the database": by_database,
    }


def _a_booking(database: Path, key: bytes) -> dict[str, Any]:
    """One that is still to come, by what identifies its parts."""
    engine = sqlcipher_engine(database, key)
    b = t.bookings
    people = t.users.alias("client_user")
    wanted = (
        sa.select(b.c.id, b.c.booking_date, b.c.ends_at, t.clients.c.uuid, t.healers.c.uuid, t.services.c.uuid)
        .join(t.clients, t.clients.c.id == b.c.client_id)
        .join(people, people.c.id == t.clients.c.user_id)
        .join(t.healers, t.healers.c.id == b.c.healer_id)
        .join(t.services, t.services.c.id == b.c.service_id)
        .where(b.c.booking_date > datetime.now(UTC) + timedelta(days=1), b.c.status == "confirmed")
        .limit(1)
    )
    with engine.connect() as connection:
        row = connection.execute(wanted).one()
        count = connection.execute(sa.select(sa.func.count()).select_from(b)).scalar_one()
    engine.dispose()
    names = ("id", "start", "end", "client", "healer", "service")
    return dict(zip(names, row, strict=True)) | {"bookings": count}


def _refused_by_program(app: App, taken: dict[str, Any]) -> str:
    wall = taken["start"].astimezone(app.zone()).replace(tzinfo=None)
    parts = {name: taken[name] for name in ("client", "healer", "service")}
    try:
        app.do(Book(booking=new_uuid(), local_start=wall, **parts))
    except AppError as error:
        expect(error.problem is TAKEN, f"the taken time was refused for another reason: {error.code}")
        return error.code
    raise NotAsItShouldBeError("the program booked a taken time")


def _refused_by_database(database: Path, key: bytes, taken: dict[str, Any]) -> str:
    """A copy of the booking, by a statement that knows nothing of the program and would ignore conflicts."""
    engine = sqlcipher_engine(database, key)
    b = t.bookings
    columns = [each for each in b.c if each.name not in ("id", "uuid")]
    copied = sa.select(sa.literal(new_uuid(), b.c.uuid.type), *columns).where(b.c.id == taken["id"])
    copy = b.insert().prefix_with("OR IGNORE").from_select([b.c.uuid, *columns], copied, include_defaults=False)
    try:
        with engine.execution_options(**WRITES).begin() as connection:
            connection.execute(copy)
    except sa.exc.DBAPIError as error:
        return str(error.orig)
    finally:
        engine.dispose()
    raise NotAsItShouldBeError("the database took a booking into a taken time")


def _check_sealed(database: Path) -> None:
    head = database.read_bytes()[:16]
    expect(not head.startswith(b"SQLite format 3"), "the practice's file is not encrypted")
    try:
        open_sqlcipher(database, bytes(32)).close()
    except DatabaseError as error:
        expect(
            "not a database" in str(error), f"with another key the practice's file is refused otherwise: {error}"
        )
        return
    raise NotAsItShouldBeError("another key opens the practice's file")


def _cipher(database: Path, key: bytes) -> str:
    connection = open_sqlcipher(database, key)
    try:
        return str(connection.execute("PRAGMA cipher_version").fetchone()[0])
    finally:
        connection.close()
