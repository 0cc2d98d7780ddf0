"""A practice file with rows in every way, and the shelf for its backups."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from avenrae_desktop.areas.calendar.domain import Book
from avenrae_desktop.bootstrap.backup.making import back_up_file
from avenrae_desktop.bootstrap.backup.shelf import Kept, Shelf
from avenrae_desktop.db import tables as t
from avenrae_desktop.db.backup.watch import Watch
from avenrae_desktop.db.keyfile import LIGHT_COST, KeyFile
from avenrae_desktop.kernel.ids import new_uuid
from tests.support.engines import TEST_KEY, Place
from tests.support.places import TREE
from tests.support.practice import NOW, make_practice

NAME, PASSWORD = "ada", "four words make this"
HOSTILE = (
    "=cmd|'/c calc'!A0",
    "quote ' and \" and \\ back",
    "two\nlines\r\nand a tab\t",
    "end of a statement'); DROP TABLE users; --",
    "nul \0 and \x1a sub",
    "Ø é ß 🙂 ＝1+1",
    "NULL",
    "",
)


@dataclass(frozen=True)
class FilePractice:
    """A practice file as the program keeps it: database, key file, raw key."""

    folder: Path
    database: Path
    keys: KeyFile
    recovery_key: str

    @property
    def key(self) -> bytes:
        return TEST_KEY

    @property
    def shelf(self) -> Shelf:
        return Shelf(self.folder / "backups", self.keys.practice)

    def back_up(self, now: datetime = NOW, watch: Watch | None = None) -> Kept:
        return back_up_file(self.shelf, self.database, self.keys, TEST_KEY, now, UTC, watch or Watch())


def fill(place: Place) -> None:
    """Bookings that hold slots, a cancelled one's command, and texts that break what is quoted badly."""
    engine = place.open()
    try:
        practice = make_practice(engine, clients=len(HOSTILE))
        with engine.begin() as connection:
            write_hostile(connection)
        for number in range(6):
            practice.do(
                Book(
                    booking=new_uuid(),
                    client=practice.clients[number % 3],
                    healer=practice.healers[number % 2],
                    service=practice.services[0],
                    local_start=datetime(2026, 12, 1, 8, 0) + timedelta(hours=2 * number),
                )
            )
    finally:
        engine.dispose()


def write_hostile(connection: sa.Connection) -> None:
    c = t.clients.c
    for number, key in enumerate(connection.execute(sa.select(c.id).order_by(c.id)).scalars().all()):
        text = HOSTILE[number % len(HOSTILE)]
        connection.execute(
            t.clients.update().where(c.id == key).values(note=text, date_of_birth=date(1980, 2, 29))
        )


@pytest.fixture(scope="module", autouse=True)
def _mysqldump(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """MySQL's own program, where it came in the tests' own tree, before any other of its name."""
    unpacked = TREE / "usr/bin/mysqldump"
    with pytest.MonkeyPatch.context() as patch:
        if unpacked.exists():
            folder = tmp_path_factory.mktemp("bin")
            program = folder / "mysqldump"
            program.write_text((TREE / "mysql").read_text().replace("usr/bin/mysql", "usr/bin/mysqldump"))
            program.write_text(program.read_text().replace('$(dirname "${BASH_SOURCE[0]}")', str(TREE)))
            program.chmod(0o755)
            patch.setenv("PATH", str(folder), prepend=":")
        yield


@pytest.fixture
def file_practice(sqlcipher_place: Place) -> FilePractice:
    fill(sqlcipher_place)
    assert isinstance(sqlcipher_place.where, Path)
    folder = sqlcipher_place.where.parent
    empty = KeyFile(new_uuid(), "Praxis am Fluss")
    keys, recovery_key = empty.with_recovery_key(TEST_KEY)
    keys = keys.with_password(TEST_KEY, new_uuid(), NAME, "Ada Min", PASSWORD, "", LIGHT_COST)
    return FilePractice(folder, sqlcipher_place.where, keys, recovery_key)
