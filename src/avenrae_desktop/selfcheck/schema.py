"""The statements that make a database are in the package, for both kinds."""

from pathlib import Path

from avenrae_desktop.db.schema import program_name, programs
from avenrae_desktop.selfcheck.finding import Found, expect


def check(_folder: Path) -> Found:
    """How many triggers and routines each kind of database gets."""
    found = {kind: [program_name(each) for each in programs(kind)] for kind in ("sqlite", "mysql")}
    for kind, names in found.items():
        expect(
            any("bookings_after_insert" in name for name in names), f"{kind} lacks the trigger that takes slots"
        )
    return {kind: len(names) for kind, names in found.items()}
