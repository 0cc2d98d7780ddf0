"""Writes of clients, inside a command's transaction."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.areas.clients.domain import ClientFields
from avenrae_desktop.areas.clients.keys import keys_of
from avenrae_desktop.db.faults import check_updated
from avenrae_desktop.db.tables import clients, healers, users
from avenrae_desktop.db.unit_of_work import Work
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import UserType

c, u = clients.c, users.c


def is_client(work: Work, client: UUID) -> bool:
    """Whether a client of this uuid exists, archived or not."""
    return work.connection.execute(sa.select(c.id).where(c.uuid == client)).first() is not None


def find_healer_id(work: Work, healer: UUID) -> int | None:
    """The inner key of a healer, None if there is none of that uuid."""
    found: int | None = work.connection.execute(
        sa.select(healers.c.id).where(healers.c.uuid == healer)
    ).scalar_one_or_none()
    return found


def locked_client(work: Work, client: UUID) -> tuple[ClientFields, int] | None:
    """What is stored of a client and its version, locked until the command ends; None if there is none."""
    query = (
        sa.select(
            u.first_name,
            u.last_name,
            c.date_of_birth,
            c.gender,
            c.phone,
            c.contact_email,
            c.emergency_contact_name,
            c.emergency_contact_phone,
            c.note,
            healers.c.uuid.label("healer"),
            c.version,
        )
        .select_from(
            clients.join(users, u.id == c.user_id).outerjoin(healers, healers.c.id == c.preferred_healer_id)
        )
        .where(c.uuid == client)
        .with_for_update(of=clients)
    )
    row = work.connection.execute(query).first()
    if row is None:
        return None
    fields = ClientFields(
        first_name=row.first_name,
        last_name=row.last_name,
        date_of_birth=row.date_of_birth,
        gender=row.gender,
        phone=row.phone or "",
        email=row.contact_email or "",
        emergency_contact_name=row.emergency_contact_name or "",
        emergency_contact_phone=row.emergency_contact_phone or "",
        note=row.note or "",
        preferred_healer=row.healer,
    )
    return fields, row.version


def insert_client(work: Work, client: UUID, fields: ClientFields, healer_id: int | None) -> None:
    """A person without sign-in, and their data as a client."""
    added: sa.CursorResult[Any] = work.connection.execute(
        users.insert().values(
            uuid=new_uuid(),
            first_name=fields.first_name,
            last_name=fields.last_name,
            user_type=UserType.CLIENT,
            created_at=work.now,
        )
    )
    values = {"user_id": added.lastrowid, "created_at": work.now, **_values(fields, healer_id)}
    # The client's role is written by a trigger: nobody who only adds clients has a right on roles.
    work.connection.execute(clients.insert().values(uuid=client, **values))


def update_client(work: Work, client: UUID, version: int, fields: ClientFields, healer_id: int | None) -> None:
    """Replace everything. Raises Conflict unless the client still has this version."""
    result = work.connection.execute(
        clients.update()
        .where(c.uuid == client, c.version == version)
        .values(version=version + 1, **_values(fields, healer_id))
    )
    check_updated(result.rowcount)
    work.connection.execute(
        users.update()
        .where(u.id == sa.select(c.user_id).where(c.uuid == client).scalar_subquery())
        .values(first_name=fields.first_name, last_name=fields.last_name, version=u.version + 1)
    )


def set_archived(work: Work, client: UUID, version: int, *, archived: bool) -> None:
    """Raises Conflict unless the client still has this version."""
    result = work.connection.execute(
        clients.update()
        .where(c.uuid == client, c.version == version)
        .values(version=version + 1, archived_at=work.now if archived else None)
    )
    check_updated(result.rowcount)


def _values(fields: ClientFields, healer_id: int | None) -> dict[str, Any]:
    return {
        "date_of_birth": fields.date_of_birth,
        "gender": fields.gender,
        "phone": fields.phone or None,
        "contact_email": fields.email or None,
        "emergency_contact_name": fields.emergency_contact_name or None,
        "emergency_contact_phone": fields.emergency_contact_phone or None,
        "note": fields.note or None,
        "preferred_healer_id": healer_id,
        **asdict(keys_of(fields)),
    }
