"""A computer with something amiss: a home of its own, and the program started there as a process."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = (sys.executable, "-m", "avenrae_desktop")
# The packaged program in the folder AVENRAE_BUNDLE, or the one of this checkout.
_BUNDLE = os.environ.get("AVENRAE_BUNDLE")
PROGRAM = (str(Path(_BUNDLE) / "avenrae"),) if _BUNDLE else SOURCE
_OWN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL", "LANG", "HOME")


@dataclass
class Computer:
    """What is in `env` is all that the program sees beside PATH; None takes a variable away."""

    home: Path
    env: dict[str, str] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        theirs = {k: v for k, v in os.environ.items() if k not in _OWN and not k.startswith("XDG_")}
        return theirs | {"HOME": str(self.home), "LC_ALL": "C.UTF-8"} | self.env

    def start(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Start the program, or a command, and wait until it has ended."""
        return subprocess.run(
            command or PROGRAM,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=180,
            check=False,
        )

    @property
    def log(self) -> str:
        """What the program wrote down."""
        return (self.home / ".local/state/Avenrae Desktop/log/avenrae.log").read_text(encoding="utf-8")

    def without_libraries(self, *files: str) -> None:
        """The system's libraries of these names cannot be loaded: the loader finds broken ones first."""
        folder = self.home / "broken"
        folder.mkdir()
        for each in files:
            (folder / each).touch()
        self.env["LD_LIBRARY_PATH"] = str(folder)

    def with_tool(self, name: str) -> Path:
        """A desktop's tool that writes what it is asked to show into the file that is returned."""
        folder, shown = self.home / "bin", self.home / "shown"
        folder.mkdir()
        tool = folder / name
        tool.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{shown}.part"\nmv "{shown}.part" "{shown}"\n')
        tool.chmod(0o755)
        self.env["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"
        return shown
