"""My own name and e-mail address, on all three engines."""

from typing import Any

import pytest
import sqlalchemy as sa

from avenrae_desktop.areas.accounts.domain import EditMyself
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.bus import Undo
from avenrae_desktop.kernel.errors import AppError, Conflict, NotAllowed
from avenrae_desktop.kernel.identity import Role
from tests.accounts.conftest import Office


def myself(office: Office, person: Any, **changes: Any) -> EditMyself:
    p = office.person(person)
    values = {"version": p.version, "first_name": p.first_name, "last_name": p.last_name, "email": p.email or ""}
    return EditMyself(person=person, **{**values, **changes})


def test_a_healer_changes_name_and_address_and_takes_it_back(office: Office) -> None:
    ben = office.add("ben", Role.HEALER)
    office.do(myself(office, ben, first_name=" Benno ", email=" Ben.Moor@EXAMPLE.org "), by=ben)
    changed = office.person(ben)
    assert (changed.name, changed.email, changed.version) == ("Benno Moor", "ben.moor@example.org", 2)
    names = sa.select(t.resources.c.resource_name)
    with office.engine.connect() as connection:
        assert "Benno Moor" in set(connection.execute(names).scalars())
    office.do(Undo(), by=ben)
    back = office.person(ben)
    assert (back.name, back.email, back.version) == ("Ben Moor", None, 3)


def test_an_address_belongs_to_one_person(office: Office) -> None:
    ben, mia = office.add("ben", Role.FRONT_DESK), office.add("mia", Role.FRONT_DESK)
    office.do(myself(office, ben, email="desk@example.org"), by=ben)
    with pytest.raises(AppError) as raised:
        office.do(myself(office, mia, email="Desk@Example.org"), by=mia)
    assert (raised.value.code, raised.value.field) == ("accounts.email_taken", "email")
    office.do(myself(office, ben, email=""), by=ben)
    office.do(myself(office, mia, email="desk@example.org"), by=mia)
    assert office.person(mia).email == "desk@example.org"


@pytest.mark.parametrize("typed", ["anna", "anna@", "a b@example.org", "x" * 250 + "@example.org"])
def test_what_is_no_address_is_refused_at_its_field(file_office: Office, typed: str) -> None:
    with pytest.raises(AppError) as raised:
        file_office.do(myself(file_office, file_office.founder, email=typed))
    assert (raised.value.code, raised.value.field) == ("accounts.bad_email", "email")


def test_nobody_edits_a_colleague_this_way(office: Office) -> None:
    ben = office.add("ben", Role.FRONT_DESK)
    with pytest.raises(NotAllowed):
        office.do(myself(office, office.founder, first_name="Eve"), by=ben)
    assert office.person(office.founder).name == "Anna Kern"


def test_an_older_version_overwrites_nothing(office: Office) -> None:
    older = myself(office, office.founder, last_name="Late")
    office.do(myself(office, office.founder, last_name="Early"))
    with pytest.raises(Conflict):
        office.do(older)
    assert office.person(office.founder).name == "Anna Early"
