"""A practice file: backed up while others write, its source deleted, restored, the same; and what goes wrong."""

import random
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from avenrae_desktop.bootstrap.backup.making import back_up_file
from avenrae_desktop.bootstrap.backup.restoring import restore_file, try_backup
from avenrae_desktop.bootstrap.places import DATABASE, KEYS
from avenrae_desktop.db import keyfile
from avenrae_desktop.db.backup.container import Home, Opener, Sealer, new_head
from avenrae_desktop.db.backup.file_copy import opened, state_of
from avenrae_desktop.db.backup.problems import (
    ALREADY_THERE,
    BUSY,
    DAMAGED,
    DIFFERS,
    NO_ROOM,
    NOT_A_BACKUP,
    STOPPED,
    TOO_NEW,
)
from avenrae_desktop.db.backup.watch import Step, Watch
from avenrae_desktop.kernel.errors import AppError, RuleBroken, Unavailable
from tests.backup.conftest import NAME, PASSWORD, FilePractice
from tests.support.engines import TEST_KEY, EngineKind, Place
from tests.support.places import ROOT
from tests.support.practice import NOW


def _rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in the file, by a reader that shares nothing with the backup."""
    connection = sqlcipher.connect(str(database))
    connection.execute(f"PRAGMA key = \"x'{TEST_KEY.hex()}'\"")
    connection.text_factory = bytes
    names = [n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {
        n.decode(): connection.execute(f'SELECT * FROM "{n.decode()}" ORDER BY 1, 2').fetchall() for n in names
    }
    connection.close()
    return found


def test_source_deleted_and_restored(file_practice: FilePractice, tmp_path: Path) -> None:
    before = _rows(file_practice.database)
    kept = file_practice.back_up()
    aside = tmp_path / "stick" / kept.path.name
    aside.parent.mkdir()
    shutil.move(kept.path, aside)
    for file in file_practice.folder.glob("practice.*"):
        file.unlink()

    opener = Opener(aside)
    for key in (
        opener.head.keys.open_by_password(NAME, PASSWORD),
        opener.head.keys.open_by_recovery_key(file_practice.recovery_key),
    ):
        target = tmp_path / f"again-{len(list(tmp_path.iterdir()))}"
        manifest = restore_file(opener, key, target, Watch())
        assert _rows(target / DATABASE) == before
        assert keyfile.load(target / KEYS) == file_practice.keys
        assert manifest.rows == sum(len(rows) for rows in before.values())
        assert sorted(f.name for f in target.iterdir()) == [DATABASE, KEYS]
    restored = Place(EngineKind.SQLCIPHER, target / DATABASE).open()
    with restored.begin() as connection, pytest.raises(Exception, match="append_only"):
        connection.exec_driver_sql("DELETE FROM audit_logs")
    restored.dispose()


def test_nothing_readable_is_in_it(file_practice: FilePractice) -> None:
    kept = file_practice.back_up()
    content = kept.path.read_bytes()
    assert not [word for word in (b"Healer", b"Reiki", b"DROP TABLE", b"SQLite") if word in content]
    assert [f.name for f in file_practice.shelf.folder.iterdir() if not f.name.startswith(".")] == [kept.path.name]
    assert kept.path.stat().st_mode & 0o077 == 0


def test_one_moment_while_others_write(file_practice: FilePractice) -> None:
    """A writer adds to two tables in each transaction; the copy has both or none."""
    stop = threading.Event()

    def write() -> None:
        place = Place(EngineKind.SQLCIPHER, file_practice.database)
        engine = place.open()
        with engine.connect() as connection:
            number = 0
            while not stop.is_set():
                number += 1
                for table in ("one", "two"):
                    connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({number})")
                connection.commit()
        engine.dispose()

    with opened(file_practice.database, TEST_KEY) as connection:
        connection.execute("CREATE TABLE one (n INTEGER)")
        connection.execute("CREATE TABLE two (n INTEGER)")
    writer = threading.Thread(target=write)
    writer.start()
    try:
        moments = [file_practice.back_up(NOW + timedelta(seconds=n)) for n in range(4)]
    finally:
        stop.set()
        writer.join()
    counts = []
    for kept in moments:
        opener = Opener(kept.path)
        list(opener.data(TEST_KEY))
        tables = opener.proven().tables
        assert tables["one"] == tables["two"]
        counts.append(tables["one"].rows)
    assert counts[-1] > 0


def test_two_hundred_damages_are_refused(file_practice: FilePractice, tmp_path: Path, long_form: bool) -> None:
    whole = file_practice.back_up().path.read_bytes()
    head = whole.index(b'"}') if b'"}' in whole else 1000
    dice = random.Random(20261123)
    broken, refused = tmp_path / "broken.avbackup", 0
    tries = 4_000 if long_form else 200
    for number in range(tries):
        match number % 4:
            case 0:
                damaged = whole[: dice.randrange(len(whole))]
            case 1:
                at = dice.randrange(len(whole))
                damaged = whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :]
            case 2:
                at = dice.randrange(head)
                damaged = whole[:at] + bytes([whole[at] ^ 1 << dice.randrange(8)]) + whole[at + 1 :]
            case _:
                at, size = dice.randrange(len(whole)), dice.randrange(1, 5000)
                damaged = whole[:at] + whole[at + size :]
        broken.write_bytes(damaged)
        with pytest.raises(Unavailable) as told:
            for _ in Opener(broken).data(TEST_KEY):
                pass
        refused += told.value.problem in (DAMAGED, NOT_A_BACKUP, TOO_NEW)
    assert refused == tries
    for added in (b"\0", whole):
        broken.write_bytes(whole + added)
        with pytest.raises(Unavailable) as told:
            restore_file(Opener(broken), TEST_KEY, tmp_path / "new", Watch())
        assert told.value.problem is DAMAGED
    assert not (tmp_path / "new").exists()
    assert not [f for f in tmp_path.iterdir() if f.name.startswith(".restoring")]


def test_pieces_cannot_change_places(file_practice: FilePractice, tmp_path: Path) -> None:
    """Pieces of one length, swapped whole: each is genuine, their order is not."""
    path = tmp_path / "three.avbackup"
    with path.open("xb") as file:
        sealer = Sealer(file, new_head(file_practice.keys, Home.FILE, NOW), TEST_KEY)
        start = file.tell()
        sealer.write(b"a" * 1024 * 1024 + b"b" * 1024 * 1024)
        end = file.tell()
    whole = path.read_bytes()
    half = start + (end - start) // 2
    path.write_bytes(whole[:start] + whole[half:end] + whole[start:half] + whole[end:])
    with pytest.raises(Unavailable) as told:
        list(Opener(path).data(TEST_KEY))
    assert told.value.problem is DAMAGED


def test_wrong_password_and_other_files(file_practice: FilePractice, tmp_path: Path) -> None:
    kept = file_practice.back_up()
    keys = Opener(kept.path).head.keys
    with pytest.raises(RuleBroken) as wrong:
        keys.open_by_password(NAME, "not this one")
    assert wrong.value.problem is keyfile.WRONG_PASSWORD
    with pytest.raises(Unavailable) as other:
        list(Opener(kept.path).data(b"\1" * 32))
    assert other.value.problem is DAMAGED
    for content in (b"-- MariaDB dump 10.19\n", b"PK\3\4", b"", b"SQLite format 3\0" * 99):
        (tmp_path / "x.sql").write_bytes(content)
        with pytest.raises(Unavailable) as foreign:
            Opener(tmp_path / "x.sql")
        assert foreign.value.problem is NOT_A_BACKUP
    newer = kept.path.read_bytes().replace(b'{"format": 1,', b'{"format": 9,')
    (tmp_path / "newer.avbackup").write_bytes(newer)
    with pytest.raises(Unavailable) as told:
        Opener(tmp_path / "newer.avbackup")
    assert told.value.problem is TOO_NEW
    with pytest.raises(Unavailable):
        Opener(tmp_path / "not there.avbackup")


def test_practice_of_a_newer_program(file_practice: FilePractice, tmp_path: Path) -> None:
    with opened(file_practice.database, TEST_KEY) as connection:
        connection.execute("UPDATE settings SET setting_value = '99' WHERE setting_name = 'schema_version'")
        connection.execute(
            "INSERT INTO settings (uuid, setting_name, setting_value, created_at) "
            "SELECT randomblob(16), 'schema_version', '99', '2026-01-01 00:00:00.000000' "
            "WHERE NOT EXISTS (SELECT 1 FROM settings WHERE setting_name = 'schema_version')"
        )
    kept = file_practice.back_up()
    with pytest.raises(Unavailable) as told:
        restore_file(Opener(kept.path), TEST_KEY, tmp_path / "new", Watch())
    assert told.value.problem is TOO_NEW
    assert not (tmp_path / "new").exists()


def test_never_overwrites(file_practice: FilePractice, tmp_path: Path) -> None:
    kept = file_practice.back_up()
    there = tmp_path / "there"
    there.mkdir()
    (there / DATABASE).write_bytes(b"somebody's practice")
    with pytest.raises(RuleBroken) as told:
        restore_file(Opener(kept.path), TEST_KEY, there, Watch())
    assert told.value.problem is ALREADY_THERE
    assert (there / DATABASE).read_bytes() == b"somebody's practice"


def test_a_copy_that_is_not_the_same_is_no_backup(
    file_practice: FilePractice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk gives back a file of the same form with one letter less."""
    real = state_of

    def lying(connection: object, watch: Watch, step: Step) -> object:
        state = real(connection, watch, step)
        if step is not Step.COUNT:
            return state
        fewer = replace(state.tables["users"], rows=state.tables["users"].rows + 1)
        return replace(state, tables={**state.tables, "users": fewer})

    monkeypatch.setattr("avenrae_desktop.db.backup.file_copy.state_of", lying)
    with pytest.raises(Unavailable) as told:
        file_practice.back_up()
    assert told.value.problem is DIFFERS
    assert "users" in told.value.texts()[1]
    _nothing_left(file_practice)


@pytest.mark.parametrize("step", [Step.COPY, Step.COUNT, Step.SEAL, Step.CHECK, Step.COMPARE])
def test_stopped_at_every_step(file_practice: FilePractice, step: Step) -> None:
    first = file_practice.back_up()
    watch = Watch(lambda at, _done, _of: watch.stop() if at is step else None)
    with pytest.raises(RuleBroken) as told:
        file_practice.back_up(NOW + timedelta(hours=1), watch)
    assert told.value.problem is STOPPED
    assert [kept.path for kept in file_practice.shelf.kept()] == [first.path]
    _nothing_left(file_practice, 1)


def test_one_at_a_time(file_practice: FilePractice) -> None:
    with file_practice.shelf.making(), pytest.raises(Unavailable) as told:
        file_practice.back_up()
    assert told.value.problem is BUSY


def test_what_a_killed_program_left(file_practice: FilePractice) -> None:
    left = file_practice.shelf.folder / ".making-backup"
    left.mkdir(parents=True)
    (left / "backup.part").write_bytes(b"half")
    kept = file_practice.back_up()
    assert [each.path for each in file_practice.shelf.kept()] == [kept.path]
    _nothing_left(file_practice, 1)


def test_checked_again_later(file_practice: FilePractice, tmp_path: Path) -> None:
    kept = file_practice.back_up()
    manifest = try_backup(Opener(kept.path), TEST_KEY, tmp_path / "scratch", Watch())
    assert manifest.tables["bookings"].rows == 6
    assert list((tmp_path / "scratch").iterdir()) == []


_FULL_DISK = """
import resource, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from avenrae_desktop.bootstrap.backup.making import back_up_file
from avenrae_desktop.bootstrap.backup.shelf import Shelf
from avenrae_desktop.db import keyfile
from avenrae_desktop.db.backup.watch import Watch
from avenrae_desktop.kernel.errors import AppError
folder, limit = Path(sys.argv[1]), int(sys.argv[2])
keys = keyfile.load(folder / "practice.keys")
key = bytes(range(32))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    back_up_file(Shelf(folder / "backups", keys.practice), folder / "practice.db", keys, key,
                 datetime.now(UTC), UTC, Watch())
except AppError as error:
    print(error.code)
"""


@pytest.mark.parametrize("share", [0.3, 0.9, 1.001])
def test_disk_full_in_mid_backup(file_practice: FilePractice, share: float) -> None:
    """A file may not grow further: in the copy, and in the sealed file, which is a little larger."""
    file_practice.keys.save(file_practice.folder / KEYS)
    with opened(file_practice.database, TEST_KEY) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = _rows(file_practice.database)
    limit = int(file_practice.database.stat().st_size * share)
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(file_practice.folder), str(limit)],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.strip() in {NO_ROOM.code, "db.disk_failed"}, done.stderr
    _nothing_left(file_practice)
    assert _rows(file_practice.database) == before
    file_practice.back_up()


def _nothing_left(practice: FilePractice, backups: int = 0) -> None:
    left = [f.name for f in practice.shelf.folder.iterdir() if f.name != ".backup.lock"]
    assert len(left) == backups
    assert all(name.endswith(".avbackup") for name in left)


def test_errors_have_words(file_practice: FilePractice) -> None:
    folder = file_practice.folder / "backups"
    folder.write_text("a file where the folder should be")
    with pytest.raises(AppError) as told:
        back_up_file(file_practice.shelf, file_practice.database, file_practice.keys, TEST_KEY, NOW, UTC, Watch())
    assert str(folder) in told.value.texts()[1]
