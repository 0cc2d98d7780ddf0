"""What is different where the server decides who comes in.

There nobody can read or write password hashes and PINs but through routines that know whose they are; the old
password was checked by the server itself, before the command.
"""

from avenrae_desktop.areas.accounts import domain as d
from avenrae_desktop.areas.accounts import repository
from avenrae_desktop.areas.accounts.passwords import checked_pin, hashed
from avenrae_desktop.areas.accounts.problems import NO_PERSON
from avenrae_desktop.areas.accounts.queries import Member
from avenrae_desktop.areas.accounts.use_cases import checked_myself, myself_changed
from avenrae_desktop.db.server import accounts
from avenrae_desktop.db.unit_of_work import Work
from avenrae_desktop.kernel.bus import Command, Done, Handler
from avenrae_desktop.kernel.errors import NotFound


def change_my_password(command: d.ChangeMyPassword, work: Work) -> Done:
    accounts.set_my_password_hash(work.connection, hashed(command.new))
    return _touched(work)


def set_pin(command: d.SetPin, work: Work) -> Done:
    pin = None if command.pin is None else hashed(checked_pin(command.pin))
    accounts.set_my_pin_hash(work.connection, pin)
    return _touched(work)


def edit_myself(command: d.EditMyself, work: Work) -> Done:
    mine = _mine(work)
    first, last, email = checked_myself(command, mine, work)
    accounts.change_myself(work.connection, command.version, first, last, email)
    return myself_changed(work, mine.person, command.version + 1)


def _touched(work: Work) -> Done:
    mine = _mine(work).person
    work.touch("person", mine.uuid, mine.version)
    return Done()


def _mine(work: Work) -> Member:
    mine = repository.read_person(work, work.actor.uuid)
    if mine is None:
        raise NotFound(NO_PERSON)
    return mine


SERVER_HANDLERS: dict[type[Command], Handler] = {
    d.ChangeMyPassword: change_my_password,
    d.EditMyself: edit_myself,
    d.SetPin: set_pin,
}
