"""The three engines of the tests are what they say, and tests do not see each other's rows."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine, inspect, text

from tests.support import places
from tests.support.engines import EngineKind, Place
from tests.support.keeper import server
from tests.support.places import ROOT, ServerKind, ServerMissingError, find
from tests.support.recycled import Recycler
from tests.support.servers import execute

VERSION = {
    EngineKind.MYSQL: "SELECT VERSION()",
    EngineKind.MARIADB: "SELECT VERSION()",
    EngineKind.SQLCIPHER: "PRAGMA cipher_version",
}


def test_each_engine_is_the_real_one(db: Engine, engine_kind: EngineKind) -> None:
    with db.connect() as connection:
        version = str(connection.scalar(text(VERSION[engine_kind])))
    assert ("MariaDB" in version) == (engine_kind is EngineKind.MARIADB)
    assert ("community" in version) == (engine_kind is EngineKind.SQLCIPHER)


def test_a_database_begins_with_tables_and_no_bookings(db: Engine) -> None:
    assert "bookings" in inspect(db).get_table_names()
    with db.connect() as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM bookings")) == 0


def test_an_empty_place_has_no_tables(empty_place: Place) -> None:
    engine = empty_place.open()
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_two_engines_on_a_place_see_the_same_database(place: Place) -> None:
    first, second = place.open(), place.open()
    with first.begin() as connection:
        connection.execute(text("CREATE TABLE proof (id INTEGER)"))
    assert "proof" in inspect(second).get_table_names()
    first.dispose()
    second.dispose()


def test_statements_are_counted(file_db: Engine, statements) -> None:
    with statements(file_db) as seen, file_db.begin() as connection:
        connection.execute(text("SELECT 1"))
        connection.execute(text("SELECT 2"))
    assert seen == ["SELECT 1", "SELECT 2"]


def test_a_missing_engine_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "TREE", tmp_path)
    monkeypatch.setattr(places, "_which", lambda _name: None)
    for kind in ServerKind:
        with pytest.raises(ServerMissingError, match="scripts/setup test"):
            find(kind)


def test_a_server_dies_with_the_run(tmp_path: Path) -> None:
    """A run that is killed leaves no server behind."""
    script = (
        "import sys, time; from tests.support.servers import Run, server_url; "
        "from tests.support.places import ServerKind; run = Run(); "
        "print(run.folder, flush=True); "
        "print(server_url(ServerKind.MARIADB, run.folder).port, flush=True); time.sleep(60)"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AVENRAE_TEST_")}
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True, env=clean
    ) as run:
        assert run.stdout is not None
        folder = Path(run.stdout.readline().strip())
        assert run.stdout.readline().strip().isdigit()
        server_process = int((folder / "mariadb" / "pid").read_text())
        run.send_signal(signal.SIGKILL)
    until = time.monotonic() + 20
    while folder.exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not folder.exists()
    assert not Path(f"/proc/{server_process}").exists()


@pytest.mark.long
def test_a_durable_server_waits_for_the_disk(tmp_path: Path) -> None:
    with server(ServerKind.MYSQL, tmp_path / "mysql", durable=True) as url:
        assert execute(url, "SELECT @@innodb_flush_log_at_trx_commit, @@sync_binlog") == [(1, 1)]


@pytest.mark.parametrize("kind", ServerKind)
def test_a_database_that_is_used_again_is_as_new(kind: ServerKind, run_folder: Path) -> None:
    recycler = Recycler(run_folder)
    numbered = "SELECT id, message FROM system_logs"
    log = (
        "INSERT INTO system_logs (uuid, level, source, message, created_at) "
        "VALUES (REPEAT('u', 16), 'info', 't', 'm', NOW())"
    )
    with recycler.place(kind) as place:
        url = place.where
        assert isinstance(url, URL)
        settings = execute(url, "SELECT * FROM settings")
        assert execute(url, log, numbered) == [(1, "m")]
        execute(url, "UPDATE settings SET setting_value = 'other'")
    with recycler.place(kind) as place:
        assert place.where == url
        assert execute(url, "SELECT * FROM settings") == settings
        assert execute(url, numbered) == []
        assert execute(url, log, numbered) == [(1, "m")]
        execute(url, "DROP TRIGGER bookings_before_insert")
    with recycler.place(kind) as place:
        assert place.where != url
        assert execute(url.set(database="mysql"), f"SHOW DATABASES LIKE '{url.database}'") == []
