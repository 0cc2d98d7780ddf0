"""Calendars of the desktop that a start is compared with: those that are installed, and those that one names."""

import shlex
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

KNOWN = {"GNOME Calendar": "gnome-calendar", "Osmo": "osmo"}
"""Packages of Debian by their name, with their command."""


def installed() -> dict[str, list[str]]:
    """What of them can be started here."""
    found = {name: shutil.which(command) for name, command in KNOWN.items()}
    return {name: [path] for name, path in found.items() if path is not None}


def told(given: str) -> tuple[str, list[str]]:
    """`NAME=COMMAND`, as on the command line."""
    name, _, command = given.partition("=")
    return name, shlex.split(command)


@contextmanager
def session_bus(wanted: bool) -> Iterator[dict[str, str]]:
    """The environment of a desktop session for them: GNOME's programs do not start without its bus."""
    if not wanted:
        yield {}
        return
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as bus:
        assert bus.stdout is not None
        try:
            yield {"DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip()}
        finally:
            bus.terminate()
