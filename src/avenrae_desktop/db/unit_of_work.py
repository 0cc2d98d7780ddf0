"""One command, one transaction: opened fresh, committed whole or not at all."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from avenrae_desktop.db.engine import WRITES
from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.tables import commands
from avenrae_desktop.kernel.bus import Command, Done, Stored
from avenrae_desktop.kernel.changes import Touched
from avenrae_desktop.kernel.codec import body_hash, dumps, to_plain
from avenrae_desktop.kernel.identity import Actor
from avenrae_desktop.kernel.time import Clock


class Work:
    """What a use case works with: the open transaction, who asks, and the instant that counts as now."""

    def __init__(self, connection: sa.Connection, actor: Actor, now: datetime) -> None:
        self.connection = connection
        self.actor = actor
        self.now = now
        self.touched: list[Touched] = []

    def touch(self, kind: str, uuid: UUID, version: int = 1) -> None:
        """Note that the command altered this thing; screens reload and undo checks the version."""
        self.touched.append(Touched(kind, uuid, version))

    def stored(self, uuid: UUID) -> Stored | None:
        """The command of this uuid, if it was done already."""
        return self._one(commands.c.uuid == uuid)

    def last_undoable(self) -> Stored | None:
        """My own latest command that can be taken back and was not yet."""
        undo = commands.alias()
        return self._one(
            commands.c.actor_id == self.actor.user_id,
            commands.c.undo_kind.is_not(None),
            ~sa.exists().where(undo.c.undoes == commands.c.uuid),
        )

    def versions_since(self, stored: Stored) -> dict[UUID, int]:
        """The present versions of what the command altered, where every later change was taken back again.

        Undo raises versions too; without this a second undo would take the first one for somebody's edit.
        """
        c = commands.c
        after = sa.select(c.id).where(c.uuid == stored.uuid).scalar_subquery()
        found = {}
        for thing in stored.touched:
            # A uuid holds no wildcard, and stands in `touched` as plain text.
            query = sa.select(c.uuid, c.undoes, c.touched).where(c.id > after, c.touched.like(f"%{thing.uuid}%"))
            later = self.connection.execute(query.order_by(c.id)).all()
            undone = {row.undoes for row in later}
            if later and all(row.undoes is not None or row.uuid in undone for row in later):
                found[thing.uuid] = next(v for _, u, v in json.loads(later[-1].touched) if u == str(thing.uuid))
        return found

    def _one(self, *where: sa.ColumnElement[bool]) -> Stored | None:
        c = commands.c
        query = (
            sa.select(c.uuid, c.kind, c.body_hash, c.answer, c.undo_kind, c.undo_body, c.touched)
            .where(*where)
            .order_by(c.id.desc())
            .limit(1)
        )
        row = self.connection.execute(query).first()
        if row is None:
            return None
        return Stored(
            uuid=row.uuid,
            kind=row.kind,
            body_hash=bytes(row.body_hash),
            answer=json.loads(row.answer),
            undo_kind=row.undo_kind,
            undo_body=json.loads(row.undo_body) if row.undo_body else None,
            touched=tuple(Touched(k, UUID(u), v) for k, u, v in json.loads(row.touched)),
        )

    def record(self, command: Command, done: Done, *, undoes: UUID | None) -> None:
        """Write the command's own row: idempotency record, undo source and change feed in one."""
        values: dict[str, Any] = {
            "uuid": command.uuid,
            "actor_id": self.actor.user_id or None,
            "kind": command.kind,
            "body_hash": body_hash(command.kind, command),
            "body": dumps(to_plain(command, secrets=False)),
            "answer": dumps(to_plain(done.answer)),
            "touched": dumps([[t.kind, str(t.uuid), t.version] for t in self.touched]),
            "undo_kind": done.undo.kind if done.undo else None,
            "undo_body": dumps(to_plain(done.undo)) if done.undo else None,
            "undoes": undoes,
            "created_at": self.now,
        }
        self.connection.execute(commands.insert().values(**values))


def unit_of_work(engine: sa.Engine, clock: Clock) -> Callable[[Actor], AbstractContextManager[Work]]:
    """The `begin` of the bus: each call opens a transaction and commits it when the block ends well."""
    writer = engine.execution_options(**WRITES)

    @contextmanager
    def begin(actor: Actor) -> Iterator[Work]:
        with telling_faults(), writer.begin() as connection:
            yield Work(connection, actor, clock())

    return begin


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection for reads; the driver's faults come out as errors for people."""
    with telling_faults(), engine.connect() as connection:
        yield connection
