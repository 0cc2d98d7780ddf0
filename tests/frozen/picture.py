"""A screen that can be looked at without asking its server: Xvfb keeps its picture in a file, which is read here.

What is timed is not slowed down by looking.
"""

import mmap
import os
import shutil
import struct
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.acceptance.screen import MANAGER, end

ACROSS, DOWN = 128, 72
Points = bytes
"""The colours of a raster of points, four bytes each."""


class WatchedScreen:
    """An X server with a window manager, whose picture is in a file."""

    def __init__(self, folder: Path, size: str = "1280x800") -> None:
        self._folder, self._size = folder, size
        self._running: list[subprocess.Popen[bytes]] = []
        self.display = ""

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        reader, writer = os.pipe()
        options = ["-screen", "0", f"{self._size}x24", "-nolisten", "tcp", "-noreset", "-fbdir", str(self._folder)]
        self._start(["Xvfb", "-displayfd", str(writer), *options], pass_fds=(writer,))
        os.close(writer)
        with os.fdopen(reader) as answer:
            self.display = f":{answer.readline().strip()}"
        file = (self._folder / "Xvfb_screen0").open("rb")
        self._file = file
        self._picture = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._read_header()
        self._start(["openbox", "--config-file", str(MANAGER)])
        time.sleep(0.5)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in reversed(self._running):
            end(process)
        self._picture.close()
        self._file.close()

    @property
    def env(self) -> dict[str, str]:
        """What a program needs to draw here."""
        return {"DISPLAY": self.display, "LC_ALL": "C.UTF-8", "TZ": "Europe/Zurich", "PATH": "/usr/bin:/bin"}

    def look(self) -> Points:
        """The raster as it is now."""
        return b"".join(self._picture[at : at + 4] for at in self._places)

    def press(self, *keys: str) -> None:
        """Send key strokes to the active window."""
        tool = shutil.which("xdotool")
        assert tool is not None, "xdotool is missing: run scripts/setup test"
        subprocess.run([tool, "key", *keys], env=self.env, check=True)

    def _start(self, command: list[str], pass_fds: tuple[int, ...] = ()) -> None:
        env = {**os.environ, "DISPLAY": self.display}
        self._running.append(
            subprocess.Popen(
                command, env=env, pass_fds=pass_fds, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        )

    def _read_header(self) -> None:
        head = struct.unpack(">25I", self._picture[:100])
        size, width, height, bytes_per_line, colours = head[0], head[4], head[5], head[12], head[19]
        start = size + colours * 12
        self._places = [
            start + (y * height // DOWN + height // DOWN // 2) * bytes_per_line + (x * width // ACROSS + 4) * 4
            for y in range(DOWN)
            for x in range(ACROSS)
        ]


def share_painted(points: Points, ground: Points) -> float:
    """How much of the screen is not as it was when nothing was on it: 0 to 1."""
    return 1 - share_equal(points, ground)


def share_equal(one: Points, other: Points) -> float:
    """How many points have the same colour: 0 to 1."""
    same = sum(one[i : i + 4] == other[i : i + 4] for i in range(0, len(one), 4))
    return same * 4 / len(one)


def right_half(points: Points) -> Points:
    """The same raster without its left half."""
    line = ACROSS * 4
    return b"".join(points[start + line // 2 : start + line] for start in range(0, len(points), line))


def colours(points: Points) -> int:
    """How many different colours there are."""
    return len({points[i : i + 4] for i in range(0, len(points), 4)})
