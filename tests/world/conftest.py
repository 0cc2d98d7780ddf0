"""Computers to try the program on."""

from pathlib import Path

import pytest

from tests.world.computer import Computer


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    """One without a screen."""
    home = tmp_path / "home"
    home.mkdir()
    return Computer(home)
