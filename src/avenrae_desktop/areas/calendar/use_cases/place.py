"""Whether a booking may stand where it is wanted: times, hours, what is taken, lanes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from avenrae_desktop.areas.calendar import problems
from avenrae_desktop.areas.calendar.free_time import Span, fits, open_spans, slots_of
from avenrae_desktop.areas.calendar.repository import bookings, offers, rows
from avenrae_desktop.db.unit_of_work import Work
from avenrae_desktop.kernel.errors import RuleBroken, Words, noop
from avenrae_desktop.kernel.identity import Permission
from avenrae_desktop.kernel.text import clean
from avenrae_desktop.kernel.time import instant_of, wall_of

LONGEST_MINUTES = 31 * 1440
_NO_HOURS = Words(noop("it is outside the weekly hours"))
_TIME_OFF = Words(noop("time off"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place in time for one booking, with what it needs there."""

    what: offers.Asked
    start: datetime
    zone: ZoneInfo

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.what.minutes)

    @property
    def slots(self) -> range:
        return slots_of(self.start, self.end, self.what.before, self.what.after)


def start_of(local_start: datetime, zone: ZoneInfo, *, second: bool | None) -> datetime:
    """The instant meant, on the five-minute grid; raises RuleBroken (field "start")."""
    if local_start.minute % 5 or local_start.second or local_start.microsecond:
        raise RuleBroken(problems.NOT_ON_GRID, field="start")
    return instant_of(local_start, zone, second=second)


def checked_minutes(minutes: int) -> int:
    """A length that a booking can have; raises RuleBroken (field "end")."""
    if minutes <= 0:
        raise RuleBroken(problems.END_BEFORE_START, field="end")
    if minutes > LONGEST_MINUTES:
        raise RuleBroken(problems.TOO_LONG, field="end")
    if minutes % 5:
        raise RuleBroken(problems.NOT_ON_GRID, field="end")
    return minutes


def checked_text(text: str, field: str, limit: int) -> str:
    """The text cleaned; raises RuleBroken when there is no room for it."""
    text = clean(text)
    if len(text) > limit:
        raise RuleBroken(problems.TEXT_TOO_LONG, field=field, limit=limit, length=len(text))
    return text


def check_hours(work: Work, wanted: Wanted, reason: str, *, but: Iterable[int] = ()) -> str | None:
    """Inside working hours: no reason is kept. Outside: the reason, or RuleBroken if there is none.

    `but` are bookings that will give their time back.
    """
    why = _closed(work, wanted)
    if why is None:
        return None
    if reason:
        return reason
    raise RuleBroken(
        problems.OUTSIDE_HOURS,
        field="outside_hours_reason",
        healer=wanted.what.healer_name,
        why=why,
        alternatives=_alternatives(work, wanted, but),
    )


def _closed(work: Work, wanted: Wanted) -> str | None:
    span = Span(wanted.start, wanted.end)
    blocks = rows.read_blocks(work.connection, [wanted.what.healer], span.start, span.end)
    if blocks:
        return blocks[0].reason or _TIME_OFF
    opens = open_spans(wanted.what.hours, [], span.start, span.end, wanted.zone)
    return None if fits(span, opens) else _NO_HOURS


def lane_for(work: Work, wanted: Wanted, reason: str, *, but: Iterable[int] = ()) -> int:
    """Lane 0 where the time is free, another lane where a reason to overbook was given, else RuleBroken.

    The resources must be locked; `but` are bookings that will give their time back.
    """
    resources = wanted.what.resources()
    found = bookings.occupant(work, resources, wanted.slots, but=but)
    if found is None:
        return 0
    if reason:
        work.actor.require(Permission.OVERBOOK)
        return bookings.free_lane(work, resources, wanted.slots, but=but)
    raise taken(found, wanted, _alternatives(work, wanted, but))


def taken(found: bookings.Occupant, wanted: Wanted, alternatives: object) -> RuleBroken:
    """The refusal that names what is in the way; with its days where the times alone would not tell."""
    begins, ends = wall_of(found.starts_at, wanted.zone), wall_of(found.ends_at, wanted.zone)
    same_day = begins.date() == ends.date() == wall_of(wanted.start, wanted.zone).date()
    return RuleBroken(
        problems.TAKEN,
        field="start",
        who=found.resource_name,
        what=found.client_name,
        begins=begins.time() if same_day else begins,
        ends=ends.time() if same_day else ends,
        alternatives=alternatives,
    )


def _alternatives(work: Work, wanted: Wanted, but: Iterable[int]) -> object:
    """Free times near by. One that moves counts its own as free; several have given theirs back by then."""
    own = next(iter(but), None)
    return offers.nearest(work.connection, wanted.what, wanted.start, work.now, wanted.zone, without_booking=own)
