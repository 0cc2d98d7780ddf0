"""The enrolment file: what another desk needs to find the practice server and to recognise it, and no secret."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from avenrae_desktop.db.server.address import ServerAddress, Trust, checked_database, parse_hosts
from avenrae_desktop.db.server.problems import (
    ENROLMENT_NOT_WRITTEN,
    ENROLMENT_TOO_NEW,
    ENROLMENT_UNREADABLE,
    NOT_ENROLMENT,
)
from avenrae_desktop.db.server.tls import certificates_only
from avenrae_desktop.kernel.errors import RuleBroken, Unavailable

FORMAT = 1
LARGEST = 256 * 1024  # bytes; a chain of certificates has about ten thousand
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A practice on a server, as one desk tells another."""

    practice_name: str
    address: ServerAddress


def read_enrolment(path: Path) -> Enrolment:
    """What the file says.

    Raises Unavailable when it cannot be read, RuleBroken when it is no enrolment file or names what could not
    be trusted.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Unavailable(ENROLMENT_UNREADABLE, name=path.name) from error
    try:
        plain = json.loads(content) if len(content) <= LARGEST else None
    except (ValueError, RecursionError):
        plain = None
    number = plain.get("format") if isinstance(plain, dict) else None
    if isinstance(number, int) and number > FORMAT:
        raise RuleBroken(ENROLMENT_TOO_NEW, name=path.name)
    if not isinstance(plain, dict) or number != FORMAT or isinstance(number, bool):
        raise RuleBroken(NOT_ENROLMENT, name=path.name)
    return _enrolment(plain, path.name)


def _enrolment(plain: dict[str, Any], file: str) -> Enrolment:
    practice, hosts, database, trust, pem = (
        plain.get(key) for key in ("practice", "hosts", "database", "trust", "certificates")
    )
    texts = (practice, hosts, database, trust, pem)
    if not all(isinstance(text, str) for text in texts) or trust not in set(Trust):
        raise RuleBroken(NOT_ENROLMENT, name=file)
    address = ServerAddress(
        parse_hosts(str(hosts)),
        checked_database(str(database)),
        Trust(str(trust)),
        certificates_only(str(pem)) if pem else "",
    )
    name = " ".join("".join(c if c.isprintable() else " " for c in str(practice)).split())
    return Enrolment(name[:LONGEST_NAME], address)


def write_enrolment(path: Path, enrolment: Enrolment) -> None:
    """Write the file that `read_enrolment` reads. Raises Unavailable."""
    address = enrolment.address
    plain = {
        "format": FORMAT,
        "practice": enrolment.practice_name,
        "hosts": ", ".join(str(host) for host in address.hosts),
        "database": address.database,
        "trust": address.trust.value,
        # A file with the certificate often holds its private key too, which must not travel.
        "certificates": certificates_only(address.pem) if address.pem else "",
    }
    try:
        path.write_text(json.dumps(plain, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise Unavailable(ENROLMENT_NOT_WRITTEN, name=path.name) from error
