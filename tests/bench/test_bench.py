"""What scripts/bench measures runs, counts what it says it counts, and writes what it prints; never how fast."""

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from avenrae_desktop.bootstrap.generate.fill import fill
from avenrae_desktop.bootstrap.generate.plan import Plan
from tests.bench import racing
from tests.bench.data import SEED, TODAY, Data, found, founder
from tests.bench.measure import Figure, compare, table
from tests.bench.run import ON_DATA, keep, main
from tests.bench.ui import calendar
from tests.support.engines import Place

FIELDS = ["name", "ours", "control", "ratio", "budget"]
COUNTS = {"screens": 10, "search": 10, "connecting": 4, "cipher": 10}


def check(figures: list[Figure], count: int) -> None:
    assert len({f.name for f in figures}) == len(figures) == count
    for f in figures:
        assert f.ours > 0
        assert f.control > 0
        assert f.ratio > 0
        assert list(f.plain()) == FIELDS


def test_every_measure_runs_on_its_engines(place: Place, tmp_path: Path) -> None:
    data = Data(place, Plan(260, SEED, TODAY), tmp_path)
    engine = data.open()
    found(engine, data.plan)
    fill(engine, founder(), data.plan, lambda _done, _of: None)
    engine.dispose()
    ran = 0
    for name, (measure, kinds) in ON_DATA.items():
        if place.kind in kinds:
            check(list(measure(data, 2)), COUNTS[name])
            ran += 1
    assert ran >= 2


def test_the_calendar_is_measured_beside_both_of_its_controls(qapp: QApplication) -> None:
    figures = list(calendar.measure(3))
    check(figures, 12)
    assert {f.budget for f in figures} == {"6 ms", "1.5 ms"}


def test_the_race_is_run_with_and_without_slots(sqlcipher_place: Place) -> None:
    check(list(racing.measure(sqlcipher_place, seconds=0.1, turns=1, writers=2)), 1)


def test_one_group_is_measured_and_the_others_results_stay(tmp_path: Path, capsys: Any) -> None:
    results = tmp_path / "benchmarks" / "results.json"
    keep([Figure("kept", 1.0, 2.0, 0.5, "")], results)
    asked = ["--only", "cipher", "--bookings", "120", "--rounds", "2"]
    for _ in range(2):
        assert main(asked, tmp_path / "build", results) == 0
        written = json.loads(results.read_text())
        assert [list(each) for each in written] == [FIELDS] * (1 + COUNTS["cipher"])
        assert written[0]["name"] == "kept"
        printed = capsys.readouterr().out
        assert all(each["name"] in printed for each in written[1:])
    assert (tmp_path / "build" / "sqlcipher-120" / "ready.json").exists()


def test_a_practice_of_another_schema_is_made_again(tmp_path: Path) -> None:
    asked = ["--only", "cipher", "--bookings", "60", "--rounds", "1"]
    main(asked, tmp_path / "build", tmp_path / "results.json")
    ready = tmp_path / "build" / "sqlcipher-60" / "ready.json"
    before, left = ready.read_text(), ready.with_name("left by an older program")
    ready.write_text("{}")
    left.touch()
    main(asked, tmp_path / "build", tmp_path / "results.json")
    assert ready.read_text() == before
    assert not left.exists()


def test_medians_turn_by_turn() -> None:
    turns: list[str] = []
    now = iter(range(10_000))
    ours, control = compare(lambda: turns.append("o"), lambda: turns.append("c"), 4, lambda: float(next(now)))
    assert (ours, control) == (1000.0, 1000.0)
    assert turns == ["c", "o", "o", "c", "c", "o", "o", "c", "c", "o", "o", "c", "c", "o"]


@pytest.mark.parametrize(
    ("budget", "ours", "control", "missed"),
    [
        ("1.4x", 1.4, 1.0, False),
        ("1.4x", 1.5, 1.0, True),
        ("5 ms", 5.0, 0.1, False),
        ("5 ms", 5.1, 9.0, True),
        ("at least 0.8x", 0.8, 1.0, False),
        ("at least 0.8x", 0.7, 1.0, True),
        ("", 9.0, 1.0, False),
    ],
)
def test_a_budget_that_is_missed_says_so(budget: str, ours: float, control: float, missed: bool) -> None:
    figure = Figure.of("what", ours, control, budget)
    assert figure.missed is missed
    assert ("MISSED" in table([figure])) is missed
    assert [f.name for f in fields(Figure)] == FIELDS
