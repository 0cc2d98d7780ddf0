"""What the commands on services and rooms do."""

from dataclasses import fields as fields_of
from typing import Any
from uuid import UUID

from avenrae_desktop.areas.services import repository
from avenrae_desktop.areas.services.checks import checked, checked_room_name
from avenrae_desktop.areas.services.domain import (
    AddRoom,
    AddService,
    ArchiveRoom,
    ArchiveService,
    EditService,
    RestoreRoom,
    RestoreService,
    ServiceFields,
)
from avenrae_desktop.areas.services.problems import (
    ALREADY_THERE,
    NO_HEALER,
    NO_ROOM,
    NO_SERVICE,
    ROOM_EXISTS,
)
from avenrae_desktop.db.faults import check_updated
from avenrae_desktop.db.unit_of_work import Work
from avenrae_desktop.kernel.bus import Command, Done, Handler
from avenrae_desktop.kernel.errors import NotFound, RuleBroken


def add_service(command: AddService, work: Work) -> Done:
    """Undone by archiving: bookings may refer to it already."""
    if repository.is_service(work, command.service):
        raise RuleBroken(ALREADY_THERE)
    fields = checked(command, repository.currency_of(work))
    healer_ids = _healer_ids(work, fields.healers)
    repository.insert_service(work, command.service, fields, healer_ids[0], _room_id(work, fields.room))
    repository.set_providers(work, command.service, healer_ids)
    work.touch("service", command.service)
    return Done(_answer(command.service, fields), ArchiveService(service=command.service, version=1))


def edit_service(command: EditService, work: Work) -> Done:
    before = _locked(work, command.service, command.version)
    fields = checked(command, repository.currency_of(work))
    healer_ids = _healer_ids(work, fields.healers)
    room_id = _room_id(work, fields.room, kept=before.room)
    repository.update_service(work, command.service, command.version, fields, healer_ids[0], room_id)
    repository.set_providers(work, command.service, healer_ids)
    version = command.version + 1
    work.touch("service", command.service, version)
    undo = EditService(service=command.service, version=version, **_plain(before))
    return Done(_answer(command.service, fields), undo)


def archive_service(command: ArchiveService, work: Work) -> Done:
    fields = _locked(work, command.service, command.version)
    repository.set_archived(work, command.service, command.version, archived=True)
    version = command.version + 1
    work.touch("service", command.service, version)
    return Done(_answer(command.service, fields), RestoreService(service=command.service, version=version))


def restore_service(command: RestoreService, work: Work) -> Done:
    fields = _locked(work, command.service, command.version)
    repository.set_archived(work, command.service, command.version, archived=False)
    version = command.version + 1
    work.touch("service", command.service, version)
    return Done(_answer(command.service, fields), ArchiveService(service=command.service, version=version))


def add_room(command: AddRoom, work: Work) -> Done:
    """Two rooms in use never have the same name: nobody could tell which is which."""
    if repository.is_room(work, command.room):
        raise RuleBroken(ALREADY_THERE)
    name = checked_room_name(command.resource_name)
    same = repository.room_of_name(work, name)
    if same is not None:
        raise RuleBroken(ROOM_EXISTS, field="resource_name", name=same)
    repository.insert_room(work, command.room, name)
    work.touch("room", command.room)
    return Done({"room": command.room, "name": name}, ArchiveRoom(room=command.room, version=1))


def archive_room(command: ArchiveRoom, work: Work) -> Done:
    name = _locked_room(work, command.room, command.version)
    repository.set_room_archived(work, command.room, command.version, archived=True)
    version = command.version + 1
    work.touch("room", command.room, version)
    return Done({"room": command.room, "name": name}, RestoreRoom(room=command.room, version=version))


def restore_room(command: RestoreRoom, work: Work) -> Done:
    name = _locked_room(work, command.room, command.version)
    same = repository.room_of_name(work, name)
    if same is not None:
        raise RuleBroken(ROOM_EXISTS, field="resource_name", name=same)
    repository.set_room_archived(work, command.room, command.version, archived=False)
    version = command.version + 1
    work.touch("room", command.room, version)
    return Done({"room": command.room, "name": name}, ArchiveRoom(room=command.room, version=version))


HANDLERS: dict[type[Command], Handler] = {
    AddService: add_service,
    EditService: edit_service,
    ArchiveService: archive_service,
    RestoreService: restore_service,
    AddRoom: add_room,
    ArchiveRoom: archive_room,
    RestoreRoom: restore_room,
}


def _locked(work: Work, service: UUID, version: int) -> ServiceFields:
    found = repository.locked_service(work, service)
    if found is None:
        raise NotFound(NO_SERVICE)
    fields, stored_version = found
    check_updated(1 if stored_version == version else 0)
    return fields


def _locked_room(work: Work, room: UUID, version: int) -> str:
    found = repository.locked_room_name(work, room)
    if found is None:
        raise NotFound(NO_ROOM)
    name, stored_version = found
    check_updated(1 if stored_version == version else 0)
    return name


def _healer_ids(work: Work, healers: tuple[UUID, ...]) -> list[int]:
    known = repository.healer_ids(work, healers)
    if len(known) < len(healers):
        raise NotFound(NO_HEALER, field="healers")
    return [known[healer] for healer in healers]


def _room_id(work: Work, room: UUID | None, *, kept: UUID | None = None) -> int | None:
    """A room that is used no more may stay with the service that has it, but goes to no other one."""
    if room is None:
        return None
    found = repository.room_id_of(work, room, archived_too=room == kept)
    if found is None:
        raise NotFound(NO_ROOM, field="room")
    return found


def _plain(fields: ServiceFields) -> dict[str, Any]:
    return {f.name: getattr(fields, f.name) for f in fields_of(ServiceFields)}


def _answer(service: UUID, fields: ServiceFields) -> dict[str, object]:
    return {"service": service, "name": fields.service_name}
