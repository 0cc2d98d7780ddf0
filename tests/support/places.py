"""Which servers the tests use: own ones named by URL, else programs of this machine started by `keeper`."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TREE = ROOT / ".cache" / "mysql"


class ServerKind(StrEnum):
    MYSQL = "mysql"
    MARIADB = "mariadb"

    @property
    def own_server_variable(self) -> str:
        """The environment variable that may name a server to use instead of a started one."""
        return f"AVENRAE_TEST_{self.name}"


class ServerMissingError(Exception):
    """An engine is not on this machine; the message says which line to run."""

    def __init__(self, kind: ServerKind) -> None:
        super().__init__(
            f"{kind} is not on this machine: run `scripts/setup test`, "
            f"or name a server in {kind.own_server_variable} ({kind}://user:password@host:port)"
        )


@dataclass(frozen=True)
class Programs:
    """The command lines that make a data folder and run a server on it."""

    initialise: tuple[str, ...]
    serve: tuple[str, ...]


def find(kind: ServerKind) -> Programs:
    """The server's programs on this machine. Raises ServerMissingError."""
    return _mysql() if kind is ServerKind.MYSQL else _mariadb()


def _which(name: str) -> str | None:
    """Like `which`, also where Debian keeps servers and ordinary users do not look."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin"]))


def _mysql() -> Programs:
    installed = _which("mysqld")
    if installed and "MySQL" in _version(installed):
        command: tuple[str, ...] = (installed, "--no-defaults")
    elif (TREE / ".complete").exists():
        share, plugins = TREE / "usr/share/mysql", TREE / "usr/lib/mysql/plugin"
        command = (
            str(TREE / "mysqld"),
            "--no-defaults",
            f"--basedir={TREE / 'usr'}",
            f"--lc-messages-dir={share}",
            f"--character-sets-dir={share / 'charsets'}",
            f"--plugin-dir={plugins}",
        )
    else:
        raise ServerMissingError(ServerKind.MYSQL)
    return Programs(initialise=(*command, "--initialize-insecure"), serve=(*command, "--mysqlx=OFF"))


def _mariadb() -> Programs:
    serve, initialise = _which("mariadbd"), _which("mariadb-install-db")
    if serve is None or initialise is None:
        raise ServerMissingError(ServerKind.MARIADB)
    # MySQL has its binary log on unless told otherwise, MariaDB only when told: triggers must pass with it.
    return Programs(
        initialise=(initialise, "--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"),
        serve=(serve, "--no-defaults", "--log-bin"),
    )


def _version(program: str) -> str:
    done = subprocess.run([program, "--no-defaults", "--version"], capture_output=True, text=True, check=False)
    return done.stdout
