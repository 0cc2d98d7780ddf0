"""Random sequences of raw SQL: after every step the slots are what the oracle computes from the bookings."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.db.oracle import check, expected, wanted
from tests.db.outsider import (
    DAY,
    INSERTS,
    UPDATES,
    Keys,
    Outsider,
    Row,
    insert,
    insert_select,
    literal,
    row,
    update,
    upsert,
)

# 100 in the short form; in the long one fewer than elsewhere, because each is a sequence of its own.
EXAMPLES = min(settings().max_examples, 400)
UUIDS = [UUID(int=n + 1) for n in range(6)]
FREELY = ("booking_date", "ends_at", "healer_id", "room_id", "status", "lane", "buffer_before_minutes", "uuid")


@dataclass(frozen=True)
class Step:
    """One statement: its form by number (taken modulo the forms that the engine has), and what it writes."""

    form: int
    rows: tuple[dict[str, Any], ...]
    column: str


def instants() -> st.SearchStrategy[timedelta]:
    on_grid = st.integers(0, 36).map(lambda n: timedelta(minutes=5 * n))
    odd = st.tuples(on_grid, st.sampled_from([-1, 1, 17_000_000, 299_999_999, 400]))
    return st.one_of(on_grid, on_grid, odd.map(lambda o: o[0] + timedelta(microseconds=o[1])))


def rows() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "start": instants(),
            "length": st.sampled_from([1, 5, 15, 30, 60]),
            "healer": st.integers(0, 1),
            "room": st.sampled_from([False, False, True]),
            "uuid": st.sampled_from(UUIDS),
            "status": st.sampled_from(
                ["confirmed", "confirmed", "requested", "completed", "cancelled", "no_show"]
            ),
            "lane": st.sampled_from([0, 0, 0, 1]),
            "before": st.sampled_from([0, 0, 5, 7]),
            "after": st.sampled_from([0, 0, 10]),
        }
    )


def steps() -> st.SearchStrategy[Step]:
    some = st.lists(rows(), min_size=1, max_size=3).map(tuple)
    return st.builds(Step, st.integers(0, 10_000), some, st.sampled_from(FREELY))


def as_row(keys: Keys, made: dict[str, Any]) -> Row:
    return replace(
        row(keys, healer=made["healer"]),
        booking_date=DAY + made["start"],
        ends_at=DAY + made["start"] + timedelta(minutes=made["length"]),
        uuid=made["uuid"],
        room_id=keys.room if made["room"] else None,
        status=made["status"],
        lane=made["lane"],
        buffer_before_minutes=made["before"],
        buffer_after_minutes=made["after"],
    )


def statements(raw: Outsider, step: Step, keys: Keys) -> str:
    given = [as_row(keys, made) for made in step.rows]
    first = given[0]
    forms = [insert(verb, given) for verb in INSERTS[raw.kind]]
    forms += [insert_select(verb, given) for verb in INSERTS[raw.kind]]
    for verb in UPDATES[raw.kind]:
        forms.append(update(verb, first.uuid, **{step.column: getattr(first, step.column)}))
        forms.append(update(verb, first.uuid, **{name: getattr(first, name) for name in FREELY[:-1]}))
        # Onto the uuid of another: what is left out for it must not have let its time go.
        other = UUIDS[step.form % len(UUIDS)]
        forms.append(update(verb, other, **{name: getattr(first, name) for name in FREELY}))
        forms.append(f"{verb} bookings SET {step.column} = {literal(getattr(first, step.column))}")
    forms.append(upsert(raw.kind, first, FREELY[:2]))
    forms.append(upsert(raw.kind, first, [step.column]))
    forms.append(f"DELETE FROM bookings WHERE uuid = {literal(first.uuid)}")
    return forms[step.form % len(forms)]


@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(steps(), max_size=25))
def test_slots_follow_the_bookings_whatever_is_written(raw: Outsider, keys: Keys, sequence: list[Step]) -> None:
    raw.empty()
    for step in sequence:
        sql = statements(raw, step, keys)
        why = raw.tries(sql)
        note(f"{sql} -> {why}")
        check(raw)


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(rows(), min_size=2, max_size=12))
def test_exactly_what_fits_is_accepted(raw: Outsider, keys: Keys, made: list[dict[str, Any]]) -> None:
    """The triggers refuse nothing that is free: one INSERT after the other, judged by the oracle beforehand."""
    raw.empty()
    for number, one in enumerate(made):
        booking = replace(as_row(keys, one), uuid=UUID(int=100 + number))
        live = booking.status not in ("cancelled", "no_show")
        resources = {keys.healer_resources[one["healer"]]} | ({keys.room} if one["room"] else set())
        span = wanted(
            booking.booking_date.replace(tzinfo=None),
            booking.ends_at.replace(tzinfo=None),
            one["before"],
            one["after"],
        )
        needed = {(r, s, booking.lane) for r in resources for s in span}
        free = not live or needed.isdisjoint(slot for slot, _ in expected(raw))
        why = raw.tries(insert("INSERT", [booking]))
        assert (why is None) == free, why
    check(raw)
