"""Moving, resizing, swapping and the steps of a booking's life, on every engine."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from avenrae_desktop.areas.calendar.domain import (
    ArriveBooking,
    BlockDates,
    Book,
    CancelBooking,
    CompleteBooking,
    ConfirmBooking,
    Hours,
    Move,
    MoveBookings,
    NoShowBooking,
    ResizeBooking,
    SetWeeklyHours,
    UnblockDates,
)
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.bus import Undo
from avenrae_desktop.kernel.errors import Conflict, RuleBroken
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import BookingStatus, HoursKind
from tests.support.practice import Practice, make_practice


@pytest.fixture
def practice(db: Engine) -> Practice:
    return make_practice(db)


def wall(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute)


def book(p: Practice, at: datetime, **more):
    values = {"client": p.clients[0], "healer": p.healers[0], "service": p.services[0], **more}
    command = Book(booking=new_uuid(), local_start=at, **values)
    p.do(command)
    return command.booking


def row(p: Practice, uuid):
    return p.reads().booking(uuid).row


def occupied(p: Practice) -> dict[int, int]:
    with p.engine.connect() as c:
        query = sa.select(t.booking_slots.c.booking_id, sa.func.count()).group_by(t.booking_slots.c.booking_id)
        return dict(c.execute(query).all())


def move(p: Practice, *moves: Move, **more) -> None:
    p.do(MoveBookings(moves=moves, **more))


def test_move_in_time_to_another_healer_and_undo(practice: Practice) -> None:
    booking = book(practice, wall(24, 10))
    move(practice, Move(booking, 1, wall(26, 15), healer=practice.healers[1]))
    moved = row(practice, booking)
    assert (moved.local_start, moved.healer, moved.version) == (wall(26, 15), practice.healers[1], 2)
    book(practice, wall(24, 10))
    with pytest.raises(RuleBroken, match="taken"):
        book(practice, wall(26, 15), healer=practice.healers[1])
    practice.do(Undo())  # the second booking
    practice.do(Undo())
    back = row(practice, booking)
    assert (back.local_start, back.healer, back.version) == (wall(24, 10), practice.healers[0], 3)


def test_undo_is_refused_when_the_old_time_is_taken(practice: Practice) -> None:
    booking = book(practice, wall(24, 10))
    move(practice, Move(booking, 1, wall(26, 15)))
    other = make_other(practice)
    practice.bus(
        Book(
            booking=new_uuid(),
            client=practice.clients[1],
            healer=practice.healers[0],
            service=practice.services[0],
            local_start=wall(24, 10),
        ),
        other,
    )
    with pytest.raises(RuleBroken, match="taken"):
        practice.do(Undo())
    assert row(practice, booking).local_start == wall(26, 15)


def make_other(p: Practice):
    with p.engine.begin() as c:
        uuid = new_uuid()
        done = c.execute(
            t.users.insert().values(
                uuid=uuid, first_name="O", last_name="T", user_type="front_desk", created_at=p.now
            )
        )
    return type(p.actor)(done.inserted_primary_key[0], uuid, "O T", p.actor.roles)


def test_a_short_move_over_its_own_time(practice: Practice) -> None:
    booking = book(practice, wall(24, 10))
    move(practice, Move(booking, 1, wall(24, 10, 30)))
    assert list(occupied(practice).values()) == [12]


def test_an_old_version_is_refused(practice: Practice) -> None:
    booking = book(practice, wall(24, 10))
    move(practice, Move(booking, 1, wall(24, 11)))
    with pytest.raises(Conflict):
        move(practice, Move(booking, 1, wall(24, 12)))


def test_two_swap_their_times(practice: Practice) -> None:
    a, b = book(practice, wall(24, 10)), book(practice, wall(24, 11), client=practice.clients[1])
    move(practice, Move(a, 1, wall(24, 11)), Move(b, 1, wall(24, 10)))
    assert (row(practice, a).local_start, row(practice, b).local_start) == (wall(24, 11), wall(24, 10))
    assert row(practice, a).status is BookingStatus.CONFIRMED
    practice.do(Undo())
    assert (row(practice, a).local_start, row(practice, b).local_start) == (wall(24, 10), wall(24, 11))
    assert sorted(occupied(practice).values()) == [12, 12]


def test_a_whole_day_shifts_by_half_an_hour(practice: Practice) -> None:
    day = [book(practice, wall(24, hour)) for hour in range(9, 17)]
    move(practice, *(Move(b, 1, wall(24, 9 + i, 30)) for i, b in enumerate(day)))
    assert [row(practice, b).local_start for b in day] == [wall(24, h, 30) for h in range(9, 17)]
    assert sum(occupied(practice).values()) == 96


def test_a_shift_that_hits_a_stranger_changes_nothing(practice: Practice) -> None:
    day = [book(practice, wall(24, hour)) for hour in (9, 10)]
    book(practice, wall(24, 11))
    with pytest.raises(RuleBroken, match="taken"):
        move(practice, *(Move(b, 1, wall(24, 9 + i, 30)) for i, b in enumerate(day)))
    assert [row(practice, b).local_start for b in day] == [wall(24, 9), wall(24, 10)]
    assert [row(practice, b).version for b in day] == [1, 1]


def test_resize_both_ends(practice: Practice) -> None:
    booking = book(practice, wall(24, 10))
    practice.do(ResizeBooking(booking=booking, version=1, local_start=wall(24, 9, 30), minutes=120))
    assert list(occupied(practice).values()) == [24]
    assert row(practice, booking).ends_at - row(practice, booking).starts_at == timedelta(hours=2)
    with pytest.raises(RuleBroken, match="end_before_start"):
        practice.do(ResizeBooking(booking=booking, version=2, local_start=wall(24, 9, 30), minutes=0))
    practice.do(Undo())
    assert list(occupied(practice).values()) == [12]


def test_resize_into_a_neighbour_is_refused(practice: Practice) -> None:
    booking = book(practice, wall(24, 10))
    book(practice, wall(24, 11))
    with pytest.raises(RuleBroken, match="taken"):
        practice.do(ResizeBooking(booking=booking, version=1, local_start=wall(24, 10), minutes=65))


@pytest.mark.parametrize(
    ("command", "status"),
    [
        (ArriveBooking, BookingStatus.ARRIVED),
        (CompleteBooking, BookingStatus.COMPLETED),
        (NoShowBooking, BookingStatus.NO_SHOW),
    ],
)
def test_steps_and_their_undo(practice: Practice, command, status) -> None:
    booking = book(practice, wall(24, 10))
    practice.do(command(booking=booking, version=1))
    assert row(practice, booking).status is status
    assert sum(occupied(practice).values()) == (0 if status is BookingStatus.NO_SHOW else 12)
    practice.do(Undo())
    assert row(practice, booking).status is BookingStatus.CONFIRMED
    assert sum(occupied(practice).values()) == 12


def test_confirm_a_pending_one(practice: Practice) -> None:
    booking = book(practice, wall(24, 10), status=BookingStatus.PENDING)
    practice.do(ConfirmBooking(booking=booking, version=1))
    detail = practice.reads().booking(booking)
    assert detail.row.status is BookingStatus.CONFIRMED
    assert detail.confirmed_at == practice.now
    with pytest.raises(RuleBroken, match="wrong_state"):
        practice.do(ConfirmBooking(booking=booking, version=2))


def test_a_cancelled_booking_comes_back_with_undo(practice: Practice) -> None:
    booking = book(practice, wall(24, 10))
    practice.do(CancelBooking(booking=booking, version=1, reason="Ill"))
    board = practice.reads().board(date(2026, 11, 24), 1, None)
    assert board.bookings == ()
    assert len(practice.reads().board(date(2026, 11, 24), 1, None, cancelled=True).bookings) == 1
    practice.do(Undo())
    detail = practice.reads().booking(booking)
    assert (detail.row.status, detail.cancelled_at, detail.cancellation_reason) == (
        BookingStatus.CONFIRMED,
        None,
        None,
    )


def test_completed_bookings_do_not_move(practice: Practice) -> None:
    booking = book(practice, wall(24, 10))
    practice.do(CompleteBooking(booking=booking, version=1))
    with pytest.raises(RuleBroken, match="wrong_state"):
        move(practice, Move(booking, 2, wall(24, 12)))


def test_move_keeps_the_reason_within_the_old_time_only(practice: Practice) -> None:
    practice.set_hours(Hours(1, HoursKind.WORK, 540, 600))
    booking = book(practice, wall(24, 18), minutes=120, outside_hours_reason="House call")
    practice.do(ResizeBooking(booking=booking, version=1, local_start=wall(24, 18), minutes=60))
    assert practice.reads().booking(booking).outside_hours_reason == "House call"
    with pytest.raises(RuleBroken, match="outside_hours"):
        move(practice, Move(booking, 2, wall(24, 20)))
    move(practice, Move(booking, 2, wall(24, 9)))
    assert practice.reads().booking(booking).outside_hours_reason is None


def test_hours_that_do_not_fit(practice: Practice) -> None:
    work = Hours(0, HoursKind.WORK, 540, 1020)
    for wrong in (
        Hours(0, HoursKind.WORK, 600, 540),
        Hours(0, HoursKind.WORK, 600, 660),
        Hours(0, HoursKind.BREAK, 480, 550),
        Hours(0, HoursKind.BREAK, 541, 600),
    ):
        with pytest.raises(RuleBroken) as refused:
            practice.do(SetWeeklyHours(healer=practice.healers[0], hours=(work, wrong)))
        assert refused.value.field == "day0"
    practice.set_hours(work, Hours(0, HoursKind.BREAK, 720, 780, "Lunch"))
    assert practice.reads().hours(practice.healers[0]) == (work, Hours(0, HoursKind.BREAK, 720, 780, "Lunch"))


def test_time_off_lists_what_it_strands_and_can_be_removed(practice: Practice) -> None:
    booking = book(practice, wall(24, 10))
    reads = practice.reads()
    stranded = reads.stranded(practice.healers[0], wall(24, 10, 30), wall(24, 12))
    assert [b.uuid for b in stranded] == [booking]
    assert reads.stranded(practice.healers[1], wall(24, 0), wall(25, 0)) == ()
    block = new_uuid()
    practice.do(
        BlockDates(
            block=block, healer=practice.healers[0], local_start=wall(24, 0), local_end=wall(25, 0), reason="Away"
        )
    )
    assert [b.reason for b in reads.blocks(date(2026, 11, 24), 1)] == ["Away"]
    practice.do(UnblockDates(block=block, version=1))
    assert reads.blocks(date(2026, 11, 24), 1) == ()
    practice.do(Undo())
    assert len(reads.blocks(date(2026, 11, 24), 1)) == 1
    with pytest.raises(RuleBroken, match="block_backwards"):
        practice.do(
            BlockDates(block=new_uuid(), healer=None, local_start=wall(24, 9), local_end=wall(24, 9), reason="")
        )


def test_free_times_skip_what_is_taken(practice: Practice) -> None:
    practice.set_hours(Hours(1, HoursKind.WORK, 540, 780))
    book(practice, wall(24, 10))
    reads = practice.reads()
    times = reads.free_times(practice.healers[0], practice.services[0], date(2026, 11, 23), days=7)
    assert [f.local_start for f in times] == [
        wall(24, 9),
        *(wall(24, 11, m) for m in (0, 15, 30, 45)),
        wall(24, 12),
    ]
    near = reads.nearest_free(practice.healers[0], practice.services[0], wall(24, 10))
    assert [f.local_start for f in near] == [wall(24, 9), wall(24, 11), wall(24, 11, 15)]


def test_undo_goes_back_step_by_step(practice: Practice) -> None:
    booking = book(practice, wall(24, 10))
    move(practice, Move(booking, 1, wall(24, 14)))
    practice.do(ResizeBooking(booking=booking, version=2, local_start=wall(24, 14), minutes=90))
    practice.do(Undo())
    assert row(practice, booking).ends_at - row(practice, booking).starts_at == timedelta(minutes=60)
    practice.do(Undo())
    assert row(practice, booking).local_start == wall(24, 10)
    # What is done anew after an undo is the next to be taken back, then what was before both.
    version = row(practice, booking).version
    practice.do(ArriveBooking(booking=booking, version=version))
    practice.do(Undo())
    assert row(practice, booking).status is BookingStatus.CONFIRMED
    practice.do(Undo())
    assert practice.reads().board(date(2026, 11, 23), 7, None, cancelled=True).bookings == ()


def test_undo_stops_at_what_somebody_else_did_in_between(practice: Practice) -> None:
    booking = book(practice, wall(24, 10))
    move(practice, Move(booking, 1, wall(24, 14)))
    practice.bus(ArriveBooking(booking=booking, version=2), make_other(practice))
    with pytest.raises(Conflict):
        practice.do(Undo())
    assert row(practice, booking).local_start == wall(24, 14)
