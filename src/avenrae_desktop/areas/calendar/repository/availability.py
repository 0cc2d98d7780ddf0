"""Weekly hours and time off inside a command."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.areas.calendar.domain import Hours
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.faults import check_updated
from avenrae_desktop.db.unit_of_work import Work
from avenrae_desktop.kernel.ids import new_uuid


def replace_hours(work: Work, healer_id: int, hours: Iterable[Hours]) -> None:
    """End the healer's present week and write the new one; old rows stay for the record."""
    c = t.healer_availability.c
    work.connection.execute(
        t.healer_availability.update()
        .where(c.healer_id == healer_id, c.removed_at.is_(None))
        .values(removed_at=work.now)
    )
    values = [
        {
            "uuid": new_uuid(),
            "healer_id": healer_id,
            "weekday": h.weekday,
            "kind": h.kind,
            "start_minute": h.start_minute,
            "end_minute": h.end_minute,
            "label": h.label,
            "created_at": work.now,
        }
        for h in hours
    ]
    if values:
        work.connection.execute(t.healer_availability.insert(), values)


def insert_block(
    work: Work, uuid: UUID, healer_id: int | None, start: datetime, end: datetime, reason: str
) -> None:
    work.connection.execute(
        t.blocked_dates.insert().values(
            uuid=uuid,
            healer_id=healer_id,
            starts_at=start,
            ends_at=end,
            reason=reason,
            created_by=work.actor.user_id,
            created_at=work.now,
        )
    )


def set_block_removed(work: Work, uuid: UUID, version: int, *, removed: bool) -> bool:
    """Remove time off or bring it back; False if there is none of that uuid. Raises Conflict."""
    c = t.blocked_dates.c
    if work.connection.execute(sa.select(c.id).where(c.uuid == uuid)).first() is None:
        return False
    result = work.connection.execute(
        t.blocked_dates.update()
        .where(
            c.uuid == uuid,
            c.version == version,
            c.removed_at.is_not(None) if not removed else c.removed_at.is_(None),
        )
        .values(removed_at=work.now if removed else None, version=version + 1)
    )
    check_updated(result.rowcount)
    return True
