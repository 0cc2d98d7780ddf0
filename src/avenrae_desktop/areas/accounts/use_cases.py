"""What happens when a command about people or settings arrives."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from avenrae_desktop.areas.accounts import domain as d
from avenrae_desktop.areas.accounts import people, problems, repository
from avenrae_desktop.areas.accounts.passwords import checked_password, checked_pin, fits, hashed
from avenrae_desktop.areas.accounts.practice_settings import check_together, checked, read_settings
from avenrae_desktop.areas.accounts.queries import Member, PersonRow
from avenrae_desktop.db.problems import EDITED_MEANWHILE
from avenrae_desktop.db.unit_of_work import Work
from avenrae_desktop.kernel.bus import Command, Done, Handler
from avenrae_desktop.kernel.errors import Conflict, NotAllowed, NotFound, RuleBroken
from avenrae_desktop.kernel.identity import NOT_ALLOWED, Role
from avenrae_desktop.kernel.values import HealerType, HoursKind

# A new healer can be booked at once; Hours changes it. Minutes after midnight, Monday to Friday.
FIRST_WEEK = tuple(
    stretch
    for weekday in range(5)
    for stretch in (
        (weekday, HoursKind.WORK, 9 * 60, 17 * 60, ""),
        (weekday, HoursKind.BREAK, 12 * 60, 13 * 60, "Lunch"),
    )
)


def create_practice(command: d.CreatePractice, work: Work) -> Done:
    """The founder is an administrator, and a healer with ordinary hours if they say so."""
    if repository.find_people(work):
        raise RuleBroken(problems.ALREADY_SET_UP)
    settings = {name: checked(name, getattr(command, name)) for name in ("practice_name", "time_zone", "currency")}
    roles = frozenset({Role.ADMIN, Role.HEALER} if command.is_healer else {Role.ADMIN})
    healer_type = command.healer_type or (HealerType.OTHER if command.is_healer else None)
    for name, value in settings.items():
        work.touch("setting", repository.insert_setting(work, name, value))
    healer = _insert_person(work, command, roles, healer_type, hue=None, practice=settings["practice_name"])
    work.touch("practice", command.person)
    return Done({"healer": healer})


def add_person(command: d.AddPerson, work: Work) -> Done:
    there = repository.find_people(work)
    roles = people.checked_roles(command.roles, command.healer_type)
    name = people.checked_sign_in_name(command.sign_in_name)
    if any(c.person.sign_in_name == name for c in there):
        raise RuleBroken(problems.SIGN_IN_NAME_TAKEN, field="sign_in_name", text=name)
    practice = repository.stored_settings(work)["practice_name"][1]
    healer = _insert_person(work, command, roles, command.healer_type, command.hue, practice)
    return Done({"healer": healer}, undo=d.DisablePerson(person=command.person, version=1))


def _insert_person(
    work: Work,
    command: d.AddPerson | d.CreatePractice,
    roles: frozenset[Role],
    healer_type: HealerType | None,
    hue: str | None,
    practice: str,
) -> UUID | None:
    first, last = people.checked_name(command.first_name, command.last_name)
    sign_in_name = people.checked_sign_in_name(command.sign_in_name)
    name = repository.full_name(first, last)
    password = checked_password(command.password, (name, first, last, sign_in_name, practice))
    user_id = repository.insert_user(
        work,
        uuid=command.person,
        first_name=first,
        last_name=last,
        sign_in_name=sign_in_name,
        user_type=people.primary_type(roles),
        password_hash=hashed(password),
    )
    repository.set_roles(work, user_id, roles)
    work.touch("person", command.person)
    if Role.HEALER not in roles or healer_type is None:
        return None
    return _insert_healer(work, user_id, name, healer_type, hue)


def _insert_healer(work: Work, user_id: int, name: str, healer_type: HealerType, hue: str | None) -> UUID:
    chosen = _free_hue(work) if hue is None else people.checked_hue(hue)
    healer = repository.insert_healer(work, user_id, name, healer_type, chosen)
    repository.insert_hours(work, healer, FIRST_WEEK)
    work.touch("hours", healer)
    return healer


def _free_hue(work: Work) -> str:
    used = repository.used_hues(work)
    return min(d.HUES, key=lambda hue: (used.count(hue), d.HUES.index(hue)))


def edit_person(command: d.EditPerson, work: Work) -> Done:
    before = _person(work, command.person)
    roles = people.checked_roles(command.roles, command.healer_type)
    first, last = people.checked_name(command.first_name, command.last_name)
    if Role.ADMIN not in roles:
        _check_admin_left(work, before.person)
    name = repository.full_name(first, last)
    version = repository.update_user(
        work,
        before.user_id,
        command.version,
        first_name=first,
        last_name=last,
        user_type=people.primary_type(roles),
    )
    repository.set_roles(work, before.user_id, roles)
    _edit_healer(work, before, roles, name, command)
    work.touch("person", command.person, version)
    return Done(undo=_as_it_was(before.person, version))


def _edit_healer(work: Work, before: Member, roles: frozenset[Role], name: str, command: d.EditPerson) -> None:
    old = before.person
    if old.healer is not None:
        hue = people.checked_hue(command.hue) if command.hue else old.hue or d.HUES[0]
        kind = command.healer_type or old.healer_type or HealerType.OTHER
        repository.update_healer(work, old.healer, name, kind, hue)
    elif Role.HEALER in roles and command.healer_type is not None:
        _insert_healer(work, before.user_id, name, command.healer_type, command.hue)


def _as_it_was(person: PersonRow, version: int) -> d.EditPerson:
    return d.EditPerson(
        person=person.uuid,
        version=version,
        first_name=person.first_name,
        last_name=person.last_name,
        roles=person.roles,
        healer_type=person.healer_type,
        hue=person.hue,
    )


def disable_person(command: d.DisablePerson, work: Work) -> Done:
    found = _person(work, command.person)
    if command.person == work.actor.uuid:
        raise RuleBroken(problems.NOT_YOURSELF)
    _check_admin_left(work, found.person)
    version = _set_disabled(work, found, command.version, disabled=True)
    return Done(undo=d.EnablePerson(person=command.person, version=version))


def enable_person(command: d.EnablePerson, work: Work) -> Done:
    version = _set_disabled(work, _person(work, command.person), command.version, disabled=False)
    return Done(undo=d.DisablePerson(person=command.person, version=version))


def _set_disabled(work: Work, found: Member, version: int, *, disabled: bool) -> int:
    if found.person.disabled == disabled:
        raise Conflict(EDITED_MEANWHILE)
    at = work.now if disabled else None
    version = repository.update_user(work, found.user_id, version, disabled_at=at)
    work.touch("person", found.person.uuid, version)
    return version


def change_my_password(command: d.ChangeMyPassword, work: Work) -> Done:
    mine = _person(work, work.actor.uuid)
    if not fits(command.old, repository.find_secrets(work, mine.user_id).password_hash):
        raise RuleBroken(problems.WRONG_OLD_PASSWORD, field="old")
    return _set_password(work, mine, command.new, field="new")


def set_password(command: d.SetPassword, work: Work) -> Done:
    found = _person(work, command.person)
    if command.person == work.actor.uuid:
        raise RuleBroken(problems.KNOW_THE_OLD_ONE)
    if found.person.disabled:
        raise RuleBroken(problems.ENABLE_FIRST, name=found.person.name)
    # Whoever chose the PIN may not be the one who gets the new password.
    repository.set_secret(work, found.user_id, pin_hash=None)
    return _set_password(work, found, command.password)


def recover_password(command: d.RecoverPassword, work: Work) -> Done:
    mine = _person(work, work.actor.uuid)
    repository.set_secret(work, mine.user_id, pin_hash=None)
    return _set_password(work, mine, command.password)


def _set_password(work: Work, found: Member, password: str, field: str = "password") -> Done:
    p = found.person
    practice = repository.stored_settings(work)["practice_name"][1]
    names = (p.name, p.first_name, p.last_name, p.sign_in_name, practice)
    password_hash = hashed(checked_password(password, names, field))
    repository.set_secret(work, found.user_id, password_hash=password_hash)
    work.touch("person", p.uuid, p.version)
    return Done()


def edit_myself(command: d.EditMyself, work: Work) -> Done:
    before = _person(work, work.actor.uuid)
    first, last, email = checked_myself(command, before, work)
    version = repository.update_user(
        work, before.user_id, command.version, first_name=first, last_name=last, email=email
    )
    if before.person.healer is not None:
        repository.rename_healer(work, before.person.healer, repository.full_name(first, last))
    return myself_changed(work, before.person, version)


def checked_myself(command: d.EditMyself, before: Member, work: Work) -> tuple[str, str, str | None]:
    """First name, last name and e-mail address as they are stored. Raises NotAllowed, RuleBroken."""
    if command.person != before.person.uuid:
        raise NotAllowed(NOT_ALLOWED)
    first, last = people.checked_name(command.first_name, command.last_name)
    email = people.checked_email(command.email)
    if email is not None and repository.email_taken(work, email, before.user_id):
        raise RuleBroken(problems.EMAIL_TAKEN, field="email", text=email)
    return first, last, email


def myself_changed(work: Work, before: PersonRow, version: int) -> Done:
    """With the way back."""
    work.touch("person", before.uuid, version)
    undo = d.EditMyself(
        person=before.uuid,
        version=version,
        first_name=before.first_name,
        last_name=before.last_name,
        email=before.email or "",
    )
    return Done(undo=undo)


def set_pin(command: d.SetPin, work: Work) -> Done:
    mine = _person(work, work.actor.uuid)
    pin = None if command.pin is None else hashed(checked_pin(command.pin))
    repository.set_secret(work, mine.user_id, pin_hash=pin)
    work.touch("person", mine.person.uuid, mine.person.version)
    return Done()


def change_settings(command: d.ChangeSettings, work: Work) -> Done:
    stored = repository.stored_settings(work)
    wanted = {name: checked(name, value) for name, value in command.values}
    check_together(read_settings({**{n: v for n, (_, v, _) in stored.items()}, **wanted}))
    currency = stored["currency"][1]
    if wanted.get("currency", currency) != currency and repository.has_services(work):
        raise RuleBroken(problems.CURRENCY_IN_USE, field="currency", currency=currency)
    before = tuple(_change_setting(work, stored, name, value) for name, value in wanted.items())
    return Done(undo=d.RestoreSettings(values=before))


def _change_setting(work: Work, stored: Any, name: str, value: str) -> d.SettingBefore:
    if name not in stored:
        uuid = repository.insert_setting(work, name, value)
        work.touch("setting", uuid)
        defaults = read_settings({})
        return d.SettingBefore(name, str(getattr(defaults, name)), 1)
    uuid, old, version = stored[name]
    repository.update_setting(work, name, value, version)
    work.touch("setting", uuid, version + 1)
    return d.SettingBefore(name, old, version + 1)


def restore_settings(command: d.RestoreSettings, work: Work) -> Done:
    stored = repository.stored_settings(work)
    before = []
    for setting in command.values:
        uuid, value, _ = stored[setting.name]
        repository.update_setting(work, setting.name, setting.value, setting.version)
        work.touch("setting", uuid, setting.version + 1)
        before.append(replace(setting, value=value, version=setting.version + 1))
    return Done(undo=d.RestoreSettings(values=tuple(before)))


def _person(work: Work, uuid: UUID) -> Member:
    found = repository.find_person(work, uuid)
    if found is None:
        raise NotFound(problems.NO_PERSON)
    return found


def _check_admin_left(work: Work, leaving: PersonRow) -> None:
    others = (c.person for c in repository.find_people(work) if c.person.uuid != leaving.uuid)
    if Role.ADMIN in leaving.roles and not any(Role.ADMIN in p.roles and not p.disabled for p in others):
        raise RuleBroken(problems.LAST_ADMIN, name=leaving.name)


HANDLERS: dict[type[Command], Handler] = {
    d.CreatePractice: create_practice,
    d.AddPerson: add_person,
    d.EditPerson: edit_person,
    d.DisablePerson: disable_person,
    d.EnablePerson: enable_person,
    d.ChangeMyPassword: change_my_password,
    d.SetPassword: set_password,
    d.RecoverPassword: recover_password,
    d.EditMyself: edit_myself,
    d.SetPin: set_pin,
    d.ChangeSettings: change_settings,
    d.RestoreSettings: restore_settings,
}
