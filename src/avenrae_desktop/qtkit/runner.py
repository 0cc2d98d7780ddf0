"""Blocking work off the screen's thread, and its answers back on it.

The rest of the program is either plain blocking code (repositories, the bus) or screen code that
awaits it here. No other file starts threads; only this one and the entry point know qasync.
"""

import asyncio
import time
from collections.abc import Callable, Coroutine, Hashable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, Protocol, TypeVar, TypeVarTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from avenrae_desktop.kernel.changes import Changes
from avenrae_desktop.qtkit.lanes import Lane
from avenrae_desktop.qtkit.link import Link

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Bus = Callable[[Any], Any]


class Outcome(Protocol):
    """What the bus gives back for a command."""

    @property
    def changes(self) -> Changes: ...

    @property
    def answer(self) -> Mapping[str, Any]: ...


class Superseded(asyncio.CancelledError):
    """A later `ask` with the same key took this one's place; its rows are of no interest any more."""


@dataclass(slots=True)
class _Job(Generic[T]):
    work: Callable[[], T]
    answered: asyncio.Future[T]
    # Only writes have it: screens are told of a change even when nobody waits for its outcome any more.
    told: Callable[[T], None] | None = None
    # As `told`, where nothing was saved.
    missed: Callable[[BaseException], None] | None = None
    result: T | None = None
    error: BaseException | None = None

    def run(self) -> None:
        try:
            self.result = self.work()
        except BaseException as error:  # noqa: BLE001 - it is raised again where the answer is awaited
            self.error = error


class Runner(QObject):
    """Runs reads on a few threads and commands on one; every answer comes back by one queued signal."""

    changed = Signal(object, object)
    """(Changes, initiator or None) after every command that altered something."""
    failed = Signal(object)
    """An exception that left a coroutine begun with `start`."""
    unsaved = Signal(object, object)
    """(command, exception) of a command that failed after the screen that sent it was closed."""
    busy_changed = Signal(bool)
    woke = Signal()
    """Time went on without the program (it slept): the hour, and maybe the day, is another one now."""
    _done = Signal(object)

    def __init__(self, parent: QObject | None = None, *, readers: int = 4) -> None:
        super().__init__(parent)
        self.link = Link(self)
        self._reads = Lane("avenrae-read", readers)
        self._writes = Lane("avenrae-write", 1)
        self._bus: Bus | None = None
        self._interrupt: Callable[[], None] | None = None
        self._latest: dict[Hashable, asyncio.Future[Any]] = {}
        self._owned: dict[int, set[asyncio.Task[None]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = 0
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def use(self, bus: Bus, interrupt: Callable[[], None] | None = None) -> None:
        """Set what runs commands; `interrupt` makes blocking calls under way return soon (called on close)."""
        self._bus = bus
        self._interrupt = interrupt

    @property
    def busy(self) -> bool:
        return self._open > 0

    async def ask(self, fn: Callable[[*Ts], T], *args: *Ts, key: Hashable | None = None) -> T:
        """Run a blocking read on the pool.

        A later call with the same `key` supersedes this one, which then raises `Superseded`.
        """
        answered: asyncio.Future[T] = _loop().create_future()
        if key is not None:
            self._supersede(key, answered)
        self._submit(self._reads, _Job(partial(fn, *args), answered))
        return await answered

    async def do(self, command: Any, initiator: object | None = None) -> Any:
        """Run a command on the bus and return its `Outcome`. Raises the bus's `AppError`s."""
        if self._bus is None:
            raise RuntimeError("Runner.use() was not called")
        answered: asyncio.Future[Outcome] = _loop().create_future()
        told = partial(self._tell, initiator)
        missed = partial(self.unsaved.emit, command)
        self._submit(self._writes, _Job(partial(self._bus, command), answered, told, missed))
        return await answered

    def start(self, coro: Coroutine[Any, Any, Any], parent: QObject | None = None) -> None:
        """Run a coroutine from a slot. Errors go to `failed`; it is cancelled when `parent` is destroyed."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            # A window built before the loop runs: begin as soon as it does.
            QTimer.singleShot(0, self, partial(self._start_if_there, coro, parent))
            return
        task = loop.create_task(self._guard(coro))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # Cancelled before its first step, it would otherwise be called "never awaited".
        task.add_done_callback(lambda _: coro.close())
        if parent is not None:
            self._own(task, parent)

    def _start_if_there(self, coro: Coroutine[Any, Any, Any], parent: QObject | None) -> None:
        if parent is None or isValid(parent):
            self.start(coro, parent)
        else:
            coro.close()

    def close(self, deadline_s: float = 0.5) -> None:
        """End all work: reads are dropped, a write under way may finish, at most `deadline_s` seconds in all."""
        end = time.monotonic() + deadline_s
        for task in tuple(self._tasks):
            task.cancel()
        self._reads.drop_queued()
        finished = self._writes.wait_idle(deadline_s / 2)
        self._writes.drop_queued()
        if self._interrupt is not None and not (finished and self._reads.wait_idle(0)):
            self._interrupt()
        for lane in (self._reads, self._writes):
            lane.close()
            lane.join(end - time.monotonic())

    def _submit(self, lane: Lane, job: _Job[Any]) -> None:
        def work() -> None:
            # Superseded or cancelled while it stood in the queue: the database is left in peace.
            if job.told is not None or not job.answered.done():
                job.run()
            self._send(job)

        if not lane.put(work):
            job.answered.cancel()
            return
        self._count(1)

    def _send(self, job: _Job[Any]) -> None:
        try:
            self._done.emit(job)
        except RuntimeError:
            # The window is gone while a slow call came back late: nobody is left to be told.
            return

    def _deliver(self, job: _Job[Any]) -> None:
        self._count(-1)
        if job.told is not None and job.error is None:
            job.told(job.result)
        if job.answered.done() or job.answered.get_loop().is_closed():
            if job.missed is not None and job.error is not None:
                job.missed(job.error)
            return
        if job.error is not None:
            job.answered.set_exception(job.error)
        else:
            job.answered.set_result(job.result)

    def _supersede(self, key: Hashable, answered: asyncio.Future[Any]) -> None:
        earlier = self._latest.get(key)
        if earlier is not None and not earlier.done():
            earlier.set_exception(Superseded())
        self._latest[key] = answered
        answered.add_done_callback(partial(self._forget, key))

    def _forget(self, key: Hashable, answered: asyncio.Future[Any]) -> None:
        if self._latest.get(key) is answered:
            del self._latest[key]

    def _tell(self, initiator: object | None, outcome: Outcome) -> None:
        if outcome.changes.touched:
            self.changed.emit(outcome.changes, initiator)

    def _count(self, step: int) -> None:
        before = self.busy
        self._open += step
        if self.busy != before:
            self.busy_changed.emit(self.busy)

    async def _guard(self, coro: Coroutine[Any, Any, Any]) -> None:
        try:
            await coro
        except Exception as error:  # noqa: BLE001 - the one place where a slot's errors end up
            self.failed.emit(error)

    def _own(self, task: asyncio.Task[None], parent: QObject) -> None:
        number = id(parent)
        if number not in self._owned:
            self._owned[number] = set()
            parent.destroyed.connect(partial(self._disown, number))
        self._owned[number].add(task)
        task.add_done_callback(self._owned[number].discard)

    def _disown(self, number: int, _gone: QObject | None = None) -> None:
        for task in tuple(self._owned.pop(number, ())):
            task.cancel()


def run_app(app: QApplication, main: Coroutine[Any, Any, int]) -> int:
    """Run the event loop until `main` returns; its answer is the program's exit code."""
    import qasync

    loop = qasync.QEventLoop(app)
    app.setQuitOnLastWindowClosed(False)  # quitting in mid-coroutine would lose what it was about to save
    with loop:
        return int(loop.run_until_complete(main))


def _loop() -> asyncio.AbstractEventLoop:
    """The loop that runs. Qt goes on with a step of a task after the loop has ended: then nobody asks any more."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        raise asyncio.CancelledError from None
