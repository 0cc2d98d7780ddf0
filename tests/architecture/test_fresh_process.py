"""What import-linter cannot see, such as a module loaded by name: what really arrives in a fresh process."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.places import ROOT

PACKAGE = ROOT / "src" / "avenrae_desktop"
QT = ("PySide6", "shiboken6", "qasync")
SQL = ("sqlalchemy", "pymysql", "sqlcipher3", "alembic")
# Imports each module in turn and names those after which something forbidden is there.
SCRIPT = """
import importlib, sys
modules, forbidden = sys.argv[1].split(","), sys.argv[2].split(",")
present = set()
for module in modules:
    importlib.import_module(module)
    for name in forbidden:
        if name in sys.modules and name not in present:
            present.add(name)
            print(f"{module} loads {name}")
"""


def _modules(*places: str) -> list[str]:
    """Every module at the places, each of which is a file or, when it grew, a folder of that name."""
    files = {
        path for place in places for shape in ("{}.py", "{}/**/*.py") for path in PACKAGE.glob(shape.format(place))
    }
    assert files, f"no module fits {places}"
    return sorted(_dotted(path) for path in files)


def _dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


RULES = ("kernel", "areas/*/domain", "areas/*/queries")
USE_CASES = ("areas/*/use_cases",)
STORES = ("db", "settings", "bootstrap", "terminal", "areas/*/repository")
SCREENS = ("qtkit", "shell", "areas/*/panel", "areas/*/dialogs", "areas/*/table_model", "areas/*/words")


@pytest.mark.parametrize(
    ("places", "forbidden"),
    [
        pytest.param(RULES, (*QT, *SQL, "asyncio", "bcrypt"), id="rules and rows"),
        pytest.param(
            USE_CASES, (*QT, "alembic"), id="use cases"
        ),  # SQLAlchemy, which loads asyncio, comes in by repositories
        pytest.param(STORES, (*QT, "alembic"), id="stores"),
        pytest.param(SCREENS, SQL, id="screens"),
    ],
)
def test_modules_bring_nothing_of_other_rings(places: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
    command = [sys.executable, "-c", SCRIPT, ",".join(_modules(*places)), ",".join(forbidden)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
