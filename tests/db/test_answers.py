"""Answers of a server: the same values as PyMySQL reads, whatever their kind and length."""

from datetime import UTC, date, datetime
from typing import Any

import pymysql
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from pymysql.converters import convert_date, convert_datetime

from avenrae_desktop.db import tables as t
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.answers import values
from avenrae_desktop.db.server.connect import practice_engine
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import UserType
from tests.support.engines import EngineKind, Place

SELECTS = (
    "SELECT 1, NULL, -5, 18446744073709551615, 1.50, 2.5e0, '', 'Åsa 🌿', x'00ff', CAST('2026-11-23' AS DATE)",
    "SELECT CAST('2026-11-23 07:05:00.000001' AS DATETIME(6)), CAST('2026-11-23 07:05:00' AS DATETIME)",
    "SELECT CAST('07:05:00' AS TIME), CAST('[1]' AS JSON) AS j",
    "SELECT REPEAT('x', 250), REPEAT('x', 251), REPEAT('x', 65535), REPEAT('é', 70000), REPEAT('x', 17000000)",
    "SELECT 1 WHERE 1 = 0",
    "SELECT 1 AS a, 1 AS a UNION ALL SELECT 2, 3",
    "SHOW VARIABLES LIKE 'max_allowed_packet'",
    "DO 1",
)


def raw(place: Place) -> Any:
    url = place.where
    assert isinstance(url, sa.URL)
    return pymysql.connect(
        host=url.host or "",
        port=url.port or 0,
        user=url.username,
        password=str(url.password),
        database=url.database,
        ssl_disabled=True,
    )


def ours(place: Place) -> sa.Engine:
    url = place.where
    assert isinstance(url, sa.URL)
    address = ServerAddress((Host(url.host or "", url.port or 0),), url.database or "", Trust.NONE)
    return practice_engine(address, url.username or "", str(url.password), None)


@pytest.mark.parametrize("engine_kind", [EngineKind.MYSQL, EngineKind.MARIADB], indirect=False)
def test_as_pymysql_reads_them(place: Place) -> None:
    engine = ours(place)
    link: Any = engine.raw_connection()
    with raw(place) as theirs, theirs.cursor() as one, link.cursor() as other:
        # Twice: the second time the columns are known.
        for statement in SELECTS * 2:
            if "JSON" in statement and place.kind is EngineKind.MARIADB:
                continue
            assert one.execute(statement) == other.execute(statement)
            assert one.fetchall() == other.fetchall()
            assert one.description == other.description
            assert one.rowcount == other.rowcount
    link.close()
    engine.dispose()


@pytest.mark.parametrize("engine_kind", [EngineKind.MYSQL, EngineKind.MARIADB], indirect=False)
def test_the_columns_of_a_changed_table_are_seen(place: Place) -> None:
    engine = ours(place)
    with engine.connect() as c:
        c.exec_driver_sql("CREATE TEMPORARY TABLE seen (a INT)")
        c.exec_driver_sql("INSERT INTO seen VALUES (7)")
        assert c.exec_driver_sql("SELECT a FROM seen").all() == [(7,)]
        c.exec_driver_sql("ALTER TABLE seen MODIFY a VARCHAR(9)")
        assert c.exec_driver_sql("SELECT a FROM seen").all() == [("7",)]
    engine.dispose()


@pytest.mark.parametrize("engine_kind", [EngineKind.MYSQL, EngineKind.MARIADB], indirect=False)
def test_zero_dates_of_other_programs_are_what_they_were(place: Place) -> None:
    engine = ours(place)
    with engine.connect() as c:
        c.exec_driver_sql("SET SESSION sql_mode = ''")
        c.exec_driver_sql("CREATE TEMPORARY TABLE zero (d DATE, m DATETIME)")
        c.exec_driver_sql("INSERT INTO zero VALUES (0, 0)")
        [row] = c.exec_driver_sql("SELECT d, m FROM zero").all()
    assert tuple(row) == (convert_date("0000-00-00"), convert_datetime("0000-00-00 00:00:00"))
    engine.dispose()


@given(st.lists(st.one_of(st.none(), st.binary(max_size=300)), max_size=12))
def test_any_row_comes_out_of_its_packet(row: list[bytes | None]) -> None:
    data = b""
    for value in row:
        size = 0 if value is None else len(value)
        head = b"\xfb" if value is None else bytes([size]) if size < 251 else b"\xfc" + size.to_bytes(2, "little")
        data += head + (value or b"")
    assert values(data, [(None, None)] * len(row)) == tuple(row)


def test_ids_and_instants_come_back_as_they_went(db: sa.Engine) -> None:
    uuid, at = new_uuid(), datetime(2026, 11, 23, 7, 5, 0, 123, tzinfo=UTC)
    row = {
        "uuid": uuid,
        "first_name": "A",
        "last_name": "B",
        "user_type": "client",
        "created_at": at,
        "disabled_at": None,
    }
    with db.begin() as c:
        c.execute(t.users.insert().values(**row))
        u = t.users.c
        found = c.execute(sa.select(u.uuid, u.created_at, u.disabled_at)).one()
    assert tuple(found) == (uuid, at, None)
    assert found.created_at.tzinfo is UTC
    assert date(2026, 11, 23) == found.created_at.date()


@pytest.mark.parametrize("engine_kind", [EngineKind.MYSQL, EngineKind.MARIADB], indirect=False)
def test_values_of_lists_come_back_as_members(place: Place) -> None:
    engine = ours(place)
    values = {"first_name": "A", "last_name": "B", "created_at": datetime(2026, 11, 23, tzinfo=UTC)}
    with engine.begin() as c:
        c.execute(t.users.insert().values(uuid=new_uuid(), user_type=UserType.FRONT_DESK, **values))
        [found] = c.execute(sa.select(t.users.c.user_type)).scalars().all()
        assert found is UserType.FRONT_DESK
        with pytest.raises(sa.exc.StatementError):
            c.execute(t.users.insert().values(uuid=new_uuid(), user_type="nobody", **values))
    engine.dispose()
