"""The figures of a test: printed, and kept in build/ for people to read."""

import json
import os
import sys
from typing import Any

from tests.support.places import ROOT


def keep(name: str, values: dict[str, Any]) -> None:
    folder = ROOT / "build" / "feed"
    folder.mkdir(parents=True, exist_ok=True)
    values = {**values, "load": round(os.getloadavg()[0], 1)}
    (folder / f"{name}.json").write_text(json.dumps(values, indent=1) + "\n")
    sys.stdout.write(f"feed {name}: {values}\n")
