"""Writes of services, inside a command's transaction."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.areas.accounts.practice_settings import PracticeSettings
from avenrae_desktop.areas.services.domain import ServiceFields
from avenrae_desktop.db.faults import check_updated
from avenrae_desktop.db.tables import healers, resources, service_providers, services, settings
from avenrae_desktop.db.unit_of_work import Work

s, sp = services.c, service_providers.c


def currency_of(work: Work) -> str:
    """The practice's currency, a code of three letters."""
    query = sa.select(settings.c.setting_value).where(settings.c.setting_name == "currency")
    found: str | None = work.connection.execute(query).scalar_one_or_none()
    return found or PracticeSettings().currency


def healer_ids(work: Work, wanted: Sequence[UUID]) -> dict[UUID, int]:
    """The inner keys of those healers that exist."""
    query = sa.select(healers.c.uuid, healers.c.id).where(healers.c.uuid.in_(wanted))
    return {row.uuid: row.id for row in work.connection.execute(query)}


def is_service(work: Work, service: UUID) -> bool:
    """Whether a service of this uuid exists, archived or not."""
    return work.connection.execute(sa.select(s.id).where(s.uuid == service)).first() is not None


def locked_service(work: Work, service: UUID) -> tuple[ServiceFields, int] | None:
    """What is stored of a service and its version, locked until the command ends; None if there is none."""
    query = (
        sa.select(services, resources.c.uuid.label("room"))
        .select_from(services.outerjoin(resources, resources.c.id == s.room_id))
        .where(s.uuid == service)
        .with_for_update(of=services)
    )
    row = work.connection.execute(query).first()
    if row is None:
        return None
    offered_by = (
        sa.select(healers.c.uuid)
        .select_from(service_providers.join(healers, healers.c.id == sp.healer_id))
        .where(sp.service_id == row.id, sp.ended_at.is_(None))
        .order_by(sp.healer_id != row.healer_id, sp.healer_id)
    )
    fields = ServiceFields(
        service_name=row.service_name,
        service_category=row.service_category,
        duration_minutes=row.duration_minutes,
        buffer_before_minutes=row.buffer_before_minutes,
        buffer_after_minutes=row.buffer_after_minutes,
        price=row.price,
        description=row.description or "",
        healers=tuple(work.connection.execute(offered_by).scalars()),
        room=row.room,
    )
    return fields, row.version


def insert_service(
    work: Work, service: UUID, fields: ServiceFields, main_healer: int, room_id: int | None
) -> None:
    """The service alone; `set_providers` says who offers it."""
    values = _values(fields, main_healer, room_id)
    work.connection.execute(services.insert().values(uuid=service, created_at=work.now, **values))


def update_service(
    work: Work, service: UUID, version: int, fields: ServiceFields, main_healer: int, room_id: int | None
) -> None:
    """Replace everything but who offers it. Raises Conflict unless the service still has this version."""
    result = work.connection.execute(
        services.update()
        .where(s.uuid == service, s.version == version)
        .values(version=version + 1, **_values(fields, main_healer, room_id))
    )
    check_updated(result.rowcount)


def set_providers(work: Work, service: UUID, wanted: Sequence[int]) -> None:
    """Who offers it from now on. Rows of others end and stay, because bookings of the past refer to them."""
    service_id = work.connection.execute(sa.select(s.id).where(s.uuid == service)).scalar_one()
    mine = sp.service_id == service_id
    known = set(work.connection.execute(sa.select(sp.healer_id).where(mine)).scalars())
    work.connection.execute(
        service_providers.update()
        .where(mine, sp.ended_at.is_(None), sp.healer_id.not_in(wanted))
        .values(ended_at=work.now)
    )
    work.connection.execute(
        service_providers.update()
        .where(mine, sp.ended_at.is_not(None), sp.healer_id.in_(wanted))
        .values(ended_at=None)
    )
    new = [healer_id for healer_id in wanted if healer_id not in known]
    if new:
        work.connection.execute(
            service_providers.insert(),
            [{"service_id": service_id, "healer_id": each, "created_at": work.now} for each in new],
        )


def set_archived(work: Work, service: UUID, version: int, *, archived: bool) -> None:
    """Raises Conflict unless the service still has this version."""
    result = work.connection.execute(
        services.update()
        .where(s.uuid == service, s.version == version)
        .values(version=version + 1, archived_at=work.now if archived else None)
    )
    check_updated(result.rowcount)


def _values(fields: ServiceFields, main_healer: int, room_id: int | None) -> dict[str, Any]:
    return {
        "healer_id": main_healer,
        "service_name": fields.service_name,
        "service_category": fields.service_category,
        "duration_minutes": fields.duration_minutes,
        "buffer_before_minutes": fields.buffer_before_minutes,
        "buffer_after_minutes": fields.buffer_after_minutes,
        "price": fields.price,
        "description": fields.description or None,
        "room_id": room_id,
    }
