"""SIGKILL in the middle of a command: what was acknowledged is there once, what was not is whole or absent."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.race.plan import Plan
from tests.support.engines import EngineKind, Place
from tests.support.places import ROOT
from tests.support.practice import make_practice


def run(place: Place, module: str, *arguments: str) -> dict[str, Any]:
    """Runs the module in a process without threads, which can fork; returns its figures, which build/ keeps."""
    engine = place.open()
    plan = Plan.on(place, make_practice(engine), seed=secrets.randbelow(1_000_000))
    engine.dispose()
    return run_plan(plan, module, *arguments)


def run_plan(plan: Plan, module: str, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", f"tests.kill.{module}", *arguments],
        input=plan.dump(),
        text=True,
        capture_output=True,
        check=False,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, f"seed {plan.seed}\n{done.stderr[-4000:]}"
    figures: dict[str, Any] = json.loads(done.stdout)
    folder: Path = ROOT / "build" / "kill"
    folder.mkdir(parents=True, exist_ok=True)
    how = plan.engine + ("-tls" if plan.accounts else "")
    (folder / f"{'-'.join([how, module, *arguments])}.json").write_text(json.dumps(figures) + "\n")
    sys.stdout.write(f"kill {how} {module}: {figures}\n")
    return figures


@pytest.mark.timeout(900)
def test_killed_at_every_line_of_a_booking(sqlcipher_place: Place, long_form: bool) -> None:
    """The short form takes every fourth line, beginning at one of the first four by chance."""
    stride = 1 if long_form else 4
    figures = run(sqlcipher_place, "every_line", str(stride), "ours")
    assert figures["kills"] >= figures["lines_up_to"] // stride
    assert figures["lines_up_to"] > 500


@pytest.mark.long
@pytest.mark.timeout(900)
def test_killed_at_lines_of_the_libraries_too(sqlcipher_place: Place) -> None:
    """Also between the commit and the answer, where no line of ours runs."""
    figures = run(sqlcipher_place, "every_line", "23", "all")
    assert figures["kills"] > 200
    assert 0 < figures["done_before_the_kill"] < figures["kills"]


@pytest.mark.timeout(1800)
def test_killed_at_random(place: Place, long_form: bool) -> None:
    short, long = (100, 1000) if place.kind is EngineKind.SQLCIPHER else (20, 200)
    figures = run(place, "at_random", str(long if long_form else short))
    assert figures["acknowledged"] > figures["kills"] / 2
