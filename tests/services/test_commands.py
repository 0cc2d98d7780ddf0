"""Adding, editing and archiving services and rooms, with undo, on every engine."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from avenrae_desktop.areas.services.domain import (
    AddRoom,
    AddService,
    ArchiveRoom,
    ArchiveService,
    EditService,
    RestoreService,
)
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.bus import Undo
from avenrae_desktop.kernel.errors import AppError, Conflict, NotAllowed, NotFound, RuleBroken
from avenrae_desktop.kernel.identity import Actor, Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import ServiceCategory
from tests.services.conftest import Desk

Edit = Callable[..., dict[str, Any]]


def providers(desk: Desk, service: Any) -> dict[Any, bool]:
    """Every healer who ever offered it, and whether they do now."""
    query = (
        sa.select(t.healers.c.uuid, t.service_providers.c.ended_at)
        .join(t.healers, t.healers.c.id == t.service_providers.c.healer_id)
        .join(t.services, t.services.c.id == t.service_providers.c.service_id)
        .where(t.services.c.uuid == service)
    )
    with desk.engine.connect() as c:
        return {row.uuid: row.ended_at is None for row in c.execute(query)}


def test_everything_that_was_typed_is_stored(desk: Desk) -> None:
    service = desk.add(
        service_name=" Sound  bath 🌿 ",
        service_category=ServiceCategory.OTHER,
        duration_minutes=75,
        buffer_before_minutes=10,
        buffer_after_minutes=15,
        price=Decimal("99999999.99"),
        description="Bring a mat.\nNo shoes.",
        healers=(desk.healers[2], desk.healers[0]),
        room=desk.rooms[0],
    )
    row = desk.reads.detail(service)
    assert (row.service_name, row.service_category, row.duration_minutes) == ("Sound bath 🌿", "other", 75)
    assert (row.buffer_before_minutes, row.buffer_after_minutes, row.price) == (10, 15, Decimal("99999999.99"))
    assert row.description == "Bring a mat.\nNo shoes."
    assert row.healers == (desk.healers[2], desk.healers[0])
    assert row.healer_names == ("Healer 2", "Healer 0")
    assert (row.room, row.room_name, row.version, row.archived) == (desk.rooms[0], "Quiet room", 1, False)


def test_editing_ends_healers_and_undo_brings_them_back(desk: Desk, edit: Edit) -> None:
    service = desk.add(healers=(desk.healers[0], desk.healers[1]), room=desk.rooms[0])
    before = desk.reads.detail(service)
    desk.do(EditService(**edit(before, price=Decimal(0), healers=(desk.healers[2],), room=None)))
    after = desk.reads.detail(service)
    assert (after.price, after.healers, after.room, after.version) == (0, (desk.healers[2],), None, 2)
    assert providers(desk, service) == {desk.healers[0]: False, desk.healers[1]: False, desk.healers[2]: True}
    desk.do(Undo())
    assert desk.reads.detail(service) == before._replace(version=3)
    assert providers(desk, service) == {desk.healers[0]: True, desk.healers[1]: True, desk.healers[2]: False}


def test_an_edit_of_an_old_version_changes_nothing(desk: Desk, edit: Edit) -> None:
    service = desk.add()
    opened = desk.reads.detail(service)
    desk.do(EditService(**edit(opened, price=Decimal(90))))
    with pytest.raises(Conflict):
        desk.do(EditService(**edit(opened, price=Decimal(80), healers=(desk.healers[1],))))
    assert desk.reads.detail(service).price == 90
    assert desk.reads.detail(service).healers == (desk.healers[0],)


def test_archive_and_restore_undo_each_other(desk: Desk) -> None:
    service = desk.add()
    desk.do(Undo())
    assert desk.reads.detail(service).archived
    assert [r.uuid for r in desk.reads.all(archived=True)] == [service]
    desk.do(RestoreService(service=service, version=2))
    desk.do(ArchiveService(service=service, version=3))
    desk.do(Undo())
    assert (desk.reads.detail(service).archived, desk.reads.detail(service).version) == (False, 5)
    with pytest.raises(Conflict):
        desk.do(ArchiveService(service=service, version=4))


def test_rooms(desk: Desk, edit: Edit) -> None:
    room = new_uuid()
    desk.do(AddRoom(room=room, resource_name=" Room  2 "))
    assert [r.resource_name for r in desk.reads.rooms()] == ["Quiet room", "Room 2"]
    with pytest.raises(RuleBroken) as caught:
        desk.do(AddRoom(room=new_uuid(), resource_name="ROOM 2"))
    assert (caught.value.code, caught.value.field) == ("services.room_exists", "resource_name")
    service = desk.add(room=room)
    desk.do(ArchiveRoom(room=room, version=1))
    assert [r.resource_name for r in desk.reads.rooms()] == ["Quiet room"]
    with pytest.raises(NotFound) as gone:
        desk.add(room=room)
    assert gone.value.field == "room"
    # A service that has it keeps it when something else is edited.
    desk.do(EditService(**edit(desk.reads.detail(service), price=Decimal(1))))
    assert desk.reads.detail(service).room == room
    desk.do(Undo())
    desk.do(Undo())
    assert [r.resource_name for r in desk.reads.rooms()] == ["Quiet room", "Room 2"]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"service_name": " \t"}, "services.name_missing", "service_name"),
        ({"service_name": "N" * 151}, "services.too_long", "service_name"),
        ({"description": "N" * 2001}, "services.too_long", "description"),
        ({"duration_minutes": 0}, "services.bad_duration", "duration_minutes"),
        ({"duration_minutes": 47}, "services.bad_duration", "duration_minutes"),
        ({"duration_minutes": 1445}, "services.bad_duration", "duration_minutes"),
        ({"buffer_before_minutes": -5}, "services.bad_buffer", "buffer_before_minutes"),
        ({"buffer_after_minutes": 241}, "services.bad_buffer", "buffer_after_minutes"),
        ({"price": Decimal(-1)}, "money.too_large", "price"),
        ({"price": Decimal("NaN")}, "money.bad_amount", "price"),
        ({"price": Decimal("1.005")}, "money.bad_amount", "price"),
        ({"healers": ()}, "services.no_healers", "healers"),
        ({"healers": (new_uuid(),)}, "services.no_healer", "healers"),
        ({"room": new_uuid()}, "services.no_room", "room"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(
    file_desk: Desk, changes: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(AppError) as caught:
        file_desk.do(AddService(service=new_uuid(), **file_desk.values(**changes)))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert len(file_desk.reads.all()) == 1


def test_yen_have_no_decimals(file_desk: Desk) -> None:
    with file_desk.engine.begin() as c:
        c.execute(t.settings.update().where(t.settings.c.setting_name == "currency").values(setting_value="JPY"))
    with pytest.raises(RuleBroken) as caught:
        file_desk.add(price=Decimal("9000.50"))
    assert (caught.value.code, caught.value.field) == ("money.bad_amount", "price")
    assert file_desk.reads.detail(file_desk.add(price=Decimal(9000))).price == 9000


def test_the_front_desk_may_not_change_services(file_desk: Desk) -> None:
    desk_person = Actor(1, new_uuid(), "", frozenset({Role.FRONT_DESK}))
    with pytest.raises(NotAllowed):
        file_desk.bus(AddRoom(room=new_uuid(), resource_name="Room 2"), desk_person)


def test_what_is_not_there_is_told(file_desk: Desk) -> None:
    with pytest.raises(NotFound):
        file_desk.reads.detail(new_uuid())
    with pytest.raises(NotFound):
        file_desk.do(ArchiveService(service=new_uuid(), version=1))
    with pytest.raises(NotFound):
        file_desk.do(ArchiveRoom(room=new_uuid(), version=1))
