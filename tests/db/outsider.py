"""Somebody who writes raw SQL past the program: a connection of their own, every form of INSERT and UPDATE."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import pymysql
import sqlalchemy as sa
from sqlcipher3 import dbapi2 as sqlcipher

from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.ids import new_uuid
from tests.support.engines import TEST_KEY, EngineKind, Place
from tests.support.practice import Practice

REFUSALS = (pymysql.err.MySQLError, sqlcipher.DatabaseError)
DAY = datetime(2026, 11, 24, tzinfo=UTC)

INSERTS = {
    EngineKind.SQLCIPHER: (
        "INSERT",
        "INSERT OR IGNORE",
        "INSERT OR REPLACE",
        "INSERT OR FAIL",
        "INSERT OR ROLLBACK",
        "REPLACE",
    ),
    EngineKind.MYSQL: ("INSERT", "INSERT IGNORE", "REPLACE"),
    EngineKind.MARIADB: ("INSERT", "INSERT IGNORE", "REPLACE"),
}
UPDATES = {
    EngineKind.SQLCIPHER: (
        "UPDATE",
        "UPDATE OR IGNORE",
        "UPDATE OR REPLACE",
        "UPDATE OR FAIL",
        "UPDATE OR ROLLBACK",
    ),
    EngineKind.MYSQL: ("UPDATE", "UPDATE IGNORE"),
    EngineKind.MARIADB: ("UPDATE", "UPDATE IGNORE"),
}
UPSERT = {
    EngineKind.SQLCIPHER: "ON CONFLICT(uuid) DO UPDATE SET {column} = excluded.{column}",
    EngineKind.MYSQL: "ON DUPLICATE KEY UPDATE {column} = VALUES({column})",
    EngineKind.MARIADB: "ON DUPLICATE KEY UPDATE {column} = VALUES({column})",
}


@dataclass(frozen=True)
class Keys:
    """The rows that a booking refers to."""

    client: int
    service: int
    person: int
    healers: tuple[int, ...]
    healer_resources: tuple[int, ...]
    room: int

    @classmethod
    def of(cls, practice: Practice) -> "Keys":
        with practice.engine.connect() as c:
            pairs = c.execute(
                sa.select(t.healers.c.id, t.resources.c.id)
                .join(t.resources, t.resources.c.healer_id == t.healers.c.id)
                .order_by(t.healers.c.id)
            ).all()
            return cls(
                client=c.scalar(sa.select(sa.func.min(t.clients.c.id))) or 0,
                service=c.scalar(sa.select(sa.func.min(t.services.c.id))) or 0,
                person=practice.actor.user_id,
                healers=tuple(p[0] for p in pairs),
                healer_resources=tuple(p[1] for p in pairs),
                room=c.scalar(sa.select(t.resources.c.id).where(t.resources.c.healer_id.is_(None))) or 0,
            )


@dataclass(frozen=True)
class Row:
    """A row of bookings as an outsider writes it."""

    client_id: int
    healer_id: int
    service_id: int
    created_by: int
    booking_date: Any
    ends_at: Any
    uuid: UUID = field(default_factory=new_uuid)
    room_id: int | None = None
    local_start: str = "2026-11-24 10:00:00.000000"
    time_zone: str = "Europe/Zurich"
    buffer_before_minutes: Any = 0
    buffer_after_minutes: Any = 0
    status: str = "confirmed"
    total_price: int = 95
    lane: int = 0
    overbooking_reason: str | None = "twins"
    cancelled_at: str | None = "2026-11-23 07:00:00.000000"
    created_at: str = "2026-11-23 07:00:00.000000"


COLUMNS = ", ".join(f.name for f in fields(Row))


def row(keys: Keys, start: float = 600, end: float = 660, *, healer: int = 0, **more: Any) -> Row:
    """A booking from minute to minute after midnight UTC of the test's day."""
    plain = Row(
        keys.client,
        keys.healers[healer],
        keys.service,
        keys.person,
        DAY + timedelta(minutes=start),
        DAY + timedelta(minutes=end),
    )
    return replace(plain, **more)


def literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, UUID):
        return f"X'{value.hex}'"
    if isinstance(value, datetime):
        return f"'{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}'"
    return str(value) if isinstance(value, int | float) else "'{}'".format(value.replace("'", "''"))


def values(given: Row) -> str:
    return ", ".join(literal(getattr(given, f.name)) for f in fields(Row))


def insert(verb: str, rows: Sequence[Row], tail: str = "") -> str:
    listed = ", ".join(f"({values(r)})" for r in rows)
    return f"{verb} INTO bookings ({COLUMNS}) VALUES {listed} {tail}"


def insert_select(verb: str, rows: Sequence[Row]) -> str:
    return f"{verb} INTO bookings ({COLUMNS}) " + " UNION ALL ".join(f"SELECT {values(r)}" for r in rows)


def upsert(kind: EngineKind, given: Row, columns: Iterable[str]) -> str:
    first, *others = columns
    tail = UPSERT[kind].format(column=first)
    tail += "".join(", " + UPSERT[kind].format(column=c).split("UPDATE ")[1].removeprefix("SET ") for c in others)
    return insert("INSERT", [given], tail)


def update(verb: str, uuid: UUID, /, **changes: Any) -> str:
    setting = ", ".join(f"{name} = {literal(value)}" for name, value in changes.items())
    return f"{verb} bookings SET {setting} WHERE uuid = {literal(uuid)}"


class Outsider:
    """A connection with the driver alone; `careless` drops every safeguard that a connection can drop.

    `patience`: seconds that a locked file is waited for.
    """

    def __init__(self, place: Place, *, careless: bool = False, patience: float = 10) -> None:
        self.kind = place.kind
        self.leaves_orphans = careless and place.kind is EngineKind.SQLCIPHER
        self.connection: Any
        if isinstance(place.where, Path):
            self.connection = sqlcipher.connect(str(place.where), isolation_level=None, timeout=patience)
            self.run(f"PRAGMA key = \"x'{TEST_KEY.hex()}'\"")
            if not careless:
                self.run("PRAGMA foreign_keys = ON")
                self.run("PRAGMA recursive_triggers = ON")
            return
        url = place.where
        self.connection = pymysql.connect(
            host=url.host or "",
            port=url.port or 0,
            user=url.username,
            password=str(url.password),
            database=url.database,
            autocommit=True,
            ssl_disabled=True,
        )
        if careless:
            self.run("SET SESSION sql_mode = '', foreign_key_checks = 0")

    def run(self, sql: str) -> int:
        """Runs one statement; returns how many rows it altered, and raises what the driver raises."""
        cursor = self.connection.cursor()
        try:
            cursor.execute(sql)
            return max(cursor.rowcount, 0)
        finally:
            cursor.close()

    def tries(self, sql: str) -> str | None:
        """Runs the statement; returns why it was refused, or None."""
        try:
            self.run(sql)
        except REFUSALS as error:
            return str(error)
        return None

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        cursor = self.connection.cursor()
        try:
            cursor.execute(sql)
            return [tuple(r) for r in cursor.fetchall()]
        finally:
            cursor.close()

    def empty(self) -> None:
        """No bookings, and no slots of any."""
        self.run("DELETE FROM bookings")
        self.run("DELETE FROM booking_slots")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()
