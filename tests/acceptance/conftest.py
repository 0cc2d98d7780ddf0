"""The real program, started as a process without any test switch, on a screen and a home of its own."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.acceptance import flows
from tests.acceptance.person import Person
from tests.acceptance.screen import Screen

# The program of this checkout, or the packaged one in the folder AVENRAE_BUNDLE.
AVENRAE = str(Path(os.environ.get("AVENRAE_BUNDLE") or Path(sys.executable).parent) / "avenrae")


@contextmanager
def somebody(home: Path, pictures: Path, size: str = "1280x720") -> Iterator[Person]:
    """A person at a computer of their own; pictures and the program's output go to the folder."""
    home.mkdir(exist_ok=True)
    with Screen(home, size) as screen:
        person = Person(screen, pictures)
        try:
            yield person
        finally:
            person.close()


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Person]:
    """Somebody who has never seen the program."""
    with somebody(tmp_path / "home", tmp_path) as found:
        yield found


@dataclass(frozen=True)
class Made:
    """A home in which the program itself made a practice with a service and a client; its recovery key."""

    home: Path
    recovery_key: str

    def copy_to(self, home: Path) -> Path:
        """The same home at another place: what this computer remembers of folders moves along."""
        shutil.copytree(self.home, home, symlinks=True, dirs_exist_ok=True)
        for file in (home / ".config").rglob("*.toml"):
            file.write_text(file.read_text().replace(str(self.home), str(home)))
        return home


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made")
    with somebody(folder / "home", folder) as person:
        person.start(AVENRAE)
        key = flows.new_practice(person)
        flows.add_service(person)
        flows.add_client(person, "Priya", "Nair", Phone="+41 44 555 01 23")
        assert flows.quit_program(person) == 0
    shutil.rmtree(folder / "home" / "runtime")
    return Made(folder / "home", key)


@pytest.fixture
def owner(made: Made, tmp_path: Path) -> Iterator[Person]:
    """Somebody whose home holds a practice already; the program is not started yet."""
    home = made.copy_to(tmp_path / "home")
    with somebody(home, tmp_path) as found:
        yield found


@pytest.fixture
def start() -> Callable[[Person], None]:
    """Start the program as a person does."""

    def start_for(person: Person) -> None:
        person.start(AVENRAE)

    return start_for
