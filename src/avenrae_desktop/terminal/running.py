"""Runs one word: whatever goes wrong is told in three sentences, and never as a traceback."""

import argparse
import os
import sys
from importlib import import_module

from avenrae_desktop.kernel.errors import AppError
from avenrae_desktop.terminal.console import Console

REFUSED = 1
STOPPED = 130
# Each is loaded when it is asked for: making a certificate needs no database library.
_WORDS = {
    "check": "server.check",
    "init": "server.init",
    "certificate": "server.certificate",
    "enrolment": "server.enrolment",
    "add-person": "server.add_person",
    "generate": "generate",
    "backup": "backup",
    "restore": "restore",
    "export": "export",
}


def run_word(asked: argparse.Namespace, console: Console | None = None) -> int:
    """The exit code: 0 done, 1 refused, 130 stopped by the person."""
    console = console or Console()
    try:
        return int(import_module(f"avenrae_desktop.terminal.{_WORDS[asked.word]}").run(asked, console))
    except AppError as error:
        console.tell(error)
        return REFUSED
    except KeyboardInterrupt:
        console.say("\nStopped. Run the same command again to go on.")
        return STOPPED
    except BrokenPipeError:
        # Whoever read along has gone, as in `avenrae server check | head`. Nothing may be said at the end either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
