"""Runs one database server for as long as a test run lives: `python -m tests.support.keeper mysql RUN_FOLDER`.

A process of its own, because under xdist no worker outlives the others. It learns that the run has ended, in
whatever way, from the kernel: the run holds a lock on RUN_FOLDER/alive, and a dead process holds no locks.
"""

import contextlib
import ctypes
import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pymysql
from sqlalchemy import URL

from avenrae_desktop.db.server.certificates import issue
from tests.support.places import Programs, ServerKind, find

START_SECONDS = 90.0
USER = "tests"
# Without these a test run would spend most of its time waiting for the disk. A killed *client* loses nothing
# by them; a test that kills the server asks for `durable=True`.
RELAXED = (
    "--innodb-flush-log-at-trx-commit=0",
    "--sync-binlog=0",
    "--innodb-flush-method=nosync",
    "--innodb-doublewrite=OFF",
)
# MySQL begins like this, MariaDB has to be told.
DURABLE = ("--innodb-flush-log-at-trx-commit=1", "--sync-binlog=1")
COMMON = (
    "--bind-address=127.0.0.1",
    "--skip-name-resolve",
    "--character-set-server=utf8mb4",
    "--log-bin-trust-function-creators=1",
    "--max-connections=150",
    "--performance-schema=OFF",
)


class ServerFailedError(Exception):
    """A server that is on this machine did not start; the message ends with its own last words."""


@dataclass(frozen=True)
class Prepared:
    """A server that can be started, also again: same data, same port, same account."""

    kind: ServerKind
    programs: Programs
    folder: Path
    url: URL
    options: tuple[str, ...]

    def start(self, *, durable: bool = False, memory: str = "64M") -> subprocess.Popen[bytes]:
        """Returns when it answers. Raises ServerFailedError."""
        command = [
            *self.programs.serve,
            *COMMON,
            f"--innodb-buffer-pool-size={memory}",
            *(DURABLE if durable else RELAXED),
            *self.options,
            *(("--secure-file-priv=NULL",) if self.kind is ServerKind.MYSQL else ()),
            *_as_user(),
            f"--port={self.url.port}",
            f"--datadir={self.folder / 'data'}",
            f"--tmpdir={self.folder}",
            f"--socket={self.folder / 'socket'}",
            f"--pid-file={self.folder / 'pid'}",
            f"--init-file={self.folder / 'init.sql'}",
        ]
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                preexec_fn=_die_with_parent,  # noqa: PLW1509 - nobody else forks meanwhile
            )
        try:
            _wait_until_ready(process, self.url, self.folder / "log")
        except BaseException:
            process.kill()
            process.wait()
            raise
        return process


def prepared(kind: ServerKind, folder: Path, *, kept: bool = False) -> Prepared:
    """Makes the data (with `kept`: unless they are there), an account and a certificate.

    Raises ServerMissingError, ServerFailedError.
    """
    programs = find(kind)
    folder.mkdir(parents=True, exist_ok=kept)
    if not (folder / "data").exists():
        _run([*programs.initialise, f"--datadir={folder / 'data'}", *_as_user()], folder / "log")
    password = secrets.token_hex(12)
    init = folder / "init.sql"
    init.write_text(
        f"CREATE USER IF NOT EXISTS '{USER}'@'127.0.0.1';"
        f"\nALTER USER '{USER}'@'127.0.0.1' IDENTIFIED BY '{password}';"
        f"\nGRANT ALL ON *.* TO '{USER}'@'127.0.0.1' WITH GRANT OPTION;\n"
    )
    init.chmod(0o600)
    # With a certificate of our own making: for TLS as a practice has it, `servers.server_address`.
    tls = issue(folder / "tls", ("localhost", "127.0.0.1"))
    lines = (line for line in tls.config_lines.splitlines() if line.startswith("ssl_"))
    url = URL.create("mysql+pymysql", USER, password, "127.0.0.1", _free_port())
    return Prepared(kind, programs, folder, url, tuple(f"--{line.replace('_', '-', 1)}" for line in lines))


@contextlib.contextmanager
def server(
    kind: ServerKind, folder: Path, *, durable: bool = False, kept: bool = False, memory: str = "64M"
) -> Iterator[URL]:
    """A running server with its data in `folder` and `memory` for its pages, killed at the end.

    With `kept` the data may be there from an earlier run, and is closed properly for the next one.
    Raises ServerMissingError, ServerFailedError.
    """
    made = prepared(kind, folder, kept=kept)
    process = made.start(durable=durable, memory=memory)
    try:
        yield made.url
    finally:
        if kept:
            process.terminate()
        else:
            process.kill()
        process.wait()


def _wait_until_ready(process: subprocess.Popen[bytes], url: URL, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            pymysql.connect(
                host=url.host or "",
                port=url.port or 0,
                user=url.username,
                password=str(url.password or ""),
                ssl_disabled=True,
            ).close()
        except pymysql.err.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise ServerFailedError(f"{process.args!r} did not start:\n{_tail(log)}")


def _run(command: list[str], log: Path) -> None:
    with log.open("ab") as out:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, check=False)
    if done.returncode != 0:
        raise ServerFailedError(f"{command!r} failed:\n{_tail(log)}")


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])


def _as_user() -> tuple[str, ...]:
    """Both servers refuse to run as root unless told so; in a container root is all there is."""
    return ("--user=root",) if os.geteuid() == 0 else ()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _die_with_parent() -> None:
    """Linux only: the server gets SIGKILL when the keeper dies, even if the keeper was killed itself."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def main() -> None:
    kind, run = ServerKind(sys.argv[1]), Path(sys.argv[2])
    folder, address = run / kind.value, run / f"{kind}.url"
    try:
        with server(kind, folder) as url:
            partly = address.with_suffix(".part")
            partly.write_text(url.render_as_string(hide_password=False))
            partly.rename(address)
            with (run / "alive").open() as alive:
                fcntl.lockf(alive, fcntl.LOCK_SH)
    except Exception as error:
        (run / f"{kind}.error").write_text(str(error))
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        address.unlink(missing_ok=True)
        if not list(run.glob("*.url")) and not list(run.glob("*.error")):
            shutil.rmtree(run, ignore_errors=True)


if __name__ == "__main__":
    main()
