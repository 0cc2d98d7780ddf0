"""How fast the packaged program starts, seen from outside: pixels on a screen, against an empty PySide6 window.

Also against other calendars, where they are installed (`rivals`). Run by hand on a quiet machine:
.venv/bin/python -m tests.frozen.start [--rounds 7] [--rival "NAME=COMMAND"] [BUNDLE]
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
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.acceptance.screen import end
from tests.bench.measure import Figure, table
from tests.bench.run import RESULTS, keep
from tests.frozen.bundle import found_bundle
from tests.frozen.picture import Points, WatchedScreen, colours, right_half, share_equal, share_painted
from tests.frozen.rivals import KNOWN, installed, session_bus, told
from tests.support.places import ROOT

EMPTY = (
    "import sys; from PySide6.QtWidgets import QApplication, QMainWindow; app = QApplication(sys.argv);"
    "window = QMainWindow(); window.resize(1280, 800); window.show(); sys.exit(app.exec())"
)
PATIENCE_S = 60.0
QUIET_S = 1.5
LOOK_S = 0.004
SOME, HALF, WHOLE = 0.03, 0.5, 0.995
EMPTY_WINDOW, FIRST, WAY_IN, CALENDAR = "empty window", "first picture", "first page", "calendar"
Picture = tuple[float, Points, float]
"""When it was seen, by the clock; what; how much of the processor the program had taken."""
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Seen:
    """Seconds until a picture was there, by the clock and of the processor."""

    wall: float
    cpu: float


Taken = dict[str, list[Seen]]


class TooSlow(AssertionError):
    """What was waited for did not come."""


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument(
        "--rival", action="append", default=[], metavar="NAME=COMMAND", help="one more to compare with"
    )
    asked.add_argument("bundle", nargs="?", type=Path, default=None)
    given = asked.parse_args()
    others = installed() | dict(told(each) for each in given.rival)
    for name in (each for each in KNOWN if each not in others):
        sys.stdout.write(f"{name} is not installed: not compared with\n")
    taken = measure(given.bundle or found_bundle(), given.rounds, others)
    file = ROOT / "build" / "start.json"
    file.write_text(json.dumps(_plain(taken) | {"load": os.getloadavg()[0], "rounds": given.rounds}, indent=1))
    lines = figures(taken, others)
    keep(lines, RESULTS)
    sys.stdout.write(f"{table(lines)}\nload {os.getloadavg()[0]:.1f}, medians of {given.rounds}\n")
    return 0


def found(rounds: int) -> Iterator[Figure]:
    """The figures of the bundle that scripts/build makes of the sources as they are."""
    others = installed()
    yield from figures(measure(found_bundle(), rounds, others), others)


def measure(bundle: Path, rounds: int, others: dict[str, list[str]]) -> Taken:
    """What was seen in each round, by what was started."""
    program = [str(bundle / "avenrae")]
    taken: Taken = defaultdict(list)
    with (
        tempfile.TemporaryDirectory(prefix="avenrae-start-") as folder,
        WatchedScreen(Path(folder) / "x") as screen,
    ):
        home = Path(folder) / "home"
        home.mkdir()
        open_demo(screen, program, home)  # makes the demo practice; not timed
        with session_bus(bool(others)) as bus:
            for command in others.values():
                whole_picture(screen, command, home, bus)  # warms up as ours was
            for _ in range(rounds):
                taken[EMPTY_WINDOW].append(first_picture(screen, [sys.executable, "-c", EMPTY], home, 1))
                taken[FIRST].append(first_picture(screen, program, home, 8))
                way_in, calendar = open_demo(screen, program, home)
                taken[WAY_IN].append(way_in)
                taken[CALENDAR].append(calendar)
                for name, command in others.items():
                    painted, whole = whole_picture(screen, command, home, bus)
                    taken[f"{name}: painted"].append(painted)
                    taken[f"{name}: whole"].append(whole)
    return taken


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


def open_demo(screen: WatchedScreen, program: list[str], home: Path, **how: object) -> tuple[Seen, Seen]:
    """Until the first page stands there; from the key that opens the demo until its week stands there for good.

    The moments are found afterwards: the first picture that is the last one already.
    """
    begun = time.perf_counter()
    with Started(screen, program, home, **how) as process:
        # The first page has come when there is more than ground to the right of the opening picture.
        pictures = _settled(screen, process, lambda seen: colours(right_half(seen)) > 8)
        welcome = pictures[-1][1]
        way_in = _for_good(pictures, begun)
        _at_rest(process)  # a person takes longer to read the page than what loads behind it
        screen.press("space")  # "Try the demo practice" has the focus
        pressed, cpu_before = time.perf_counter(), _cpu(process)
        calendar = _for_good(_settled(screen, process, lambda seen: share_equal(seen, welcome) < HALF), pressed)
        return way_in, Seen(calendar.wall, calendar.cpu - cpu_before)


def whole_picture(screen: WatchedScreen, command: list[str], home: Path, env: dict[str, str]) -> tuple[Seen, Seen]:
    """Any other program: until something of it is painted, and until its window stands there for good."""
    ground = screen.look()
    begun = time.perf_counter()
    with Started(screen, command, home, env) as process:
        pictures = _settled(screen, process, lambda seen: share_painted(seen, ground) > SOME)
        at, _, cpu = next(each for each in pictures if share_painted(each[1], ground) > SOME)
        return Seen(at - begun, cpu), _for_good(pictures, begun)


def _for_good(pictures: list[Picture], begun: float) -> Seen:
    last = pictures[-1][1]
    there, _, cpu = next(each for each in pictures if share_equal(each[1], last) >= WHOLE)
    return Seen(there - begun, cpu)


class Started:
    """A process on the screen, ended at the end; `how` goes to subprocess."""

    def __init__(
        self,
        screen: WatchedScreen,
        command: list[str],
        home: Path,
        env: dict[str, str] | None = None,
        **how: object,
    ) -> None:
        self._command, self._how = command, how
        self._env = screen.env | {"HOME": str(home)} | (env or {})
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
) -> list[Picture]:
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


def figures(taken: Taken, others: dict[str, list[str]]) -> list[Figure]:
    """Lines of the table: by the clock, as a person waits, and what the processor worked."""
    wall, cpu = (lambda name: _median(taken[name], "wall")), (lambda name: _median(taken[name], "cpu"))
    found = [
        Figure.of("start: first picture", wall(FIRST), wall(EMPTY_WINDOW), "1.3x"),
        Figure.of("start: first picture, CPU", cpu(FIRST), cpu(EMPTY_WINDOW)),
        Figure.of("start: first page", wall(WAY_IN), wall(EMPTY_WINDOW)),
        Figure.of("start: key to the demo's week", wall(CALENDAR), wall(EMPTY_WINDOW), "3.0x"),
        Figure.of("start: key to the demo's week, CPU", cpu(CALENDAR), cpu(EMPTY_WINDOW)),
    ]
    for name in others:
        painted, whole = wall(f"{name}: painted"), wall(f"{name}: whole")
        found.append(Figure.of(f"start: first picture, beside {name}", wall(FIRST), painted))
        found.append(
            Figure.of(f"start: first page and calendar, beside {name}", wall(WAY_IN) + wall(CALENDAR), whole)
        )
    return found


def _median(seen: list[Seen], kind: str) -> float:
    return 1000 * statistics.median(getattr(each, kind) for each in seen)


def _plain(taken: Taken) -> dict[str, object]:
    return {
        name: {"wall ms": round(_median(seen, "wall")), "cpu ms": round(_median(seen, "cpu"))}
        for name, seen in taken.items()
    }


if __name__ == "__main__":
    sys.exit(main())
