"""Tables for other programs: nothing runs in a spreadsheet, everything comes back from SQL, no half a file."""

import csv
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa

from avenrae_desktop.db import tables as t
from avenrae_desktop.db.backup.export import SECRETS, ExportFormat, export_table, table_named
from avenrae_desktop.db.backup.plain import harmless
from avenrae_desktop.db.backup.problems import (
    ALREADY_THERE,
    NO_ROOM,
    NOT_WRITTEN,
    STOPPED,
    TOO_LONG_FOR_XLSX,
    UNKNOWN_TABLE,
)
from avenrae_desktop.db.backup.watch import Watch
from avenrae_desktop.kernel.errors import AppError, RuleBroken, Unavailable
from avenrae_desktop.kernel.ids import new_uuid
from tests.backup.conftest import HOSTILE, fill
from tests.support.engines import Place
from tests.support.places import ROOT, ServerKind
from tests.support.practice import NOW
from tests.support.servers import execute, fresh_database, server_url

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _export(engine: sa.Engine, table: sa.Table, target: Path, watch: Watch | None = None) -> int:
    kind = ExportFormat(target.suffix[1:])
    return export_table(engine, table, lambda _column: True, target, kind, watch or Watch())


@pytest.fixture
def filled(file_db: sa.Engine, sqlcipher_place: Place) -> sa.Engine:
    fill(sqlcipher_place)
    return file_db


def test_csv_runs_nothing(filled: sa.Engine, tmp_path: Path) -> None:
    target = tmp_path / "clients.csv"
    assert _export(filled, t.clients, target) == len(HOSTILE)
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    notes = [row["note"] for row in rows]
    assert notes[0] == "'" + HOSTILE[0]
    assert [note for note in notes[1:] if note not in HOSTILE] == []
    assert rows[0]["date_of_birth"] == "1980-02-29"
    assert target.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", " ="])
def test_every_beginning_of_a_formula(begin: str) -> None:
    assert harmless(f"{begin}cmd()") == f"'{begin}cmd()"


def test_numbers_stay_numbers() -> None:
    assert [harmless(value) for value in (-5, -1.5, True, None, "a=b")] == ["-5", "-1.5", "1", "", "a=b"]


def test_xlsx_holds_no_formula(filled: sa.Engine, tmp_path: Path) -> None:
    target = tmp_path / "clients.xlsx"
    _export(filled, t.clients, target)
    with zipfile.ZipFile(target) as book:
        sheet = ET.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert sheet.findall(f".//{_NS}f") == []
    texts = ["".join(cell.itertext()) for cell in sheet.iter(f"{_NS}c") if cell.get("t") == "inlineStr"]
    assert HOSTILE[0] in texts
    assert {cell.get("t") for cell in sheet.iter(f"{_NS}c")} <= {"inlineStr", "n", None}
    assert len(list(sheet.iter(f"{_NS}row"))) == len(HOSTILE) + 1
    assert [f.name for f in tmp_path.iterdir() if "export" in f.name] == []


def test_text_too_long_for_a_cell(filled: sa.Engine, tmp_path: Path) -> None:
    with filled.begin() as connection:
        values = {"setting_name": "long", "setting_value": "x" * 32_768, "uuid": new_uuid()}
        connection.execute(t.settings.insert().values(created_at=NOW, **values))
    with pytest.raises(RuleBroken) as told:
        _export(filled, t.settings, tmp_path / "settings.xlsx")
    assert told.value.problem is TOO_LONG_FOR_XLSX
    _nothing_new(tmp_path)


def test_every_table_in_every_way(filled: sa.Engine, tmp_path: Path) -> None:
    for table in t.metadata.sorted_tables:
        counts = {_export(filled, table, tmp_path / f"{table.name}.{kind}") for kind in ExportFormat}
        assert len(counts) == 1
    with pytest.raises(RuleBroken) as told:
        table_named("nonsense")
    assert told.value.problem is UNKNOWN_TABLE


def test_hashes_stay_in(filled: sa.Engine, tmp_path: Path) -> None:
    target = tmp_path / "users.sql"
    _export(filled, t.users, target)
    assert not [name for name in SECRETS if name in target.read_text()]


@pytest.mark.parametrize("kind", list(ServerKind))
def test_sql_on_a_strangers_client(filled: sa.Engine, kind: ServerKind, run_folder: Path, tmp_path: Path) -> None:
    """Their own command line client, an empty database of theirs, and its usual settings."""
    names = ("clients", "bookings", "commands", "user_roles")
    counts = {name: _export(filled, t.metadata.tables[name], tmp_path / f"{name}.sql") for name in names}
    script = b"".join((tmp_path / f"{name}.sql").read_bytes() for name in names)
    with fresh_database(server_url(kind, run_folder)) as url:
        client = [
            "mysql",
            "--no-defaults",
            f"-h{url.host}",
            f"-P{url.port}",
            f"-u{url.username}",
            "--protocol=TCP",
        ]
        environment = {**os.environ, "MYSQL_PWD": str(url.password)}
        subprocess.run([*client, str(url.database)], input=script, env=environment, check=True, timeout=60)
        for name in names:
            assert execute(url, f"SELECT COUNT(*) FROM {name}") == [(counts[name],)]
        notes = [note for (note,) in execute(url, "SELECT note FROM clients ORDER BY id")]
    assert notes == list(HOSTILE)


def test_never_over_another(filled: sa.Engine, tmp_path: Path) -> None:
    target = tmp_path / "users.csv"
    target.write_text("mine")
    with pytest.raises(RuleBroken) as told:
        _export(filled, t.users, target)
    assert told.value.problem is ALREADY_THERE
    assert target.read_text() == "mine"


def test_stopped(filled: sa.Engine, tmp_path: Path) -> None:
    for kind in ExportFormat:
        watch = Watch()
        watch.stop()
        with pytest.raises(RuleBroken) as told:
            _export(filled, t.users, tmp_path / f"users.{kind}", watch)
        assert told.value.problem is STOPPED
    _nothing_new(tmp_path)


_EXPORT = """
import resource, signal, sys
from pathlib import Path
from avenrae_desktop.db.backup.export import ExportFormat, export_table
from avenrae_desktop.db.backup.watch import Watch
from avenrae_desktop.db.engine import sqlcipher_engine
from avenrae_desktop.db.tables import metadata
from avenrae_desktop.kernel.errors import AppError
database, target, limit = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
engine = sqlcipher_engine(database, bytes(range(32)))
with engine.connect() as connection:
    connection.exec_driver_sql("SELECT 1 FROM users")
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        kind = ExportFormat(target.suffix[1:])
        export_table(engine, metadata.tables["audit_logs"], lambda _: True, target, kind, Watch())
        print("written")
    except AppError as error:
        print(error.code)
"""


def _export_limited(database: Path, target: Path, limit: int) -> str:
    # root may write everywhere, unless it gives that up.
    humbly = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*humbly, sys.executable, "-c", _EXPORT, str(database), str(target), str(limit)],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("kind", list(ExportFormat))
def test_read_only_folder(filled: sa.Engine, sqlcipher_place: Place, tmp_path: Path, kind: ExportFormat) -> None:
    """The system lets it read there, and not write."""
    folder = tmp_path / "read-only"
    folder.mkdir(mode=0o555)
    assert isinstance(sqlcipher_place.where, Path)
    assert _export_limited(sqlcipher_place.where, folder / f"audit.{kind}", 0) == NOT_WRITTEN.code
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("kind", list(ExportFormat))
def test_disk_full(filled: sa.Engine, sqlcipher_place: Place, tmp_path: Path, kind: ExportFormat) -> None:
    folder = tmp_path / "full"
    folder.mkdir()
    assert isinstance(sqlcipher_place.where, Path)
    assert _export_limited(sqlcipher_place.where, folder / f"audit.{kind}", 1200) == NO_ROOM.code
    assert list(folder.iterdir()) == []


def test_folder_that_is_not_there(filled: sa.Engine, tmp_path: Path) -> None:
    with pytest.raises(Unavailable) as told:
        _export(filled, t.users, tmp_path / "gone" / "users.csv")
    assert told.value.problem is NOT_WRITTEN


def _nothing_new(folder: Path) -> None:
    assert [f.name for f in folder.iterdir() if not f.name.startswith("practice.db")] == []


def test_what_may_not_be_read_is_left_out(filled: sa.Engine, tmp_path: Path) -> None:
    target = tmp_path / "clients.csv"
    export_table(filled, t.clients, lambda name: name != "note", target, ExportFormat.CSV, Watch())
    assert "note" not in target.read_text(encoding="utf-8-sig").splitlines()[0]
    with pytest.raises(AppError):
        export_table(filled, t.clients, lambda _: True, target, ExportFormat.CSV, Watch())
