"""The packaged program, copied to a folder as people have them: with a space and an umlaut in its name."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.frozen.bundle import found_bundle

NOBODY = 65534


def somebody() -> dict[str, object]:
    """For `subprocess`: a person without any rights, where the tests have them all."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


@dataclass(frozen=True)
class Installed:
    """The program in a folder, and somebody's empty home; commands run as a person without any rights."""

    folder: Path
    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, *words: str, program: str = "avenrae", **more: str) -> "subprocess.CompletedProcess[str]":
        """Run it with nothing in its environment but a home and a useless path."""
        env = {"HOME": str(self.home), "PATH": "/nonexistent", **self.environment, **more}
        return subprocess.run(
            [self.folder / program, *words],
            env=env,
            cwd=self.home,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
            **somebody(),  # type: ignore[call-overload]
        )

    def other_home(self, name: str) -> Path:
        """One more empty home of the same person."""
        made = self.home.parent / name
        made.mkdir()
        if os.geteuid() == 0:
            os.chown(made, NOBODY, NOBODY)
        return made


@pytest.fixture(scope="session")
def bundle() -> Path:
    """What scripts/build made."""
    return found_bundle()


@pytest.fixture(scope="session")
def installed(bundle: Path) -> Iterator[Installed]:
    """Not in pytest's own folder, which nobody else may enter."""
    with tempfile.TemporaryDirectory(prefix="avenrae-") as base:
        folder, home = Path(base) / "Praxis Zürich" / bundle.name, Path(base) / "home"
        shutil.copytree(bundle, folder, symlinks=True)
        home.mkdir()
        Path(base).chmod(0o755)
        if os.geteuid() == 0:
            os.chown(home, NOBODY, NOBODY)
        yield Installed(folder, home)
