"""A log of our own bugs that holds places in the code and nothing that anybody typed."""

import faulthandler
import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from avenrae_desktop import __version__
from avenrae_desktop.kernel.errors import AppError

LOG = logging.getLogger("avenrae")
_SIZE, _KEPT = 512_000, 3
# What these say is about code, not about data; other exceptions may quote a client's name.
_ABOUT_CODE = (TypeError, AttributeError, NameError, ImportError, NotImplementedError)


def crash_report(error: BaseException) -> str:
    """The type of each exception in the chain and where it passed; no values, no local variables."""
    parts = [f"Avenrae Desktop {__version__}, Python {platform.python_version()}, {platform.platform(terse=True)}"]
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


def install_crash_handlers(
    log_dir: Path, on_crash: Callable[[BaseException], None] | None = None
) -> Callable[[], None]:
    """Write every exception that nobody caught to `log_dir/avenrae.log` (three older ones are kept).

    A fault of the interpreter itself goes to `fault.log`. `on_crash` is called, in the thread that failed,
    after it was written. Returns what puts everything back. Raises OSError when the folder cannot be made.
    """
    log_dir.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        log_dir / "avenrae.log", maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(message)s"))
    LOG.addHandler(handler)
    LOG.propagate = False
    faults = (log_dir / "fault.log").open("a", encoding="utf-8")
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
        LOG.removeHandler(handler)
        LOG.propagate = True
        handler.close()

    sys.excepthook, threading.excepthook = hook, thread_hook
    return put_back
