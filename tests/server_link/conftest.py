"""A real server and accounts on it; and what becomes of an attempt to reach a practice."""

import contextlib
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.certificates import Issued, issue
from avenrae_desktop.db.server.connect import practice_engine
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.kernel.errors import AppError
from tests.support.keeper import server
from tests.support.places import ServerKind
from tests.support.servers import execute, fresh_database, server_address, server_url

PASSWORD = "Grün-7 Wörter €"
LIMIT = 10.0
"""Seconds in which whoever signs in has to learn what is wrong."""


@dataclass(frozen=True)
class Server:
    """A server with a database of its own for the test; `root` may do everything."""

    kind: ServerKind
    root: sa.URL
    address: ServerAddress

    @property
    def mariadb(self) -> bool:
        return self.kind is ServerKind.MARIADB

    def run(self, *statements: str) -> list[tuple[object, ...]]:
        """As the server's own account, past the program."""
        return execute(self.root, *statements)

    @contextlib.contextmanager
    def account(self, options: str = "REQUIRE SSL", *, rights: str = "ALL") -> Iterator[str]:
        """A person's account with PASSWORD and these rights on the test's database."""
        name = f"p_{secrets.token_hex(6)}"
        self.run(f"CREATE USER '{name}'@'%' IDENTIFIED BY '{PASSWORD}' {options}")
        try:
            if rights:
                self.run(f"GRANT {rights} ON {self.address.database}.* TO '{name}'@'%'")
            yield name
        finally:
            self.run(f"DROP USER '{name}'@'%'")


@pytest.fixture(params=list(ServerKind), ids=str)
def kind(request: pytest.FixtureRequest) -> ServerKind:
    """Every test that uses it runs on MySQL and on MariaDB."""
    return ServerKind(request.param)


@pytest.fixture
def there(kind: ServerKind, run_folder: Path) -> Iterator[Server]:
    """The run's server, which other tests use at the same time: nothing global is changed on it."""
    with fresh_database(server_url(kind, run_folder)) as url:
        yield Server(kind, url, server_address(kind, run_folder, url.database or ""))


Connect = Callable[..., sa.Engine]


@pytest.fixture
def engines() -> Iterator[Connect]:
    """Makes engines as the program does, and disposes of them."""
    made: list[sa.Engine] = []

    def make(address: ServerAddress, user: str, password: str = PASSWORD, **options: object) -> sa.Engine:
        made.append(practice_engine(address, user, password, context_for(address), **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for engine in made:
        engine.dispose()


@contextlib.contextmanager
def own_server(kind: ServerKind, folder: Path, name: str = "practice") -> Iterator[Server]:
    """A server for one test alone."""
    with server(kind, folder) as url:
        execute(url, f"CREATE DATABASE {name}")
        ca = (folder / "tls" / "ca.pem").read_text()
        address = ServerAddress((Host("localhost", url.port or 0),), name, Trust.NAMES, ca)
        yield Server(kind, url.set(database=name), address)


@pytest.fixture(scope="session")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Issued:
    """A certificate for localhost, for servers that the tests make themselves."""
    return issue(tmp_path_factory.mktemp("issued"), ("localhost", "127.0.0.1"))


@pytest.fixture(scope="session")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Issued:
    """Another one, by a CA that nobody has vouched for."""
    return issue(tmp_path_factory.mktemp("stranger"), ("localhost", "127.0.0.1"))


def refusal_of(address: ServerAddress, user: str = "anna", password: str = PASSWORD) -> AppError:
    """How an attempt to come in ends, which it has to do in time."""
    engine = practice_engine(address, user, password, context_for(address))
    before = time.monotonic()
    try:
        with pytest.raises(AppError) as refused, telling_faults(), engine.connect():
            pass
    finally:
        engine.dispose()
    assert time.monotonic() - before < LIMIT
    error = refused.value
    title, what, advice = error.texts()
    assert all((title, what, advice))
    assert password not in f"{error!r}{error}{title}{what}{advice}"
    return error
