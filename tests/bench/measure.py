"""Two ways of doing the same, taken turn by turn in one run, so that a busy machine troubles both alike."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

Act = Callable[[], object]
Clock = Callable[[], float]

CPU: Clock = time.thread_time
"""What this thread worked, without waiting for the server and without what others do."""
WALL: Clock = time.perf_counter
_WARM_UP = 3
_AT_LEAST = "at least "


@dataclass(frozen=True)
class Figure:
    """One line of the table. `ours` and `control` are milliseconds unless the name says otherwise."""

    name: str
    ours: float
    control: float
    ratio: float
    budget: str  # "1.4x" of the control, "at least 0.8x" of it, "5 ms" by itself, "" where none is set

    @classmethod
    def of(cls, name: str, ours: float, control: float, budget: str = "") -> "Figure":
        return cls(name, round(ours, 3), round(control, 3), round(ours / control, 2) if control else 0.0, budget)

    @property
    def missed(self) -> bool:
        if self.budget.startswith(_AT_LEAST):
            return self.ratio < float(self.budget[len(_AT_LEAST) : -1])
        if self.budget.endswith("x"):
            return self.ratio > float(self.budget[:-1])
        return self.budget.endswith(" ms") and self.ours > float(self.budget[:-3])

    def plain(self) -> dict[str, Any]:
        return asdict(self)


def compare(ours: Act, control: Act, rounds: int, clock: Clock = CPU) -> tuple[float, float]:
    """Medians in milliseconds; garbage is left lying, as in the program, which collects it in moments of rest."""
    taken: tuple[list[float], list[float]] = ([], [])
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        for number in range(_WARM_UP + rounds):
            # Whoever comes second finds the server warmer.
            order = ((ours, taken[0]), (control, taken[1]))
            for act, times in order if number % 2 else reversed(order):
                began = clock()
                act()
                times.append(clock() - began)
    finally:
        gc.enable()
    mine, theirs = (statistics.median(times[_WARM_UP:]) * 1000 for times in taken)
    return mine, theirs


def table(figures: list[Figure]) -> str:
    """Lines with their columns in line; a budget that is missed says so."""
    head = ("name", "ours", "control", "ratio", "budget")
    lines = [(f.name, f"{f.ours:g}", f"{f.control:g}", f"{f.ratio:.2f}", _budget(f)) for f in figures]
    widths = [max(len(line[n]) for line in [head, *lines]) for n in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if n in (0, 4) else cell.rjust(width) for n, (cell, width) in enumerate(zipped)
        )
        for zipped in (list(zip(line, widths, strict=True)) for line in [head, *lines])
    )


def _budget(figure: Figure) -> str:
    return f"{figure.budget} MISSED" if figure.missed else figure.budget
