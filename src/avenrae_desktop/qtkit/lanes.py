"""Daemon worker threads that run blocking calls in order; they never hold up quitting."""

import itertools
import queue
import threading
from collections.abc import Callable

Work = Callable[[], None]


class Lane:
    """Up to `size` threads that share one queue. Work must not raise.

    A ThreadPoolExecutor will not do: the interpreter waits for its threads at exit, so a slow query
    would keep a closed window's process alive.
    """

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._size = size
        self._queue: queue.SimpleQueue[Work | None] = queue.SimpleQueue()
        self._state = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._pending = 0
        self._numbers = itertools.count(1)
        self._closed = False

    def put(self, work: Work) -> bool:
        """Queue the work; False when the lane is closed."""
        with self._state:
            if self._closed:
                return False
            self._pending += 1
            if len(self._threads) < min(self._size, self._pending):
                self._grow()
        self._queue.put(work)
        return True

    def drop_queued(self) -> None:
        """Forget what no thread has begun."""
        while True:
            try:
                work = self._queue.get_nowait()
            except queue.Empty:
                return
            if work is not None:
                self._finished()

    def wait_idle(self, seconds: float) -> bool:
        """Wait until all work is done; whether it is."""
        with self._state:
            return self._state.wait_for(lambda: self._pending == 0, timeout=max(0.0, seconds))

    def close(self) -> None:
        """Take no more work and let the threads end after what they are doing."""
        with self._state:
            self._closed = True
            threads = len(self._threads)
        for _ in range(threads):
            self._queue.put(None)

    def join(self, seconds: float) -> None:
        """Wait that long, all in all, for the threads to end; one that is stuck is left behind."""
        if self.wait_idle(seconds):
            for thread in self._threads:
                thread.join(max(0.05, seconds))

    def _grow(self) -> None:
        name = f"{self._name}-{next(self._numbers)}"
        thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(self) -> None:
        while (work := self._queue.get()) is not None:
            try:
                work()
            finally:
                # Otherwise the last closure, and the rows it read, live until the next one comes.
                del work
                self._finished()

    def _finished(self) -> None:
        with self._state:
            self._pending -= 1
            self._state.notify_all()
