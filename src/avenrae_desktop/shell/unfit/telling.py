"""Tells it where somebody will read it: in the terminal, else in a box on the screen; and in the log."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from avenrae_desktop.kernel.errors import AppError

TITLE = "Avenrae Desktop"
LOG = "avenrae.log"
# xmessage is older than UTF-8.
_PLAIN = str.maketrans({"“": '"', "”": '"', "’": "'"})
_PATIENCE_S = 600
"""A box that nobody closes goes away by itself."""


def tell(error: AppError, heard: Iterable[str] = ()) -> None:
    """`heard` is for those who look after the program. Raises nothing: nobody is left who could catch it."""
    words = _words(error)
    lines = [line for each in heard for line in each.rstrip().splitlines()]
    if sys.stderr is not None:
        # Who works on the program wants to see where it broke.
        more = [] if getattr(sys, "frozen", False) else ["", *lines]
        with contextlib.suppress(OSError):
            sys.stderr.write("\n".join([f"{TITLE}: {words}", *more]) + "\n")
            sys.stderr.flush()
    _write_down(error, lines)
    if not _in_a_terminal():
        show_box(words)


def show_box(words: str) -> bool:
    """Show the words with what the desktop has for that; whether it has anything."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return False
    for command in _boxes(words):
        if shutil.which(command[0]) is None:
            continue
        with contextlib.suppress(OSError):
            _start(command)
            return True
    return False


def _boxes(words: str) -> Iterable[list[str]]:
    patience = str(_PATIENCE_S)
    yield [
        "zenity",
        "--error",
        "--no-markup",
        "--width=520",
        "--timeout",
        patience,
        "--title",
        TITLE,
        "--text",
        words,
    ]
    yield ["kdialog", "--title", TITLE, "--error", words]
    plain = words.translate(_PLAIN)
    yield ["xmessage", "-center", "-timeout", patience, "-title", TITLE, plain]
    yield ["notify-send", "--urgency=critical", TITLE, words]


def _start(command: list[str]) -> None:
    # It outlives this process, which ends now.
    subprocess.Popen(  # noqa: S603 - one of the four above
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _words(error: AppError) -> str:
    title, what, advice = error.texts()
    return f"{title}.\n{what}\n\n{advice}"


def _write_down(error: AppError, lines: Iterable[str]) -> None:
    """A line as the program's own log has them; what Qt said stands below it."""
    with contextlib.suppress(OSError):
        folder = _log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        now = datetime.now().astimezone()
        line = f"{now:%Y-%m-%d %H:%M:%S},{now.microsecond // 1000:03} ERROR MainThread {error}\n"
        with (folder / LOG).open("a", encoding="utf-8") as file:
            file.write(line + "".join(f"  {each}\n" for each in lines))


def _log_folder() -> Path:
    from avenrae_desktop.settings.paths import user_paths

    return user_paths().logs


def _in_a_terminal() -> bool:
    with contextlib.suppress(OSError, ValueError, AttributeError):
        return sys.stderr.isatty()
    return False
