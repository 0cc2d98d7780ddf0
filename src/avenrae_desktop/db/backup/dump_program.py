"""The server's own dump program: found, told what to dump, and read from."""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from avenrae_desktop.db.backup.problems import DUMP_FAILED, NO_RIGHT
from avenrae_desktop.db.backup.watch import Step, Watch
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.kernel.errors import NotAllowed, Unavailable

_FLAGS = (
    "--single-transaction",
    "--routines",
    "--events",
    "--triggers",
    "--hex-blob",
    "--complete-insert",
    "--default-character-set=utf8mb4",
)
# No right on the whole server is needed without table spaces; histograms are the server's own affair.
_MYSQL_FLAGS = ("--set-gtid-purged=OFF", "--no-tablespaces", "--column-statistics=0")
_PIECE = 256 * 1024
_BEGUN = b"CREATE TABLE"
# Nobody can write so long.
_SECONDS_TO_BEGIN = 8.0
_DENIED = re.compile(r"denied|privilege", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Program:
    """`label` is its name with its version."""

    path: str
    label: str
    is_mariadb: bool


@dataclass(frozen=True, slots=True)
class Account:
    """Who dumps."""

    user: str
    password: str = field(repr=False)


def find_program(*, is_mariadb: bool) -> Program | None:
    """The dump program of this kind of server, if it is on this computer."""
    for name in ("mariadb-dump", "mysqldump") if is_mariadb else ("mysqldump",):
        path = shutil.which(name)
        if path is None:
            continue
        done = subprocess.run(  # noqa: S603 - found by name on the person's own path
            [path, "--no-defaults", "--version"], capture_output=True, text=True, check=False, timeout=10
        )
        if done.returncode == 0 and ("MariaDB" in done.stdout) == is_mariadb:
            version = re.search(r"(?:Distrib|Ver) (\d+\.\d+[.\d]*)(?!.*Distrib)", done.stdout)
            return Program(path, f"{name} {version[1] if version else ''}".strip(), is_mariadb)
    return None


class Dump:
    """A dump under way. `begun` tells whether it reads its state by now; `parts` gives it all."""

    def __init__(self, process: "subprocess.Popen[bytes]", program: Program) -> None:
        self._process, self._program = process, program
        self._first = b""
        self._said: list[bytes] = []
        assert process.stderr is not None  # noqa: S101 - piped
        # Read along, so that it never waits for us to listen.
        self._listener = threading.Thread(target=self._listen, name="dump-errors", daemon=True)
        self._listener.start()

    def begun(self) -> bool:
        """Wait until it has taken its snapshot; False where it ended or hung before it wrote anything of use."""
        limit = threading.Timer(_SECONDS_TO_BEGIN, self._process.kill)
        limit.name, limit.daemon = "dump-limit", True
        limit.start()
        try:
            while _BEGUN not in self._first:
                piece = self._read()
                if not piece:
                    return False
                self._first += piece
        finally:
            limit.cancel()
        return True

    def parts(self, watch: Watch) -> Iterator[bytes]:
        """What it writes. Raises Unavailable or NotAllowed when it did not end well."""
        done, piece = 0, self._first
        while piece:
            done += len(piece)
            watch.at(Step.COPY, done, 0)
            yield piece
            piece = self._read()
        if self._process.wait() != 0:
            raise self.failed()

    def failed(self) -> Unavailable | NotAllowed:
        """Why it did not end well."""
        self.end()
        detail = b"".join(self._said).decode(errors="replace").strip()[-600:]
        if _DENIED.search(detail):
            return NotAllowed(NO_RIGHT, detail=detail)
        return Unavailable(DUMP_FAILED, program=self._program.label, detail=detail or "no reason was given.")

    def end(self) -> None:
        """Stop it if it is still at work."""
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    def _read(self) -> bytes:
        assert self._process.stdout is not None  # noqa: S101 - piped
        return os.read(self._process.stdout.fileno(), _PIECE)

    def _listen(self) -> None:
        assert self._process.stderr is not None  # noqa: S101 - piped
        for line in self._process.stderr:
            self._said.append(line)


@contextlib.contextmanager
def started(program: Program, address: ServerAddress, host: Host, account: Account) -> Iterator[Dump | None]:
    """The program at work; None where it has no way to verify this server as we do."""
    with tempfile.TemporaryDirectory(prefix="avenrae-") as folder:
        options = _options(program, address, host, account, Path(folder))
        if options is None:
            yield None
            return
        # Readable by its owner only, as its folder; on a command line everybody would see the password.
        file = Path(folder) / "client.cnf"
        file.write_text(options, encoding="utf-8")
        file.chmod(0o600)
        flags = _FLAGS if program.is_mariadb else (*_FLAGS, *_MYSQL_FLAGS)
        process = subprocess.Popen(  # noqa: S603 - found by name on the person's own path
            [program.path, f"--defaults-file={file}", *flags, address.database],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C"},
        )
        dump = Dump(process, program)
        try:
            yield dump
        finally:
            dump.end()


def _options(program: Program, address: ServerAddress, host: Host, account: Account, folder: Path) -> str | None:
    lines = ["[client]", f"user={account.user}", f"password={account.password}"]
    if host.is_socket:
        lines += [f"socket={host.name}"]
    else:
        # “localhost” alone would mean a socket.
        lines += [f"host={host.name}", f"port={host.port}", "protocol=TCP"]
    tls = _tls(program, address, folder)
    return None if tls is None else "\n".join((*lines, *tls, ""))


def _tls(program: Program, address: ServerAddress, folder: Path) -> list[str] | None:
    """How it verifies the server; None where it cannot do it as strictly as we do."""
    if address.trust is Trust.NONE:
        return ["skip-ssl"] if program.is_mariadb else ["ssl-mode=PREFERRED"]
    if not address.pem or (program.is_mariadb and address.trust is Trust.PINNED):
        return None
    ca = folder / "ca.pem"
    ca.write_text(address.pem, encoding="ascii")
    if program.is_mariadb:
        return [f"ssl-ca={ca}", "ssl-verify-server-cert"]
    mode = "VERIFY_IDENTITY" if address.trust is Trust.NAMES else "VERIFY_CA"
    return [f"ssl-ca={ca}", f"ssl-mode={mode}"]
