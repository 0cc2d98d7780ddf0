"""Many processes at once: `python -m tests.race.crowd FOLDER` with a Plan on stdin; each leaves its Report there.

The processes are forked from this one, which has imported everything, has no threads and no connection.
"""

import os
import sys
import time
import traceback
from pathlib import Path

from tests.race.plan import Plan
from tests.race.rogue import be_rogue
from tests.race.writer import write


def main() -> None:
    plan, folder = Plan.load(sys.stdin.read()), Path(sys.argv[1])
    assert not any(name.startswith(("PySide6", "qasync")) for name in sys.modules), "writers need no Qt"
    ready_read, ready_write = os.pipe()
    go_read, go_write = os.pipe()
    children = []
    for number in range(plan.writers + plan.rogues):
        child = os.fork()
        if child == 0:
            os.close(go_write)
            _exit_after(number, plan, folder, ready_write, go_read)
        children.append(child)
    os.close(ready_write)
    for _ in children:
        os.read(ready_read, 1)
    os.write(go_write, b"g" * len(children))
    failed = [child for child in children if os.waitpid(child, 0)[1] != 0]
    sys.exit(f"{len(failed)} processes failed" if failed else 0)


def _exit_after(number: int, plan: Plan, folder: Path, ready: int, go: int) -> None:
    """One process: opens the database, waits for the others, does its part, leaves its report. Never returns."""

    def wait() -> float:
        os.write(ready, b"r")
        os.read(go, 1)
        return time.monotonic() + plan.seconds

    status = 1
    try:
        act = write if number < plan.writers else be_rogue
        report = act(plan, number, wait)
        (folder / f"{number:03}.json").write_text(report.dump())
        status = 0
    except BaseException:  # noqa: BLE001 - a fork must never return into the caller
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
