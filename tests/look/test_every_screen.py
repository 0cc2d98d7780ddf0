"""Every screen at usual size, at 200 % and with a 20 pt font: nothing is cut, covered, nameless or too faint."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TWENTY_POINTS = "2.05"
"""The zoom at which the 13 pixels of usual text are 20 points on a screen of 96 dots an inch."""


def walk(folder: Path, *how: str, scale: str = "1") -> dict[str, list[str]]:
    """{screen: faults} of all screens, in a process of its own."""
    file = folder / "found.json"
    done = subprocess.run(
        [sys.executable, "-m", "tests.look.walk", str(file), *how],
        cwd=ROOT,
        env=os.environ | {"QT_SCALE_FACTOR": scale},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(file.read_text())
    assert len(found) > 50
    return found


def told(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{screen}: {fault}" for screen, faults in found.items() for fault in faults)


@pytest.mark.parametrize("size", ["1024x600", pytest.param("1280x720", marks=pytest.mark.long)])
def test_at_usual_size(size: str, tmp_path: Path) -> None:
    """Names too: they are the same at every size."""
    assert told(walk(tmp_path, "--screen", size, "--modes", "light", "--names")) == ""


def test_at_200_percent_in_light_and_dark(tmp_path: Path) -> None:
    """Colours too: at this size strokes are thick enough for their own colour to be seen."""
    assert told(walk(tmp_path, "--screen", "1920x1040", "--colours", scale="2")) == ""


def test_with_a_font_of_twenty_points(tmp_path: Path) -> None:
    how = ("--screen", "1920x1040", "--modes", "light", "--zoom", TWENTY_POINTS)
    assert told(walk(tmp_path, *how)) == ""
