"""What the slots have to be, computed from the bookings alone in plain Python."""

from datetime import UTC, datetime
from typing import Any

from tests.db.outsider import Outsider

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SLOT = 300_000_000
FREE = ("cancelled", "no_show")

Slot = tuple[int, int, int]


def microseconds(instant: Any) -> int:
    """From what either driver gives: text, or a naive datetime."""
    if isinstance(instant, str):
        instant = datetime.fromisoformat(instant)
    since = instant.replace(tzinfo=UTC) - EPOCH
    return (since.days * 86400 + since.seconds) * 1_000_000 + since.microseconds


def wanted(start: Any, end: Any, before: int, after: int) -> range:
    """Outward to whole slots, buffers included."""
    first = (microseconds(start) - before * 60_000_000) // SLOT
    return range(first, -(-(microseconds(end) + after * 60_000_000) // SLOT))


def expected(outsider: Outsider) -> list[tuple[Slot, int]]:
    """Every (resource, slot, lane) that a live booking needs, with the booking; sorted."""
    resources = dict(outsider.rows("SELECT healer_id, id FROM resources WHERE healer_id IS NOT NULL"))
    found = outsider.rows(
        "SELECT id, healer_id, room_id, booking_date, ends_at, buffer_before_minutes, buffer_after_minutes,"
        " status, lane FROM bookings"
    )
    out = []
    for key, healer, room, start, end, before, after, status, lane in found:
        if status in FREE:
            continue
        needed = {resources[healer]} if room is None else {resources[healer], room}
        out += [((r, s, lane), key) for r in needed for s in wanted(start, end, before, after)]
    return sorted(out)


def actual(outsider: Outsider) -> list[tuple[Slot, int]]:
    found = outsider.rows("SELECT resource_id, slot, lane, booking_id FROM booking_slots")
    return sorted(((r, s, lane), booking) for r, s, lane, booking in found)


def double(outsider: Outsider) -> list[Slot]:
    """Slots that two live bookings share. Computed from the bookings, not from the slots."""
    seen: set[Slot] = set()
    twice = []
    for slot, _booking in expected(outsider):
        if slot in seen:
            twice.append(slot)
        seen.add(slot)
    return twice


def check(outsider: Outsider) -> None:
    assert double(outsider) == []
    needed, taken = expected(outsider), actual(outsider)
    if outsider.leaves_orphans:
        # OR REPLACE by uuid removed a booking, and neither its delete trigger nor its foreign key was switched
        # on: its time stays blocked, which is the safe side. Every booking that stands has exactly its slots.
        standing = {booking for (booking,) in outsider.rows("SELECT id FROM bookings")}
        taken = [pair for pair in taken if pair[1] in standing]
    assert taken == needed
