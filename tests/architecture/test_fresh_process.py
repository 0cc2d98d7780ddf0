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


def _modules(*patterns: str) -> list[str]:
    files = {path for pattern in patterns for path in PACKAGE.glob(pattern) if "__pycache__" not in path.parts}
    names = {_dotted(path) for path in files}
    assert names, f"no module fits {patterns}"
    return sorted(names)


def _dotted(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


RULES = (
    "kernel/**/*.py",
    "areas/*/domain.py",
    "areas/*/domain/**/*.py",
    "areas/*/queries.py",
    "areas/*/queries/**/*.py",
)
USE_CASES = ("areas/*/use_cases.py", "areas/*/use_cases/**/*.py")
STORES = ("areas/*/repository.py", "areas/*/repository/**/*.py", "db/**/*.py", "settings/**/*.py", "bootstrap.py")
SCREENS = ("qtkit/**/*.py", "shell/**/*.py", "areas/*/panel.py", "areas/*/dialogs.py", "areas/*/words.py")


@pytest.mark.parametrize(
    ("patterns", "forbidden"),
    [
        pytest.param(RULES, (*QT, *SQL, "asyncio", "bcrypt"), id="rules and rows"),
        pytest.param(
            USE_CASES, (*QT, "alembic"), id="use cases"
        ),  # SQLAlchemy, which loads asyncio, comes in by repositories
        pytest.param(STORES, (*QT, "alembic"), id="stores"),
        pytest.param(SCREENS, SQL, id="screens"),
    ],
)
def test_modules_bring_nothing_of_other_rings(patterns: tuple[str, ...], forbidden: tuple[str, ...]) -> None:
    command = [sys.executable, "-c", SCRIPT, ",".join(_modules(*patterns)), ",".join(forbidden)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
