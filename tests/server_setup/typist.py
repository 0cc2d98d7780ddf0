"""Somebody in front of a terminal: a real process on a pseudo terminal, read and typed to from outside."""

import contextlib
import fcntl
import io
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import Self

import pytest

from avenrae_desktop.__main__ import main
from tests.support.places import ROOT
from tests.support.server_practice import cheap_hashes

PROGRAM = (sys.executable, "-m", "avenrae_desktop")


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT / "src"), "TERM": "dumb", **more}


class Typist:
    """`sees` waits for text on the screen, `types` answers; the process is ended with the block."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.screen = ""
        self._read_to = 0
        self._master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [*PROGRAM, *arguments],
            cwd=folder,
            env=environment(),
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            # The terminal is theirs, as a shell would do it: passwords are asked for on it.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509
        )
        os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._master)

    def sees(self, text: str, seconds: float = 60) -> None:
        """Wait until the text is on the screen, after what was waited for before."""
        until = time.monotonic() + seconds
        while text not in self.screen[self._read_to :]:
            if not self._look(until):
                pytest.fail(f"“{text}” did not appear; the screen:\n{self.screen}", pytrace=False)
        self._read_to = self.screen.index(text, self._read_to) + len(text)

    def types(self, line: str) -> None:
        os.write(self._master, f"{line}\n".encode())

    def answers(self, *pairs: tuple[str, str]) -> None:
        for question, line in pairs:
            self.sees(question)
            self.types(line)

    def presses_ctrl_c(self) -> None:
        os.write(self._master, b"\x03")

    def ends(self, seconds: float = 60) -> int:
        """The exit code."""
        until = time.monotonic() + seconds
        while self._look(until):
            pass
        return self.process.wait(timeout=max(0.1, until - time.monotonic()))

    def is_killed(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def _look(self, until: float) -> bool:
        ready, _, _ = select.select([self._master], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            return False
        try:
            read = os.read(self._master, 65536)
        except OSError:  # Linux: nobody has the other end open any more
            return False
        self.screen += read.decode(errors="replace").replace("\r\n", "\n")
        return bool(read)


def says(folder: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """As `runs`, but in this process, which is quicker: for what a process of its own would not show better."""
    out, err, typed = io.StringIO(), io.StringIO(), sys.stdin
    sys.stdin = io.StringIO(stdin)
    with contextlib.ExitStack() as until:
        until.callback(setattr, sys, "stdin", typed)
        until.enter_context(contextlib.chdir(folder))
        until.enter_context(contextlib.redirect_stdout(out))
        until.enter_context(contextlib.redirect_stderr(err))
        until.enter_context(cheap_hashes())
        code = main(arguments)
    return subprocess.CompletedProcess(arguments, code, out.getvalue(), err.getvalue())


def runs(folder: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """The program with nobody in front of it."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=folder,
        env=environment(),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
