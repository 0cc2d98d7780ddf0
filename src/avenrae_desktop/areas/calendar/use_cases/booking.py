"""Book, and take a booking back."""

from avenrae_desktop.areas.calendar import problems
from avenrae_desktop.areas.calendar.domain import Book, WithdrawBooking
from avenrae_desktop.areas.calendar.repository import bookings, offers, zones
from avenrae_desktop.areas.calendar.use_cases import place
from avenrae_desktop.db.problems import EDITED_MEANWHILE
from avenrae_desktop.db.unit_of_work import Work
from avenrae_desktop.kernel.bus import Done
from avenrae_desktop.kernel.errors import Conflict, NotFound, RuleBroken
from avenrae_desktop.kernel.money import check_amount
from avenrae_desktop.kernel.text import clean_lines
from avenrae_desktop.kernel.values import BookingStatus

_MAY_START_AS = frozenset({BookingStatus.REQUESTED, BookingStatus.PENDING, BookingStatus.CONFIRMED})


def book(command: Book, work: Work) -> Done:
    """A new booking; raises RuleBroken with the field that is wrong, and free times where it is the time."""
    what = offers.asked(
        work.connection,
        command.healer,
        command.service,
        command.room,
        use_service_room=command.use_service_room,
    )
    client = bookings.live_client(work, command.client)
    service = bookings.live_service(work, command.service)
    if client is None:
        raise RuleBroken(problems.NO_CLIENT, field="client")
    if service is None:
        raise RuleBroken(problems.NO_SERVICE, field="service")
    if command.room is not None and bookings.live_room(work, command.room) is None:
        raise RuleBroken(problems.NO_ROOM, field="room")
    if not bookings.is_offered(work, what.service_id, what.healer_id):
        raise RuleBroken(problems.NOT_OFFERED, field="healer", healer=what.healer_name, service=what.service_name)
    if command.minutes is not None:
        what = what.lasting(place.checked_minutes(command.minutes))
    zone = zones.practice_zone(work.connection)
    start = place.start_of(command.local_start, zone, second=command.second)
    note = clean_lines(command.note)
    place.checked_text(note, "note", 2000)
    outside = place.checked_text(command.outside_hours_reason, "outside_hours_reason", 500)
    overbook = place.checked_text(command.overbooking_reason, "overbooking_reason", 500)
    price = (
        service[1]
        if command.price is None
        else check_amount(command.price, zones.practice_currency(work.connection))
    )
    status = command.status if command.status in _MAY_START_AS else BookingStatus.CONFIRMED
    bookings.lock(work, what.resources())
    wanted = place.Wanted(what, start, zone)
    lane = place.lane_for(work, wanted, overbook)
    bookings.insert_booking(
        work,
        uuid=command.booking,
        client_id=client,
        healer_id=what.healer_id,
        service_id=what.service_id,
        room_id=what.room_id,
        booking_date=start,
        ends_at=wanted.end,
        local_start=command.local_start,
        time_zone=zone.key,
        buffer_before_minutes=what.before,
        buffer_after_minutes=what.after,
        status=status,
        confirmed_at=work.now if status is BookingStatus.CONFIRMED else None,
        total_price=price,
        note=note or None,
        lane=lane,
        overbooking_reason=overbook if lane else None,
        outside_hours_reason=place.check_hours(work, wanted, outside),
    )
    work.touch("booking", command.booking)
    return Done({"booking": command.booking}, WithdrawBooking(booking=command.booking, version=1))


def withdraw_booking(command: WithdrawBooking, work: Work) -> Done:
    """Undo of Book; raises Conflict when the booking was changed since."""
    held = bookings.bookings_of(work, [command.booking]).get(command.booking)
    if held is None:
        raise NotFound(problems.NO_BOOKING)
    if held.version != command.version:
        raise Conflict(EDITED_MEANWHILE)
    bookings.lock(work, held.resources())
    bookings.withdraw(work, held)
    work.touch("booking", command.booking, held.version + 1)
    return Done({"booking": command.booking})
