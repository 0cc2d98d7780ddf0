"""Adding, editing and archiving clients, with undo, on every engine."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa

from avenrae_desktop.areas.clients.domain import AddClient, ArchiveClient, EditClient, RestoreClient
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.bus import Undo
from avenrae_desktop.kernel.errors import AppError, Conflict, NotAllowed, NotFound, RuleBroken
from avenrae_desktop.kernel.identity import Actor, Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import Gender
from tests.clients.conftest import Desk

WHOLE = {
    "date_of_birth": date(1988, 2, 29),
    "gender": Gender.FEMALE,
    "phone": "+41 44 555 01 23",
    "email": "Priya.Nair@Example.com",
    "emergency_contact_name": "Arun Nair",
    "emergency_contact_phone": "044 555 01 24",
    "note": "Prefers the quiet room.\nSleep diary.",
}


def test_everything_that_was_typed_is_stored(desk: Desk) -> None:
    client = desk.add("  Priya ", "Nair\u202e", preferred_healer=desk.healers[1], **WHOLE)
    found = desk.detail(client)
    assert (found.first_name, found.last_name, found.name, found.version) == ("Priya", "Nair", "Priya Nair", 1)
    assert found.email == "Priya.Nair@example.com"
    assert {n: getattr(found, n) for n in WHOLE if n != "email"} == {
        n: v for n, v in WHOLE.items() if n != "email"
    }
    assert (found.preferred_healer, found.preferred_healer_name) == (desk.healers[1], "Healer 1")
    with desk.engine.connect() as c:
        user = c.execute(sa.select(t.users).where(t.users.c.user_type == "client")).one()
    assert (user.first_name, user.email, user.sign_in_name, user.password_hash) == ("Priya", None, None, None)


def test_a_last_name_is_all_that_is_needed(desk: Desk) -> None:
    found = desk.detail(desk.add("", "Okonkwo"))
    assert (found.name, found.email, found.phone, found.date_of_birth, found.gender) == (
        "Okonkwo",
        "",
        "",
        None,
        None,
    )


@pytest.mark.parametrize(
    "name",
    ["<img src=x>", "Zoë 🌿👩🏽‍⚕️", "مريم الحسيني", "יעל לוי", "100% O'Brien_\\", "王小明", "N" * 100, "🌿" * 100],
)
def test_any_name_is_plain_text_and_found_again(desk: Desk, name: str) -> None:
    client = desk.add("", name)
    assert desk.detail(client).last_name == name
    assert [hit.uuid for hit in desk.reads.find(name)] == [client]


def test_editing_counts_versions_and_undo_puts_everything_back(
    desk: Desk, edit: Callable[..., dict[str, object]]
) -> None:
    client = desk.add("Priya", "Nair", **WHOLE)
    before = desk.detail(client)
    command = EditClient(**edit(before, last_name="Nair-Keller", phone="", gender=None))
    outcome = desk.do(command)
    assert [(x.kind, x.uuid, x.version) for x in outcome.changes.touched] == [("client", client, 2)]
    after = desk.detail(client)
    assert (after.last_name, after.phone, after.gender, after.version) == ("Nair-Keller", "", None, 2)
    assert desk.names("keller") == ["Priya Nair-Keller"]
    desk.do(Undo())
    undone = desk.detail(client)
    assert undone == type(undone)(**{**{s: getattr(before, s) for s in before.__slots__}, "version": 3})
    assert desk.names("keller") == []


def test_an_edit_of_an_old_version_changes_nothing(desk: Desk, edit: Callable[..., dict[str, object]]) -> None:
    client = desk.add("Priya", "Nair")
    opened = desk.detail(client)
    desk.do(EditClient(**edit(opened, first_name="Prya")))
    with pytest.raises(Conflict):
        desk.do(EditClient(**edit(opened, first_name="Pria")))
    assert desk.detail(client).first_name == "Prya"


def test_undo_is_refused_after_somebody_elses_edit(desk: Desk, edit: Callable[..., dict[str, object]]) -> None:
    client = desk.add("Priya", "Nair")
    desk.do(EditClient(**edit(desk.detail(client), first_name="Mine")))
    with desk.engine.begin() as c:
        _, other = 0, new_uuid()
        done = c.execute(
            t.users.insert().values(
                uuid=other,
                first_name="O",
                last_name="T",
                user_type="front_desk",
                created_at=desk.detail(client).created_at,
            )
        )
    colleague = Actor(done.lastrowid, other, "O T", frozenset({Role.FRONT_DESK}))
    desk.bus(EditClient(**edit(desk.detail(client), first_name="Theirs")), colleague)
    with pytest.raises(Conflict):
        desk.do(Undo())
    assert desk.detail(client).first_name == "Theirs"


def test_adding_is_undone_by_archiving_and_archiving_by_restoring(desk: Desk) -> None:
    client = desk.add("Priya", "Nair")
    desk.do(Undo())
    assert desk.detail(client).archived
    assert desk.names("nair") == []
    assert [r.uuid for r in desk.reads.page("", archived=True).rows] == [client]
    desk.do(RestoreClient(client=client, version=2))
    assert desk.names("nair") == ["Priya Nair"]
    desk.do(ArchiveClient(client=client, version=3))
    desk.do(Undo())
    assert (desk.detail(client).archived, desk.detail(client).version) == (False, 5)
    with pytest.raises(Conflict):
        desk.do(ArchiveClient(client=client, version=3))


def test_the_same_command_twice_adds_one_client(desk: Desk) -> None:
    command = AddClient(client=new_uuid(), last_name="Nair")
    assert desk.do(command).repeated is False
    assert desk.do(command).repeated is True
    assert desk.names("nair") == ["Nair"]
    with pytest.raises(RuleBroken) as caught:
        desk.do(AddClient(client=command.client, last_name="Other"))
    assert caught.value.code == "clients.already_there"


def test_what_is_not_there_is_told(file_desk: Desk) -> None:
    with pytest.raises(NotFound):
        file_desk.detail(new_uuid())
    with pytest.raises(NotFound):
        file_desk.do(ArchiveClient(client=new_uuid(), version=1))
    with pytest.raises(NotFound) as caught:
        file_desk.add("", "Nair", preferred_healer=new_uuid())
    assert caught.value.field == "preferred_healer"
    assert file_desk.names("nair") == []


def test_a_client_may_not_manage_clients(file_desk: Desk) -> None:
    stranger = Actor(1, new_uuid(), "", frozenset({Role.CLIENT}))
    with pytest.raises(NotAllowed):
        file_desk.bus(AddClient(client=new_uuid(), last_name="Nair"), stranger)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("last_name", " \u202e\x00 ", "clients.name_missing"),
        ("last_name", "N" * 300, "clients.too_long"),
        ("first_name", "N" * 101, "clients.too_long"),
        ("emergency_contact_name", "N" * 201, "clients.too_long"),
        ("emergency_contact_phone", "1" * 21, "clients.too_long"),
        ("phone", "1" * 41, "clients.too_long"),
        ("note", "N" * 2001, "clients.too_long"),
        ("email", "a" * 250 + "@example.com", "clients.too_long"),
        ("email", "priya@", "clients.bad_email"),
        ("email", "Priya <p@example.com>", "clients.bad_email"),
        ("phone", "12", "clients.bad_phone"),
        ("phone", "ask her mother 044 555", "clients.bad_phone"),
        ("emergency_contact_phone", "+()", "clients.bad_phone"),
        ("date_of_birth", date(2026, 11, 25), "clients.born_in_future"),
        ("date_of_birth", date(1899, 12, 31), "clients.born_too_early"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(file_desk: Desk, field: str, value: object, code: str) -> None:
    with pytest.raises(AppError) as caught:
        file_desk.do(AddClient(client=new_uuid(), **{"last_name": "Nair", field: value}))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert file_desk.reads.page("").rows == ()


def test_a_refused_name_says_how_long_it_is(file_desk: Desk) -> None:
    with pytest.raises(RuleBroken) as caught:
        file_desk.add("", "N" * 300)
    title, what, _ = caught.value.texts()
    assert title == "The last name is too long"
    assert what == "At most 100 characters fit here; this has 300. Nothing was cut off."


def test_a_child_born_where_it_is_already_tomorrow(file_desk: Desk) -> None:
    assert file_desk.detail(file_desk.add("", "Early", date_of_birth=date(2026, 11, 23))).date_of_birth
