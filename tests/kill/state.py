"""What the database holds of one command and one booking: whole, or not at all."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from avenrae_desktop.kernel.bus import Command
from tests.db.oracle import wanted
from tests.db.outsider import Outsider
from tests.race.plan import Plan
from tests.support.practice import NOW

FIRST = datetime(2026, 11, 24, 1)  # on the practice's clock, when it is midnight in UTC
MIDNIGHT = datetime(2026, 11, 24)
MINUTES = 15


def wall(number: int) -> datetime:
    """The number-th quarter of an hour."""
    return FIRST + timedelta(minutes=MINUTES * number)


@dataclass(frozen=True)
class Stand:
    """A booking as everybody sees it: state, place in time and the slots that are really taken for it."""

    status: str
    version: int
    healer: int
    start: int  # the number of the quarter of an hour
    slots: frozenset[tuple[int, int]]  # healer, five minutes


def stand(sql: Outsider, plan: Plan, booking: UUID) -> Stand | None:
    """None if there is no trace of it."""
    rows = sql.rows(
        "SELECT b.id, b.status, b.version, h.uuid, b.booking_date, b.ends_at FROM bookings b"
        f" JOIN healers h ON h.id = b.healer_id WHERE b.uuid = X'{booking.hex}'"
    )
    if not rows:
        return None
    [(key, status, version, healer, start, end)] = rows
    taken = sql.rows(
        "SELECT h.uuid, s.slot FROM booking_slots s JOIN resources r ON r.id = s.resource_id"
        f" JOIN healers h ON h.id = r.healer_id WHERE s.booking_id = {key}"
    )
    slots = frozenset((_healer(plan, uuid), slot) for uuid, slot in taken)
    number = _healer(plan, healer)
    free = status == "cancelled"
    assert slots == (set() if free else {(number, slot) for slot in wanted(start, end, 0, 0)}), "half a booking"
    begins = datetime.fromisoformat(start) if isinstance(start, str) else start
    return Stand(status, version, number, (begins - MIDNIGHT) // timedelta(minutes=MINUTES), slots)


def _healer(plan: Plan, uuid: Any) -> int:
    return plan.healers.index(str(UUID(bytes=bytes(uuid))))


def times_recorded(sql: Outsider, command: Command) -> int:
    """How often the command was done, by its own row; the trail must say the same."""
    [(rows,)] = sql.rows(f"SELECT COUNT(*) FROM commands WHERE uuid = X'{command.uuid.hex}'")
    [(lines,)] = sql.rows(f"SELECT COUNT(*) FROM audit_logs WHERE command_uuid = X'{command.uuid.hex}'")
    assert rows == lines, "half a command"
    return int(rows)


def now() -> datetime:
    return NOW.astimezone(UTC)
