"""People of the practice, on all three engines."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine

from avenrae_desktop.areas.accounts.domain import AddPerson, DisablePerson, EditPerson, EnablePerson
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.bus import Undo
from avenrae_desktop.kernel.errors import AppError, Conflict, NotAllowed, RuleBroken
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import HealerType, HoursKind
from tests.accounts.conftest import PASSWORD, Office, founding


def edit(office: Office, person: Any, **changes: Any) -> EditPerson:
    p = office.person(person)
    values = {n: getattr(p, n) for n in ("version", "first_name", "last_name", "roles", "healer_type", "hue")}
    return EditPerson(person=person, **{**values, **changes})


def test_the_founder_can_be_booked_at_once(office: Office) -> None:
    (founder,) = office.reads.people()
    assert (founder.name, founder.sign_in_name) == ("Anna Kern", "anna")
    assert set(founder.roles) == {Role.ADMIN, Role.HEALER}
    (healer,) = office.reads.healers()
    assert (healer.uuid, healer.healer_type, healer.hue) == (founder.healer, HealerType.ACUPUNCTURIST, "blue")
    with office.engine.connect() as connection:
        hours = connection.execute(sa.select(t.healer_availability)).all()
        resource = connection.execute(sa.select(t.resources.c.resource_name)).scalar_one()
        log = connection.execute(sa.select(t.audit_logs.c.action, t.audit_logs.c.detail)).one()
    assert {(h.weekday, h.kind, h.start_minute, h.end_minute) for h in hours} == {
        (day, *stretch)
        for day in range(5)
        for stretch in ((HoursKind.WORK, 540, 1020), (HoursKind.BREAK, 720, 780))
    }
    assert resource == "Anna Kern"
    assert log.action == "accounts.create_practice"
    assert "Praxis am Fluss" in log.detail
    assert PASSWORD not in log.detail


def test_a_founder_who_is_no_healer_has_no_calendar(file_db: Engine, found: Callable[..., Office]) -> None:
    office = found(file_db, is_healer=False, healer_type=None)
    assert office.reads.healers() == ()
    assert office.person(office.founder).roles == (Role.ADMIN,)


def test_a_practice_is_founded_once(office: Office) -> None:
    with pytest.raises(RuleBroken) as raised:
        office.do(founding(sign_in_name="second"))
    assert raised.value.code == "accounts.already_set_up"


def test_people_are_added_with_their_roles(office: Office) -> None:
    ben = office.add("ben", Role.HEALER)
    cleo = office.add("cleo", Role.FRONT_DESK, Role.HEALER, hue="rose")
    assert [p.name for p in office.reads.people()] == ["Anna Kern", "Ben Moor", "Cleo Moor"]
    assert [h.hue for h in office.reads.healers()] == ["blue", "violet", "rose"]
    assert set(office.person(cleo).roles) == {Role.FRONT_DESK, Role.HEALER}
    office.do(Undo())
    assert office.person(cleo).disabled
    assert [h.uuid for h in office.reads.healers()][1:] == [office.person(ben).healer]


def test_the_front_desk_may_not_add_people(office: Office) -> None:
    dora = office.add("dora", Role.FRONT_DESK)
    command = AddPerson(
        person=new_uuid(),
        first_name="X",
        last_name="Y",
        sign_in_name="x",
        roles=(Role.ADMIN,),
        password=PASSWORD,
    )
    for not_allowed in (command, DisablePerson(person=office.founder, version=1), edit(office, dora)):
        with pytest.raises(NotAllowed):
            office.do(not_allowed, by=dora)
    assert len(office.reads.people()) == 2


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"first_name": " \u202e "}, "accounts.first_name_missing", "first_name"),
        ({"first_name": "A" * 300}, "accounts.name_too_long", "first_name"),
        ({"last_name": "Ö" * 101}, "accounts.name_too_long", "last_name"),
        ({"sign_in_name": "two words"}, "accounts.bad_sign_in_name", "sign_in_name"),
        ({"sign_in_name": "x" * 33}, "accounts.bad_sign_in_name", "sign_in_name"),
        ({"sign_in_name": " "}, "accounts.bad_sign_in_name", "sign_in_name"),
        ({"sign_in_name": " ANNA "}, "accounts.sign_in_name_taken", "sign_in_name"),
        ({"roles": ()}, "accounts.role_missing", "roles"),
        ({"roles": (Role.CLIENT,)}, "accounts.not_a_staff_role", "roles"),
        ({"roles": (Role.HEALER,), "healer_type": None}, "accounts.healer_type_missing", "healer_type"),
        ({"hue": "pink"}, "accounts.bad_hue", "hue"),
        ({"password": "😀" * 20}, "accounts.password_too_long", "password"),
        ({"password": "short"}, "accounts.password_too_short", "password"),
        ({"password": "Ben-Moor and so"}, None, None),
        ({"password": "Praxis am Fluss"}, "accounts.password_is_name", "password"),
        ({"first_name": "Maximiliane", "password": "MAXIMILIANE MOOR"}, "accounts.password_is_name", "password"),
    ],
)
def test_what_is_refused_names_its_field(
    file_office: Office, changes: dict[str, Any], code: str | None, field: str | None
) -> None:
    values: dict[str, Any] = {
        "first_name": "Ben",
        "last_name": "Moor",
        "sign_in_name": "ben",
        "roles": (Role.HEALER,),
        "healer_type": HealerType.YOGA,
        "password": PASSWORD,
        **changes,
    }
    command = AddPerson(person=new_uuid(), **values)
    if code is None:
        file_office.do(command)
        return
    with pytest.raises(RuleBroken) as raised:
        file_office.do(command)
    assert (raised.value.code, raised.value.field) == (code, field)
    assert all("{" not in text for text in raised.value.texts())
    assert len(file_office.reads.people()) == 1


@pytest.mark.parametrize(
    ("first", "last"),
    [("<img src=x>", "O'Brien"), ("😀", "🌿"), ("\u05d3\u05d5\u05d3", "\u05db\u05d4\u05df"), ("Zoë", "")],
)
def test_names_of_all_kinds_come_back_as_they_were(office: Office, first: str, last: str) -> None:
    ben = office.add("ben", Role.FRONT_DESK, first_name=first, last_name=last)
    assert (office.person(ben).first_name, office.person(ben).last_name) == (first, last)


def test_an_edit_changes_name_roles_and_hue_and_can_be_taken_back(office: Office) -> None:
    ben = office.add("ben", Role.FRONT_DESK)
    before = office.person(ben)
    change = edit(
        office, ben, first_name="Benno", roles=(Role.HEALER,), healer_type=HealerType.MASSAGE, hue="teal"
    )
    office.do(change)
    after = office.person(ben)
    assert (after.name, after.roles, after.healer_type, after.hue) == (
        "Benno Moor",
        (Role.HEALER,),
        HealerType.MASSAGE,
        "teal",
    )
    office.do(Undo())
    back = office.person(ben)
    assert (back.name, back.roles, back.version) == (before.name, before.roles, before.version + 2)
    assert [h.name for h in office.reads.healers()] == ["Anna Kern"]
    office.do(edit(office, ben, roles=(Role.HEALER, Role.FRONT_DESK), hue="rose"))
    assert [(h.name, h.hue) for h in office.reads.healers()] == [("Anna Kern", "blue"), ("Ben Moor", "rose")]


def test_two_edits_of_the_same_version_do_not_overwrite(office: Office) -> None:
    ben = office.add("ben", Role.FRONT_DESK)
    first, second = edit(office, ben, first_name="One"), edit(office, ben, first_name="Two")
    office.do(first)
    with pytest.raises(Conflict):
        office.do(second)
    assert office.person(ben).first_name == "One"


def test_an_undo_is_refused_when_the_person_moved_on(office: Office) -> None:
    ben, cleo = office.add("ben", Role.FRONT_DESK), office.add("cleo", Role.ADMIN)
    office.do(edit(office, ben, first_name="One"))
    office.do(edit(office, ben, first_name="Two"), by=cleo)
    with pytest.raises(Conflict):
        office.do(Undo())
    assert office.person(ben).first_name == "Two"


def test_shutting_out_and_letting_in_again(office: Office) -> None:
    ben = office.add("ben", Role.HEALER)
    office.do(DisablePerson(person=ben, version=1))
    assert office.person(ben).disabled
    assert len(office.reads.healers()) == 1
    with pytest.raises(Conflict):
        office.do(DisablePerson(person=ben, version=2))
    office.do(Undo())
    assert not office.person(ben).disabled
    office.do(DisablePerson(person=ben, version=3))
    office.do(EnablePerson(person=ben, version=4))
    assert len(office.reads.healers()) == 2


def test_somebody_stays_who_can_manage_people(file_office: Office) -> None:
    office = file_office
    cleo = office.add("cleo", Role.ADMIN)
    cases: list[tuple[Any, Any, str]] = [
        (DisablePerson(person=office.founder, version=1), office.founder, "accounts.not_yourself"),
        (DisablePerson(person=new_uuid(), version=1), office.founder, "accounts.no_person"),
    ]
    for command, by, code in cases:
        with pytest.raises(AppError) as raised:
            office.do(command, by=by)
        assert raised.value.code == code
    office.do(DisablePerson(person=office.founder, version=1), by=cleo)
    with pytest.raises(RuleBroken) as broken:
        office.do(edit(office, cleo, roles=(Role.FRONT_DESK,)), by=cleo)
    assert broken.value.code == "accounts.last_admin"


def test_a_list_costs_one_statement(office: Office, statements: Any) -> None:
    for name in ("ben", "cleo", "dora"):
        office.add(name, Role.HEALER, Role.FRONT_DESK)
    for read in (office.reads.people, office.reads.healers, office.reads.settings):
        with statements(office.engine) as seen:
            read()
        assert len(seen) == 1
