"""How the program ended last time: a small file says that it runs, and is gone when it ends by itself."""

import contextlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from avenrae_desktop.qtkit.crashlog import (
    FAULT_FILE,
    LOG,
    LOG_FILE,
    crash_report,
    report_with_lines,
    versions,
    with_short_paths,
)

MARK_FILE = "running.json"
_FAULT_READ = 32_000
_LOG_READ = 64_000


@dataclass(frozen=True, slots=True)
class EndedBadly:
    """The run before did not end by itself."""

    report: str
    """To read and to pass on; no client data."""
    fault: str
    """Where the interpreter or a library of it broke; empty when it was ended from outside."""


class RunMark:
    """Call `begin` once nothing else of the program can run on this folder, `end` when all is saved."""

    def __init__(self, log_dir: Path) -> None:
        self._dir = log_dir
        self._mark = log_dir / MARK_FILE

    def begin(self) -> EndedBadly | None:
        """Mark this run, and tell how the last one ended; None when it ended by itself, or there was none.

        Before `install_crash_handlers`, which begins a new fault file. Raises OSError where it cannot write.
        """
        self._dir.mkdir(parents=True, exist_ok=True)
        before = self._read_mark()
        found = None if before is None else self._found(before)
        plain = {"versions": versions(), "started": datetime.now(UTC).isoformat(timespec="seconds")}
        # Not flushed: half of it says as much as all of it.
        self._mark.write_text(json.dumps(plain), encoding="utf-8")
        return found

    def end(self) -> None:
        """The program ends by itself."""
        with contextlib.suppress(OSError):
            self._mark.unlink(missing_ok=True)

    def _read_mark(self) -> dict[str, Any] | None:
        try:
            plain = json.loads(self._mark.read_text(encoding="utf-8"))
        except OSError:
            return None
        except ValueError:
            plain = None
        return plain if isinstance(plain, dict) else {}

    def _found(self, mark: dict[str, Any]) -> EndedBadly:
        fault = with_short_paths(_tail(self._dir / FAULT_FILE, _FAULT_READ, from_start=True)).strip()
        said = fault or "It was ended from outside, or the computer went off: nothing was written at the end."
        started = f"Started {mark.get('started', 'at an unknown time')}"
        lines = _tail(self._dir / LOG_FILE, _LOG_READ).splitlines()
        report = "\n".join((str(mark.get("versions") or versions()), started, said))
        return EndedBadly(report_with_lines(report, lines), fault)


def note_fault(log_dir: Path, error: BaseException) -> None:
    """The program ends by an exception that nobody caught: the next start tells of it."""
    with contextlib.suppress(OSError), (log_dir / FAULT_FILE).open("a", encoding="utf-8") as file:
        file.write(crash_report(error) + "\n")


def log_last_run(ended: EndedBadly) -> None:
    """Keep in the log what the fault file no longer holds."""
    if ended.fault:
        LOG.error("the run before broke:\n%s", ended.fault)
    else:
        LOG.info("the run before was ended from outside")


def _tail(file: Path, limit: int, *, from_start: bool = False) -> str:
    try:
        with file.open("rb") as content:
            if not from_start:
                size = file.stat().st_size
                content.seek(max(0, size - limit))
            return content.read(limit).decode("utf-8", "replace")
    except OSError:
        return ""
