"""What is refused about clients, in words for people."""

from avenrae_desktop.kernel.errors import Problem, noop

NAME_MISSING = Problem(
    "clients.name_missing",
    noop("A client needs a last name"),
    noop("The last name is empty."),
    noop("Type the last name; the first name may stay empty."),
)


def _too_long(title: str) -> Problem:
    return Problem(
        "clients.too_long",
        title,
        noop("At most {limit} characters fit here; this has {length}. Nothing was cut off."),
        noop("Shorten it, or move the rest to the note."),
    )


TOO_LONG = {
    "first_name": _too_long(noop("The first name is too long")),
    "last_name": _too_long(noop("The last name is too long")),
    "phone": _too_long(noop("The phone number is too long")),
    "email": _too_long(noop("The e-mail address is too long")),
    "emergency_contact_name": _too_long(noop("The emergency contact is too long")),
    "emergency_contact_phone": _too_long(noop("The emergency phone number is too long")),
    "note": _too_long(noop("The note is too long")),
}
"""By field."""
BAD_EMAIL = Problem(
    "clients.bad_email",
    noop("This is not an e-mail address"),
    noop("“{text}” cannot be an e-mail address."),
    noop("Correct it, or leave it empty."),
)
BAD_PHONE = Problem(
    "clients.bad_phone",
    noop("This is not a phone number"),
    noop("“{text}” cannot be a phone number: at least three digits, and only digits, spaces and + - ( ) . /."),
    noop("Correct it, or leave it empty; words belong into the note."),
)
BORN_IN_FUTURE = Problem(
    "clients.born_in_future",
    noop("This birth date is in the future"),
    noop("Nobody is born on {day} yet."),
    noop("Check the year."),
)
BORN_TOO_EARLY = Problem(
    "clients.born_too_early",
    noop("This birth date is too long ago"),
    noop("Birth dates start at 1 January {year}."),
    noop("Check the year."),
)
NO_CLIENT = Problem(
    "clients.none",
    noop("This client is not there"),
    noop("No client of this practice fits what was asked for."),
    noop("Search for the client again."),
)
NO_HEALER = Problem(
    "clients.no_healer",
    noop("This healer is not there"),
    noop("The preferred healer does not work in this practice."),
    noop("Choose another healer, or none."),
)
ALREADY_THERE = Problem(
    "clients.already_there",
    noop("This client is already there"),
    noop("A client with this identity was added before."),
    noop("Search for the client in the list."),
)
BAD_DATE = Problem(
    "clients.bad_date",
    noop("This is not a date"),
    noop("“{text}” cannot be read as a birth date."),
    noop("Type day, month and year, or leave it empty."),
)
ADDED_TWICE = Problem(
    "clients.added_twice",
    noop("Somebody else has just added this client too"),
    noop("Your new client is saved, and so is {name}."),
    noop("Use the other one, and yours goes to the archive; or keep both."),
)
LOOKS_ALIKE = Problem(
    "clients.looks_alike",
    noop("This client may be here already"),
    noop("What you typed is like {count} of your clients."),
    noop("Use the one that is there, or save anyway."),
)
