"""`avenrae server enrolment`: the file for other desks once more, when the server's address has changed."""

import argparse

from avenrae_desktop.areas.accounts.practice_settings import checked
from avenrae_desktop.db.server.enrolment import Enrolment
from avenrae_desktop.terminal.console import Console
from avenrae_desktop.terminal.server.address import address_of
from avenrae_desktop.terminal.server.files import place_for, write


def run(asked: argparse.Namespace, console: Console) -> int:
    """Nobody signs in: the file says where the practice is, not that it is there. Raises AppError."""
    address = address_of(asked, console)
    name = console.value(asked.practice_name, "Name of the practice", lambda text: checked("practice_name", text))
    path = place_for(console, asked.file, name, overwrite=asked.overwrite)
    write(console, path, Enrolment(name, address))
    return 0
