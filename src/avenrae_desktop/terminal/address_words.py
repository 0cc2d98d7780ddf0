"""The options that say where a server is."""

import argparse
from pathlib import Path


def add_address(word: argparse.ArgumentParser) -> None:
    """Where a server is, and how it is recognised."""
    group = word.add_argument_group("the server")
    group.add_argument("--host", metavar="LIST", help="name or address, as desks will use it: db1, db2:3307")
    group.add_argument("--database", metavar="NAME", help="avenrae_db unless said")
    trust = group.add_mutually_exclusive_group()
    trust.add_argument("--ca", type=Path, metavar="FILE", help="the CA that issued the server's certificate")
    trust.add_argument("--public-ca", action="store_true", help="a public CA issued the server's certificate")
    trust.add_argument("--pin", type=Path, metavar="FILE", help="its certificate or CA, whatever the names in it")
    trust.add_argument("--fingerprint", metavar="AB:CD:...", help="SHA-256 of the certificate that it shows")
    trust.add_argument("--no-tls", action="store_true", help="for a server on this computer only")
