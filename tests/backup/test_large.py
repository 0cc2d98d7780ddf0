"""The long form: a practice of 100,000 bookings, its source deleted, restored within five minutes, the same."""

import shutil
import sys
import time
from datetime import UTC, date
from pathlib import Path

import pytest

from avenrae_desktop.bootstrap.backup.making import back_up_file
from avenrae_desktop.bootstrap.backup.restoring import restore_file
from avenrae_desktop.bootstrap.backup.shelf import Kept, Shelf
from avenrae_desktop.bootstrap.generate.folder import generate_folder
from avenrae_desktop.bootstrap.generate.founding import founding
from avenrae_desktop.bootstrap.generate.on_server import generate_on_server
from avenrae_desktop.bootstrap.generate.plan import Plan
from avenrae_desktop.bootstrap.places import DATABASE, KEYS
from avenrae_desktop.bootstrap.server.administrator import Administrator
from avenrae_desktop.bootstrap.server.backups.restore import restore_server
from avenrae_desktop.db import keyfile
from avenrae_desktop.db.backup.container import Opener
from avenrae_desktop.db.backup.watch import Watch
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.settings.paths import paths_under
from tests.backup.desk import Desk, rows_in, set_up_desk
from tests.support.places import ServerKind
from tests.support.server_practice import ACCEPTED, PASSWORD, ServerPractice, Somebody, cheap_hashes, remove
from tests.support.servers import server_address, server_url

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]
BOOKINGS = 100_000
PLAN = Plan(BOOKINGS, 1, date(2026, 11, 23))
RESTORED_WITHIN_S = 300.0


def _nothing(_done: int, _of: int) -> None:
    return


def _say(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{text}\n")


def test_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "practice"
    with cheap_hashes():
        create = founding(PLAN, PASSWORD, "owner")
        generate_folder(paths_under(tmp_path), folder, PLAN, create, _nothing, utc_now())
    keys = keyfile.load(folder / KEYS)
    key = keys.open_by_password("owner", PASSWORD)
    began = time.monotonic()
    kept: Kept = back_up_file(
        Shelf(tmp_path / "stick", keys.practice), folder / DATABASE, keys, key, utc_now(), UTC, Watch()
    )
    made = time.monotonic() - began
    shutil.rmtree(folder)
    began = time.monotonic()
    manifest = restore_file(Opener(kept.path), key, tmp_path / "again", Watch())
    took = time.monotonic() - began
    assert manifest.tables["bookings"].rows == BOOKINGS
    assert took < RESTORED_WITHIN_S
    rows, size = manifest.rows, kept.size / 2**20
    _say(f"SQLCipher: {rows:,} rows, {size:.0f} MiB, backed up in {made:.1f} s, restored in {took:.1f} s", capsys)


@pytest.mark.parametrize("kind", list(ServerKind))
def test_server(kind: ServerKind, run_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = server_url(kind, run_folder)
    address = server_address(kind, run_folder, "large")
    admin = Administrator(address, str(url.username), str(url.password))
    create = founding(PLAN, PASSWORD, f"owner_{kind}")
    try:
        with cheap_hashes():
            enrolment = generate_on_server(admin, PLAN, create, _nothing, ACCEPTED)
        practice = ServerPractice(kind, address, url.set(database="large"), enrolment)
        practice.people["admin"] = Somebody(create.person, create.sign_in_name, PASSWORD)
        desk = set_up_desk(practice, tmp_path / "desk")
        for own_dump in (True, False):
            began = time.monotonic()
            kept = desk.back_up(own_dump=own_dump)
            made, how = time.monotonic() - began, "our dump" if own_dump else "its own program"
            _say(f"{kind} by {how}: {kept.size / 2**20:.0f} MiB, backed up in {made:.1f} s", capsys)
        _restored(desk, kept, capsys)
    finally:
        for database in ("large", "large_2"):
            remove(url, database)


def _restored(desk: Desk, kept: Kept, capsys: pytest.CaptureFixture[str]) -> None:
    before, key = rows_in(desk.practice.root), desk.keys().key
    remove(desk.practice.root.set(database="mysql"), "large")
    began = time.monotonic()
    restored = restore_server(Opener(kept.path), key, desk.admin_of("large_2"), "", Watch())
    took = time.monotonic() - began
    after = rows_in(desk.practice.root.set(database="large_2"))
    assert after["bookings"] == before["bookings"]
    assert after["booking_slots"] == before["booking_slots"]
    assert took < RESTORED_WITHIN_S
    _say(f"{desk.practice.kind}: {restored.manifest.rows:,} rows restored in {took:.1f} s", capsys)
