"""Commands and the audit trail are only ever added to; what the tables refuse whoever writes."""

from decimal import Decimal

import pytest
import sqlalchemy as sa

from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.ids import new_uuid
from tests.db.conftest import Shared
from tests.db.outsider import INSERTS, Keys, Outsider, insert, row

COMMAND = "(uuid, kind, body_hash, body, answer, touched, created_at)"


def command(uuid_hex: str, body: str = "{}") -> str:
    return f"(X'{uuid_hex}', 'k', X'{'00' * 32}', '{body}', '{{}}', '[]', '2026-11-23 07:00:00.000000')"


def counts(raw: Outsider) -> tuple[int, int]:
    [(commands,)] = raw.rows("SELECT COUNT(*) FROM commands")
    [(audits,)] = raw.rows("SELECT COUNT(*) FROM audit_logs")
    return commands, audits


def everything(raw: Outsider) -> list[tuple[object, ...]]:
    commands = raw.rows("SELECT id, uuid, kind, body, answer FROM commands ORDER BY id")
    return commands + raw.rows("SELECT id, uuid, action, detail, user_id FROM audit_logs ORDER BY id")


def test_every_command_leaves_one_line(raw: Outsider) -> None:
    before = counts(raw)
    given = ", ".join(command(new_uuid().hex) for _ in range(3))
    raw.run(f"INSERT INTO commands {COMMAND} VALUES {given}")
    assert counts(raw) == (before[0] + 3, before[1] + 3)
    [(twin,)] = raw.rows(
        "SELECT COUNT(*) FROM commands c JOIN audit_logs a ON a.command_uuid = c.uuid AND a.action = c.kind"
        " AND a.detail = c.body"
    )
    assert twin == counts(raw)[0] == counts(raw)[1]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET created_at = '2020-01-01 00:00:00.000000'",
        "UPDATE {ignore} {table} SET created_at = '2020-01-01 00:00:00.000000'",
        "UPDATE {table} SET id = id + 1000",
        "DELETE FROM {table}",
        "DELETE {delete_ignore} FROM {table}",
    ],
)
@pytest.mark.parametrize("table", ["commands", "audit_logs"])
def test_what_is_written_stays(raw: Outsider, table: str, statement: str) -> None:
    raw.run(f"INSERT INTO commands {COMMAND} VALUES {command(new_uuid().hex)}")
    before = everything(raw)
    on_file = raw.kind == "sqlcipher"
    ignore, delete_ignore = ("OR IGNORE", "") if on_file else ("IGNORE", "IGNORE")
    sql = statement.format(table=table, ignore=ignore, delete_ignore=delete_ignore)
    assert "append_only" in str(raw.tries(sql))
    assert everything(raw) == before


def test_no_form_of_insert_replaces_a_line(raw: Outsider) -> None:
    uuid = new_uuid().hex
    raw.run(f"INSERT INTO commands {COMMAND} VALUES {command(uuid)}")
    before = everything(raw)
    for verb in INSERTS[raw.kind]:
        raw.tries(f"{verb} INTO commands {COMMAND} VALUES {command(uuid, 'forged')}")
        raw.tries(
            f"{verb} INTO audit_logs (uuid, action, detail, command_uuid, created_at)"
            f" SELECT uuid, 'forged', detail, command_uuid, created_at FROM audit_logs WHERE uuid = X'{uuid}'"
        )
        assert everything(raw) == before, verb


def test_the_practices_own_commands_are_in_the_trail(shared: Shared) -> None:
    with shared.practice.engine.connect() as c:
        person = shared.practice.actor.user_id
        mine = sa.select(sa.func.count()).select_from(t.audit_logs).where(t.audit_logs.c.user_id == person)
        assert c.scalar(mine) == len(shared.practice.healers)


REFUSED = {
    "a price below zero": {"total_price": -1},
    "a rating of six": {"client_rating": 6},
    "a buffer below zero": {"buffer_after_minutes": -5},
    "an end before the start": {"ends_at": "2026-11-24 09:00:00.000000"},
    "an end at the start": {"ends_at": "2026-11-24 10:00:00.000000"},
    "another lane without a reason": {"lane": 1, "overbooking_reason": None},
    "cancelled without a time": {"status": "cancelled", "cancelled_at": None},
    "an unknown status": {"status": "maybe"},
    "a client who is not there": {"client_id": 999},
    "a room that is not there": {"room_id": 999},
    "a service that the healer does not offer": {"service_id": 999},
    "no client": {"client_id": None},
}


@pytest.mark.parametrize("raw", [True], indirect=True, ids=["careful"])
@pytest.mark.parametrize("what", REFUSED)
def test_a_booking_that_cannot_be_is_refused(raw: Outsider, keys: Keys, what: str) -> None:
    changes = dict(REFUSED[what])
    sql = insert("INSERT", [row(keys, **{k: v for k, v in changes.items() if k != "client_rating"})])
    if "client_rating" in changes:
        sql = sql.replace("(client_id", "(client_rating, client_id").replace("VALUES (", "VALUES (6, ")
    assert raw.tries(sql) is not None
    assert raw.rows("SELECT COUNT(*) FROM bookings") == [(0,)]


@pytest.mark.parametrize("raw", [True], indirect=True, ids=["careful"])
def test_a_healer_books_only_what_they_offer(raw: Outsider, keys: Keys, shared: Shared) -> None:
    """Both rows exist; their pair does not."""
    with shared.practice.engine.connect() as c, c.begin() as transaction:
        other = t.services.insert().values(
            uuid=new_uuid(),
            created_at=shared.practice.now,
            healer_id=keys.healers[0],
            service_name="Only mine",
            duration_minutes=60,
            price=Decimal(1),
            service_category="other",
        )
        key = c.execute(other).inserted_primary_key[0]
        transaction.commit()
    why = raw.tries(insert("INSERT", [row(keys, service_id=key, healer=1)]))
    assert "foreign key" in str(why).lower()
