"""The options of `avenrae backup`, `restore` and `export`. Nothing heavy is imported here."""

import argparse
from pathlib import Path

from avenrae_desktop.terminal.address_words import add_address


def add_backup_words(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the three words to the program's parser."""
    _backup(commands)
    _restore(commands)
    _export(commands)


def _backup(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    word = commands.add_parser(
        "backup",
        help="back a practice up, and prove that the backup can be read",
        description="Makes an encrypted file, restores it for a moment, compares it row by row, and only then "
        "keeps it. Older ones are thinned out to 12 days, 10 weeks and 9 months. People may be at work meanwhile.",
    )
    word.set_defaults(word="backup")
    _practice(word)
    word.add_argument("--to", type=Path, metavar="FOLDER", help="from now on backups are made there")
    word.add_argument("--list", action="store_true", help="only show them; exit code 1 if the last is too old")
    word.add_argument("--set-up", action="store_true", help="for a server: make the account and the key anew")
    _administrator(word)


def _restore(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    word = commands.add_parser(
        "restore",
        help="make a practice from a backup, in a new place",
        description="Overwrites nothing: a practice of this computer goes into a new folder, one of a server into "
        "a new database. Either is there only after it has been compared with the backup.",
    )
    word.set_defaults(word="restore")
    word.add_argument("file", type=Path, help="the backup (.avbackup)")
    word.add_argument("--check", action="store_true", help="only test it; nothing is left")
    word.add_argument("--scratch", type=Path, metavar="FOLDER", help="where there is room for the test")
    word.add_argument("--user", metavar="NAME", help="somebody who could sign in when it was made")
    word.add_argument("--password-file", metavar="FILE", help="their password of then in its first line, or -")
    word.add_argument(
        "--recovery-key-file", metavar="FILE", help="instead: the recovery key in its first line, or -"
    )
    word.add_argument("--folder", type=Path, help="the new practice folder (among the program's own)")
    server = word.add_argument_group("for a practice on a server")
    server.add_argument("--sign-in-name", metavar="NAME", help="the administrator of the practice who gets a code")
    keep = "accounts of the practice's people that the server has are theirs, and go on with the new database"
    server.add_argument("--keep-accounts", action="store_true", help=keep)
    server.add_argument("--new-enrolment", type=Path, metavar="FILE", help="where to write the new enrolment file")
    add_address(word)
    _administrator(word)


def _export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    word = commands.add_parser(
        "export",
        help="write a table for other programs",
        description="Times are in UTC. Nothing in the file runs as a formula. It is not encrypted.",
    )
    word.set_defaults(word="export")
    word.add_argument("table", help="such as clients or bookings; any other word lists them")
    word.add_argument("--format", choices=("csv", "xlsx", "sql"), default="csv", help="csv unless said")
    word.add_argument("--out", type=Path, metavar="FILE", help="a file that is not there yet")
    _practice(word)


def _practice(word: argparse.ArgumentParser) -> None:
    group = word.add_argument_group("the practice, and you")
    which = group.add_mutually_exclusive_group()
    which.add_argument("--practice", type=Path, metavar="FOLDER", help="on this computer (the only one there is)")
    which.add_argument("--enrolment", type=Path, metavar="FILE", help="on a server")
    group.add_argument("--user", metavar="NAME", help="your own sign-in name")
    group.add_argument("--password-file", metavar="FILE", help="your password in its first line; - for stdin")


def _administrator(word: argparse.ArgumentParser) -> None:
    group = word.add_argument_group("the server administrator's MySQL account, used once and stored nowhere")
    group.add_argument("--admin-user", metavar="NAME")
    group.add_argument("--admin-password-file", metavar="FILE", help="the password in its first line; - for stdin")
