"""What is refused about services and rooms, in words for people."""

from avenrae_desktop.kernel.errors import Problem, noop

NAME_MISSING = Problem(
    "services.name_missing",
    noop("A service needs a name"),
    noop("The name is empty."),
    noop("Type the name that clients know it by."),
)


def _too_long(title: str) -> Problem:
    return Problem(
        "services.too_long",
        title,
        noop("At most {limit} characters fit here; this has {length}. Nothing was cut off."),
        noop("Shorten it."),
    )


TOO_LONG = {
    "service_name": _too_long(noop("The name of the service is too long")),
    "description": _too_long(noop("The description is too long")),
    "resource_name": _too_long(noop("The name of the room is too long")),
}
"""By field."""
BAD_DURATION = Problem(
    "services.bad_duration",
    noop("This duration does not fit"),
    noop("A service lasts from 5 minutes to 24 hours, in steps of 5 minutes; this is {minutes}."),
    noop("Choose a duration such as 45 or 60 minutes."),
)
BAD_BUFFER = Problem(
    "services.bad_buffer",
    noop("This buffer does not fit"),
    noop("Time before and after goes from 0 to {limit} minutes; this is {minutes}."),
    noop("Choose a shorter buffer."),
)
NO_HEALERS = Problem(
    "services.no_healers",
    noop("Nobody offers this service"),
    noop("A service needs at least one healer."),
    noop("Tick everybody who offers it."),
)
NO_HEALER = Problem(
    "services.no_healer",
    noop("This healer is not there"),
    noop("One of the chosen healers does not work in this practice."),
    noop("Choose the healers again."),
)
NO_ROOM = Problem(
    "services.no_room",
    noop("This room is not there"),
    noop("The chosen room does not exist or is not used any more."),
    noop("Choose another room, or none."),
)
NO_SERVICE = Problem(
    "services.none",
    noop("This service is not there"),
    noop("No service of this practice fits what was asked for."),
    noop("Search for the service again."),
)
ROOM_NAME_MISSING = Problem(
    "services.room_name_missing",
    noop("A room needs a name"),
    noop("The name is empty."),
    noop("Type what everybody calls it, such as “Room 2”."),
)
ROOM_EXISTS = Problem(
    "services.room_exists",
    noop("This room is already there"),
    noop("There is a room called “{name}” already."),
    noop("Choose it from the list, or give the new one another name."),
)
ALREADY_THERE = Problem(
    "services.already_there",
    noop("This was already added"),
    noop("It is in the list under the same identity."),
    noop("Look for it in the list."),
)
BAD_MINUTES = Problem(
    "services.bad_minutes",
    noop("This is not a duration"),
    noop("“{text}” cannot be read as minutes."),
    noop("Type minutes such as 45, or hours such as 1:30."),
)
