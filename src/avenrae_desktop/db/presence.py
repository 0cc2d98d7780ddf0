"""Who has which record open for editing, told by each window to the practice server."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.tables import presence, users

FRESH_SECONDS = 25  # a window that was silent for longer is taken for closed


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """Somebody has this record open for editing in another window."""

    person_name: str
    kind: str
    record: UUID


class Presence:
    """Tells the server that this window is there."""

    def __init__(self, engine: sa.Engine, window: UUID) -> None:
        self._engine = engine
        self._window = window

    def beat(self, record: tuple[str, UUID] | None) -> None:
        """Say that the window is open, and which record (kind, uuid) is being edited in it, if any.

        Raises LinkLost, as every call to the server does.
        """
        kind, uuid = (record[0], record[1].bytes) if record else (None, None)
        with telling_faults(), self._engine.connect() as connection:
            connection.execute(_I_AM_HERE, {"window": self._window.bytes, "kind": kind, "record": uuid})


_I_AM_HERE = sa.text("CALL i_am_here(:window, :kind, :record)")


def open_records(window: UUID | None) -> sa.Select[*tuple[object, ...]]:
    """Records that are open in windows other than this one, in the shape of the feed's rows (`id` is NULL)."""
    p, u = presence.c, users.c
    # The server's clock on both sides: those of the computers differ.
    oldest = sa.text("UTC_TIMESTAMP(6) - INTERVAL :fresh SECOND").bindparams(fresh=FRESH_SECONDS)
    name = sa.func.trim(sa.func.concat(u.first_name, " ", u.last_name))
    query = (
        sa.select(
            sa.null().label("id"),
            p.record_uuid.label("uuid"),
            p.user_id.label("actor_id"),
            p.record_kind.label("kind"),
            name.label("touched"),
        )
        .join_from(presence, users, u.id == p.user_id)
        .where(p.seen_at > oldest, p.record_uuid.is_not(None), p.record_kind.is_not(None))
    )
    return query if window is None else query.where(p.uuid != window)
