"""One booking, killed at the n-th line that runs, for every n: a Plan on stdin, the figures on stdout.

Arguments: kill at every how-many-th line; whose lines count, "ours" or "all" (the libraries' Python too).
"""

import gc
import json
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType
from typing import Any

import avenrae_desktop
from avenrae_desktop.areas.calendar.domain import Book
from tests.db.oracle import check
from tests.db.outsider import Outsider
from tests.kill.sender import Sender
from tests.kill.state import stand, times_recorded
from tests.race.plan import Plan

OURS = str(Path(avenrae_desktop.__file__).parent)


def kill_at(line: int, whose: str) -> None:
    """From now on counts the lines, and dies before the given one runs."""
    count = 0

    def on_line(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal count
        if event == "line":
            if count == line:
                os.kill(os.getpid(), signal.SIGKILL)
            count += 1
        return on_line

    def on_call(frame: FrameType, _event: str, _arg: Any) -> Any:
        return on_line if frame.f_code.co_filename.startswith(whose) else None

    sys.settrace(on_call)


def dies(sender: Sender, command: Book, line: int, whose: str) -> bool:
    """Books in a child that is killed at the line; False if the child was done before it came to so many."""
    child = os.fork()
    if child == 0:
        try:
            kill_at(line, whose)
            sender.send(command)
            sys.settrace(None)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, "the booking failed by itself"
    return False


def verify(plan: Plan, sender: Sender, command: Book) -> bool:
    """Whole or nothing; sent again, exactly one. Returns whether the killed process had done it."""
    with Outsider(plan.place()) as sql:
        there = stand(sql, plan, command.booking)
        assert times_recorded(sql, command) == (there is not None), "a booking without its command, or the reverse"
        outcome = sender.send(command)
        assert outcome.repeated == (there is not None)
        again = stand(sql, plan, command.booking)
        assert again is not None
        assert there in (None, again)
        assert times_recorded(sql, command) == 1
    sender.let_go()
    return there is not None


def main() -> None:
    plan, stride = Plan.load(sys.stdin.read()), int(sys.argv[1])
    whose = OURS if sys.argv[2] == "ours" else ""
    sender, began = Sender(plan), time.monotonic()
    # Statements are compiled on first use; the lines of a booking are always the same afterwards.
    sender.send(sender.booking(0))
    sender.let_go()
    gc.collect()
    gc.freeze()  # else each child's collector copies the whole heap
    line, kills, done = plan.seed % stride, 0, 0
    while True:
        command = sender.booking(1 + kills)
        died = dies(sender, command, line, whose)
        stood = verify(plan, sender, command)
        if not died:
            assert stood
            break
        line += stride
        kills += 1
        done += stood
    with Outsider(plan.place()) as sql:
        check(sql)
        assert sql.rows("PRAGMA integrity_check") == [("ok",)]
        assert sql.rows("PRAGMA cipher_integrity_check") == []
        assert sql.rows("SELECT COUNT(*) FROM bookings") == [(kills + 2,)]
    figures = {
        "kills": kills,
        "every": stride,
        "lines_up_to": line,
        "done_before_the_kill": done,
        "seconds": round(time.monotonic() - began, 1),
        "seed": plan.seed,
    }
    json.dump(figures, sys.stdout)


if __name__ == "__main__":
    main()
