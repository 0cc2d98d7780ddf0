"""Work off the screen's thread: answers, errors, order, superseding, cancelling, closing."""

import asyncio
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QObject

from avenrae_desktop.kernel.changes import Changes, Touched
from avenrae_desktop.kernel.errors import Problem, RuleBroken
from avenrae_desktop.qtkit.runner import Runner, Superseded
from tests.support.qt import InLoop, until

TAKEN = Problem("time_taken", "Taken", "It is taken.", "Choose another.")
BOOKED = Changes((Touched("booking", UUID(int=1)),))


@dataclass
class Done:
    answer: dict[str, Any] = field(default_factory=dict)
    changes: Changes = BOOKED


class Gate:
    """A blocking call that a test lets go on."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.opened = threading.Event()

    def __call__(self, answer: Any = None) -> Any:
        self.entered.set()
        assert self.opened.wait(5)
        return answer


def test_a_read_runs_on_another_thread_and_answers_on_this_one(runner: Runner, in_loop: InLoop) -> None:
    async def go() -> None:
        here = threading.get_ident()
        there = await runner.ask(threading.get_ident)
        assert there != here
        assert threading.get_ident() == here
        assert await runner.ask(divmod, 7, 2) == (3, 1)

    in_loop(go())


def test_an_error_is_raised_where_it_is_awaited(runner: Runner, in_loop: InLoop) -> None:
    async def go() -> None:
        with pytest.raises(ZeroDivisionError):
            await runner.ask(divmod, 1, 0)
        assert not runner.busy

    in_loop(go())


def test_four_reads_run_at_once_and_the_fifth_waits(runner: Runner, in_loop: InLoop) -> None:
    gates = [Gate() for _ in range(5)]

    async def go() -> None:
        tasks = [asyncio.ensure_future(runner.ask(gate, n)) for n, gate in enumerate(gates)]
        await until(lambda: sum(gate.entered.is_set() for gate in gates) == 4)
        assert not gates[4].entered.is_set()
        for gate in gates:
            gate.opened.set()
        assert await asyncio.gather(*tasks) == [0, 1, 2, 3, 4]

    in_loop(go())


def test_a_later_read_with_the_same_key_supersedes_the_earlier(runner: Runner, in_loop: InLoop) -> None:
    gate, calls = Gate(), []

    async def go() -> None:
        first = asyncio.ensure_future(runner.ask(gate, "old", key="search"))
        await until(gate.entered.is_set)
        second = asyncio.ensure_future(runner.ask(calls.append, "new", key="search"))
        other = asyncio.ensure_future(runner.ask(calls.append, "other", key="else"))
        with pytest.raises(Superseded):
            await first
        gate.opened.set()
        await asyncio.gather(second, other)
        assert sorted(calls) == ["new", "other"]

    in_loop(go())


def test_a_superseded_read_that_stood_in_the_queue_is_never_run(qapp, in_loop: InLoop) -> None:
    runner = Runner(readers=1)
    gate, ran = Gate(), []

    async def go() -> None:
        blocking = asyncio.ensure_future(runner.ask(gate))
        await until(gate.entered.is_set)
        reads = [asyncio.ensure_future(runner.ask(ran.append, text, key="search")) for text in ("a", "an", "ann")]
        await asyncio.sleep(0)
        gate.opened.set()
        await asyncio.gather(blocking, *reads, return_exceptions=True)
        assert ran == ["ann"]

    in_loop(go())
    runner.close()


def test_commands_run_one_after_another_in_their_order(runner: Runner, in_loop: InLoop) -> None:
    seen: list[int] = []

    def bus(command: int) -> Done:
        time.sleep(0.01 if command == 0 else 0)
        seen.append(command)
        return Done({"n": command})

    async def go() -> None:
        runner.use(bus)
        outcomes = await asyncio.gather(*(runner.do(n) for n in range(5)))
        assert [outcome.answer["n"] for outcome in outcomes] == [0, 1, 2, 3, 4]
        assert seen == [0, 1, 2, 3, 4]

    in_loop(go())


def test_a_command_tells_what_changed_and_who_began_it(runner: Runner, in_loop: InLoop, qtbot) -> None:
    told: list[tuple[Changes, object]] = []
    runner.changed.connect(lambda changes, initiator: told.append((changes, initiator)))
    me = QObject()

    async def go() -> None:
        runner.use(lambda _command: Done())
        await runner.do("book", initiator=me)
        assert told == [(BOOKED, me)]
        runner.use(lambda _command: Done(changes=Changes()))
        await runner.do("nothing")
        assert len(told) == 1

    in_loop(go())


def test_a_refused_command_tells_nobody(runner: Runner, in_loop: InLoop) -> None:
    told: list[object] = []
    runner.changed.connect(lambda *what: told.append(what))

    def bus(_command: object) -> Done:
        raise RuleBroken(TAKEN)

    async def go() -> None:
        runner.use(bus)
        with pytest.raises(RuleBroken):
            await runner.do("book")

    in_loop(go())
    assert told == []


def test_screens_learn_of_a_command_whose_dialog_is_gone(runner: Runner, in_loop: InLoop) -> None:
    gate, told = Gate(), []
    runner.changed.connect(lambda changes, _initiator: told.append(changes))

    def bus(_command: object) -> Done:
        gate()
        return Done()

    async def go() -> None:
        runner.use(bus)
        dialog = QObject()
        runner.start(runner.do("book"), dialog)
        await until(gate.entered.is_set)
        dialog.deleteLater()
        await asyncio.sleep(0.02)
        gate.opened.set()
        await until(lambda: told)
        assert told == [BOOKED]

    in_loop(go())


def test_a_command_without_a_bus_is_our_own_bug(runner: Runner, in_loop: InLoop) -> None:
    async def go() -> None:
        with pytest.raises(RuntimeError, match="use"):
            await runner.do("book")

    in_loop(go())


def test_errors_of_started_tasks_go_to_failed(runner: Runner, in_loop: InLoop) -> None:
    failed: list[Exception] = []
    runner.failed.connect(failed.append)

    async def broken(error: Exception) -> None:
        await asyncio.sleep(0)
        raise error

    async def go() -> None:
        runner.start(broken(RuleBroken(TAKEN)))
        runner.start(broken(KeyError("x")))
        runner.start(broken(asyncio.CancelledError()))  # type: ignore[arg-type]
        await until(lambda: len(failed) == 2)

    in_loop(go())
    assert {type(error) for error in failed} == {RuleBroken, KeyError}


def test_a_task_ends_with_the_widget_that_it_belongs_to(runner: Runner, in_loop: InLoop) -> None:
    ended: list[str] = []

    async def forever() -> None:
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    async def go() -> None:
        widget, other = QObject(), QObject()
        runner.start(forever(), widget)
        runner.start(forever(), widget)
        runner.start(forever(), other)
        await asyncio.sleep(0.01)
        widget.deleteLater()
        await until(lambda: len(ended) == 2)
        other.deleteLater()
        await until(lambda: len(ended) == 3)

    in_loop(go())


def test_start_before_the_loop_runs_waits_for_it(runner: Runner, in_loop: InLoop) -> None:
    began: list[str] = []

    async def work() -> None:
        began.append("now")

    runner.start(work())
    assert began == []
    in_loop(until(lambda: began))


def test_start_before_the_loop_for_a_window_that_goes_meanwhile(runner: Runner, in_loop: InLoop) -> None:
    begun = []

    async def note() -> None:
        begun.append(True)

    window = QObject()
    runner.start(note(), window)
    shiboken6.delete(window)

    async def a_turn() -> None:
        for _ in range(3):
            await asyncio.sleep(0)

    in_loop(a_turn())
    QCoreApplication.processEvents()
    assert begun == []


def test_busy_says_when_something_is_under_way(runner: Runner, in_loop: InLoop) -> None:
    gate, said = Gate(), []
    runner.busy_changed.connect(said.append)

    async def go() -> None:
        read = asyncio.ensure_future(runner.ask(gate))
        await until(gate.entered.is_set)
        assert runner.busy
        gate.opened.set()
        await read
        assert not runner.busy

    in_loop(go())
    assert said == [True, False]


def test_close_lets_a_write_under_way_finish(qapp, in_loop: InLoop) -> None:
    runner, written, entered = Runner(), [], threading.Event()

    def bus(command: str) -> Done:
        entered.set()
        time.sleep(0.1)
        written.append(command)
        return Done()

    async def go() -> None:
        runner.use(bus, interrupt=lambda: written.append("interrupted"))
        runner.start(runner.do("book"))
        await until(entered.is_set)
        runner.close(2)

    in_loop(go())
    assert written == ["book"]


def test_close_interrupts_a_slow_read_and_is_soon_done(qapp, in_loop: InLoop) -> None:
    runner, gate = Runner(), Gate()
    runner.use(lambda _command: Done(), interrupt=gate.opened.set)

    async def go() -> float:
        runner.start(runner.ask(gate))
        await until(gate.entered.is_set)
        began = time.monotonic()
        runner.close(2)
        return time.monotonic() - began

    assert in_loop(go()) < 1


def test_close_does_not_wait_longer_than_it_may(qapp, in_loop: InLoop) -> None:
    runner, gate = Runner(), Gate()

    async def go() -> float:
        runner.start(runner.ask(gate))
        await until(gate.entered.is_set)
        began = time.monotonic()
        runner.close(0.2)
        return time.monotonic() - began

    took = in_loop(go())
    gate.opened.set()
    assert 0.15 < took < 1


def test_after_close_nothing_begins(qapp, in_loop: InLoop) -> None:
    runner, ran = Runner(), []

    async def go() -> None:
        runner.close()
        with pytest.raises(asyncio.CancelledError):
            await runner.ask(ran.append, 1)

    in_loop(go())
    assert ran == []


def test_signals_lose_no_reference_of_none(runner: Runner, in_loop: InLoop) -> None:
    """PySide6 6.12.0 drops one per emit on Python 3.11, and aborts some hundred calls later."""
    import sys

    async def go() -> None:
        before = sys.getrefcount(None), sys.getrefcount(True)
        for _ in range(2000):
            runner.busy_changed.emit(True)
            runner.setObjectName("x")
        after = sys.getrefcount(None), sys.getrefcount(True)
        assert all(abs(now - then) < 500 for then, now in zip(before, after, strict=True))

    in_loop(go())
