"""Many writers at once: `python -m tests.feed.crowd SECONDS` with a Plan on stdin; SECONDS wake who freezes.

The processes are forked from this one, which has imported everything, has no threads and no connection.
"""

import json
import os
import signal
import sys
import time
import traceback

from tests.feed.writer import Plan, write


def main() -> None:
    plan, frozen_seconds = Plan(**json.load(sys.stdin)), float(sys.argv[1])
    ready_read, ready_write = os.pipe()
    go_read, go_write = os.pipe()
    children = set()
    for number in range(plan.writers):
        child = os.fork()
        if child == 0:
            os.close(go_write)
            _exit_after(number, plan, ready_write, go_read)
        children.add(child)
    os.close(ready_write)
    for _ in children:
        os.read(ready_read, 1)
    os.write(go_write, b"g" * len(children))
    failed, frozen = _wait(children, frozen_seconds)
    if failed:
        sys.exit(f"{failed} writers failed")
    json.dump({"frozen": frozen}, sys.stdout)


def _wait(children: set[int], frozen_seconds: float) -> tuple[int, int]:
    """How many failed, and how many stopped themselves and were woken."""
    failed = frozen = 0
    waking: dict[int, float] = {}
    while children:
        child, status = os.waitpid(-1, os.WUNTRACED | os.WNOHANG)
        if child and os.WIFSTOPPED(status):
            frozen += 1
            waking[child] = time.monotonic() + frozen_seconds
        elif child:
            children.discard(child)
            failed += status != 0
        for sleeper in [c for c, until in waking.items() if time.monotonic() > until]:
            del waking[sleeper]
            os.kill(sleeper, signal.SIGCONT)
        if not child:
            time.sleep(0.02)
    return failed, frozen


def _exit_after(number: int, plan: Plan, ready: int, go: int) -> None:
    """One process: opens the database, waits for the others, writes. Never returns."""

    def wait() -> None:
        os.write(ready, b"r")
        os.read(go, 1)

    status = 1
    try:
        write(plan, number, wait)
        status = 0
    except BaseException:  # noqa: BLE001 - a fork must never return into the caller
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)


if __name__ == "__main__":
    main()
