"""A program that is killed while it makes a practice leaves a whole one or none."""

import random
import signal
import subprocess
import sys
from pathlib import Path

from avenrae_desktop.bootstrap import Practices
from avenrae_desktop.settings.paths import paths_under
from tests.bootstrap.conftest import PASSWORD, founding
from tests.support.places import ROOT

# Makes a practice once for each number given, each time in a process of its own that is killed at that line.
SCRIPT = """
import os, signal, sys
from pathlib import Path
from avenrae_desktop.areas.accounts import passwords
from avenrae_desktop.bootstrap import Practices, warm_up
from avenrae_desktop.db import keyfile
from avenrae_desktop.settings.paths import paths_under
from tests.bootstrap.conftest import founding

passwords.ROUNDS = 4
keyfile.FULL_COST = keyfile.LIGHT_COST
warm_up()

def make(folder, kill_at):
    lines = 0

    def trace(frame, event, _argument):
        nonlocal lines
        if "avenrae_desktop" not in frame.f_code.co_filename:
            return None
        if event == "line":
            lines += 1
            if lines == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return trace

    practices, command = Practices(paths_under(folder)), founding()
    sys.settrace(trace)
    app, _ = practices.create(command)
    sys.settrace(None)
    app.close()
    print("lines", lines, flush=True)

for kill_at in map(int, sys.argv[2:]):
    child = os.fork()
    if child == 0:
        make(Path(sys.argv[1]) / str(kill_at), kill_at)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print("signal", os.WTERMSIG(status), flush=True)
"""


def run(folder: Path, *kill_at: int) -> list[str]:
    command = [sys.executable, "-c", SCRIPT, str(folder), *map(str, kill_at)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_a_kill_at_any_line_leaves_a_whole_practice_or_none(tmp_path: Path, long_form: bool) -> None:
    counted = run(tmp_path, 0)
    lines = int(counted[0].removeprefix("lines "))
    dice = random.Random(5)
    # The last lines, after the folder got its name, are among them.
    kills = sorted({lines - 1, *dice.sample(range(1, lines), min(lines - 1, 600 if long_form else 30))})
    assert run(tmp_path, *kills) == [f"signal {signal.SIGKILL}"] * len(kills)
    whole = 0
    for kill_at in kills:
        folder = tmp_path / str(kill_at)
        practices = Practices(paths_under(folder))
        places = practices.known()
        for place in places:
            practices.open(place, "anna", PASSWORD).close()
        whole += len(places)
        practices.create(founding())[0].close()
        assert len(practices.known()) == len(places) + 1
        assert not list((folder / "data" / "practices").glob(".making-*"))
    assert 0 < whole < len(kills)
