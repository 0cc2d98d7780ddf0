"""What is loaded when the first picture is on the screen: each module more makes every start slower."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# Starts the program as a person does, and ends it as soon as its first picture is shown.
SCRIPT = """
import json, os, sys
from avenrae_desktop.shell import run
show = run.show_first_picture
def show_and_tell(app, window):
    show(app, window)
    print(json.dumps({"painted": window.was_painted, "modules": sorted(sys.modules)}), flush=True)
    os._exit(0)
run.show_first_picture = show_and_tell
from avenrae_desktop.__main__ import main
main([])
"""
EMPTY = "import json, sys; from PySide6.QtWidgets import QApplication; print(json.dumps(sorted(sys.modules)))"
# The libraries of the database, of papers and of the event loop; then what the standard library has of weight.
LATER = {
    *(
        "sqlalchemy",
        "sqlcipher3",
        "pymysql",
        "cryptography",
        "passlib",
        "bcrypt",
        "alembic",
        "typst",
        "email_validator",
    ),
    *("asyncio", "qasync", "PySide6.QtNetwork", "PySide6.QtPrintSupport"),
    *("ssl", "hashlib", "subprocess", "sqlite3", "concurrent.futures", "tomllib"),
}
MOST_MODULES_OF_OURS = 30
MOST_MODULES_MORE = 45
"""Than an empty window of PySide6 needs."""


@pytest.fixture(scope="module")
def first_picture(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names of all modules that are there then."""
    home = tmp_path_factory.mktemp("home")
    own = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    env = {**os.environ, **own, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=env, cwd=Path(home), capture_output=True, check=True, timeout=60
    )
    told = json.loads(done.stdout)
    assert told["painted"]
    return set(told["modules"])


def test_nothing_heavy_is_loaded_before_the_first_picture(first_picture: set[str]) -> None:
    assert LATER & first_picture == set()


def test_few_modules_are_loaded_before_the_first_picture(first_picture: set[str]) -> None:
    empty = subprocess.run([sys.executable, "-c", EMPTY], capture_output=True, check=True, timeout=60)
    more = first_picture - set(json.loads(empty.stdout))
    ours = {name for name in more if name.startswith("avenrae_desktop")}
    assert "avenrae_desktop.shell.window" in ours
    assert len(ours) <= MOST_MODULES_OF_OURS, sorted(ours)
    assert len(more) <= MOST_MODULES_MORE, sorted(more - ours)
