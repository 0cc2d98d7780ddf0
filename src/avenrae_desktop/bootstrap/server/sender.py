"""Sends commands over a link that may break: never lost unseen, never done twice.

A command whose answer did not come may have been done. It is sent again with the same uuid, for a minute; then
the person is told, and its uuid is kept. It is looked up when the server answers again, and the next command of
the same kind takes the uuid over, so that typing the same thing once more cannot do it twice.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from avenrae_desktop.kernel.bus import SAME_UUID, Bus, Command, Outcome
from avenrae_desktop.kernel.errors import AppError, Conflict, LinkLost, Problem, TryAgain, noop
from avenrae_desktop.kernel.identity import Actor

PATIENCE_S = 60.0
PAUSE_S = 1.0
FORGET_S = 600.0
"""Longer than a transaction can stay open on the server: what was not done by then never will be."""
OWN_REMEMBERED = 2000

SAVED_BEFORE = Problem(
    "server.saved_before",
    noop("Your earlier change was saved after all"),
    noop("The server had done it when the connection broke. What you have just entered was not saved."),
    noop("Look at what is stored now. If something is still missing, save again."),
)

Stored = Callable[[UUID], Outcome | None]


class Sender:
    """Called from one thread at a time; `stop_waiting`, `is_mine` and `late` from any."""

    def __init__(self, bus: Bus, stored: Stored, clock: Callable[[], float] = time.monotonic) -> None:
        """`stored` looks a command up by its uuid, without doing anything."""
        self._bus, self._stored, self._clock = bus, stored, clock
        self._lock = threading.Lock()
        self._unsettled: dict[UUID, tuple[Command, float]] = {}
        self._under_way: UUID | None = None
        self._mine: deque[UUID] = deque(maxlen=OWN_REMEMBERED)
        self._stopped = threading.Event()

    def __call__(self, command: Command, actor: Actor) -> Outcome:
        """Carry it out; waits up to a minute for a server that does not answer.

        Raises LinkLost when it may or may not be done, other AppErrors when it is not.
        """
        command = self._begin(command)
        try:
            outcome = self._patiently(command, actor)
        except TryAgain:
            raise  # it stays unsettled
        except AppError as error:
            taken_over = self._settle(command.uuid)
            if taken_over is not None and isinstance(error, Conflict) and error.problem is SAME_UUID:
                raise Conflict(SAVED_BEFORE) from error
            raise
        finally:
            self._under_way = None
        self._settle(command.uuid)
        return outcome

    def stop_waiting(self) -> None:
        """The window closes: nobody waits for the server any more."""
        self._stopped.set()

    def is_mine(self, uuid: UUID) -> bool:
        """Whether this window sent the command."""
        return uuid in self._mine

    def late(self) -> tuple[tuple[Command, Outcome], ...]:
        """Commands that turned out to be done after nobody waited for them any more; each is told once."""
        with self._lock:
            waiting = [c for c, _ in self._unsettled.values() if c.uuid != self._under_way]
        found = ((command, self._stored(command.uuid)) for command in waiting)
        done = tuple((command, outcome) for command, outcome in found if outcome is not None)
        for command, _ in done:
            self._settle(command.uuid)
        return done

    def _begin(self, command: Command) -> Command:
        with self._lock:
            now = self._clock()
            self._unsettled = {u: (c, at) for u, (c, at) in self._unsettled.items() if now - at < FORGET_S}
            before = next((c for c, _ in self._unsettled.values() if type(c) is type(command)), command)
            command = replace(command, uuid=before.uuid)
            self._under_way = command.uuid
        # Before it is sent: the feed may tell of it sooner than its own answer comes.
        self._mine.append(command.uuid)
        return command

    def _patiently(self, command: Command, actor: Actor) -> Outcome:
        until = self._clock() + PATIENCE_S
        while True:
            try:
                return self._bus(command, actor)
            except TryAgain as error:
                with self._lock:
                    self._unsettled[command.uuid] = (command, self._clock())
                waits = isinstance(error, LinkLost) and self._clock() < until
                if not waits or self._stopped.wait(PAUSE_S):
                    raise

    def _settle(self, uuid: UUID) -> Command | None:
        with self._lock:
            found = self._unsettled.pop(uuid, None)
        return found[0] if found else None
