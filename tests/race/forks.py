"""Many processes that begin at the same moment, each of which leaves a report.

They are forked from one that has imported everything, has no threads and no connection.
"""

import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

Wait = Callable[[], float]
"""Waits until all are ready; returns the moment at which time is up."""


def fork_all(count: int, seconds: float, folder: Path, act: Callable[[int, Wait], str]) -> None:
    """Every process does `act(number, wait)` and leaves what that returns; this one ends when all have ended."""
    assert not any(name.startswith(("PySide6", "qasync")) for name in sys.modules), "writers need no Qt"
    ready_read, ready_write = os.pipe()
    go_read, go_write = os.pipe()
    children = []
    for number in range(count):
        child = os.fork()
        if child == 0:
            os.close(go_write)
            _exit_after(act, number, folder, _waiting(ready_write, go_read, seconds))
        children.append(child)
    os.close(ready_write)
    for _ in children:
        os.read(ready_read, 1)
    os.write(go_write, b"g" * len(children))
    failed = [child for child in children if os.waitpid(child, 0)[1] != 0]
    sys.exit(f"{len(failed)} processes failed" if failed else 0)


def _waiting(ready: int, go: int, seconds: float) -> Wait:
    def wait() -> float:
        os.write(ready, b"r")
        os.read(go, 1)
        return time.monotonic() + seconds

    return wait


def _exit_after(act: Callable[[int, Wait], str], number: int, folder: Path, wait: Wait) -> None:
    status = 1
    try:
        (folder / f"{number:03}.json").write_text(act(number, wait))
        status = 0
    except BaseException:  # noqa: BLE001 - a fork must never return into the caller
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)
