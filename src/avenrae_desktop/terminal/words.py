"""The words after `avenrae` and their options. Nothing heavy is imported here."""

import argparse
from pathlib import Path

from avenrae_desktop.terminal.address_words import add_address
from avenrae_desktop.terminal.backup_words import add_backup_words

ROLES = ("healer", "front_desk", "admin")


def add_words(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add what this ring knows to the program's parser."""
    server = commands.add_parser("server", help="set up a practice server, and add people to it")
    words = server.add_subparsers(dest="word", title="commands", metavar="", required=True)
    _check(words)
    _init(words)
    _certificate(words)
    _enrolment(words)
    _add_person(words)
    _generate(commands)
    add_backup_words(commands)


def run(asked: argparse.Namespace) -> int:
    """Do what the word says; returns the exit code: 0 done, 1 refused (told on standard error), 130 stopped."""
    from avenrae_desktop.terminal.running import run_word

    return run_word(asked)


def _check(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    word = words.add_parser("check", help="look whether a server is fit for a practice; changes nothing")
    add_address(word)
    _administrator(word)


def _init(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    word = words.add_parser(
        "init",
        help="make a practice on a server",
        description="Asks for all that is not given. Started again after a failure, it goes on where it ended.",
    )
    add_address(word)
    _administrator(word)
    practice = word.add_argument_group("the practice")
    practice.add_argument("--practice-name", metavar="NAME")
    practice.add_argument("--zone", help="time zone, such as Europe/Zurich")
    practice.add_argument("--currency", help="three letters, such as CHF")
    person = word.add_argument_group("its first administrator")
    person.add_argument("--first-name", metavar="NAME")
    person.add_argument("--last-name", metavar="NAME")
    person.add_argument("--sign-in-name", metavar="NAME")
    person.add_argument("--healer-type", metavar="KIND", help="if they treat clients; “none” if they do not")
    person.add_argument("--new-password-file", metavar="FILE", help="their password in its first line, or -")
    accept = "go on although this check is BAD"
    word.add_argument("--accept", choices=("durable", "group"), action="append", default=[], help=accept)
    word.add_argument("--enrolment", type=Path, metavar="FILE", help="where to write the enrolment file")
    word.add_argument("--overwrite", action="store_true", help="an enrolment file that is there may be replaced")
    word.add_argument("--yes", action="store_true", help="do not ask before beginning")


def _certificate(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    word = words.add_parser("certificate", help="make a certificate for a practice server")
    word.add_argument("folder", type=Path, help="where the three files go; made if it is not there")
    word.add_argument("names", nargs="+", metavar="name", help="every name and IP address that desks will use")
    word.add_argument("--years", type=int, default=5, help="how long it is valid (5)")


def _enrolment(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    word = words.add_parser("enrolment", help="write an enrolment file anew, when the server's address changed")
    add_address(word)
    word.add_argument("--practice-name", metavar="NAME")
    word.add_argument("--overwrite", action="store_true", help="a file that is there may be replaced")
    word.add_argument("file", type=Path, help="the file to write")


def _add_person(words: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    word = words.add_parser("add-person", help="let a person in; prints their one-time code")
    word.add_argument("--enrolment", type=Path, metavar="FILE", required=True)
    word.add_argument("--user", metavar="NAME", help="your own sign-in name; you must be an administrator")
    word.add_argument("--password-file", metavar="FILE", help="your password in its first line; - for stdin")
    word.add_argument("--first-name", metavar="NAME")
    word.add_argument("--last-name", metavar="NAME")
    word.add_argument("--sign-in-name", metavar="NAME", help="theirs")
    word.add_argument("--role", action="append", choices=ROLES, help="may be given several times")
    word.add_argument("--healer-type", metavar="KIND", help="for healers")


def _generate(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    word = commands.add_parser(
        "generate",
        help="make a practice full of invented bookings, to try the program out",
        description="The same number, seed and day give the same rows. Without --server it becomes a new practice "
        "on this computer; Ctrl+C leaves nothing of that, and on a server what the same command goes on with.",
    )
    word.set_defaults(word="generate")
    word.add_argument("--bookings", type=int, metavar="N", required=True, help="with N/10 clients")
    word.add_argument("--seed", type=int, metavar="S", default=1, help="another seed, other people (1)")
    word.add_argument("--day", metavar="DATE", help="what counts as today, like 2026-11-23 (today)")
    word.add_argument("--sign-in-name", metavar="NAME", help="of the one person who can sign in (owner)")
    word.add_argument("--new-password-file", metavar="FILE", help="their password in its first line, or -")
    where = word.add_mutually_exclusive_group()
    where.add_argument("--folder", type=Path, help="the new practice folder (among the program's own)")
    where.add_argument("--server", action="store_true", help="on a practice server instead")
    accept = "go on although this check is BAD"
    word.add_argument("--accept", choices=("durable", "group"), action="append", default=[], help=accept)
    word.add_argument("--enrolment", type=Path, metavar="FILE", help="where to write the server's enrolment file")
    word.add_argument("--overwrite", action="store_true", help="an enrolment file that is there may be replaced")
    add_address(word)
    _administrator(word)


def _administrator(word: argparse.ArgumentParser) -> None:
    group = word.add_argument_group("its administrator's MySQL account, used once and stored nowhere")
    group.add_argument("--user", metavar="NAME")
    group.add_argument("--password-file", metavar="FILE", help="the password in its first line; - for stdin")
