"""A practice on MySQL and on MariaDB: backed up both ways, its source deleted, restored, the same."""

import contextlib
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pymysql
import pytest

from avenrae_desktop.areas.calendar.domain import Book
from avenrae_desktop.areas.calendar.problems import TAKEN
from avenrae_desktop.bootstrap.backup.shelf import Shelf
from avenrae_desktop.bootstrap.server.backups.keys import open_keys
from avenrae_desktop.bootstrap.server.backups.restore import NAME_TAKEN, NOT_AN_ADMIN, Restored, restore_server
from avenrae_desktop.bootstrap.server.founder import come_in
from avenrae_desktop.bootstrap.server.servers import Servers
from avenrae_desktop.db.backup.container import Opener
from avenrae_desktop.db.backup.dump_program import Account
from avenrae_desktop.db.backup.problems import ALREADY_THERE, NO_RIGHT, STOPPED
from avenrae_desktop.db.backup.server_load import MARKER
from avenrae_desktop.db.backup.watch import Step, Watch
from avenrae_desktop.db.keyfile import WRONG_PASSWORD
from avenrae_desktop.db.server.enrolment import read_enrolment, write_enrolment
from avenrae_desktop.kernel.errors import AppError, NotAllowed, RuleBroken
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.settings.paths import paths_under
from tests.backup import plain_way
from tests.backup.conftest import write_hostile
from tests.backup.desk import Desk, rows_in, set_up_desk, take_back
from tests.server_setup.typist import says
from tests.support.places import ServerKind
from tests.support.server_practice import PASSWORD, ServerPractice, made_practice, remove, server_kind
from tests.support.servers import execute, server_url

__all__ = ["server_kind"]


@pytest.fixture(scope="module")
def desk(server_kind: ServerKind, run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with made_practice(server_kind, run_folder, who={"healer": (Role.HEALER,)}, clients=8) as practice:
        with practice.engine("admin") as engine, engine.begin() as connection:
            write_hostile(connection)
        with practice.app("admin", tmp_path_factory.mktemp("admin")) as app:
            for number in range(4):
                app.do(_book(practice, number))
        desk = set_up_desk(practice, tmp_path_factory.mktemp("desk") / "backups")
        user = desk.keys().account.user
        yield desk
        execute(server_url(server_kind, run_folder), f"DROP USER IF EXISTS '{user}'@'%'")


def _book(practice: ServerPractice, number: int) -> Book:
    return Book(
        booking=new_uuid(),
        client=practice.clients[number % 8],
        healer=practice.healers[0],
        service=practice.services[0],
        local_start=datetime(2026, 12, 1, 8, 0) + timedelta(hours=number),
    )


def _there(desk: Desk) -> list[str]:
    """What is in the folder, but for the lock."""
    return sorted(file.name for file in desk.folder.iterdir() if file.name != ".backup.lock")


@pytest.mark.parametrize("own_dump", [False, True], ids=["own program", "our dump"])
def test_made_and_proven(desk: Desk, own_dump: bool) -> None:
    kept = desk.back_up(own_dump=own_dump)
    opener = Opener(kept.path)
    key = opener.head.keys.open_by_recovery_key(desk.recovery_key)
    for _ in opener.data(key):
        pass
    manifest = opener.proven()
    there = rows_in(desk.practice.root)
    assert {name: table.rows for name, table in manifest.tables.items()} == {n: len(r) for n, r in there.items()}
    assert manifest.tables["bookings"].rows == 4
    assert manifest.triggers > 0
    assert manifest.routines > 0
    brand = (
        "Avenrae Desktop"
        if own_dump
        else ("mariadb-dump" if "MARIADB" in desk.practice.kind.name else "mysqldump")
    )
    assert manifest.made_with.startswith(brand)
    assert Shelf(desk.folder, opener.head.practice).last_good() is not None


def test_one_moment_while_others_write(desk: Desk) -> None:
    """Each transaction adds to two tables; the dump program and our reader must see the same ones."""
    stop = threading.Event()
    columns, values = "uuid, created_at", "UNHEX(REPLACE(UUID(), '-', '')), UTC_TIMESTAMP(6)"
    log = f"INSERT INTO system_logs ({columns}, level, source, message) VALUES ({values}, 'info', 'storm', '')"
    name = "CONCAT('storm', UUID())"
    setting = f"INSERT INTO settings ({columns}, setting_name, setting_value) VALUES ({values}, {name}, '')"

    def write() -> None:
        while not stop.is_set():
            # One of those who want several tables at once may be sent back, and tries again as the program does.
            with contextlib.suppress(pymysql.err.OperationalError):
                execute(desk.practice.root, "SET autocommit = 0", *([log, setting] * 20), "COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        # Compared with what our own reader saw at the same moment: anything written in between would differ.
        moments = [desk.back_up(own_dump=False) for _ in range(2)]
    finally:
        stop.set()
        writer.join()
        execute(desk.practice.root, "DELETE FROM settings WHERE setting_name LIKE 'storm%'")
    added = []
    for kept in moments:
        opener = Opener(kept.path)
        list(opener.data(desk.keys().key))
        tables = opener.proven().tables
        added.append((tables["system_logs"].rows, tables["settings"].rows))
    assert added[1][0] - added[0][0] == added[1][1] - added[0][1] > 0


def test_what_the_account_may(desk: Desk) -> None:
    """It reads everything and changes nothing; with less it makes no backup."""
    account = desk.keys().account
    engine = desk.engine(account)
    for statement in ("DELETE FROM presence", "UPDATE users SET version = 2", "CREATE TABLE x (n INT)"):
        with engine.connect() as connection, pytest.raises(Exception, match="denied"):
            connection.exec_driver_sql(statement)
    engine.dispose()
    before = _there(desk)
    person = desk.practice.people["admin"]
    with pytest.raises(NotAllowed) as told:
        desk.back_up(own_dump=True, account=Account(person.sign_in_name, person.password))
    assert told.value.problem is NO_RIGHT
    assert _there(desk) == before


@pytest.mark.parametrize("step", [Step.COPY, Step.CHECK])
def test_stopped(desk: Desk, step: Step) -> None:
    before = _there(desk)
    watch = Watch(lambda at, _done, _of: watch.stop() if at is step else None)
    with pytest.raises(RuleBroken) as told:
        desk.back_up(own_dump=False, watch=watch)
    assert told.value.problem is STOPPED
    assert _there(desk) == before


def test_wrong_password(desk: Desk) -> None:
    person = desk.practice.people["admin"]
    with pytest.raises(RuleBroken) as told:
        open_keys(desk.folder, person.sign_in_name, "not this one")
    assert told.value.problem is WRONG_PASSWORD
    account = desk.keys().account
    for file in desk.folder.glob("backup.*"):
        assert account.password.encode() not in file.read_bytes()
        assert file.stat().st_mode & 0o077 == 0


def test_plain_way_as_written(desk: Desk, tmp_path: Path, run_folder: Path) -> None:
    plain_way.follow(desk, tmp_path, run_folder)


def test_restore_overwrites_nothing_and_leaves_nothing(desk: Desk) -> None:
    kept, key = desk.back_up(own_dump=True), desk.keys().key
    before = rows_in(desk.practice.root)
    with pytest.raises(RuleBroken) as told:
        restore_server(Opener(kept.path), key, desk.administrator, "", Watch())
    assert told.value.problem is ALREADY_THERE
    assert rows_in(desk.practice.root) == before
    other = desk.admin_of(f"{desk.practice.database}_r")
    refused: list[tuple[str, object]] = [("nobody", NOT_AN_ADMIN), ("", NAME_TAKEN)]
    for name, problem in refused:
        with pytest.raises(AppError) as wrong:
            restore_server(Opener(kept.path), key, other, name, Watch())
        assert wrong.value.problem is problem
        assert not execute(desk.practice.root, f"SHOW DATABASES LIKE '{other.address.database}'")


def test_by_the_command_line(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set up, made, tested and restored as somebody types it, on a computer that never joined the practice."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    write_enrolment(tmp_path / "p.avenrae", desk.practice.enrolment)
    (tmp_path / "ca.pem").write_text(desk.practice.address.pem)
    (tmp_path / "mine").write_text(f"{PASSWORD}\n")
    (tmp_path / "root").write_text(f"{desk.administrator.password}\n")
    me = ("--user", desk.practice.people["admin"].sign_in_name, "--password-file", "mine")
    root = ("--admin-user", desk.administrator.user, "--admin-password-file", "root")
    made = says(tmp_path, "backup", "--enrolment", "p.avenrae", *me, *root)
    assert made.returncode == 0, made.stderr
    recovery_key = re.search(r"^  ((?:\w{6}-){5}\w{6})$", made.stdout, re.MULTILINE)
    assert recovery_key is not None
    (tmp_path / "key").write_text(recovery_key[1])
    backup = made.stdout.split("\n")[-2].strip()
    assert says(tmp_path, "backup", "--enrolment", "p.avenrae", "--list", *me).returncode == 0
    key = ("--recovery-key-file", "key")
    assert "It is whole" in says(tmp_path, "restore", backup, "--check", *key).stdout
    host, database = desk.practice.address.hosts[0], f"{desk.practice.database}_c"
    where = ("--host", str(host), "--ca", "ca.pem", "--database", database, "--new-enrolment", "new.avenrae")
    try:
        done = says(tmp_path, "restore", backup, *key, *where, *root, "--keep-accounts")
        assert done.returncode == 0, done.stderr
        assert read_enrolment(tmp_path / "new.avenrae").address.database == database
        # Their accounts went on: the same password opens the new database.
        exported = says(tmp_path, "export", "clients", "--enrolment", "new.avenrae", "--out", "c.csv", *me)
        assert exported.returncode == 0, exported.stderr
        assert "8 rows of clients" in exported.stdout
        secret = says(tmp_path, "export", "audit_logs", "--enrolment", "new.avenrae", "--out", "a.csv", *me)
        assert secret.returncode == 1
        assert not (tmp_path / "a.csv").exists()
    finally:
        take_back(desk, database)


def test_source_deleted_and_restored(desk: Desk, run_folder: Path, tmp_path: Path) -> None:
    """The database and everybody's accounts are gone; what comes back is the same, and works."""
    kept = desk.back_up(own_dump=False)
    aside = Path(shutil.copy(kept.path, tmp_path))
    key = Opener(aside).head.keys.open_by_recovery_key(desk.recovery_key)
    practice, database = desk.practice, f"{desk.practice.database}_n"
    before = rows_in(practice.root)
    server = server_url(practice.kind, run_folder)
    remove(server, practice.database)
    admin = desk.admin_of(database)
    # A restore that was killed in the middle left this.
    left = f"CREATE TABLE {database}.{MARKER} (id INT PRIMARY KEY)"
    execute(server, f"CREATE DATABASE {database}", left)
    try:
        restored = restore_server(Opener(aside), key, admin, "", Watch())
        after = rows_in(practice.root.set(database=database))
        assert _without_accounts(after) == _without_accounts(before)
        assert restored.code
        assert restored.without_account == (practice.people["healer"].sign_in_name,)
        _works(desk, restored, tmp_path)
    finally:
        remove(server, database)


def _without_accounts(rows: dict[str, list[tuple[object, ...]]]) -> dict[str, list[tuple[object, ...]]]:
    """The people's rows but for what tells of their accounts on the old server."""
    users = [row[:10] for row in rows["users"]]
    assert any(row[9] is not None for row in users)
    return {**rows, "users": users}


def _works(desk: Desk, restored: Restored, folder: Path) -> None:
    new_password = "another four words here"
    come_in(restored.enrolment.address, restored.sign_in_name, restored.code, new_password)
    servers = Servers(paths_under(folder / "other"))
    app = servers.sign_in(servers.join(restored.enrolment), restored.sign_in_name, new_password)
    try:
        assert app.settings().practice_name == "Praxis am Fluss"
        with pytest.raises(AppError) as told:
            app.do(_book(desk.practice, 0))
        assert told.value.problem is TAKEN
        app.do(_book(desk.practice, 9))
    finally:
        app.close()
