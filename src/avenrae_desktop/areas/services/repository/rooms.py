"""Writes of rooms, inside a command's transaction."""

from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.db.faults import check_updated
from avenrae_desktop.db.tables import resources
from avenrae_desktop.db.unit_of_work import Work
from avenrae_desktop.kernel.text import search_key
from avenrae_desktop.kernel.values import ResourceKind

r = resources.c
_ROOM = r.kind == ResourceKind.ROOM


def is_room(work: Work, room: UUID) -> bool:
    """Whether anything of this uuid exists, in use or not."""
    return work.connection.execute(sa.select(r.id).where(r.uuid == room)).first() is not None


def room_id_of(work: Work, room: UUID, *, archived_too: bool = False) -> int | None:
    """The inner key of a room in use, None if there is none of that uuid."""
    query = sa.select(r.id).where(r.uuid == room, _ROOM)
    if not archived_too:
        query = query.where(r.archived_at.is_(None))
    found: int | None = work.connection.execute(query).scalar_one_or_none()
    return found


def room_of_name(work: Work, name: str) -> str | None:
    """The name of a room in use that reads the same, if there is one."""
    names = work.connection.execute(sa.select(r.resource_name).where(_ROOM, r.archived_at.is_(None))).scalars()
    return next((found for found in names if search_key(found) == search_key(name)), None)


def locked_room_name(work: Work, room: UUID) -> tuple[str, int] | None:
    """A room's name and version, locked until the command ends; None if there is none."""
    query = sa.select(r.resource_name, r.version).where(r.uuid == room, _ROOM).with_for_update()
    row = work.connection.execute(query).first()
    return None if row is None else (row.resource_name, row.version)


def insert_room(work: Work, room: UUID, name: str) -> None:
    work.connection.execute(
        resources.insert().values(uuid=room, kind=ResourceKind.ROOM, resource_name=name, created_at=work.now)
    )


def set_room_archived(work: Work, room: UUID, version: int, *, archived: bool) -> None:
    """Raises Conflict unless the room still has this version."""
    result = work.connection.execute(
        resources.update()
        .where(r.uuid == room, _ROOM, r.version == version)
        .values(version=version + 1, archived_at=work.now if archived else None)
    )
    check_updated(result.rowcount)
