"""`avenrae server check`: is this server fit for a practice?"""

import argparse

from avenrae_desktop.bootstrap.server.checks import look
from avenrae_desktop.terminal.console import Console
from avenrae_desktop.terminal.server.address import address_of, administrator_of
from avenrae_desktop.terminal.server.showing import bad, show_checks


def run(asked: argparse.Namespace, console: Console) -> int:
    """0 when a practice can be set up, 1 when not. Raises AppError when the server cannot be looked at."""
    address = address_of(asked, console, ask_database=False)
    checks = look(administrator_of(asked, console, address))
    show_checks(console, checks)
    found = bad(checks)
    console.say()
    console.say(_verdict(len(found)))
    return 1 if found else 0


def _verdict(number: int) -> str:
    if number == 0:
        return "A practice can be set up on this server."
    return f"A practice cannot be set up yet: {number} of the checks {'is' if number == 1 else 'are'} BAD."
