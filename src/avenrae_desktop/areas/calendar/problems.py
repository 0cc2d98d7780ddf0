"""What the calendar refuses, in words for people."""

from collections.abc import Mapping
from types import MappingProxyType

from avenrae_desktop.kernel.errors import Problem, noop
from avenrae_desktop.kernel.values import BookingStatus

TAKEN = Problem(
    "calendar.taken",
    noop("This time is taken"),
    noop("{who} already has {what} from {begins} to {ends}."),
    noop("Choose one of the free times below, or another time."),
)
OUTSIDE_HOURS = Problem(
    "calendar.outside_hours",
    noop("Outside working hours"),
    noop("{healer} does not work then: {why}."),
    noop("Choose another time, or give a reason to book it anyway."),
)
END_BEFORE_START = Problem(
    "calendar.end_before_start",
    noop("The end is not after the start"),
    noop("A booking has to last at least five minutes."),
    noop("Choose an end after the start."),
)
TOO_LONG = Problem(
    "calendar.too_long",
    noop("This is too long"),
    noop("A booking can last up to 31 days."),
    noop("Choose an earlier end."),
)
NOT_ON_GRID = Problem(
    "calendar.not_on_grid",
    noop("Choose a time in five-minute steps"),
    noop("Bookings start and end at :00, :05, :10 and so on."),
    noop("Choose the next full five minutes."),
)
NOT_OFFERED = Problem(
    "calendar.not_offered",
    noop("This healer does not offer this service"),
    noop("{healer} is not among the healers of “{service}”."),
    noop("Choose another healer, or add {healer} to the service."),
)
NO_BOOKING = Problem(
    "calendar.no_booking",
    noop("This booking is gone"),
    noop("It was taken back in the meantime."),
    noop("Look at the calendar again."),
)
NO_CLIENT = Problem(
    "calendar.no_client",
    noop("Choose a client"),
    noop("A booking needs a client who is not archived."),
    noop("Type part of a name, phone number or e-mail."),
)
NO_SERVICE = Problem(
    "calendar.no_service",
    noop("Choose a service"),
    noop("A booking needs a service that is still offered."),
    noop("Choose one from the list, or add it in Services."),
)
NO_HEALER = Problem(
    "calendar.no_healer",
    noop("Choose a healer"),
    noop("A booking needs a healer."),
    noop("Choose one from the list."),
)
NO_ROOM = Problem(
    "calendar.no_room",
    noop("This room is gone"),
    noop("The room was archived in the meantime."),
    noop("Choose another room, or none."),
)
WRONG_STATE = Problem(
    "calendar.wrong_state",
    noop("This is not possible any more"),
    noop("The booking is {status}."),
    noop("Look at the booking again; undo takes back the last step."),
)
STATES: Mapping[BookingStatus, str] = MappingProxyType(
    {
        BookingStatus.REQUESTED: noop("requested"),
        BookingStatus.PENDING: noop("pending"),
        BookingStatus.CONFIRMED: noop("confirmed"),
        BookingStatus.ARRIVED: noop("arrived"),
        BookingStatus.IN_SESSION: noop("in session"),
        BookingStatus.COMPLETED: noop("completed"),
        BookingStatus.CANCELLED: noop("cancelled"),
        BookingStatus.NO_SHOW: noop("a no-show"),
    }
)
"""How `WRONG_STATE` says what a booking is."""
REASON_NEEDED = Problem(
    "calendar.reason_needed",
    noop("Say why"),
    noop("A cancelled booking keeps its reason."),
    noop("Type or choose a reason."),
)
TEXT_TOO_LONG = Problem(
    "calendar.text_too_long",
    noop("This text is too long"),
    noop("There is room for {limit} characters; this text has {length}."),
    noop("Shorten it."),
)
BAD_HOURS = Problem(
    "calendar.bad_hours",
    noop("These hours do not fit"),
    noop("On {day}, {begins} to {ends} is not possible: {why}."),
    noop("Change the hours of that day."),
)
BLOCK_BACKWARDS = Problem(
    "calendar.block_backwards",
    noop("The end is not after the start"),
    noop("Time off has to end after it begins."),
    noop("Choose a later end."),
)
NO_BLOCK = Problem(
    "calendar.no_block",
    noop("This time off is gone"),
    noop("It was removed in the meantime."),
    noop("Look at the calendar again."),
)
