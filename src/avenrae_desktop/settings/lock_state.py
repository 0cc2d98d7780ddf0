"""When a running session locks, and what unlocks it (design 8). Pure logic; the screen shows it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from avenrae_desktop.kernel.time import Clock

MISSES = 5


def _day_here(instant: datetime) -> date:
    return instant.astimezone().date()


class LockState:
    """Begins unlocked, right after a sign-in with the full password.

    A PIN is enough only on the day of the last full password; five misses in a row, of whatever kind, end the
    session. `minutes` may be set at any time.
    """

    def __init__(self, clock: Clock, minutes: int, day_of: Callable[[datetime], date] = _day_here) -> None:
        self.minutes = minutes
        self.locked = False
        self._clock = clock
        self._day_of = day_of
        self._active = self._full = clock()
        self._misses = 0

    @property
    def ended(self) -> bool:
        """Too many misses: only a new sign-in helps."""
        return self._misses >= MISSES

    @property
    def tries_left(self) -> int:
        return max(MISSES - self._misses, 0)

    @property
    def pin_allowed(self) -> bool:
        """Whether a PIN unlocks now; else the full password is needed."""
        return not self.ended and self._day_of(self._clock()) == self._day_of(self._full)

    @property
    def seconds_left(self) -> float:
        """Until it locks by itself; 0 when it is time."""
        idle = self._clock() - self._active
        return max((timedelta(minutes=self.minutes) - idle).total_seconds(), 0.0)

    def active(self) -> None:
        """A key or the mouse was used. Does not unlock."""
        # Somebody may be back before the clock was looked at, but after the time was up.
        if not self.tick():
            self._active = self._clock()

    def tick(self) -> bool:
        """Lock if the time is up; returns whether it is locked. Call it now and then, and after sleep."""
        self._active = min(self._active, self._clock())  # a clock that was set back must not prolong
        if self.seconds_left == 0:
            self.locked = True
        return self.locked

    def lock(self) -> None:
        """Lock at once (Ctrl+L, the system's own lock, sleep)."""
        self.locked = True

    def missed(self) -> int:
        """A wrong PIN or password; returns how many tries are left."""
        self._misses += 1
        return self.tries_left

    def unlock_by_password(self) -> None:
        """The full password was right."""
        self._full = self._clock()
        self._unlock()

    def unlock_by_pin(self) -> None:
        """The PIN was right; raises ValueError where a PIN is not enough."""
        if not self.pin_allowed:
            msg = "a PIN is not enough now"
            raise ValueError(msg)
        self._unlock()

    def _unlock(self) -> None:
        if self.ended:
            msg = "this session has ended"
            raise ValueError(msg)
        self._misses = 0
        self._active = self._clock()
        self.locked = False
