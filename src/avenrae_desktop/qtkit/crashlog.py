"""A log of our own bugs that holds places in the code and nothing that anybody typed."""

import faulthandler
import logging
import platform
import re
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion

from avenrae_desktop import __version__
from avenrae_desktop.kernel.errors import AppError

LOG = logging.getLogger("avenrae")
"""Takes what the program itself did, by names that stand in its code: never a text that somebody typed."""
LOG_FILE, FAULT_FILE = "avenrae.log", "fault.log"
SIZE, KEPT = 512_000, 3
LINES_SHOWN = 40
# What these say is about code, not about data; other exceptions may quote a client's name.
_ABOUT_CODE = (TypeError, AttributeError, NameError, ImportError, NotImplementedError)


def versions() -> str:
    """The program, and what it runs on."""
    python, system = platform.python_version(), platform.platform(terse=True)
    return f"Avenrae Desktop {__version__}, Python {python}, Qt {qVersion()}, {system}"


def crash_report(error: BaseException) -> str:
    """The type of each exception in the chain and where it passed; no values, no local variables."""
    parts = [versions()]
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        parts.append(_headline(link))
        parts.extend(
            f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(link.__traceback__)
        )
        link = link.__cause__ or link.__context__
    return "\n".join(parts)


def _headline(error: BaseException) -> str:
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, AppError):
        return f"{kind}: {error.code}"
    return f"{kind}: {error}" if isinstance(error, _ABOUT_CODE) else kind


def _short(filename: str) -> str:
    parts = Path(filename).parts
    return "/".join(parts[-3:])


def with_short_paths(fault: str) -> str:
    """What faulthandler wrote, without the folders that may be named after a person."""
    return re.sub(r'File "([^"]*)"', lambda found: f'File "{_short(found[1])}"', fault)


def report_with_lines(report: str, lines: Iterable[str]) -> str:
    """A report to pass on: what went wrong, and what the program did before."""
    shown = list(lines)[-LINES_SHOWN:]
    return "\n".join((report, "", "Before that:", *(f"  {line}" for line in shown))) if shown else report


def recent_lines() -> tuple[str, ...]:
    """The latest lines of this run's log; none where no log is kept."""
    found = [handler for handler in LOG.handlers if isinstance(handler, _Recent)]
    return tuple(found[0].lines) if found else ()


class _Recent(logging.Handler):
    """Remembers the latest lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: deque[str] = deque(maxlen=LINES_SHOWN)

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.extend(self.format(record).splitlines())


def install_crash_handlers(
    log_dir: Path, on_crash: Callable[[BaseException], None] | None = None
) -> Callable[[], None]:
    """Log to `log_dir/avenrae.log`, every exception that nobody caught too (three older files are kept).

    A fault of the interpreter itself goes to `fault.log`, which begins empty: read what the run before left in it
    first (`last_run`). `on_crash` is called, in the thread that failed, after it was written. Returns what puts
    everything back. Raises OSError when the folder cannot be made.
    """
    log_dir.mkdir(parents=True, exist_ok=True)
    handlers = (_file_handler(log_dir), _Recent())
    for handler in handlers:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(message)s"))
        LOG.addHandler(handler)
    LOG.propagate, level = False, LOG.level
    LOG.setLevel(logging.INFO)
    faults = (log_dir / FAULT_FILE).open("w", encoding="utf-8")
    faulthandler.enable(faults)
    before = sys.excepthook, threading.excepthook

    def crashed(error: BaseException) -> None:
        LOG.error("%s", crash_report(error))
        if on_crash is not None:
            on_crash(error)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            crashed(error.with_traceback(trace))

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            crashed(args.exc_value)

    def put_back() -> None:
        sys.excepthook, threading.excepthook = before
        faulthandler.disable()
        faults.close()
        for handler in handlers:
            LOG.removeHandler(handler)
            handler.close()
        LOG.propagate = True
        LOG.setLevel(level)

    sys.excepthook, threading.excepthook = hook, thread_hook
    return put_back


def _file_handler(log_dir: Path) -> logging.Handler:
    file = log_dir / LOG_FILE
    return RotatingFileHandler(file, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
