"""`avenrae server certificate`: a certificate with the names under which desks call the server."""

import argparse

from avenrae_desktop.db.server.address import parse_hosts
from avenrae_desktop.db.server.certificates import issue
from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop
from avenrae_desktop.terminal.console import Console

ALREADY_THERE = Problem(
    "terminal.certificate_there",
    noop("There is a certificate already"),
    noop("“{name}” is there. Desks that trust it would not find the server any more if it were replaced."),
    noop("Choose another folder, or move the old files away first."),
)
FILES = ("ca.pem", "server-cert.pem", "server-key.pem")


def run(asked: argparse.Namespace, console: Console) -> int:
    """Raises RuleBroken, Unavailable."""
    names = [parse_hosts(name)[0].name for name in asked.names]
    for name in FILES:
        if (asked.folder / name).exists():
            raise RuleBroken(ALREADY_THERE, name=str(asked.folder / name))
    issued = issue(asked.folder.absolute(), names, asked.years)
    console.say(f"Made in {asked.folder}, for {', '.join(names)}, valid for {asked.years} years:")
    console.say("  server-cert.pem, server-key.pem   for the server; the key goes nowhere else")
    console.say("  ca.pem                            for the server, and for “avenrae server init --ca”")
    console.say(f"Fingerprint (SHA-256) of ca.pem: {issued.fingerprint}")
    console.say()
    console.say("Let the server read them, put these lines into its configuration, and start it again:")
    for line in issued.config_lines.splitlines():
        console.say(f"  {line}")
    return 0
