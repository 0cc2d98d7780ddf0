"""Runs the checks one after the other. One that fails hides no other."""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from avenrae_desktop import __version__
from avenrae_desktop.selfcheck.finding import Check, Found


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one check."""

    name: str
    ok: bool
    seconds: float
    found: Found
    error: str = ""


def run_selfcheck(asked: argparse.Namespace) -> int:
    """Print the report; 0 when every check passed, else 1."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="avenrae-selfcheck-") as home:
        results = [_run(name, check, Path(home) / name) for name, check in _checks(asked).items()]
    ok = all(each.ok for each in results)
    sys.stdout.write(json.dumps(_report(results, ok=ok), indent=1) + "\n")
    return int(not ok)


def _checks(asked: argparse.Namespace) -> dict[str, Check]:
    # Loaded one by one, so that a part that is missing fails its own check and no other.
    def late(name: str) -> Check:
        def check(folder: Path) -> Found:
            from importlib import import_module

            found: Found = import_module(f"avenrae_desktop.selfcheck.{name}").check(folder)
            return found

        return check

    names = (
        "modules",
        "times",
        "passwords",
        "schema",
        "file",
        "pictures",
        "translations",
        "window",
        "papers",
        "tls",
    )
    checks = {name: late(name) for name in names}
    if asked.enrolment is not None:
        checks["server"] = partial(_server, asked)
    return checks


def _server(asked: argparse.Namespace, _folder: Path) -> Found:
    from avenrae_desktop.selfcheck.server import check

    return check(asked.enrolment, asked.user, asked.password_file)


def _run(name: str, check: Check, folder: Path) -> Result:
    folder.mkdir()
    begun = time.perf_counter()
    try:
        found, error = check(folder), ""
    except Exception:  # noqa: BLE001 - whatever a broken part does is a result
        found, error = {}, traceback.format_exc(limit=-4)
    return Result(name, not error, round(time.perf_counter() - begun, 3), found, error)


def _report(results: list[Result], *, ok: bool) -> dict[str, Any]:
    return {
        "program": "Avenrae Desktop",
        "version": __version__,
        "packaged": bool(getattr(sys, "frozen", False)),
        "system": platform.platform(),
        "python": platform.python_version(),
        "ok": ok,
        "checks": [
            {"name": r.name, "ok": r.ok, "seconds": r.seconds, "found": dict(r.found)}
            | ({"error": r.error} if r.error else {})
            for r in results
        ],
    }
