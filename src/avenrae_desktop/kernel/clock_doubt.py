"""Whether the clock of a computer can be right. After its battery died it says 1970, or the year it was built.

Whatever is booked or written then carries that day, and nobody can tell later when it really was.
"""

from datetime import UTC, datetime, timedelta

from avenrae_desktop.kernel.errors import AppError, Problem, Unavailable, noop

MADE = datetime(2026, 6, 1, tzinfo=UTC)
"""Before the program was made: every clock that it meets stands later."""
LONGEST_LIFE = timedelta(days=20 * 365)
"""Of a version of the program, in use."""
SLACK = timedelta(days=1)
"""That computers which share a practice on a stick may be apart, by wrong time zones above all."""
LONGEST_PAUSE = timedelta(days=3 * 365)
"""Between the last entry of a practice and the next."""

BEFORE_PROGRAM = Problem(
    "clock.before_program",
    noop("This computer's clock must be wrong"),
    noop("It says {now}: a time at which this program was not made yet."),
    noop("Set date and time in the settings of the system, then check again."),
)
LONG_AFTER_PROGRAM = Problem(
    "clock.long_after_program",
    noop("This computer's clock must be wrong"),
    noop("It says {now}: many years after this program was made."),
    noop("Set date and time in the settings of the system, then check again."),
)
BEFORE_LAST_ENTRY = Problem(
    "clock.before_last_entry",
    noop("This computer's clock must be wrong"),
    noop("It says {now}, but the last entry in this practice was made later: {last}."),
    noop("Set date and time in the settings of the system, then check again."),
)
LONG_AFTER_LAST_ENTRY = Problem(
    "clock.long_after_last_entry",
    noop("Is this computer's clock right?"),
    noop("It says {now}. The last entry in this practice was made years before: {last}."),
    noop("If that is wrong, set date and time in the settings of the system, then check again."),
)


def doubt_of(now: datetime, last: datetime | None = None) -> AppError | None:
    """What speaks against the clock that says `now`; `last` is when the practice's last entry was made."""
    if now < MADE:
        return _told(BEFORE_PROGRAM, now)
    if now > MADE + LONGEST_LIFE:
        return _told(LONG_AFTER_PROGRAM, now)
    if last is not None and now < last - SLACK:
        return _told(BEFORE_LAST_ENTRY, now, last)
    if last is not None and now > last + LONGEST_PAUSE:
        return _told(LONG_AFTER_LAST_ENTRY, now, last)
    return None


def _told(problem: Problem, now: datetime, last: datetime | None = None) -> AppError:
    """The times as clocks here show them."""
    shown_now = now.astimezone().replace(tzinfo=None)
    if last is None:
        return Unavailable(problem, now=shown_now)
    return Unavailable(problem, now=shown_now, last=last.astimezone().replace(tzinfo=None))
