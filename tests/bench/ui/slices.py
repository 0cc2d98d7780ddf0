"""How long the screen's thread works in one piece while somebody works at a practice of the given size."""

import asyncio
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.data import Data
from tests.bench.measure import Figure
from tests.bench.ui.desk import Desk, at_the_desk, in_the_loop
from tests.bench.ui.meter import Meter, Slice, tell
from tests.bench.ui.plain_form import FIELDS, plain_form_ms
from tests.bench.ui.steps import Work

BUDGET_MS = 16.0
RARE = ("theme", "size")
"""Everything on screen changes: told apart, because it is rare and the person waits for just that."""
_TOP = 10
_IDLE_S = 3.0


@dataclass(frozen=True)
class Worked:
    """What one sitting showed. `idle`: the longest slice while nobody did anything."""

    slices: tuple[Slice, ...]
    idle: float
    actions: int
    refused: int
    seconds: float
    cpu: float

    def longest_of(self, count: int, *, rare: bool) -> list[Slice]:
        wanted = [each for each in self.slices if each.step.startswith(RARE) is rare]
        return sorted(wanted, key=lambda each: -each.cpu)[:count]

    def longest(self, *, rare: bool) -> float:
        """Milliseconds of CPU."""
        return max((each.cpu for each in self.longest_of(1, rare=rare)), default=0.0)

    def over(self, limit: float) -> int:
        return sum(each.cpu > limit for each in self.slices if not each.step.startswith(RARE))


def measure(data: Data, seconds: float) -> Iterator[Figure]:
    """CPU milliseconds of the longest slices; the control is a plain form of Qt. Tells the longest and why."""
    plain = plain_form_ms()
    worked = in_the_loop(work_for(data, seconds))
    plain = (plain + plain_form_ms()) / 2
    for rare in (True, False):
        tell(worked.longest_of(_TOP, rare=rare), sys.stderr.write)
    over = worked.over(BUDGET_MS)
    sys.stderr.write(
        f"{worked.actions} actions in {worked.seconds:.0f} s, {worked.refused} not possible; "
        f"{over} slices over {BUDGET_MS:g} ms; {worked.cpu:.1f} s of CPU in all; left alone {worked.idle:.1f} ms\n"
    )
    name, usual, rare = f"{data.place.kind}: screen thread", worked.longest(rare=False), worked.longest(rare=True)
    form = f"against a plain form of {FIELDS} fields"
    yield Figure.of(f"{name}, longest slice {form}", usual, plain, f"{BUDGET_MS:g} ms")
    yield Figure.of(f"{name}, another look or size {form}", rare, plain)
    yield Figure.of(f"{name}, slices over {BUDGET_MS:g} ms against actions (counts)", over, worked.actions)


async def work_for(data: Data, seconds: float) -> Worked:
    """Whole rounds until the time is over, one at least."""
    async with at_the_desk(data) as desk:
        idle = await _left_alone(desk)
        work, began = Work(desk), time.monotonic()
        with Meter() as meter:
            while not work.actions or time.monotonic() - began < seconds:
                async for step in work.round():
                    meter.step = step
        took = time.monotonic() - began
        return Worked(tuple(meter.slices), idle, work.actions, work.refused, took, meter.worked)


async def _left_alone(desk: Desk) -> float:
    await desk.hands.rest()
    with Meter() as meter:
        await asyncio.sleep(_IDLE_S)
    return meter.longest_beat
