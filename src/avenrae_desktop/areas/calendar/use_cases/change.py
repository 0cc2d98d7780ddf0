"""Change bookings that stand: move, resize, and the steps of their life. Each has the same inverse."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from avenrae_desktop.areas.calendar import problems
from avenrae_desktop.areas.calendar.domain import (
    GIVES_BACK,
    MAY_BECOME,
    OPEN,
    ArriveBooking,
    BookingState,
    CancelBooking,
    CompleteBooking,
    ConfirmBooking,
    Move,
    MoveBookings,
    NoShowBooking,
    ResizeBooking,
    RestoreBookings,
    Restored,
)
from avenrae_desktop.areas.calendar.repository import bookings, offers
from avenrae_desktop.areas.calendar.repository.bookings import Held
from avenrae_desktop.areas.calendar.use_cases import place
from avenrae_desktop.db.problems import EDITED_MEANWHILE
from avenrae_desktop.db.unit_of_work import Work
from avenrae_desktop.kernel.bus import Done
from avenrae_desktop.kernel.errors import Conflict, NotFound, RuleBroken, Words
from avenrae_desktop.kernel.time import zone_of
from avenrae_desktop.kernel.values import BookingStatus


def _find(work: Work, wanted: Sequence[tuple[UUID, int]]) -> list[Held]:
    """The bookings in the versions that the person saw; raises NotFound or Conflict."""
    found = bookings.bookings_of(work, [uuid for uuid, _ in wanted])
    out = []
    for uuid, version in wanted:
        if uuid not in found:
            raise NotFound(problems.NO_BOOKING)
        if found[uuid].version != version:
            raise Conflict(EDITED_MEANWHILE)
        out.append(found[uuid])
    return out


@dataclass(frozen=True, slots=True)
class _Planned:
    """One booking and where it shall be."""

    held: Held
    wanted: place.Wanted
    local_start: datetime


def move_bookings(command: MoveBookings, work: Work) -> Done:
    """Move one booking, swap two or shift a whole day: all give back their time first, then each takes."""
    found = _find(work, [(m.booking, m.version) for m in command.moves])
    plans = [_plan(work, held, move) for held, move in zip(found, command.moves, strict=True)]
    return _carry_out(work, plans, command.outside_hours_reason, command.overbooking_reason)


def resize_booking(command: ResizeBooking, work: Work) -> Done:
    """A new start and length of one booking."""
    [held] = _find(work, [(command.booking, command.version)])
    move = Move(
        booking=command.booking,
        version=command.version,
        local_start=command.local_start,
        second=command.second,
        minutes=command.minutes,
    )
    plan = _plan(work, held, move)
    return _carry_out(work, [plan], command.outside_hours_reason, command.overbooking_reason)


def _plan(work: Work, held: Held, move: Move) -> _Planned:
    if held.state.status not in OPEN:
        raise RuleBroken(problems.WRONG_STATE, status=Words(problems.STATES[held.state.status]))
    healer = move.healer or held.state.healer
    asked = offers.asked(work.connection, healer, held.service, held.state.room, use_service_room=False)
    if asked.healer_id != held.healer_id and not bookings.is_offered(work, asked.service_id, asked.healer_id):
        raise RuleBroken(
            problems.NOT_OFFERED, field="healer", healer=asked.healer_name, service=asked.service_name
        )
    minutes = (
        place.checked_minutes(move.minutes) if move.minutes is not None else held.length // timedelta(minutes=1)
    )
    what = replace(asked, minutes=minutes, before=held.before, after=held.after)
    zone = zone_of(held.time_zone)
    start = place.start_of(move.local_start, zone, second=_which(held, move))
    return _Planned(held, place.Wanted(what, start, zone), move.local_start)


def _which(held: Held, move: Move) -> bool | None:
    """A booking that stays at its own wall time stays in its own hour of the two."""
    if move.second is None and move.local_start == held.state.local_start:
        return bool(held.state.starts_at.astimezone(zone_of(held.time_zone)).fold)
    return move.second


def _carry_out(work: Work, plans: Sequence[_Planned], outside: str, overbook: str) -> Done:
    outside = place.checked_text(outside, "outside_hours_reason", 500)
    overbook = place.checked_text(overbook, "overbooking_reason", 500)
    bookings.lock(work, [r for p in plans for r in (*p.held.resources(), *p.wanted.what.resources())])
    # What is read before the lock may have changed while waiting for it.
    _find(work, [(p.held.uuid, p.held.version) for p in plans])
    moving = [p.held.id for p in plans]
    if len(plans) > 1:
        bookings.release(work, [p.held for p in plans])
    undo = []
    own = moving if len(plans) == 1 else ()
    for plan in plans:
        lane = place.lane_for(work, plan.wanted, overbook, but=own)
        state = replace(
            plan.held.state,
            healer=plan.wanted.what.healer,
            starts_at=plan.wanted.start,
            ends_at=plan.wanted.end,
            local_start=plan.local_start,
            lane=lane,
            overbooking_reason=overbook if lane else None,
            outside_hours_reason=_outside(work, plan, outside, own),
        )
        undo.append(_write(work, plan.held, state, plan.wanted.what))
    return Done({"bookings": [p.held.uuid for p in plans]}, RestoreBookings(bookings=tuple(undo)))


def _outside(work: Work, plan: _Planned, reason: str, own: Sequence[int]) -> str | None:
    """A booking that stays within the time it had keeps the reason it had."""
    had = plan.held.state
    stays = had.healer == plan.wanted.what.healer and (
        had.starts_at <= plan.wanted.start and plan.wanted.end <= had.ends_at
    )
    reason = reason or (had.outside_hours_reason or "" if stays else "")
    return place.check_hours(work, plan.wanted, reason, but=own)


def _write(work: Work, held: Held, state: BookingState, what: offers.Asked) -> Restored:
    version = bookings.write_state(work, held, state, healer_id=what.healer_id, room_id=what.room_id)
    work.touch("booking", held.uuid, version)
    return Restored(booking=held.uuid, version=version, before=held.state)


def restore_bookings(command: RestoreBookings, work: Work) -> Done:
    """Put bookings back as they were; refused when one was changed since, or its old time is taken."""
    found = _find(work, [(r.booking, r.version) for r in command.bookings])
    plans = []
    for held, restored in zip(found, command.bookings, strict=True):
        before = restored.before
        asked = offers.asked(work.connection, before.healer, held.service, before.room, use_service_room=False)
        minutes = (before.ends_at - before.starts_at) // timedelta(minutes=1)
        what = replace(asked, minutes=minutes, before=held.before, after=held.after)
        plans.append((held, before, place.Wanted(what, before.starts_at, zone_of(held.time_zone))))
    bookings.lock(work, [r for h, _, w in plans for r in (*h.resources(), *w.what.resources())])
    _find(work, [(h.uuid, h.version) for h, _, _ in plans])
    bookings.release(work, [h for h, _, _ in plans])
    for held, before, wanted in plans:
        if before.status not in GIVES_BACK and before.lane == 0:
            place.lane_for(work, wanted, "")
        _write(work, held, before, wanted.what)
    return Done({"bookings": [h.uuid for h, _, _ in plans]})


def _step(
    work: Work, booking: UUID, version: int, status: BookingStatus, change: Callable[[BookingState], BookingState]
) -> Done:
    """One step of a booking's life; raises RuleBroken where it cannot follow its present state."""
    [held] = _find(work, [(booking, version)])
    bookings.lock(work, held.resources())
    [held] = _find(work, [(booking, version)])
    if held.state.status not in MAY_BECOME[status]:
        raise RuleBroken(problems.WRONG_STATE, status=Words(problems.STATES[held.state.status]))
    state = change(replace(held.state, status=status))
    new = bookings.write_state(work, held, state, room_id=held.room_id)
    work.touch("booking", booking, new)
    undo = RestoreBookings(bookings=(Restored(booking, new, held.state),))
    return Done({"booking": booking}, undo)


def confirm_booking(command: ConfirmBooking, work: Work) -> Done:
    return _step(
        work,
        command.booking,
        command.version,
        BookingStatus.CONFIRMED,
        lambda s: replace(s, confirmed_at=work.now),
    )


def arrive_booking(command: ArriveBooking, work: Work) -> Done:
    return _step(
        work, command.booking, command.version, BookingStatus.ARRIVED, lambda s: replace(s, arrived_at=work.now)
    )


def complete_booking(command: CompleteBooking, work: Work) -> Done:
    return _step(
        work,
        command.booking,
        command.version,
        BookingStatus.COMPLETED,
        lambda s: replace(s, completed_at=work.now),
    )


def no_show_booking(command: NoShowBooking, work: Work) -> Done:
    return _step(
        work, command.booking, command.version, BookingStatus.NO_SHOW, lambda s: replace(s, no_show_at=work.now)
    )


def cancel_booking(command: CancelBooking, work: Work) -> Done:
    """Give the time back and keep the reason; raises RuleBroken (field "reason") without one."""
    reason = place.checked_text(command.reason, "reason", 500)
    if not reason:
        raise RuleBroken(problems.REASON_NEEDED, field="reason")
    return _step(
        work,
        command.booking,
        command.version,
        BookingStatus.CANCELLED,
        lambda s: replace(s, cancelled_at=work.now, cancellation_reason=reason),
    )
