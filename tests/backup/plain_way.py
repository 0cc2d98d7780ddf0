"""What docs/backup.md says about the servers' own programs, done line by line."""

import os
import re
import subprocess
from pathlib import Path

from avenrae_desktop.db.server.address import ServerAddress
from tests.backup.desk import Desk, rows_in
from tests.support.places import ROOT, ServerKind
from tests.support.servers import execute, server_url


def follow(desk: Desk, folder: Path, run: Path) -> None:
    """Account, dump, new database, compare."""
    text = (ROOT / "docs" / "backup.md").read_text(encoding="utf-8")
    kind, root = desk.practice.kind, desk.practice.root
    other = {ServerKind.MYSQL: "-- MariaDB", ServerKind.MARIADB: "-- MySQL"}[kind]
    sql = re.search(r"```sql\n(CREATE USER 'dump'.*?)```", text, re.DOTALL)
    assert sql is not None
    database = desk.practice.database
    server = server_url(kind, run)
    for line in sql[1].splitlines():
        if other not in line:
            statement = line.split(";")[0].replace("avenrae_db", database).replace("'localhost'", "'127.0.0.1'")
            execute(server, statement)
    options = f"[client]\nuser=dump\npassword=a long password\nhost=127.0.0.1\nport={root.port}\nprotocol=TCP\n"
    options += _verified(kind, desk.practice.address, folder)
    (folder / "dump.cnf").write_text(options)
    try:
        program = {ServerKind.MYSQL: "mysqldump", ServerKind.MARIADB: "mariadb-dump"}[kind]
        line = next(line for line in text.splitlines() if line.startswith(f"{program} --defaults-file"))
        command = line.replace("avenrae_db", database)
        subprocess.run(command, shell=True, cwd=folder, check=True, timeout=60)
        dump = folder / f"{database}.sql"
        assert "Dump completed" in dump.read_text(encoding="utf-8").splitlines()[-1]
        _load(desk, dump)
    finally:
        execute(server, "DROP USER 'dump'@'127.0.0.1'")


def _verified(kind: ServerKind, address: ServerAddress, folder: Path) -> str:
    (folder / "ca.pem").write_text(address.pem)
    how = "ssl-mode=VERIFY_IDENTITY" if kind is ServerKind.MYSQL else "ssl-verify-server-cert"
    return f"ssl-ca=ca.pem\n{how}\n"


def _load(desk: Desk, dump: Path) -> None:
    look = f"{desk.practice.database}_l"
    url = desk.practice.root
    client = ["mysql", "--no-defaults", "-h127.0.0.1", f"-P{url.port}", f"-u{url.username}", "--protocol=TCP"]
    environment = {**os.environ, "MYSQL_PWD": str(url.password)}
    execute(url, f"CREATE DATABASE {look} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci")
    try:
        with dump.open("rb") as script:
            subprocess.run([*client, look], stdin=script, env=environment, check=True, timeout=60)
        assert rows_in(url.set(database=look)) == rows_in(url)
        counted = f"SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema IN ('{look}')"
        assert execute(url, counted) == execute(url, counted.replace(look, desk.practice.database))
    finally:
        execute(url, f"DROP DATABASE {look}")
