"""A computer with its own folders, and a practice on it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from avenrae_desktop.areas.accounts import passwords
from avenrae_desktop.areas.accounts.domain import AddPerson, CreatePractice
from avenrae_desktop.bootstrap import App, Place, Practices
from avenrae_desktop.db import keyfile
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.values import HealerType
from avenrae_desktop.settings.paths import Paths, paths_under

NOW = datetime(2027, 3, 9, 9, 0, tzinfo=UTC)
PASSWORD = "four words make this"
NEW_PASSWORD = "quite another long one"


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """One guess is meant to be slow; a hundred tests are not."""
    monkeypatch.setattr(passwords, "ROUNDS", 4)
    monkeypatch.setattr(keyfile, "FULL_COST", keyfile.LIGHT_COST)


def founding(**changes: Any) -> CreatePractice:
    values = {
        "practice_name": "Praxis Grün & Söhne",
        "time_zone": "Europe/Zurich",
        "currency": "CHF",
        "person": new_uuid(),
        "first_name": "Anna",
        "last_name": "Kern",
        "sign_in_name": "Anna",
        "healer_type": HealerType.REIKI,
        "password": PASSWORD,
    }
    return CreatePractice(**{**values, **changes})


def add_ben(app: App, **changes: Any) -> AddPerson:
    values = {"first_name": "Ben", "last_name": "Moor", "sign_in_name": "ben", "roles": (Role.FRONT_DESK,)}
    command = AddPerson(person=new_uuid(), password=PASSWORD, **{**values, **changes})
    app.do(command)
    return command


def fingerprints(folder: Path) -> dict[str, str]:
    return {
        str(f.relative_to(folder)): hashlib.sha256(f.read_bytes()).hexdigest()
        for f in folder.rglob("*")
        if f.is_file()
    }


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_under(tmp_path / "computer")


@pytest.fixture
def practices(paths: Paths) -> Practices:
    return Practices(paths, lambda: NOW)


@dataclass(frozen=True)
class Made:
    """A practice that was made and closed again."""

    practices: Practices
    place: Place
    recovery_key: str

    def open(self, sign_in_name: str = "anna", password: str = PASSWORD) -> App:
        return self.practices.open(self.place, sign_in_name, password)

    def moved(self, folder: Path) -> Place:
        return replace(self.place, folder=folder)


@pytest.fixture
def made(practices: Practices) -> Made:
    app, recovery_key = practices.create(founding())
    app.close()
    return Made(practices, app.place, recovery_key)


@pytest.fixture
def app(made: Made) -> Iterator[App]:
    app = made.open()
    yield app
    app.close()
