"""The figures of a race: printed, and kept in build/ for people to read."""

import json
import os
import sys
from typing import Any

from tests.race.plan import Report
from tests.support.places import ROOT


def figures(reports: list[Report]) -> dict[str, Any]:
    """Rates per second of wall time; latencies of the writers' commands in milliseconds."""
    writers = [r for r in reports if not r.rogue]
    seconds = max(r.ran for r in writers)
    latencies = sorted(ms * 1000 for r in writers for ms in r.latencies)
    return {
        "seconds": round(seconds, 2),
        "accepted": sum(len(r.accepted) for r in writers),
        "accepted_of_rogues": sum(len(r.accepted) for r in reports if r.rogue),
        "booked_per_second": round(sum(len(r.accepted) for r in writers) / seconds, 1),
        "commands_per_second": round(len(latencies) / seconds, 1),
        "refused": sum(r.refused for r in writers),
        "refused_rogues": sum(r.refused for r in reports if r.rogue),
        "retries": sum(r.retries for r in writers),
        "gave_up_busy": sum(r.busy for r in writers),
        "p50_ms": round(latencies[len(latencies) // 2], 1),
        "p99_ms": round(latencies[len(latencies) * 99 // 100], 1),
    }


def keep(name: str, values: dict[str, Any]) -> None:
    folder = ROOT / "build" / "race"
    folder.mkdir(parents=True, exist_ok=True)
    values = {**values, "load": round(os.getloadavg()[0], 1)}
    (folder / f"{name}.json").write_text(json.dumps(values, indent=1) + "\n")
    sys.stdout.write(f"race {name}: {values}\n")
