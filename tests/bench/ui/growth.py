"""Whether the program grows while it is used: memory, Qt objects and Python objects after many rounds of work."""

import asyncio
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.data import Data
from tests.bench.measure import Figure
from tests.bench.ui.census import Census, census, memory
from tests.bench.ui.desk import Desk, at_the_desk, in_the_loop
from tests.bench.ui.steps import Work

WARM_UP = 4
"""Rounds until everything was made that is made once: panels, pictures, statements."""
LEAST = 4
_TOLD = 12
_KIB = 1024.0
# What the census itself leaves: it looks at every QObject, and the looked-at ones keep their Python half.
_OF_THE_CENSUS = ("PySide6.QtGui.QTextFrame", "weakref.ReferenceType")


@dataclass(frozen=True)
class Growth:
    """From the end of the warm-up to the end of the sitting; `uss` in KiB after each round."""

    before: Census
    after: Census
    actions: int
    uss: tuple[int, ...]
    seconds: float

    @property
    def rounds(self) -> int:
        return len(self.uss)

    def steady(self) -> dict[str, int]:
        """Types of which every round left at least one more."""
        more = self.after.grown(self.before)
        return {name: n for name, n in more.items() if n >= self.rounds and name not in _OF_THE_CENSUS}

    @property
    def kib_an_action(self) -> float:
        """In the second half: in the first one, what database and screen keep for later is still filling."""
        half = len(self.uss) // 2
        return (self.uss[-1] - self.uss[half]) / (self.actions * (len(self.uss) - half) / len(self.uss))


def measure(data: Data, seconds: float) -> Iterator[Figure]:
    """MiB and counts; the control is what there was after the warm-up."""
    return figures(in_the_loop(watch(data, seconds)), data)


def figures(grown: Growth, data: Data) -> Iterator[Figure]:
    """Tells what grew, too."""
    name, before, after = f"{data.place.kind}: in use", grown.before, grown.after
    told = sorted(after.grown(before).items(), key=lambda each: -each[1])[:_TOLD]
    sys.stderr.write(
        f"{grown.actions} actions in {grown.seconds:.0f} s: {grown.kib_an_action:.2f} KiB an action at last; "
        f"more with every round: {grown.steady() or 'nothing'}\n{told}\n"
    )
    yield Figure.of(
        f"{name}, MiB of its own (USS) against after warm-up", after.uss / _KIB, before.uss / _KIB, "1.2x"
    )
    yield Figure.of(f"{name}, MiB (RSS) against after warm-up", after.rss / _KIB, before.rss / _KIB)
    for what, of in (("Qt objects", "qt"), ("Python objects", "python")):
        now, then = (sum(getattr(each, of).values()) for each in (after, before))
        yield Figure.of(f"{name}, {what} against after warm-up", now, then, "1.05x")


async def watch(data: Data, seconds: float, warm_up: int = WARM_UP, least: int = LEAST) -> Growth:
    """Whole rounds until the time is over, some at least."""
    async with at_the_desk(data) as desk:
        work = Work(desk)
        for _ in range(warm_up):
            await _round(desk, work)
        # The first census meets types for the first time, and leaves their Python half behind.
        census()
        before, actions, began = census(), work.actions, time.monotonic()
        uss: list[int] = []
        while len(uss) < least or time.monotonic() - began < seconds:
            await _round(desk, work)
            uss.append(memory()[1])
        return Growth(before, census(), work.actions - actions, tuple(uss), time.monotonic() - began)


async def _round(desk: Desk, work: Work) -> None:
    async for _ in work.round():
        pass
    desk.program.window.activateWindow()
    await desk.hands.rest()
    # What the bar told has gone by then, and nobody reads any more.
    await asyncio.sleep(0.5)
