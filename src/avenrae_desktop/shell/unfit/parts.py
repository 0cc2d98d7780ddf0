"""Parts of the program that are missed only when the window is there already."""

from collections.abc import Iterator
from contextlib import contextmanager

from avenrae_desktop.qtkit.crashlog import LOG, crash_report
from avenrae_desktop.shell.unfit.diagnosis import of_loading


@contextmanager
def telling_missing_parts() -> Iterator[None]:
    """Turn what cannot be imported into an error for people: unpacking again helps, a report to us does not."""
    try:
        yield
    except ImportError as error:
        told = of_loading(error)
        if told is None:
            raise
        LOG.error("%s", crash_report(error))
        raise told from error
