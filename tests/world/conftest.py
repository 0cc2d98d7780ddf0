"""Computers to try the program on."""

from pathlib import Path

import pytest

from avenrae_desktop.bootstrap import Practices
from avenrae_desktop.settings.paths import paths_under
from tests.world.computer import Computer


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    """One without a screen."""
    home = tmp_path / "home"
    home.mkdir()
    return Computer(home)


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a finished demo practice, to copy."""
    home = tmp_path_factory.mktemp("demo")
    Practices(paths_under(home)).open_demo().close()
    return home
