"""How fast the packaged program starts, seen from outside: pixels on a screen, against an empty PySide6 window.

Run by hand on a quiet machine: .venv/bin/python -m tests.frozen.start [--rounds 7] [BUNDLE]
The programs take turns, so that a load on the machine falls on all of them.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.screen import end
from tests.frozen.bundle import found_bundle
from tests.frozen.picture import Points, WatchedScreen, colours, right_half, share_equal, share_painted
from tests.support.places import ROOT

EMPTY = (
    "import sys; from PySide6.QtWidgets import QApplication, QMainWindow; app = QApplication(sys.argv);"
    "window = QMainWindow(); window.resize(1280, 800); window.show(); sys.exit(app.exec())"
)
PATIENCE_S = 60.0
QUIET_S = 1.5
LOOK_S = 0.004
HALF, WHOLE = 0.5, 0.995
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Seen:
    """Seconds until a picture was there, by the clock and of the processor."""

    wall: float
    cpu: float


class TooSlow(AssertionError):
    """What was waited for did not come."""


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("bundle", nargs="?", type=Path, default=None)
    given = asked.parse_args()
    figures = measure(given.bundle or found_bundle(), given.rounds)
    file = ROOT / "build" / "start.json"
    file.write_text(json.dumps(figures, indent=1))
    sys.stdout.writelines(f"{name}: {figure}\n" for name, figure in figures.items())
    return 0


def measure(bundle: Path, rounds: int) -> dict[str, object]:
    """Medians in milliseconds, and ratios to the empty window."""
    program = [str(bundle / "avenrae")]
    taken: dict[str, list[Seen]] = {
        "empty window": [],
        "first picture": [],
        "calendar": [],
    }
    with (
        tempfile.TemporaryDirectory(prefix="avenrae-start-") as folder,
        WatchedScreen(Path(folder) / "x") as screen,
    ):
        home = Path(folder) / "home"
        home.mkdir()
        open_demo(screen, program, home)  # makes the demo practice; not timed
        for _ in range(rounds):
            taken["empty window"].append(first_picture(screen, [sys.executable, "-c", EMPTY], home, 1))
            taken["first picture"].append(first_picture(screen, program, home, 8))
            taken["calendar"].append(open_demo(screen, program, home))
    return _figures(taken) | {"load": os.getloadavg()[0], "rounds": rounds}


def first_picture(
    screen: WatchedScreen, command: list[str], home: Path, fewest_colours: int, **how: object
) -> Seen:
    """Until half of the screen is painted, with at least so many colours."""
    ground = screen.look()

    def painted() -> bool:
        now = screen.look()
        return share_painted(now, ground) > HALF and colours(now) >= fewest_colours

    begun = time.perf_counter()
    with Started(screen, command, home, **how) as process:
        _until(painted, process)
        return Seen(time.perf_counter() - begun, _cpu(process))


def open_demo(screen: WatchedScreen, program: list[str], home: Path, **how: object) -> Seen:
    """From the key that opens the demo practice until its week stands there for good.

    The moment is found afterwards: the first picture that is the last one already.
    """
    with Started(screen, program, home, **how) as process:
        # The first page has come when there is more than ground to the right of the opening picture.
        welcome = _settled(screen, process, lambda seen: colours(right_half(seen)) > 8)[-1][1]
        _at_rest(process)  # a person takes longer to read the page than what loads behind it
        screen.press("space")  # "Try the demo practice" has the focus
        pressed, cpu_before = time.perf_counter(), _cpu(process)
        pictures = _settled(screen, process, lambda seen: share_equal(seen, welcome) < HALF)
        last = pictures[-1][1]
        there, _, cpu = next(each for each in pictures if share_equal(each[1], last) >= WHOLE)
        return Seen(there - pressed, cpu - cpu_before)


class Started:
    """A process on the screen, ended at the end; `how` goes to subprocess."""

    def __init__(self, screen: WatchedScreen, command: list[str], home: Path, **how: object) -> None:
        self._command, self._env, self._how = command, screen.env | {"HOME": str(home)}, how
        self._screen = screen
        self._ground = screen.look()

    def __enter__(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            self._command,
            env=self._env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            **self._how,  # type: ignore[call-overload]
        )
        return self._process

    def __exit__(self, *_: object) -> None:
        end(self._process)
        until = time.monotonic() + 5
        while share_equal(self._screen.look(), self._ground) < 1 and time.monotonic() < until:
            time.sleep(0.02)


def _until(holds: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not holds():
        if process.poll() is not None or time.monotonic() > until:
            raise TooSlow(f"nothing to be seen; exit code {process.poll()}")
        time.sleep(LOOK_S)


def _at_rest(process: subprocess.Popen[bytes]) -> None:
    """Wait until the process has nothing to do."""
    seen = -1.0
    while _cpu(process) > seen + 1 / TICKS:
        seen = _cpu(process)
        time.sleep(0.7)


def _settled(
    screen: WatchedScreen, process: subprocess.Popen[bytes], fits: Callable[[Points], bool]
) -> list[tuple[float, Points, float]]:
    """Pictures, each with its time and the processor's, until one fits and nothing changes any more."""
    begun = time.perf_counter()
    pictures = [(begun, screen.look(), _cpu(process))]
    while True:
        now = time.perf_counter()
        if process.poll() is not None or now - begun > PATIENCE_S:
            raise TooSlow(f"the picture does not come to rest; exit code {process.poll()}")
        seen = screen.look()
        if share_equal(seen, pictures[-1][1]) < WHOLE:
            pictures.append((now, seen, _cpu(process)))
        elif now - pictures[-1][0] > QUIET_S and fits(seen):
            return pictures
        time.sleep(LOOK_S)


def _cpu(process: subprocess.Popen[bytes]) -> float:
    """Seconds of the processor that the process took."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _figures(taken: dict[str, list[Seen]]) -> dict[str, object]:
    base = taken["empty window"]
    wall, cpu = (statistics.median(getattr(each, kind) for each in base) for kind in ("wall", "cpu"))
    return {
        name: {
            "wall ms": round(1000 * statistics.median(each.wall for each in seen)),
            "cpu ms": round(1000 * statistics.median(each.cpu for each in seen)),
            "wall ratio": round(statistics.median(each.wall for each in seen) / wall, 2),
            "cpu ratio": round(statistics.median(each.cpu for each in seen) / cpu, 2),
        }
        for name, seen in taken.items()
    }


if __name__ == "__main__":
    sys.exit(main())
