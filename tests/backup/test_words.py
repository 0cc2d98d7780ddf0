"""`avenrae backup`, `restore` and `export`, as somebody types them."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from avenrae_desktop.bootstrap.backup.shelf import look_at
from avenrae_desktop.bootstrap.practices import Practices
from avenrae_desktop.db.keyfile import WRONG_PASSWORD
from avenrae_desktop.settings.paths import Paths, user_paths
from tests.server_setup.typist import says
from tests.support.server_practice import PASSWORD, cheap_hashes, founding


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    for name in ("CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME"):
        monkeypatch.setenv(f"XDG_{name}", str(tmp_path / name))
    return user_paths()


@pytest.fixture
def practice(home: Paths, tmp_path: Path) -> Iterator[str]:
    """A practice in the program's list, with somebody at work in it; gives its recovery key."""
    (tmp_path / "password").write_text(f"{PASSWORD}\n")
    with cheap_hashes():
        app, recovery_key = Practices(home).create(founding("anna"))
    yield recovery_key
    app.close()


_ANNA = ("--user", "anna", "--password-file", "password")


def test_round(practice: str, home: Paths, tmp_path: Path) -> None:
    made = says(tmp_path, "backup", *_ANNA)
    assert made.returncode == 0, made.stderr
    backup = Path(made.stdout.split("\n")[-2].strip())
    assert backup.parent.name == "backups"
    listed = says(tmp_path, "backup", "--list", *_ANNA)
    assert listed.returncode == 0
    assert str(backup) in listed.stdout

    (tmp_path / "key").write_text(practice)
    checked = says(tmp_path, "restore", str(backup), "--check", "--recovery-key-file", "key")
    assert checked.returncode == 0, checked.stderr
    assert "It is whole" in checked.stdout
    restored = says(tmp_path, "restore", str(backup), *_ANNA)
    assert restored.returncode == 0, restored.stderr
    known = Practices(home).known()
    assert [place.practice_name for place in known] == ["Praxis am Fluss"] * 2
    fresh = next(p for p in known if p.last_opened is None)
    app = Practices(home).open(fresh, "anna", PASSWORD)
    assert app.settings().currency == "CHF"
    app.close()

    several = says(tmp_path, "backup", *_ANNA)
    assert several.returncode == 1
    assert "--practice" in several.stderr


def test_elsewhere(practice: str, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    assert says(tmp_path, "backup", "--to", str(stick), *_ANNA).returncode == 0
    assert says(tmp_path, "backup", *_ANNA).returncode == 0
    assert len([f for f in stick.iterdir() if look_at(f)]) == 2


def test_refusals(practice: str, tmp_path: Path) -> None:
    (tmp_path / "wrong").write_text("not this one\n")
    wrong = says(tmp_path, "backup", "--user", "anna", "--password-file", "wrong")
    assert wrong.returncode == 1
    assert WRONG_PASSWORD.title in wrong.stderr
    (tmp_path / "dump.sql").write_text("-- MySQL dump 10.13\n")
    foreign = says(tmp_path, "restore", "dump.sql", *_ANNA)
    assert foreign.returncode == 1
    assert "docs/backup.md" in foreign.stderr
    assert says(tmp_path, "backup", "--list", *_ANNA).returncode == 1


def test_export(practice: str, tmp_path: Path) -> None:
    done = says(tmp_path, "export", "users", "--out", "users.csv", *_ANNA)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "users.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["sign_in_name"] for row in rows] == ["anna"]
    again = says(tmp_path, "export", "users", "--out", "users.csv", *_ANNA)
    assert again.returncode == 1
    unknown = says(tmp_path, "export", "?", *_ANNA)
    assert "bookings" in unknown.stderr
