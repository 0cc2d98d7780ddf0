"""Raw SQL in every form against the slot triggers: no double booking, and slots that follow the bookings."""

from dataclasses import replace
from datetime import timedelta

import pytest

from avenrae_desktop.kernel.ids import new_uuid
from tests.db.oracle import actual, check, double
from tests.db.outsider import DAY, INSERTS, UPDATES, Keys, Outsider, insert, insert_select, row, update, upsert


def test_no_form_of_insert_takes_a_taken_time(raw: Outsider, keys: Keys) -> None:
    raw.run(insert("INSERT", [row(keys)]))
    for verb in INSERTS[raw.kind]:
        for start, end in ((600, 660), (630, 690), (540, 601), (659, 700), (610, 615), (500, 800)):
            for build in (insert, insert_select):
                assert raw.tries(build(verb, [row(keys, start, end)])) is not None, (verb, start)
                check(raw)
    assert raw.rows("SELECT COUNT(*) FROM bookings") == [(1,)]


def test_no_form_of_insert_overlaps_itself(raw: Outsider, keys: Keys) -> None:
    for verb in INSERTS[raw.kind]:
        for build in (insert, insert_select):
            assert raw.tries(build(verb, [row(keys), row(keys, 630, 690)])) is not None, verb
            check(raw)
            raw.run("DELETE FROM bookings")
            assert actual(raw) == []


def test_many_rows_that_fit_are_all_taken(raw: Outsider, keys: Keys) -> None:
    for verb in INSERTS[raw.kind]:
        for build in (insert, insert_select):
            raw.run(build(verb, [row(keys, m, m + 60) for m in (0, 60, 120)] + [row(keys, healer=1)]))
            assert len(actual(raw)) == 48
            check(raw)
            raw.run("DELETE FROM bookings")


def test_no_form_of_update_moves_onto_a_taken_time(raw: Outsider, keys: Keys) -> None:
    moving = row(keys, 700, 760)
    raw.run(insert("INSERT", [row(keys), moving, row(keys, healer=1, room_id=keys.room)]))
    taken = (
        {"booking_date": DAY + timedelta(minutes=655)},
        {"booking_date": DAY + timedelta(minutes=600), "ends_at": DAY + timedelta(minutes=605)},
        {"buffer_before_minutes": 41},
        {"booking_date": DAY + timedelta(minutes=640), "ends_at": DAY + timedelta(minutes=800)},
        {"healer_id": keys.healers[1], "booking_date": DAY + timedelta(minutes=650)},
        {"room_id": keys.room, "booking_date": DAY + timedelta(minutes=650)},
    )
    for verb in UPDATES[raw.kind]:
        for changes in taken:
            assert raw.tries(update(verb, moving.uuid, **changes)) is not None, (verb, changes)
            check(raw)
        everything = f"{verb} bookings SET healer_id = {keys.healers[0]}"
        assert raw.tries(everything) is not None
        check(raw)


def test_upsert_moves_a_booking_only_to_free_time(raw: Outsider, keys: Keys) -> None:
    moving = row(keys, 700, 760)
    raw.run(insert("INSERT", [row(keys), moving]))
    times = ("booking_date", "ends_at")
    onto = replace(moving, booking_date=DAY + timedelta(minutes=620))
    assert raw.tries(upsert(raw.kind, onto, times)) is not None
    check(raw)
    free = replace(moving, booking_date=DAY + timedelta(minutes=800), ends_at=DAY + timedelta(minutes=830))
    raw.run(upsert(raw.kind, free, times))
    check(raw)
    assert len(actual(raw)) == 12 + 6


def test_replace_of_the_same_booking_moves_it(raw: Outsider, keys: Keys) -> None:
    given = row(keys)
    raw.run(insert("INSERT", [given]))
    key = raw.rows("SELECT id FROM bookings")[0][0]
    moved = insert("REPLACE", [row(keys, 630, 690, uuid=given.uuid)])
    raw.run(moved.replace("(client_id", "(id, client_id").replace("VALUES (", f"VALUES ({key}, "))
    check(raw)
    assert len(actual(raw)) == 12


def test_changes_of_one_booking(raw: Outsider, keys: Keys) -> None:
    given = row(keys)
    raw.run(insert("INSERT", [given]))
    for changes, slots in (
        ({"booking_date": DAY + timedelta(minutes=630)}, 6),
        ({"ends_at": DAY + timedelta(minutes=720)}, 18),
        ({"buffer_before_minutes": 5, "buffer_after_minutes": 1}, 20),
        ({"room_id": keys.room}, 40),
        ({"healer_id": keys.healers[1]}, 40),
        ({"status": "completed"}, 40),
        ({"status": "cancelled"}, 0),
        ({"status": "no_show"}, 0),
        ({"status": "arrived"}, 40),
        ({"room_id": None}, 20),
        ({"lane": 3}, 20),
        ({"total_price": 10}, 20),
    ):
        raw.run(update("UPDATE", given.uuid, **changes))
        check(raw)
        assert len(actual(raw)) == slots, changes
    raw.run("DELETE FROM bookings")
    assert actual(raw) == []


def test_a_status_comes_back_only_while_its_time_is_free(raw: Outsider, keys: Keys) -> None:
    old = row(keys, status="no_show")
    new = row(keys, 630, 690)
    raw.run(insert("INSERT", [old, new]))
    for verb in UPDATES[raw.kind]:
        assert raw.tries(update(verb, old.uuid, status="confirmed")) is not None
        check(raw)
    raw.run(f"DELETE FROM bookings WHERE uuid = X'{new.uuid.hex}'")
    raw.run(update("UPDATE", old.uuid, status="confirmed"))
    check(raw)
    assert len(actual(raw)) == 12


@pytest.mark.parametrize(
    ("start", "end", "slots"),
    [
        (timedelta(minutes=1), timedelta(minutes=2), 1),
        (timedelta(minutes=4, seconds=59), timedelta(minutes=5), 1),
        (timedelta(minutes=4, seconds=59), timedelta(minutes=5, seconds=1), 2),
        (timedelta(minutes=5), timedelta(minutes=10, microseconds=1), 2),
        (timedelta(minutes=4, seconds=59, microseconds=999_999), timedelta(minutes=10), 2),
        (timedelta(minutes=5, microseconds=400), timedelta(minutes=5, microseconds=600), 1),
        (timedelta(0), timedelta(days=3), 864),
    ],
)
def test_odd_times_round_outward(raw: Outsider, keys: Keys, start: timedelta, end: timedelta, slots: int) -> None:
    raw.run(insert("INSERT", [row(keys, booking_date=DAY + start, ends_at=DAY + end)]))
    check(raw)
    assert len(actual(raw)) == slots


def test_a_lane_of_its_own_stands_beside(raw: Outsider, keys: Keys) -> None:
    raw.run(insert("INSERT", [row(keys), row(keys, lane=1), row(keys, 630, 690, lane=2)]))
    check(raw)
    assert raw.tries(insert("INSERT", [row(keys, 630, 690, lane=1)])) is not None
    assert raw.tries(insert("INSERT", [row(keys, 0, 60, lane=1, overbooking_reason=None)])) is not None
    check(raw)


def test_two_change_places_only_through_a_free_state(raw: Outsider, keys: Keys) -> None:
    first, second = row(keys, 600, 660), row(keys, 660, 720)
    raw.run(insert("INSERT", [first, second]))
    assert raw.tries(update("UPDATE", first.uuid, booking_date=DAY + timedelta(minutes=660))) is not None
    raw.run("BEGIN")
    raw.run(update("UPDATE", first.uuid, status="cancelled"))
    raw.run(update("UPDATE", second.uuid, booking_date=first.booking_date, ends_at=first.ends_at))
    raw.run(
        update("UPDATE", first.uuid, booking_date=second.booking_date, ends_at=second.ends_at, status="confirmed")
    )
    raw.run("COMMIT")
    check(raw)
    assert len(actual(raw)) == 24


@pytest.mark.parametrize("column", ["booking_date", "ends_at"])
def test_times_that_are_none_are_refused_in_every_form(raw: Outsider, keys: Keys, column: str) -> None:
    for verb in INSERTS[raw.kind]:
        for bad in (
            "tomorrow",
            "2026-11-24 9:00:00",
            "0000-00-00 00:00:00",
            "2026-02-30 10:00:00",
            "",
            "20261124",
        ):
            raw.tries(insert(verb, [row(keys, **{column: bad})]))
            assert double(raw) == []
            check(raw)
            raw.tries(insert(verb, [row(keys)]))
            check(raw)
            raw.run("DELETE FROM bookings")


def test_half_minutes_do_not_leave_the_grid(raw: Outsider, keys: Keys) -> None:
    raw.tries(insert("INSERT", [row(keys, buffer_before_minutes=0.5, buffer_after_minutes=7.3)]))
    check(raw)
    assert all(isinstance(slot, int) for (_, slot, _), _ in actual(raw))


def test_a_new_number_for_a_booking_keeps_its_time(raw: Outsider, keys: Keys) -> None:
    raw.run(insert("INSERT", [row(keys)]))
    for column in ("id", "rowid") if raw.kind == "sqlcipher" else ("id",):
        raw.tries(f"UPDATE bookings SET {column} = id + 1000")
        check(raw)
    raw.tries(insert("INSERT", [row(keys, 700, 760)]))
    check(raw)
    assert raw.tries(insert("INSERT", [row(keys)])) is not None


def test_a_room_of_nobody_is_a_resource_too(raw: Outsider, keys: Keys) -> None:
    raw.run(insert("INSERT", [row(keys, room_id=keys.room)]))
    assert raw.tries(insert("INSERT", [row(keys, 630, 690, healer=1, room_id=keys.room)])) is not None
    check(raw)
    raw.run(insert("INSERT", [row(keys, 660, 690, healer=1, room_id=keys.room, uuid=new_uuid())]))
    check(raw)


def test_times_before_slots_are_counted_are_refused(raw: Outsider, keys: Keys) -> None:
    early = {"booking_date": "1970-01-01 00:04:00.000000", "ends_at": "1970-01-01 01:00:00.000000"}
    assert "bad_time" in str(raw.tries(insert("INSERT", [row(keys, **early, buffer_before_minutes=5)])))
    raw.run(insert("INSERT", [row(keys, **early, buffer_before_minutes=4)]))
    check(raw)


def test_a_resource_keeps_its_number_and_its_healer(raw: Outsider, keys: Keys) -> None:
    raw.run(insert("INSERT", [row(keys)]))
    first, second = keys.healer_resources
    anew = (
        "REPLACE INTO resources (id, uuid, kind, resource_name, healer_id, created_at)"
        f" SELECT 901, uuid, kind, resource_name, healer_id, created_at FROM resources WHERE id = {first}"
    )
    for sql in (
        anew,
        f"UPDATE resources SET id = 900 WHERE id = {first}",
        f"UPDATE resources SET healer_id = NULL, kind = 'room' WHERE id = {first}",
        f"DELETE FROM resources WHERE id = {second}",
    ):
        assert raw.tries(sql) is not None, sql
        check(raw)
    raw.run(f"UPDATE resources SET resource_name = 'Desk' WHERE id = {first}")


@pytest.mark.parametrize("change", ["uuid", "created_by"])
def test_a_row_that_an_update_leaves_as_it_was_keeps_its_time(raw: Outsider, keys: Keys, change: str) -> None:
    """UPDATE IGNORE leaves rows out for a key that is taken; MariaDB calls their triggers all the same."""
    first, second = row(keys, 600, 660), row(keys, 700, 760)
    raw.run(insert("INSERT", [first, second]))
    value = first.uuid if change == "uuid" else 999_999
    for verb in UPDATES[raw.kind]:
        if "REPLACE" not in verb:
            raw.tries(update(verb, second.uuid, ends_at=DAY + timedelta(minutes=900), **{change: value}))
            check(raw)
