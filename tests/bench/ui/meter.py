"""The stall meter: how long the screen's thread works in one piece, and at what.

A heartbeat of 2 ms notes how much this thread has worked since the beat before. That is CPU of the thread itself,
so that a busy machine does not count against the program; how long it took by the clock is told beside it.
"""

import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Self

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 2
WORTH_TELLING_MS = 4.0
_SAMPLE_S = 0.001
_SAMPLES = 20_000
_DEPTH = 60
_OURS = "/avenrae_desktop/"
Place = tuple[CodeType, int]
Sample = tuple[float, tuple[Place, ...]]


@dataclass(frozen=True)
class Slice:
    """One piece of work, in milliseconds; `cause` is where the program's own code was, from outside in."""

    cpu: float
    wall: float
    step: str
    cause: str


class Sampler(threading.Thread):
    """Looks a thousand times a second at where the screen's thread is."""

    def __init__(self, watched: int) -> None:
        super().__init__(name="bench-sampler", daemon=True)
        self._watched, self._over = watched, threading.Event()
        self._seen: deque[Sample] = deque(maxlen=_SAMPLES)

    def run(self) -> None:
        while not self._over.wait(_SAMPLE_S):
            frame = sys._current_frames().get(self._watched)
            if frame is not None:
                self._seen.append((time.perf_counter(), tuple(_places(frame))))

    def stop(self) -> None:
        self._over.set()
        self.join()

    def between(self, begin: float, end: float) -> list[tuple[Place, ...]]:
        return [places for at, places in tuple(self._seen) if begin <= at <= end]


def _places(frame: FrameType | None) -> list[Place]:
    """From inside out."""
    found: list[Place] = []
    while frame is not None and len(found) < _DEPTH:
        found.append((frame.f_code, frame.f_lineno))
        frame = frame.f_back
    return found


class Meter(QObject):
    """Counts from `start` to `stop`; `step` says what a person was doing."""

    def __init__(self) -> None:
        super().__init__()
        self.step = ""
        self.slices: list[Slice] = []
        self.beats = 0
        self.longest_beat = 0.0
        """Milliseconds of CPU."""
        self.worked = 0.0
        """Seconds of CPU on the screen's thread, all in all."""
        self._sampler = Sampler(threading.get_ident())
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._cpu = self._wall = 0.0

    def __enter__(self) -> Self:
        self._sampler.start()
        self._cpu, self._wall = time.thread_time(), time.perf_counter()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._beat()
        self._timer.stop()
        self._sampler.stop()

    def _beat(self) -> None:
        cpu, wall = time.thread_time(), time.perf_counter()
        took = (cpu - self._cpu) * 1000
        self.beats += 1
        self.longest_beat = max(self.longest_beat, took)
        self.worked += cpu - self._cpu
        if took >= WORTH_TELLING_MS:
            seen = self._sampler.between(self._wall, wall)
            self.slices.append(Slice(took, (wall - self._wall) * 1000, self.step, cause_of(seen)))
        self._cpu, self._wall = time.thread_time(), time.perf_counter()


def cause_of(samples: list[tuple[Place, ...]]) -> str:
    """The two places of ours that were seen most, as `file:line function`; what Qt did by itself is said so."""
    named: Counter[str] = Counter()
    for places in samples:
        named[_own(places)] += 1
    said = [f"{text} ({count}/{len(samples)})" for text, count in named.most_common(2)]
    return "; ".join(said) or "no sample"


def _own(places: tuple[Place, ...]) -> str:
    ours = [(code, line) for code, line in places if _OURS in code.co_filename]
    if not ours:
        return "Qt by itself"
    return " < ".join(f"{_short(code)}:{line} {code.co_name}" for code, line in ours[:3])


def _short(code: CodeType) -> str:
    return code.co_filename.rsplit(_OURS, 1)[-1]


Say = Callable[[str], object]


def tell(slices: list[Slice], say: Say) -> None:
    """A line for each, longest first."""
    for each in slices:
        say(f"{each.cpu:7.1f} ms CPU {each.wall:8.1f} ms  {each.step}: {each.cause}\n")
