"""Where the server is and how it is recognised: from the command line, else asked for."""

import argparse
from pathlib import Path

from avenrae_desktop.bootstrap.server.administrator import Administrator
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust, checked_database, is_local, parse_hosts
from avenrae_desktop.db.server.tls import Shown, certificates_only, fingerprint, shown_certificate
from avenrae_desktop.kernel.errors import Problem, RuleBroken, Unavailable, noop
from avenrae_desktop.terminal.console import Console

DATABASE = "avenrae_db"

OTHER_FINGERPRINT = Problem(
    "terminal.other_fingerprint",
    noop("This is not the server that you mean"),
    noop("“{host}” shows a certificate with the fingerprint {found}."),
    noop("Compare it with the one on the server itself. If they differ, somebody stands between."),
)
NOT_CONFIRMED = Problem(
    "terminal.not_confirmed",
    noop("The certificate was not accepted"),
    noop("You did not confirm the fingerprint. No password was sent to “{host}”."),
    noop("Look at the fingerprint on the server itself, then run the command again."),
)
FILE_UNREADABLE = Problem(
    "terminal.file_unreadable",
    noop("The certificate could not be read"),
    noop("The system refused to read “{name}”, or it holds no certificate."),
    noop("Name the file that begins with -----BEGIN CERTIFICATE-----."),
)
CHOICE = Problem(
    "terminal.choice",
    noop("Which one?"),
    noop("“{text}” is none of the choices."),
    noop("Type one of: {choices}."),
)

_WAYS = """
How do you recognise the server?
  1  I have the certificate of the CA that issued its certificate (ca.pem)
  2  Show me its certificate; I compare the fingerprint
  3  Its certificate is from a public CA"""


def address_of(asked: argparse.Namespace, console: Console, *, ask_database: bool = True) -> ServerAddress:
    """The server's address. Raises AppError."""
    question = "Server, as desks will call it (name or address; several with commas)"
    hosts = console.value(asked.host, question, parse_hosts)
    given = asked.database if ask_database or asked.database else DATABASE
    database = console.value(given, "Database", checked_database, DATABASE)
    trust, pem = _trust(asked, console, hosts)
    return ServerAddress(hosts, database, trust, pem)


def administrator_of(asked: argparse.Namespace, console: Console, address: ServerAddress) -> Administrator:
    """Who sets up. Raises RuleBroken."""
    user = console.value(asked.user, "Administrator's MySQL account", str, "root")
    return Administrator(address, user, console.secret(f"Password of {user}", asked.password_file))


def chosen(text: str, choices: tuple[str, ...]) -> str:
    """The choice. Raises RuleBroken."""
    found = text.strip().casefold()
    if found not in choices:
        raise RuleBroken(CHOICE, text=text, choices=", ".join(choices))
    return found


def _trust(asked: argparse.Namespace, console: Console, hosts: tuple[Host, ...]) -> tuple[Trust, str]:
    if asked.no_tls:
        return Trust.NONE, ""
    if asked.ca is not None:
        return Trust.NAMES, _certificates(asked.ca)
    if asked.public_ca:
        return Trust.NAMES, ""
    if asked.pin is not None:
        return Trust.PINNED, _certificates(asked.pin)
    if asked.fingerprint is not None:
        return Trust.PINNED, "".join(_expected(host, asked.fingerprint) for host in hosts)
    if all(is_local(host) for host in hosts):
        console.say(
            "The server is on this computer: no encryption is needed. Other desks cannot join by this address."
        )
        return Trust.NONE, ""
    return _asked(console, hosts)


def _asked(console: Console, hosts: tuple[Host, ...]) -> tuple[Trust, str]:
    console.say(_WAYS)
    way = console.value(None, "Number", lambda text: chosen(text, ("1", "2", "3")))
    if way == "1":
        return Trust.NAMES, console.value(None, "File", lambda name: _certificates(Path(name).expanduser()))
    if way == "2":
        return Trust.PINNED, "".join(_confirmed(console, host) for host in hosts)
    return Trust.NAMES, ""


def _certificates(file: Path) -> str:
    try:
        return certificates_only(file.read_text(encoding="ascii", errors="replace"))
    except (OSError, RuleBroken) as error:
        raise RuleBroken(FILE_UNREADABLE, name=str(file)) from error


def _expected(host: Host, wanted: str) -> str:
    pem = shown_certificate(host).pem
    if _bare(fingerprint(pem)) != _bare(wanted):
        raise Unavailable(OTHER_FINGERPRINT, host=str(host), found=fingerprint(pem))
    return pem


def _bare(text: str) -> str:
    return "".join(c for c in text.upper() if c.isalnum())


def _confirmed(console: Console, host: Host) -> str:
    shown = shown_certificate(host)
    console.say(_look(host, shown))
    if not console.confirms("Is this the fingerprint of your server?"):
        raise RuleBroken(NOT_CONFIRMED, host=str(host))
    return shown.pem


def _look(host: Host, shown: Shown) -> str:
    half = len(shown.fingerprint) // 2
    return "\n".join(
        (
            "",
            f"{host} shows this certificate:",
            f"  issued to    {shown.subject}",
            f"  for          {', '.join(shown.names) or 'no name'}",
            f"  valid        {shown.not_before:%Y-%m-%d} to {shown.not_after:%Y-%m-%d}",
            f"  fingerprint  {shown.fingerprint[: half + 1]}",
            f"               {shown.fingerprint[half + 1 :]}",
            "Compare it with what this prints on the server itself:",
            "  openssl x509 -noout -fingerprint -sha256 -in /var/lib/mysql/server-cert.pem",
            "(or where ssl_cert in the server's configuration points to)",
        )
    )
