"""The sample practice, with rows in every table: dumped, restored into the scratch file, and any change found."""

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import URL

from avenrae_desktop.db.backup import own_dump
from avenrae_desktop.db.backup.manifest import Manifest
from avenrae_desktop.db.backup.problems import DIFFERS
from avenrae_desktop.db.backup.scratch import check_dump
from avenrae_desktop.db.backup.snapshot import frozen
from avenrae_desktop.db.backup.sums import TableSum
from avenrae_desktop.db.backup.watch import Watch
from avenrae_desktop.db.schema import SCHEMA_VERSION
from avenrae_desktop.db.tables import metadata
from avenrae_desktop.kernel.errors import Unavailable
from tests.backup.conftest import fill
from tests.support.engines import EngineKind, Place
from tests.support.places import ROOT

# Only open windows have rows there.
EMPTY = {"presence"}
_LAST_BOOKING = re.compile(rb"(INSERT INTO `bookings` [^\n]*\)),\([^\n]*?\);")
_ROLE_OF_ONE = re.compile(rb"(INSERT INTO `user_roles` [^\n]*? VALUES \()\d+,")


@pytest.fixture(params=["mysql", "mariadb"])
def engine_kind(request: pytest.FixtureRequest) -> EngineKind:
    """A file is copied as it is; what is read value by value comes from servers."""
    return EngineKind(request.param)


def _seed(url: URL) -> None:
    client = ["mysql", "--no-defaults", f"-h{url.host}", f"-P{url.port}", f"-u{url.username}", "--protocol=TCP"]
    with (ROOT / "database" / "seed.sql").open("rb") as seed:
        environment = {**os.environ, "MYSQL_PWD": str(url.password)}
        subprocess.run([*client, str(url.database)], stdin=seed, env=environment, check=True, timeout=120)


def _dumped(place: Place) -> tuple[bytes, Manifest]:
    assert isinstance(place.where, URL)
    database = str(place.where.database)
    engine = place.open()
    sums: dict[str, TableSum] = {}
    try:
        with frozen(engine, database) as (state, let_go):
            let_go()
            dump = b"".join(own_dump.dump(state, Watch(), sums))
            counts = len(state.programs.triggers), len(state.programs.routines)
    finally:
        engine.dispose()
    return dump, Manifest(SCHEMA_VERSION, "test", len(dump), *counts, sums, database=database)


def _check(dump: bytes, manifest: Manifest, folder: Path) -> None:
    folder.mkdir()
    # Pieces of an odd length: statements and even values are cut anywhere.
    pieces = (dump[at : at + 65_521] for at in range(0, len(dump), 65_521))
    check_dump(pieces, folder, Watch(), lambda: manifest)


def test_every_table_comes_back(place: Place, tmp_path: Path) -> None:
    assert isinstance(place.where, URL)
    _seed(place.where)
    dump, manifest = _dumped(place)
    assert set(manifest.tables) == set(metadata.tables)
    assert {name for name, table in manifest.tables.items() if not table.rows} <= EMPTY
    _check(dump, manifest, tmp_path / "whole")


def test_what_was_altered_is_found(place: Place, tmp_path: Path) -> None:
    fill(place)
    dump, manifest = _dumped(place)
    _check(dump, manifest, tmp_path / "whole")
    tampered: dict[str, Callable[[bytes], bytes]] = {
        "a price": lambda text: text.replace(b",95.00,", b",95.01,", 1),
        "a sign": lambda text: text.replace(b"Quiet room", b"Quiet Room", 1),
        "a row less": lambda text: _LAST_BOOKING.sub(rb"\1;", text, count=1),
        "the end": lambda text: text.replace(b"-- Dump completed", b"", 1),
        "a trigger": lambda text: text.replace(b" TRIGGER ", b" TROGGER ", 1),
        "cut off": lambda text: text[: text.index(b"INSERT INTO `users`") + 60],
        "a wrong reference": lambda text: _ROLE_OF_ONE.sub(rb"\g<1>9999,", text, count=1),
    }
    for what, change in tampered.items():
        altered = change(dump)
        assert altered != dump, what
        with pytest.raises(Unavailable) as told:
            _check(altered, manifest, tmp_path / what)
        assert told.value.problem is DIFFERS, what
