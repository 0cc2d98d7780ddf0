"""A writer that books, moves and cancels, and says so after each commit, killed at random: a Plan on stdin.

Argument: how many kills. The figures go to stdout.
"""

import json
import os
import random
import signal
import sys
import time
from uuid import UUID

from avenrae_desktop.areas.calendar.domain import Book, CancelBooking, Move, MoveBookings
from avenrae_desktop.kernel.bus import Command
from tests.db.oracle import check
from tests.db.outsider import Outsider
from tests.kill.sender import Sender
from tests.kill.state import Stand, stand, times_recorded, wall
from tests.race.plan import Plan
from tests.support.engines import EngineKind

STEPS = 3  # book, move, cancel
# Seconds until a kill at most; more where connecting takes longer, so that some come after the first answer.
SHORTEST = 0.12


class Script:
    """What the writer does, step by step; parent and child know the same steps, and what each must leave."""

    def __init__(self, sender: Sender, first: int) -> None:
        self.sender = sender
        self.first = first  # a quarter of an hour that nobody used
        self.commands: list[Command] = []
        # All of them before the fork: their uuids are made here.
        for step in range(STEPS * 20):
            self.commands.append(self._make(step))

    def command(self, step: int) -> Command:
        return self.commands[step]

    def booking_of(self, step: int) -> UUID:
        made = self.command(step - step % STEPS)
        assert isinstance(made, Book)
        return made.booking

    def _make(self, step: int) -> Command:
        number = self.first + step // STEPS
        if step % STEPS == 0:
            return self.sender.booking(number)
        booking = self.booking_of(step)
        if step % STEPS == 1:
            there = Move(booking, 1, wall(number), healer=UUID(self.sender.plan.healers[1]))
            return MoveBookings(moves=(there,))
        return CancelBooking(booking=booking, version=2, reason="Killed")

    def left_by(self, step: int) -> Stand | None:
        """How the booking of this step has to stand after it (before the first one: not at all)."""
        number = self.first + step // STEPS
        slot = (1795478400 + 900 * number) // 300
        healer = 0 if step % STEPS == 0 else 1
        slots = frozenset((healer, slot + n) for n in range(3))
        if step % STEPS == 2:
            return Stand("cancelled", 3, 1, number, frozenset())
        return Stand("confirmed", 1 + step % STEPS, healer, number, slots)


def work(script: Script, said: int) -> None:
    """The child: one step after the other, each acknowledged by one byte after its commit."""
    # Two are left over for `verify`, should the parent sleep far too long.
    for command in script.commands[:-2]:
        script.sender.send(command)
        os.write(said, b".")
    signal.pause()


def killed(script: Script, patience: float) -> int:
    """Lets a child work for the seconds, kills it; returns how many steps it acknowledged."""
    hear, said = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work(script, said)
        finally:
            os._exit(1)
    os.close(said)
    time.sleep(patience)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the writer failed by itself"
    acknowledged = 0
    while heard := os.read(hear, 4096):
        acknowledged += len(heard)
    os.close(hear)
    return acknowledged


def wait_until_gone(sql: Outsider) -> None:
    """A server learns of the death by the closed connection, and may just be committing."""
    others = "SELECT COUNT(*) FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()"
    until = time.monotonic() + 20
    while sql.kind is not EngineKind.SQLCIPHER and sql.rows(others) != [(0,)]:
        assert time.monotonic() < until, "the server keeps the dead client's connection"
        time.sleep(0.002)


def verify(plan: Plan, script: Script, acknowledged: int) -> bool:
    """Nothing acknowledged is lost or doubled; the step under way is whole or not there, and can be sent again."""
    open_step = acknowledged
    with Outsider(plan.place()) as sql:
        wait_until_gone(sql)
        for step in range(acknowledged):
            assert times_recorded(sql, script.command(step)) == 1, f"step {step} was acknowledged, and is lost"
            if step % STEPS == STEPS - 1:
                assert stand(sql, plan, script.booking_of(step)) == script.left_by(step)
        done = times_recorded(sql, script.command(open_step)) == 1
        before = None if open_step % STEPS == 0 else script.left_by(open_step - 1)
        found = stand(sql, plan, script.booking_of(open_step))
        assert found == (script.left_by(open_step) if done else before), "half a step"
        assert times_recorded(sql, script.command(open_step + 1)) == 0
    assert script.sender.send(script.command(open_step)).repeated == done
    script.sender.let_go()
    with Outsider(plan.place()) as sql:
        assert times_recorded(sql, script.command(open_step)) == 1
        assert stand(sql, plan, script.booking_of(open_step)) == script.left_by(open_step)
    return done


def main() -> None:
    plan, kills = Plan.load(sys.stdin.read()), int(sys.argv[1])
    chance, sender, began = random.Random(plan.seed), Sender(plan), time.monotonic()
    sender.send(sender.booking(0))
    sender.let_go()
    number, total, unsaid, bookings, longest = 1, 0, 0, 1, SHORTEST
    for _ in range(kills):
        script = Script(sender, number)
        acknowledged = killed(script, chance.uniform(0.0, longest))
        longest = max(SHORTEST, longest * (1.4 if acknowledged == 0 else 0.9))
        unsaid += verify(plan, script, acknowledged)
        total += acknowledged
        bookings += acknowledged // STEPS + 1
        number += acknowledged // STEPS + 1
    with Outsider(plan.place()) as sql:
        check(sql)
        assert sql.rows("SELECT COUNT(*) FROM bookings") == [(bookings,)]
        assert sql.rows("SELECT COUNT(*) FROM commands") == sql.rows("SELECT COUNT(*) FROM audit_logs")
        if sql.kind is EngineKind.SQLCIPHER:
            assert sql.rows("PRAGMA integrity_check") == [("ok",)]
            assert sql.rows("PRAGMA cipher_integrity_check") == []
    seconds = round(time.monotonic() - began, 1)
    json.dump(
        {"kills": kills, "acknowledged": total, "done_but_unsaid": unsaid, "seconds": seconds, "seed": plan.seed},
        sys.stdout,
    )


if __name__ == "__main__":
    main()
