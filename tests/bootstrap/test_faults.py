"""Every way a practice on this computer can fail to open or to be made, each told in words."""

import json
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from avenrae_desktop.bootstrap import App, Practices
from avenrae_desktop.db import engine as db_engine
from avenrae_desktop.db import keyfile
from avenrae_desktop.db import tables as t
from avenrae_desktop.kernel.errors import AppError, Unavailable
from avenrae_desktop.settings.paths import Paths
from tests.bootstrap.conftest import PASSWORD, Made, add_ben, fingerprints, founding


def told(made: Made, place_folder: Path | None = None) -> str:
    """The code of the error that opening tells; its words are complete."""
    place = made.place if place_folder is None else made.moved(place_folder)
    with pytest.raises(Unavailable) as raised:
        made.practices.open(place, "anna", PASSWORD)
    assert all(text and "{" not in text for text in raised.value.texts())
    return raised.value.code


def test_the_key_file_is_missing(made: Made) -> None:
    made.place.keys.rename(made.place.keys.with_name("elsewhere"))
    assert told(made) == "keys.missing"
    assert [p.practice_name for p in made.practices.known()] == ["praxis-grun-sohne"]
    with pytest.raises(Unavailable):
        made.practices.people(made.place)


def test_the_key_file_is_damaged(made: Made) -> None:
    made.place.keys.write_bytes(made.place.keys.read_bytes()[:-40])
    assert told(made) == "keys.damaged"


def test_the_key_file_is_of_another_practice(made: Made) -> None:
    other, _ = made.practices.create(founding(practice_name="Other"))
    other.close()
    shutil.copy(other.place.keys, made.place.keys)
    assert told(made) == "db.damaged"


def test_the_practice_file_is_missing(made: Made) -> None:
    made.place.database.unlink()
    assert told(made) == "db.missing"
    assert not made.place.database.exists()


def test_the_folder_is_on_a_disk_that_is_gone(made: Made, tmp_path: Path) -> None:
    made.place.folder.rename(tmp_path / "unplugged")
    assert told(made) == "places.folder_gone"
    assert made.practices.known()[0].folder == made.place.folder
    assert not made.place.folder.exists()


def test_a_second_start_on_the_same_practice(made: Made) -> None:
    app = made.open()
    assert told(made) == "places.already_open"
    app.close()
    made.open().close()


@pytest.mark.parametrize(("version", "problem"), [("99", "db.too_new"), ("1", "db.too_old")])
def test_a_file_of_another_version_is_not_touched(made: Made, version: str, problem: str) -> None:
    app = made.open()
    with app.accounts.engine.execution_options(avenrae_writes=True).begin() as connection:
        connection.execute(
            t.settings.update().where(t.settings.c.setting_name == "schema_version").values(setting_value=version)
        )
    app.close()
    before = fingerprints(made.place.folder)
    assert told(made) == problem
    assert fingerprints(made.place.folder) == before


def test_a_key_file_of_a_newer_version_is_not_touched(made: Made) -> None:
    plain = json.loads(made.place.keys.read_text())
    made.place.keys.write_text(json.dumps({**plain, "format": keyfile.FORMAT + 1}))
    before = fingerprints(made.place.folder)
    assert told(made) == "keys.too_new"
    assert fingerprints(made.place.folder) == before


def test_a_file_that_is_no_practice(made: Made) -> None:
    keys = keyfile.load(made.place.keys)
    key = keys.open_by_password("anna", PASSWORD)
    made.place.database.unlink()
    db_engine.open_sqlcipher(made.place.database, key).close()
    assert told(made) == "db.damaged"


def test_every_altered_bit_is_found_before_anybody_works(made: Made, long_form: bool) -> None:
    whole = made.place.database.read_bytes()
    dice = random.Random(11)
    for _ in range(500 if long_form else 25):
        damaged = bytearray(whole)
        damaged[dice.randrange(len(whole))] ^= 1 << dice.randrange(8)
        made.place.database.write_bytes(damaged)
        assert told(made) == "db.damaged"
    made.place.database.write_bytes(whole)
    made.open().close()


def test_a_cut_file_is_found(made: Made) -> None:
    whole = made.place.database.read_bytes()
    for length in (0, 100, 4096, len(whole) // 2, len(whole) - 4096, len(whole) - 1):
        made.place.database.write_bytes(whole[:length])
        assert told(made) == "db.damaged"


def test_work_left_in_the_journal_by_a_crash_is_not_damage(made: Made, tmp_path: Path) -> None:
    """A copy taken in mid-work is what a power cut leaves."""
    app = made.open()
    add_ben(app)
    copy = tmp_path / "copy"
    shutil.copytree(made.place.folder, copy)
    app.close()
    assert (copy / "practice.db-wal").stat().st_size > 0
    again = made.practices.open(made.moved(copy), "ben", PASSWORD)
    assert again.actor.name == "Ben Moor"
    again.close()


@contextmanager
def without_rights(folder: Path) -> Iterator[None]:
    """The folder can be read but not written; root needs to become somebody else for that."""
    folder.chmod(0o555)
    root = os.geteuid() == 0
    for file in folder.iterdir():
        file.chmod(0o444)
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp(prefix="avenrae-rights-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_a_folder_that_cannot_be_written(made: Made, open_folder: Path) -> None:
    folder = open_folder / "practice"
    shutil.copytree(made.place.folder, folder)
    with without_rights(folder):
        assert told(made, folder) == "db.not_writable"


def test_a_practice_cannot_be_made_where_nothing_can_be_written(open_folder: Path) -> None:
    practices = Practices(Paths(open_folder / "data", open_folder / "config", open_folder / "logs"))
    with without_rights(open_folder), pytest.raises(Unavailable) as raised:
        practices.create(founding())
    assert raised.value.code == "places.no_place"
    assert practices.known() == ()


@pytest.mark.parametrize("pages", [1, 20, 60])
def test_the_disk_is_full_while_a_practice_is_made(
    practices: Practices, paths: Paths, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    full = (*db_engine._PRAGMAS, f"PRAGMA max_page_count = {pages}")
    with monkeypatch.context() as disk:
        disk.setattr(db_engine, "_PRAGMAS", full)
        with pytest.raises(Unavailable) as raised:
            practices.create(founding())
    assert raised.value.code == "db.disk_full"
    assert [f.name for f in paths.practices.iterdir()] == [".making.lock"]
    practices.create(founding())[0].close()


def test_the_disk_is_full_for_the_key_file_of_a_new_practice(
    practices: Practices, paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(keyfile, "write_whole", full)
        with pytest.raises(Unavailable) as raised:
            practices.create(founding())
    assert raised.value.code == "keys.not_saved"
    assert [f.name for f in paths.practices.iterdir()] == [".making.lock"]


def test_the_disk_is_full_while_somebody_works(app: App) -> None:
    """Refused before it says saved, nothing half; and it goes on once there is room."""
    with app.accounts.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()

    def limit(pages: int) -> None:
        app.accounts.engine.dispose()
        with app.accounts.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    limit(pages)
    codes = []
    for number in range(60):
        try:
            add_ben(app, sign_in_name=f"ben{number}", last_name="M" * 100)
        except AppError as error:
            codes.append(error.code)
            break
    assert codes == ["db.disk_full"]
    people = app.accounts.people()
    with app.accounts.engine.connect() as connection:
        rows = connection.execute(sa.select(sa.func.count()).select_from(t.commands)).scalar_one()
    assert len(people) == rows
    limit(1_000_000)
    add_ben(app)
    assert len(app.accounts.people()) == len(people) + 1
