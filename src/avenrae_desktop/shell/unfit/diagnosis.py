"""Finds out what keeps the window from opening, and puts it into words."""

import os
import re
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

from avenrae_desktop.kernel.errors import AppError, Problem, Unavailable, noop
from avenrae_desktop.shell.unfit.libraries import install_lines, missing_libraries

LIBRARIES_MISSING = Problem(
    "start.libraries_missing",
    noop("Parts of the system are missing"),
    noop("A window needs {files}, which cannot be loaded on this computer."),
    noop("Install them, then start again:\n  Debian, Ubuntu:  {debian}\n  Fedora:          {fedora}"),
)
NO_SCREEN = Problem(
    "start.no_screen",
    noop("There is no screen"),
    noop("Neither DISPLAY nor WAYLAND_DISPLAY is set, so there is nothing to open a window on."),
    noop("Start the program in a desktop session; from another computer, sign in with “ssh -X”."),
)
SCREEN_REFUSED = Problem(
    "start.screen_refused",
    noop("The screen does not answer"),
    noop("The screen “{screen}” is not there, or does not let this user in."),
    noop("Start the program as the person who is signed in at the screen, without sudo."),
)
OTHER_PLATFORM = Problem(
    "start.other_platform",
    noop("The window cannot be opened as asked"),
    noop("QT_QPA_PLATFORM asks for “{platform}”, which does not work here."),
    noop("Start the program without that setting: env -u QT_QPA_PLATFORM avenrae"),
)
PARTS_DAMAGED = Problem(
    "start.parts_damaged",
    noop("Parts of the program are missing or damaged"),
    noop("“{part}” of {folder} cannot be used."),
    noop("Unpack the download again into a new folder. “avenrae selfcheck” tells what else is missing."),
)
SYSTEM_TOO_OLD = Problem(
    "start.system_too_old",
    noop("This system is too old"),
    noop("The program needs a newer C library: {wanted}."),
    noop("It runs on Debian 12, Ubuntu 24.04, Fedora 38 and what came after them."),
)
FAILED = Problem(
    "start.failed",
    noop("The program has to end"),
    noop("Something in it failed that it cannot go on without. What said saved is saved."),
    noop("Start it again. If it ends again, send the last lines of avenrae.log to whoever looks after it."),
)
_PLATFORMS = {"", "xcb", "wayland", "offscreen"}
_C_LIBRARY = re.compile(r"(GLIBC(?:XX)?_[\d.]+)' not found")
_LIBRARY_FILE = re.compile(r"([\w+.-]+\.so[\w.]*)")


def of_failure(error: Exception) -> tuple[AppError, list[str]]:
    """What to tell when the program ends by an error, and the lines for those who look after it."""
    told = of_loading(error) if isinstance(error, ImportError | OSError) else None
    if told is not None:
        return told, traceback.format_exception(error)
    # Its values may be somebody's name: only places in the code get into a log.
    from avenrae_desktop.qtkit.crashlog import crash_report

    return Unavailable(FAILED), crash_report(error).splitlines()


def of_loading(error: ImportError | OSError) -> AppError | None:
    """What to tell when a part could not be loaded; None for files that are no part of the program."""
    if isinstance(error, OSError):
        return _of_file(error)
    return _too_old(str(error)) or _libraries() or _damaged(_part_of(error))


def of_screen(heard: Iterable[str]) -> AppError:
    """What to tell when Qt found no way to the screen, from all that it said on the way."""
    said = "\n".join(heard)
    asked, screen = os.environ.get("QT_QPA_PLATFORM", ""), _screen()
    platform = asked.split(":")[0]
    if platform not in _PLATFORMS:
        return Unavailable(OTHER_PLATFORM, platform=asked)
    if not screen and platform != "offscreen":
        return Unavailable(NO_SCREEN)
    if "connect to display" in said or "create wl_display" in said:
        return Unavailable(SCREEN_REFUSED, screen=screen)
    return _too_old(said) or _libraries() or _damaged("PySide6/Qt/plugins/platforms")


def _screen() -> str:
    return os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""


def _libraries() -> AppError | None:
    missing = missing_libraries()
    if not missing:
        return None
    debian, fedora = install_lines(missing)
    files = ", ".join(each.file for each in missing)
    return Unavailable(LIBRARIES_MISSING, files=files, debian=debian, fedora=fedora)


def _too_old(text: str) -> AppError | None:
    wanted = _C_LIBRARY.search(text)
    return None if wanted is None else Unavailable(SYSTEM_TOO_OLD, wanted=wanted[1])


def _of_file(error: OSError) -> AppError | None:
    ours = program_folder()
    file = Path(str(error.filename)) if error.filename else None
    if file is None or not file.is_relative_to(ours):
        return None
    return _damaged(str(file.relative_to(ours)))


def _damaged(part: str) -> AppError:
    return Unavailable(PARTS_DAMAGED, part=part, folder=str(program_folder()))


def _part_of(error: ImportError) -> str:
    named = _LIBRARY_FILE.search(str(error))
    return named[1] if named is not None else (error.name or str(error))


def program_folder() -> Path:
    """Where the program's files lie: the unpacked download, or the checkout."""
    packed = getattr(sys, "frozen", False)
    return Path(sys.executable).parent if packed else Path(__file__).resolve().parents[4]
