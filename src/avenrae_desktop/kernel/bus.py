"""The one way to write: permission, a fresh unit of work, the use case, the command's own row, commit.

The row in `commands` is at once the idempotency record, the undo source and the change feed.
"""

import random
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol
from uuid import UUID

from avenrae_desktop.kernel.changes import Changes, Touched
from avenrae_desktop.kernel.codec import body_hash, from_plain, to_plain
from avenrae_desktop.kernel.errors import Conflict, NotFound, Problem, RuleBroken, TryAgain, noop
from avenrae_desktop.kernel.identity import Actor, Permission
from avenrae_desktop.kernel.ids import new_uuid


@dataclass(frozen=True, kw_only=True)
class Command:
    """What a person meant, in plain values; names things by uuid only."""

    kind: ClassVar[str]
    needs: ClassVar[Permission]
    uuid: UUID = field(default_factory=new_uuid)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did. `answer` is plain JSON."""

    command: UUID
    answer: dict[str, Any]
    changes: Changes
    undoable: bool
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A use case's result: a plain answer for the screen, and the inverse command where there is one."""

    answer: dict[str, Any] = field(default_factory=dict)
    undo: Command | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A command's row as it was recorded."""

    uuid: UUID
    kind: str
    body_hash: bytes
    answer: dict[str, Any]
    undo_kind: str | None
    undo_body: dict[str, Any] | None
    touched: tuple[Touched, ...]

    def outcome(self) -> Outcome:
        """What the command answered the first time."""
        undoable = self.undo_kind is not None
        return Outcome(self.uuid, self.answer, Changes(self.touched), undoable, repeated=True)


class Work(Protocol):
    """The seam between this ring and the database: what the bus needs of a unit of work."""

    actor: Actor
    touched: list[Touched]

    def stored(self, uuid: UUID) -> Stored | None: ...
    def last_undoable(self) -> Stored | None: ...
    def versions_since(self, stored: Stored) -> dict[UUID, int]: ...
    def record(self, command: Command, done: Done, *, undoes: UUID | None) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Undo(Command):
    """Take back my own last command that can be taken back."""

    kind = "undo"
    needs = Permission.CHANGE_OWN_ACCOUNT


TRIES = 8
PATIENCE = 15.0  # seconds; a try that waits for a lock takes long itself
Handler = Callable[[Any, Any], Done]
Begin = Callable[[Actor], AbstractContextManager[Any]]

SAME_UUID = Problem(
    "bus.same_uuid",
    noop("This was already done differently"),
    noop("The same request arrived twice with different content; the first one stands."),
    noop("Look at what is stored and try again."),
)
NOTHING_TO_UNDO = Problem(
    "bus.nothing_to_undo",
    noop("Nothing to undo"),
    noop("You have not changed anything yet that could be taken back."),
    noop("Undo takes back your own last change."),
)


@dataclass(frozen=True)
class Bus:
    """Carries commands to their use cases. Safe to call again with the same command."""

    begin: Begin
    handlers: Mapping[type[Command], Handler]

    def __call__(self, command: Command, actor: Actor) -> Outcome:
        """Apply the command once and commit; a repeated uuid returns the stored outcome.

        A lost race or connection (`TryAgain`) is tried again with the same uuid, so that a commit of
        unknown outcome is looked up, never guessed. Raises AppError; then nothing was changed.
        """
        actor.require(command.needs)
        until = time.monotonic() + PATIENCE
        for tried in range(TRIES - 1):
            try:
                return self._once(command, actor)
            except TryAgain:
                if time.monotonic() > until:
                    raise
                # Those who lost the same race must not meet again at once: 0-10 ms, 0-20 ms, 0-40 ms ...
                time.sleep(random.uniform(0, 0.01 * 2**tried))  # noqa: S311 - no secret
            except (RuleBroken, NotFound, Conflict):
                earlier = self._done_meanwhile(command, actor)
                if earlier is None:
                    raise
                return earlier
        return self._once(command, actor)

    def _done_meanwhile(self, command: Command, actor: Actor) -> Outcome | None:
        """The outcome, when what stands in the way is the same command.

        Its commit may still have been on its way when it was looked up: sent twice at once, or sent again after
        the connection was lost.
        """
        with self.begin(actor) as work:
            return _earlier(command, work.stored(command.uuid))

    def _once(self, command: Command, actor: Actor) -> Outcome:
        with self.begin(actor) as work:
            earlier = _earlier(command, work.stored(command.uuid))
            if earlier is not None:
                return earlier
            undoes = None
            if isinstance(command, Undo):
                last = work.last_undoable()
                if last is None:
                    raise RuleBroken(NOTHING_TO_UNDO)
                undoes, done = last.uuid, self._undo(work, last)
            else:
                done = self.handlers[type(command)](command, work)
            work.record(command, done, undoes=undoes)
            return Outcome(
                command.uuid, to_plain(done.answer), Changes(tuple(work.touched)), done.undo is not None
            )

    def _undo(self, work: Any, last: Stored) -> Done:
        inverse_type = next(t for t in self.handlers if t.kind == last.undo_kind)
        versions = work.versions_since(last)
        inverse = from_plain(inverse_type, _with_versions(last.undo_body, versions))
        work.actor.require(inverse.needs)
        done = self.handlers[inverse_type](inverse, work)
        return Done({**done.answer, "undone": last.kind})


def _with_versions(plain: Any, versions: Mapping[UUID, int]) -> Any:
    """The inverse's body with the versions that things have now, where all later changes were taken back.

    A thing and the version that is expected of it stand side by side in one object of the body.
    """
    if isinstance(plain, list):
        return [_with_versions(each, versions) for each in plain]
    if not isinstance(plain, dict):
        return plain
    out = {key: _with_versions(value, versions) for key, value in plain.items()}
    if "version" in out:
        named = (versions[u] for u in versions if str(u) in out.values())
        out["version"] = next(named, out["version"])
    return out


def _earlier(command: Command, stored: Stored | None) -> Outcome | None:
    """What the command answered when it was done; raises Conflict if that was another command."""
    if stored is None:
        return None
    if stored.body_hash != body_hash(command.kind, command):
        raise Conflict(SAME_UUID)
    return stored.outcome()
