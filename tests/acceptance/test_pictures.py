"""`scripts/run` where there is no display: one line of explanation, every screen as a picture, exit code 0."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.acceptance.pictures import contrast

ROOT = Path(__file__).parents[2]
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def checkout(folder: Path) -> Path:
    """The script beside this environment; setting up is tested by running it, not here."""
    (folder / "scripts").mkdir(parents=True)
    shutil.copy2(ROOT / "scripts" / "run", folder / "scripts" / "run")
    setup = folder / "scripts" / "setup"
    setup.write_text("#!/bin/sh\n")
    setup.chmod(0o755)
    (folder / ".venv").symlink_to(Path(sys.executable).parents[1])
    return folder


def promised() -> set[str]:
    """The names of the pictures as the program lists them in its own source."""
    source = (ROOT / "src" / "avenrae_desktop" / "shell" / "screenshots.py").read_text()
    names = re.findall(r'(?:camera\.take\(|_dialog\(camera, [^"]*)"([a-z-]+)"', source)
    return {f"{name}-{mode}.png" for name in names for mode in ("light", "dark")}


def test_without_a_display_it_draws_every_screen(tmp_path: Path) -> None:
    root = checkout(tmp_path / "checkout")
    env = {key: value for key, value in os.environ.items() if key not in DISPLAYS}
    done = subprocess.run(
        [str(root / "scripts" / "run")], env=env, capture_output=True, text=True, timeout=200, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0].startswith("No display here:")
    assert "Segmentation" not in done.stderr
    pictures = {picture.name: picture for picture in (root / "build" / "screenshots").glob("*.png")}
    assert len(promised()) > 30
    assert promised() <= pictures.keys()
    blank = [name for name, picture in pictures.items() if contrast(picture) < 0.01]
    assert blank == []
