"""What every home of a practice may have to say, in words."""

from avenrae_desktop.kernel.errors import Problem, noop

EDITED_MEANWHILE = Problem(
    "db.edited_meanwhile",
    noop("Changed in the meantime"),
    noop("Somebody changed this after you opened it, so your version was not saved."),
    noop("Look at the newer version and make your change again."),
)
