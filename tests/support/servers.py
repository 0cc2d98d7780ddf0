"""The test run's database servers: started on first need, shared by all workers, gone with the run."""

import contextlib
import fcntl
import os
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pymysql
from sqlalchemy import URL, Engine, create_engine, make_url

from avenrae_desktop.db.engine import SQL_MODE
from avenrae_desktop.db.server.address import PORT, Host, ServerAddress, Trust
from avenrae_desktop.db.server.tls import shown_certificate
from tests.support.keeper import START_SECONDS
from tests.support.places import ROOT, ServerKind


class Run:
    """One test run: a folder that its workers share, and the lock that keeps its servers alive."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="avenrae-test-"))
        self._alive: IO[str] = (self.folder / "alive").open("w")
        fcntl.lockf(self._alive, fcntl.LOCK_EX)

    def end(self) -> None:
        """Lets the servers go and waits until they are gone."""
        self._alive.close()
        until = time.monotonic() + 20
        while list(self.folder.glob("*.url")) and time.monotonic() < until:
            time.sleep(0.02)
        shutil.rmtree(self.folder, ignore_errors=True)


def server_url(kind: ServerKind, run: Path) -> URL:
    """The address of the run's server, which is started now if nobody needed it yet.

    Raises RuntimeError with the line to run when the engine is not on this machine: a missing engine is a failure.
    """
    named = os.environ.get(kind.own_server_variable)
    if named:
        return make_url(named).set(drivername="mysql+pymysql")
    with (run / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _started(kind, run)


def _started(kind: ServerKind, run: Path) -> URL:
    address, error = run / f"{kind}.url", run / f"{kind}.error"
    if not address.exists() and not error.exists():
        start_keeper(kind, run)
    until = time.monotonic() + START_SECONDS + 30
    while time.monotonic() < until:
        if error.exists():
            raise RuntimeError(error.read_text())
        if address.exists():
            return make_url(address.read_text())
        time.sleep(0.02)
    raise RuntimeError(f"{kind} did not start in time; see {run / f'{kind}.keeper.log'}")


def start_keeper(kind: ServerKind, run: Path) -> None:
    log = run / f"{kind}.keeper.log"
    command = [sys.executable, "-m", "tests.support.keeper", kind.value, str(run)]
    # Not subprocess: nobody waits for the keeper, it waits for us. A session of its own, because Ctrl+C goes to
    # the tests, and their end is what ends the server.
    os.posix_spawn(
        sys.executable,
        command,
        os.environ | {"PYTHONPATH": str(ROOT)},
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )


def server_address(kind: ServerKind, run: Path, database: str) -> ServerAddress:
    """The run's server as the program reaches it: over TLS, by the certificate that the tests issued to it."""
    url = server_url(kind, run)
    host = Host("localhost" if url.host in ("127.0.0.1", None) else url.host, url.port or PORT)
    issued = run / kind.value / "tls" / "ca.pem"
    if issued.exists():
        return ServerAddress((host,), database, Trust.NAMES, issued.read_text())
    return ServerAddress((host,), database, Trust.PINNED, shown_certificate(host).pem)


@contextlib.contextmanager
def fresh_database(server: URL) -> Iterator[URL]:
    """A new, empty database on the server, dropped at the end."""
    url = new_database(server)
    try:
        yield url
    finally:
        execute(server, f"DROP DATABASE {url.database}")


def new_database(server: URL) -> URL:
    """A new, empty database on the server, there until the server goes."""
    name = f"t_{uuid.uuid4().hex}"
    execute(server, f"CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci")
    return server.set(database=name)


def execute(url: URL, *statements: str) -> list[tuple[object, ...]]:
    """Runs raw SQL past the program's own engine, as an outsider would; returns the rows of the last statement."""
    connection = pymysql.connect(
        host=url.host or "127.0.0.1",
        port=url.port or 3306,
        user=url.username,
        password=str(url.password or ""),
        database=url.database,
        autocommit=True,
        ssl_disabled=url.host in ("127.0.0.1", "localhost"),  # a TLS context costs 40 ms per connection
    )
    with connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return list(cursor.fetchall())


def server_engine(url: URL) -> Engine:
    """A plain engine for a test's own account, with the settings of the program's sessions."""
    connect = {
        "connect_timeout": 5,
        "read_timeout": 15,
        "write_timeout": 15,
        "charset": "utf8mb4",
        "init_command": f"SET SESSION sql_mode='{SQL_MODE}', time_zone='+00:00', innodb_lock_wait_timeout=5",
        "ssl_disabled": True,
    }
    return create_engine(
        url.set(drivername="mysql+pymysql"),
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        pool_recycle=300,
        connect_args=connect,
    )
