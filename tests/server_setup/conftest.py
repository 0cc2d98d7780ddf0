"""An owner at a terminal, and the server that they set up."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import URL

from avenrae_desktop.bootstrap.server.administrator import Administrator
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from tests.support.places import ServerKind
from tests.support.server_practice import ACCEPTED, PASSWORD, remove, server_kind, server_practice
from tests.support.servers import server_address, server_url

__all__ = ["server_kind", "server_practice"]


@dataclass(frozen=True)
class Owner:
    """Everything that an owner types for `avenrae server init`; each has a database of their own."""

    folder: Path
    root: URL
    address: ServerAddress
    mark: str

    @property
    def database(self) -> str:
        return self.address.database

    @property
    def sign_in_name(self) -> str:
        return f"anna_{self.mark}"

    @property
    def file(self) -> Path:
        return self.folder / "praxis.avenrae"

    def admin(self, **changes: object) -> Administrator:
        values = {"address": self.address, "user": str(self.root.username), "password": str(self.root.password)}
        return Administrator(**{**values, **changes})  # type: ignore[arg-type]

    def server(self, **changes: str) -> list[str]:
        """The options that say where the server is and who sets it up."""
        (self.folder / "ca.pem").write_text(self.address.pem)
        (self.folder / "root.secret").write_text(f"{self.root.password}\n")
        options = {
            "--host": str(self.address.hosts[0]),
            "--database": self.database,
            "--ca": "ca.pem",
            "--user": str(self.root.username),
            "--password-file": "root.secret",
            **changes,
        }
        return [part for option in options.items() for part in option]

    def everything(self, **changes: str) -> list[str]:
        """The whole command, so that nothing is asked."""
        (self.folder / "anna.secret").write_text(f"{PASSWORD}\n")
        options = {
            "--practice-name": "Praxis am Fluss",
            "--zone": "Europe/Zurich",
            "--currency": "CHF",
            "--first-name": "Anna",
            "--last-name": "Kern",
            "--sign-in-name": self.sign_in_name,
            "--healer-type": "acupuncturist",
            "--new-password-file": "anna.secret",
            "--enrolment": str(self.file),
        }
        known = {name: changes.pop(name) for name in list(changes) if name in options}
        accepted = [part for key in ACCEPTED for part in ("--accept", key)]
        typed = [part for option in {**options, **known}.items() for part in option]
        return ["server", "init", *self.server(**changes), *typed, *accepted, "--yes"]


@pytest.fixture
def owner(server_kind: ServerKind, run_folder: Path, tmp_path: Path) -> Iterator[Owner]:
    """On each server; what they make is gone afterwards."""
    mark = secrets.token_hex(4)
    root = server_url(server_kind, run_folder)
    owner = Owner(tmp_path, root, server_address(server_kind, run_folder, f"i_{mark}"), mark)
    yield owner
    remove(root, owner.database)


def address_of(root: URL, folder: Path, database: str) -> ServerAddress:
    """A server that a test started by itself."""
    pem = (folder / "tls" / "ca.pem").read_text()
    return ServerAddress((Host("localhost", root.port or 0),), database, Trust.NAMES, pem)
