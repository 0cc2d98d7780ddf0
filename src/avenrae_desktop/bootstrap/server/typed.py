"""What a person typed or was shown about a server, as values: for screens, which know no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from avenrae_desktop.kernel.errors import Problem, RuleBroken, noop

if TYPE_CHECKING:
    from avenrae_desktop.areas.accounts.domain import CreatePractice
    from avenrae_desktop.bootstrap.server.administrator import Administrator
    from avenrae_desktop.db.server.address import Host, ServerAddress
    from avenrae_desktop.db.server.enrolment import Enrolment

_BEGIN = "-----BEGIN CERTIFICATE-----"
_CERTIFICATE_FILES = ("ca.pem", "server-cert.pem", "server-key.pem")

FILES_THERE = Problem(
    "typed.certificate_there",
    noop("There is a certificate already"),
    noop("The folder holds “{file}”; whatever uses it would stop working if it were replaced."),
    noop("Choose an empty folder."),
)


@dataclass(frozen=True, slots=True)
class MadeCertificate:
    """A certificate for a server: its files, its own fingerprint, and the lines for the server's configuration."""

    folder: Path
    files: tuple[str, ...]
    fingerprint: str
    config_lines: str


class TypedServers:
    """The part of `Servers` that asks no server and keeps nothing."""

    def hosts(self, typed: str) -> "tuple[Host, ...]":
        """Raises RuleBroken (field "host") for what is no list of servers."""
        from avenrae_desktop.db.server.address import parse_hosts

        return parse_hosts(typed)

    def is_local(self, hosts: "Sequence[Host]") -> bool:
        """Whether nothing of the connection leaves this computer."""
        from avenrae_desktop.db.server.address import is_local

        return all(is_local(host) for host in hosts)

    def address(self, hosts: "Sequence[Host]", database: str, trusted: Sequence[str] = ()) -> "ServerAddress":
        """Trusting exactly these certificates (PEM); without any nothing is encrypted (this computer only).

        Raises RuleBroken (field "database").
        """
        from avenrae_desktop.db.server.address import ServerAddress, Trust, checked_database

        trust = Trust.PINNED if trusted else Trust.NONE
        return ServerAddress(tuple(hosts), checked_database(database), trust, "".join(trusted))

    def database(self, typed: str) -> str:
        """The name of a database; raises RuleBroken (field "database")."""
        from avenrae_desktop.db.server.address import checked_database

        return checked_database(typed)

    def enrolment(self, practice_name: str, address: "ServerAddress") -> "Enrolment":
        """What other desks join with."""
        from avenrae_desktop.db.server.enrolment import Enrolment

        return Enrolment(practice_name, address)

    def read(self, file: Path) -> "Enrolment":
        """Raises RuleBroken for a file of another kind, Unavailable for one that cannot be read."""
        from avenrae_desktop.db.server.enrolment import read_enrolment

        return read_enrolment(file)

    def write(self, file: Path, enrolment: "Enrolment") -> None:
        """Raises Unavailable if it cannot be written."""
        from avenrae_desktop.db.server.enrolment import write_enrolment

        write_enrolment(file, enrolment)

    def fingerprints(self, pem: str) -> tuple[str, ...]:
        """SHA-256 of every certificate in the text as people compare it: "AB:CD:…"."""
        from avenrae_desktop.db.server.tls import fingerprint

        blocks = pem.split(_BEGIN)[1:]
        return tuple(fingerprint(_BEGIN + block) for block in blocks)

    def make_certificate(self, names: str, folder: Path) -> MadeCertificate:
        """Raises RuleBroken (field "host" or "folder"); an existing certificate is never replaced."""
        from avenrae_desktop.db.server.certificates import issue
        from avenrae_desktop.db.server.tls import fingerprint

        hosts = [host.name for host in self.hosts(names)]
        there = next((name for name in _CERTIFICATE_FILES if (folder / name).exists()), None)
        if there is not None:
            raise RuleBroken(FILES_THERE, field="folder", file=there)
        made = issue(folder, hosts)
        own = fingerprint(made.certificate.read_text())
        return MadeCertificate(folder, _CERTIFICATE_FILES, own, made.config_lines)

    def administrator(self, address: "ServerAddress", user: str, password: str) -> "Administrator":
        """The account that sets the server up; held only as long as the set-up lasts."""
        from avenrae_desktop.bootstrap.server.administrator import Administrator

        return Administrator(address, user, password)

    def check_typed(self, command: "CreatePractice") -> None:
        """Raises RuleBroken with the field for what cannot be a practice and its first person."""
        from avenrae_desktop.bootstrap.server.setup import check_typed

        check_typed(command)
