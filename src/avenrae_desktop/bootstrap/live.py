"""What others in the practice do meanwhile, asked about once a second; and how the link to the server stands."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from avenrae_desktop.db.feed import FeedReader, FeedRow
from avenrae_desktop.db.presence import OpenRecord, Presence
from avenrae_desktop.kernel.bus import Command, Outcome
from avenrae_desktop.kernel.changes import Changes, Touched
from avenrae_desktop.kernel.errors import AppError, NotAllowed, RuleBroken, Unavailable
from avenrae_desktop.kernel.link import LinkState

AWAY_AFTER_S = 15.0
BEAT_S = 10.0
Record = tuple[str, UUID]
NOTHING = Changes()
Late = tuple[tuple[Command, Outcome], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look at the server told."""

    state: LinkState
    host: str
    changes: Changes = NOTHING
    """Of others only."""
    open_elsewhere: tuple[OpenRecord, ...] = ()
    late: Late = ()
    """Commands whose outcome was unknown, and that turned out to be done."""
    ended: AppError | None = None
    """Why the person may not go on."""


class Live:
    """`poll` is called from one thread at a time; `watch` from any."""

    def __init__(
        self,
        feed: FeedReader,
        presence: Presence,
        host: Callable[[], str],
        keep_up: Callable[[Changes], object],
        is_mine: Callable[[UUID], bool],
        late: Callable[[], Late],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`keep_up` is told the changes before the screens are; `is_mine` knows this window's own commands."""
        self._feed, self._presence, self._host = feed, presence, host
        self._keep_up, self._is_mine, self._late = keep_up, is_mine, late
        self._clock = clock
        self._answered = clock()
        self._beaten = float("-inf")
        self._watched: Record | None = None
        self._told: Record | None = None
        self._undelivered: list[FeedRow] = []
        self._anew = False

    def watch(self, record: Record | None) -> None:
        """What is open for editing in this window; others see a mark on it."""
        self._watched = record

    def wake(self) -> None:
        """The computer slept: others took this window for closed, and are told at the next look."""
        self._beaten = float("-inf")

    def poll(self) -> Seen:
        """One look. Raises nothing for a link that is down: that is what it tells."""
        try:
            read = self._feed.read()
            # Kept until they are handed over: the feed tells each only once, and the next step may fail.
            self._undelivered += [row for row in read.rows if not self._is_mine(row.uuid)]
            self._anew = self._anew or read.everything
            changes = Changes(_touched(self._undelivered), self._anew)
            self._keep_up(changes)
            self._beat()
            late = self._late()
        except (NotAllowed, RuleBroken) as error:
            return Seen(LinkState.AWAY, self._host(), ended=error)
        except Unavailable:
            return Seen(self._down(), self._host())
        self._undelivered, self._anew = [], False
        self._answered = self._clock()
        return Seen(LinkState.CONNECTED, self._host(), changes, read.open_elsewhere, late)

    def _down(self) -> LinkState:
        silent = self._clock() - self._answered
        return LinkState.AWAY if silent > AWAY_AFTER_S else LinkState.RECONNECTING

    def _beat(self) -> None:
        watched = self._watched
        if watched == self._told and self._clock() - self._beaten < BEAT_S:
            return
        self._presence.beat(watched)
        self._told, self._beaten = watched, self._clock()


def _touched(rows: Iterable[FeedRow]) -> tuple[Touched, ...]:
    return tuple(touched for row in rows for touched in row.touched)
