"""The options of `avenrae selfcheck`. Nothing heavy is imported here."""

import argparse
from pathlib import Path


def add_words(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the word to the program's parser."""
    word = commands.add_parser(
        "selfcheck",
        help="try out every part of the program; tells what works as JSON",
        description="Needs no screen, no network and nothing of yours; 0 when everything works, else 1. "
        "With an enrolment file it also signs in to that practice server, and changes nothing there.",
    )
    server = word.add_argument_group("a practice server, if one shall be tried")
    server.add_argument("--enrolment", type=Path, metavar="FILE")
    server.add_argument("--user", metavar="NAME", help="your sign-in name there")
    server.add_argument("--password-file", type=Path, metavar="FILE", help="your password in its first line")
