"""`scripts/bench`: measures every budget beside its control, prints a table, writes benchmarks/results.json."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.bench import cipher, connecting, racing, screens, search
from tests.bench.data import Data, practice
from tests.bench.measure import Figure, table
from tests.bench.ui import calendar, growth, slices
from tests.support.engines import EngineKind, Place, empty_place, fill
from tests.support.keeper import server
from tests.support.places import ROOT, ServerKind

BUILD = ROOT / "build" / "bench"
RESULTS = ROOT / "benchmarks" / "results.json"
FILE, MYSQL, MARIADB = EngineKind.SQLCIPHER, EngineKind.MYSQL, EngineKind.MARIADB
Measure = Callable[[Data, int], Iterator[Figure]]
# What is measured on the generated practice, and on which engines.
ON_DATA: dict[str, tuple[Measure, tuple[EngineKind, ...]]] = {
    "screens": (screens.measure, (MYSQL, MARIADB)),
    "search": (search.measure, (FILE, MYSQL, MARIADB)),
    "connecting": (connecting.measure, (MYSQL,)),
    "cipher": (cipher.measure, (FILE,)),
}
# What is measured at the window on it, for so many seconds of work.
AT_THE_DESK: dict[str, Callable[[Data, float], Iterator[Figure]]] = {
    "slices": slices.measure,
    "memory": growth.measure,
}
CALENDAR, RACE, START = "calendar", "race", "start"
STARTS = 7


def main(arguments: Sequence[str] | None = None, build: Path = BUILD, results: Path = RESULTS) -> int:
    asked = _parser().parse_args(arguments)
    found: list[Figure] = []
    for kind in (FILE, MYSQL, MARIADB):
        wanted = [m for name, (m, kinds) in ON_DATA.items() if asked.only in (None, name) and kind in kinds]
        at_the_desk = [m for name, m in AT_THE_DESK.items() if asked.only in (None, name)]
        if asked.engine in (None, kind.value) and wanted + at_the_desk:
            with practice(kind, asked.bookings, build) as data:
                for measure in wanted:
                    found += _told(measure(data, asked.rounds))
                for sit in at_the_desk:
                    found += _told(sit(data, 60 * asked.minutes))
    if asked.only in (None, CALENDAR):
        found += _told(calendar.measure(asked.rounds))
    if asked.only in (None, START):
        from tests.frozen import start  # run by itself it writes its figures through this module

        found += _told(start.found(STARTS))
    if asked.only in (None, RACE):
        for kind in (FILE, MYSQL, MARIADB):
            with _fresh(kind) as place:
                found += _told(racing.measure(place, asked.seconds, turns=3))
    sys.stdout.write(f"{table(found)}\nload {os.getloadavg()[0]:.1f}, {asked.bookings:,} bookings\n")
    keep(found, results)
    return 0


def keep(found: Sequence[Figure], results: Path) -> None:
    """Write the figures; those that were not taken this time stay."""
    before = json.loads(results.read_text()) if results.exists() else []
    new = {figure.name: figure.plain() for figure in found}
    names = [old["name"] for old in before] + [name for name in new if name not in {o["name"] for o in before}]
    olds = {old["name"]: old for old in before}
    results.parent.mkdir(parents=True, exist_ok=True)
    results.write_text(json.dumps([new.get(name) or olds[name] for name in names], indent=1) + "\n")


def _told(figures: Iterator[Figure]) -> list[Figure]:
    found = []
    for figure in figures:
        sys.stderr.write(f"{figure.name}: {figure.ratio}\n")
        found.append(figure)
    return found


@contextmanager
def _fresh(kind: EngineKind) -> Iterator[Place]:
    """An empty practice on an engine of its own, gone at the end."""
    with tempfile.TemporaryDirectory(prefix="avenrae-bench-") as name:
        folder = Path(name)
        if kind is FILE:
            place = Place(kind, folder / "practice.db")
            fill(place, folder / "template.db")
            yield place
            return
        with server(ServerKind(kind.value), folder / "server") as url:
            os.environ[ServerKind(kind.value).own_server_variable] = url.render_as_string(hide_password=False)
            try:
                with empty_place(kind, folder, folder) as place:
                    fill(place, folder / "unused")
                    yield place
            finally:
                del os.environ[ServerKind(kind.value).own_server_variable]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("--bookings", type=int, default=1_000_000, metavar="N", help="of the generated practice")
    groups, engines = (
        [*ON_DATA, *AT_THE_DESK, CALENDAR, START, RACE],
        [kind.value for kind in (FILE, MYSQL, MARIADB)],
    )
    parser.add_argument("--only", choices=groups, help="one group; the others' results stay")
    parser.add_argument("--engine", choices=engines, help="the practice of one engine alone")
    parser.add_argument("--minutes", type=float, default=1.0, metavar="M", help="of work at the window; 60: long")
    parser.add_argument("--rounds", type=int, default=60, metavar="N", help="of each comparison; medians count")
    parser.add_argument("--seconds", type=float, default=8.0, metavar="S", help="of each turn of the race")
    return parser


if __name__ == "__main__":
    sys.exit(main())
