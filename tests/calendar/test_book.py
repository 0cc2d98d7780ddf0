"""Booking and its refusals, on every engine."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from avenrae_desktop.areas.calendar.domain import BlockDates, Book, CancelBooking, Hours
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.bus import Undo
from avenrae_desktop.kernel.errors import AppError, Conflict, RuleBroken
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import BookingStatus, HoursKind
from tests.support.practice import Practice, make_practice


@pytest.fixture
def practice(db: Engine) -> Practice:
    return make_practice(db)


def wall(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute)


def book(p: Practice, at: datetime, **more) -> Book:
    values = {"client": p.clients[0], "healer": p.healers[0], "service": p.services[0], **more}
    return Book(booking=new_uuid(), local_start=at, **values)


def slots(p: Practice) -> int:
    with p.engine.connect() as c:
        return c.scalar(sa.select(sa.func.count()).select_from(t.booking_slots))


def test_a_booking_is_there_with_its_slots_price_and_trail(practice: Practice) -> None:
    command = book(practice, wall(24, 10), note="Quiet\nroom")
    outcome = practice.do(command)
    assert outcome.undoable
    assert outcome.changes.kinds() == {"booking"}
    [row] = practice.reads().board(date(2026, 11, 23), 7, None).bookings
    assert row.uuid == command.booking
    assert row.starts_at == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert row.ends_at - row.starts_at == timedelta(minutes=60)
    assert (row.total_price, row.status, row.client_name) == (
        Decimal("95.00"),
        BookingStatus.CONFIRMED,
        "Client N0",
    )
    assert slots(practice) == 12
    with practice.engine.connect() as c:
        actions = c.execute(sa.select(t.audit_logs.c.action)).scalars().all()
    assert "calendar.book" in actions
    detail = practice.reads().booking(command.booking)
    assert detail.note == "Quiet\nroom"
    assert detail.created_by == "Ada Min"
    assert [h.uuid for h in detail.history] == [command.booking]


def test_the_same_command_twice_books_once(practice: Practice) -> None:
    command = book(practice, wall(24, 10))
    first, second = practice.do(command), practice.do(command)
    assert (first.repeated, second.repeated) == (False, True)
    assert first.answer == second.answer
    assert slots(practice) == 12


def test_the_same_uuid_with_another_body_is_refused(practice: Practice) -> None:
    command = book(practice, wall(24, 10))
    practice.do(command)
    other = book(practice, wall(24, 15))
    with pytest.raises(Conflict):
        practice.do(Book(**{**other.__dict__, "uuid": command.uuid}))
    assert slots(practice) == 12


@pytest.mark.parametrize(("hour", "minute"), [(10, 0), (9, 30), (10, 30), (9, 5), (10, 55)])
def test_a_taken_time_says_by_what_and_offers_three(practice: Practice, hour: int, minute: int) -> None:
    practice.do(book(practice, wall(24, 10)))
    with pytest.raises(RuleBroken) as refused:
        practice.do(book(practice, wall(24, hour, minute), client=practice.clients[1]))
    error = refused.value
    assert (error.code, error.field) == ("calendar.taken", "start")
    assert "Client N0" in error.texts()[1]
    assert "10:00" in error.texts()[1]
    free = error.params["alternatives"]
    assert len(free) == 3
    for offer in free:
        assert not wall(24, 9) < offer.local_start < wall(24, 11)
    practice.do(book(practice, free[0].local_start, client=practice.clients[1]))


def test_neighbours_touch_without_overlap(practice: Practice) -> None:
    for hour in (10, 11, 9):
        practice.do(book(practice, wall(24, hour)))
    practice.do(book(practice, wall(24, 10), healer=practice.healers[1]))
    assert slots(practice) == 48


def test_buffers_fill_slots(db: Engine) -> None:
    practice = make_practice(db, minutes=50, before=5, after=10)
    practice.do(book(practice, wall(24, 10)))
    assert slots(practice) == 13
    with pytest.raises(RuleBroken, match="taken"):
        practice.do(book(practice, wall(24, 11)))
    practice.do(book(practice, wall(24, 11, 5)))


def test_a_room_is_taken_whoever_works_in_it(practice: Practice) -> None:
    practice.do(book(practice, wall(24, 10), room=practice.rooms[0]))
    with pytest.raises(RuleBroken) as refused:
        practice.do(book(practice, wall(24, 10, 30), healer=practice.healers[1], room=practice.rooms[0]))
    assert refused.value.params["who"] == "Quiet room"
    practice.do(book(practice, wall(24, 10, 30), healer=practice.healers[1]))


def test_overbooking_needs_a_reason_and_takes_the_next_lane(practice: Practice) -> None:
    for expected in (0, 1, 2):
        command = book(practice, wall(24, 10), overbooking_reason="Emergency")
        practice.do(command)
        assert practice.reads().booking(command.booking).row.lane == expected
    detail = practice.reads().booking(command.booking)
    assert detail.overbooking_reason == "Emergency"


def test_outside_hours_needs_a_reason(practice: Practice) -> None:
    practice.set_hours(
        Hours(1, HoursKind.WORK, 9 * 60, 17 * 60), Hours(1, HoursKind.BREAK, 12 * 60, 13 * 60, "Lunch")
    )
    for at in (wall(24, 8, 30), wall(24, 11, 30), wall(24, 16, 30), wall(25, 10)):
        with pytest.raises(RuleBroken) as refused:
            practice.do(book(practice, at))
        assert refused.value.code == "calendar.outside_hours"
        assert refused.value.params["alternatives"]
    command = book(practice, wall(25, 10), outside_hours_reason="House call")
    practice.do(command)
    assert practice.reads().booking(command.booking).outside_hours_reason == "House call"


def test_time_off_counts_as_outside_hours_and_says_why(practice: Practice) -> None:
    practice.do(
        BlockDates(block=new_uuid(), healer=None, local_start=wall(24, 0), local_end=wall(25, 0), reason="Holiday")
    )
    with pytest.raises(RuleBroken, match="outside_hours") as refused:
        practice.do(book(practice, wall(24, 10)))
    assert refused.value.params["why"] == "Holiday"


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (datetime(2027, 3, 28, 2, 30), "time.no_such_time"),
        (datetime(2026, 10, 25, 2, 30), "time.twice"),
        (wall(24, 10, 3), "calendar.not_on_grid"),
    ],
)
def test_times_that_cannot_be(practice: Practice, at: datetime, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        practice.do(book(practice, at))
    assert (refused.value.code, refused.value.field) == (code, "start")


def test_the_two_equal_times_are_two_bookings(practice: Practice) -> None:
    at = datetime(2026, 10, 25, 2, 0)
    practice.do(book(practice, at, second=False))
    practice.do(book(practice, at, second=True))
    rows = practice.reads().board(date(2026, 10, 25), 1, None).bookings
    assert [r.local_start for r in rows] == [at, at]
    assert rows[1].starts_at - rows[0].starts_at == timedelta(hours=1)


@pytest.mark.parametrize(
    ("minutes", "code"),
    [(0, "end_before_start"), (-5, "end_before_start"), (7, "not_on_grid"), (31 * 1440 + 5, "too_long")],
)
def test_lengths_that_cannot_be(practice: Practice, minutes: int, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        practice.do(book(practice, wall(24, 10), minutes=minutes))
    assert (refused.value.code, refused.value.field) == (f"calendar.{code}", "end")


def test_a_three_day_retreat_blocks_three_days(practice: Practice) -> None:
    practice.do(book(practice, wall(24, 10), minutes=3 * 1440))
    assert slots(practice) == 3 * 288
    with pytest.raises(RuleBroken, match="taken"):
        practice.do(book(practice, wall(26, 3)))
    practice.do(book(practice, wall(27, 10)))
    reads = practice.reads()
    for day, shown in ((23, 0), (24, 1), (25, 1), (26, 1), (27, 2), (28, 0)):
        for healers in (None, practice.healers[:1]):
            assert len(reads.board(date(2026, 11, day), 1, healers).bookings) == shown
    assert reads.board(date(2026, 11, 25), 1, practice.healers[1:]).bookings == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"client": new_uuid()}, "client"),
        ({"service": new_uuid()}, "service"),
        ({"healer": new_uuid()}, "healer"),
        ({"room": new_uuid()}, "room"),
        ({"note": "x" * 2001}, "note"),
        ({"overbooking_reason": "x" * 501}, "overbooking_reason"),
    ],
)
def test_things_that_are_not_there(practice: Practice, change: dict, field: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        practice.do(book(practice, wall(24, 10), **change))
    assert refused.value.field == field
    assert slots(practice) == 0


def test_a_healer_who_does_not_offer_the_service(practice: Practice) -> None:
    with practice.engine.begin() as c:
        second = c.scalar(sa.select(t.healers.c.id).where(t.healers.c.uuid == practice.healers[1]))
        c.execute(
            t.service_providers.update()
            .where(t.service_providers.c.healer_id == second)
            .values(ended_at=practice.now)
        )
    with pytest.raises(RuleBroken) as refused:
        practice.do(book(practice, wall(24, 10), healer=practice.healers[1]))
    assert refused.value.code == "calendar.not_offered"


def test_undo_of_a_booking_leaves_no_trace_on_screen(practice: Practice) -> None:
    practice.do(book(practice, wall(24, 10)))
    outcome = practice.do(Undo())
    assert outcome.answer["undone"] == "calendar.book"
    assert practice.reads().board(date(2026, 11, 23), 7, None, cancelled=True).bookings == ()
    assert slots(practice) == 0
    assert practice.reads().history(practice.clients[0]) == ()


def test_undo_twice_takes_back_two_and_then_says_there_is_nothing(practice: Practice) -> None:
    practice.set_hours()
    practice.set_hours(Hours(0, HoursKind.WORK, 0, 1440))
    practice.do(Undo())
    assert practice.reads().hours(practice.healers[0]) == ()
    for _ in range(3):
        practice.do(Undo())
    with pytest.raises(RuleBroken, match="nothing_to_undo"):
        practice.do(Undo())


def test_undo_of_a_booking_that_moved_on_is_refused(practice: Practice) -> None:
    command = book(practice, wall(24, 10))
    practice.do(command)
    with practice.engine.begin() as c:
        c.execute(t.bookings.update().values(version=2, note="by somebody else"))
    with pytest.raises(Conflict):
        practice.do(Undo())
    assert slots(practice) == 12


def test_cancelling_gives_the_time_back(practice: Practice) -> None:
    command = book(practice, wall(24, 10))
    practice.do(command)
    with pytest.raises(RuleBroken, match="reason_needed"):
        practice.do(CancelBooking(booking=command.booking, version=1, reason="  "))
    practice.do(CancelBooking(booking=command.booking, version=1, reason="Ill"))
    assert slots(practice) == 0
    practice.do(book(practice, wall(24, 10)))
    with pytest.raises(AppError) as refused:
        practice.do(CancelBooking(booking=command.booking, version=2, reason="Ill"))
    assert refused.value.code == "calendar.wrong_state"


def test_screens_cost_three_statements_at_most(practice: Practice, statements) -> None:
    command = book(practice, wall(24, 10))
    practice.do(command)
    reads = practice.reads()
    for read in (
        lambda: reads.board(date(2026, 11, 23), 7, None),
        lambda: reads.booking(command.booking),
        lambda: reads.find("n0"),
        lambda: reads.history(practice.clients[0]),
    ):
        with statements(practice.engine) as seen:
            read()
        assert 1 <= len(seen) <= 3


def test_the_command_bar_finds_bookings_by_client(practice: Practice) -> None:
    command = book(practice, wall(24, 10))
    practice.do(command)
    assert [h.uuid for h in practice.reads().find("N0")] == [command.booking]
    assert practice.reads().find("%") == ()
    assert practice.reads().find("") == ()
