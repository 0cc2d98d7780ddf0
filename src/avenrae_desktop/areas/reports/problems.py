"""What can be refused in reports, in words."""

from avenrae_desktop.kernel.errors import Problem, noop

NOT_SAVED = Problem(
    "reports.not_saved",
    noop("The report was not saved"),
    noop("“{file}” could not be written: {why}."),
    noop("Choose another folder, or close the file where it is open. Then save again."),
)
