"""What the commands on clients do."""

from dataclasses import fields as fields_of
from typing import Any
from uuid import UUID

from avenrae_desktop.areas.clients import repository
from avenrae_desktop.areas.clients.checks import checked
from avenrae_desktop.areas.clients.domain import (
    AddClient,
    ArchiveClient,
    ClientFields,
    EditClient,
    RestoreClient,
)
from avenrae_desktop.areas.clients.problems import ALREADY_THERE, NO_CLIENT, NO_HEALER
from avenrae_desktop.areas.clients.queries import full_name
from avenrae_desktop.db.faults import check_updated
from avenrae_desktop.db.unit_of_work import Work
from avenrae_desktop.kernel.bus import Command, Done, Handler
from avenrae_desktop.kernel.errors import NotFound, RuleBroken


def add_client(command: AddClient, work: Work) -> Done:
    """Undone by archiving: what was once saved is never wiped out."""
    if repository.is_client(work, command.client):
        raise RuleBroken(ALREADY_THERE)
    fields = checked(command, work.now)
    repository.insert_client(work, command.client, fields, _healer_id(work, fields.preferred_healer))
    work.touch("client", command.client)
    return Done(_answer(command.client, fields), ArchiveClient(client=command.client, version=1))


def edit_client(command: EditClient, work: Work) -> Done:
    before = _locked(work, command.client, command.version)
    fields = checked(command, work.now)
    healer_id = _healer_id(work, fields.preferred_healer)
    repository.update_client(work, command.client, command.version, fields, healer_id)
    version = command.version + 1
    work.touch("client", command.client, version)
    undo = EditClient(client=command.client, version=version, **_plain(before))
    return Done(_answer(command.client, fields), undo)


def archive_client(command: ArchiveClient, work: Work) -> Done:
    fields = _locked(work, command.client, command.version)
    repository.set_archived(work, command.client, command.version, archived=True)
    version = command.version + 1
    work.touch("client", command.client, version)
    return Done(_answer(command.client, fields), RestoreClient(client=command.client, version=version))


def restore_client(command: RestoreClient, work: Work) -> Done:
    fields = _locked(work, command.client, command.version)
    repository.set_archived(work, command.client, command.version, archived=False)
    version = command.version + 1
    work.touch("client", command.client, version)
    return Done(_answer(command.client, fields), ArchiveClient(client=command.client, version=version))


HANDLERS: dict[type[Command], Handler] = {
    AddClient: add_client,
    EditClient: edit_client,
    ArchiveClient: archive_client,
    RestoreClient: restore_client,
}


def _locked(work: Work, client: UUID, version: int) -> ClientFields:
    found = repository.locked_client(work, client)
    if found is None:
        raise NotFound(NO_CLIENT)
    fields, stored_version = found
    check_updated(1 if stored_version == version else 0)
    return fields


def _healer_id(work: Work, healer: UUID | None) -> int | None:
    if healer is None:
        return None
    found = repository.find_healer_id(work, healer)
    if found is None:
        raise NotFound(NO_HEALER, field="preferred_healer")
    return found


def _plain(fields: ClientFields) -> dict[str, Any]:
    return {f.name: getattr(fields, f.name) for f in fields_of(ClientFields)}


def _answer(client: UUID, fields: ClientFields) -> dict[str, object]:
    return {"client": client, "name": full_name(fields.first_name, fields.last_name)}
