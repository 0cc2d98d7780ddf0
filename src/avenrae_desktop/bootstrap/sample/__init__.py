"""The sample practice: `database/seed.sql`, written from here by scripts/seed.

Twelve healers, 150 clients and a year and a half of work, in minutes from Monday 0:00 of the week in which it is
loaded. What has happened by then, and what is still to come, is decided by the file itself when it runs.
"""

from random import Random

SEED = 2026
WEEKS_BACK, WEEKS_AHEAD = 65, 13
WEEK, DAY, HOUR = 7 * 1440, 1440, 60
PRACTICE_NAME = "House by the Linden Brook"
ZONE, CURRENCY = "Europe/Zurich", "EUR"
OPENED = -(WEEKS_BACK + 5) * WEEK + 9 * HOUR
"""When the practice entered its people, services and goods."""


def dice_for(what: str) -> Random:
    """Dice of one part of the story: what is added to another part leaves their throws as they are."""
    return Random(f"{SEED} {what}")  # noqa: S311 - believable, not secret


def at(week: int, day: int, clock: str) -> int:
    """The minute of a wall time: weeks from this one, the day (0 is Monday), "9:30"."""
    hour, minute = clock.split(":")
    return week * WEEK + day * DAY + int(hour) * HOUR + int(minute)
