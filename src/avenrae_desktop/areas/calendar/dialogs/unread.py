"""Fields that cannot be read, in words for people."""

from avenrae_desktop.kernel.errors import Problem, noop

NO_DATE = Problem(
    "calendar.no_date",
    noop("Choose a day"),
    noop("The day is empty or cannot be read."),
    noop("Type a date, “tomorrow” or “+7”, or press F4 for a calendar."),
)
NO_TIME = Problem(
    "calendar.no_time",
    noop("Choose a time"),
    noop("The time is empty or not in five-minute steps."),
    noop("Type a time such as 9:30 or 14."),
)
