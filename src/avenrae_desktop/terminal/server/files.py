"""The enrolment file on the disk: where it goes, and that nothing is overwritten unasked."""

import contextlib
import os
from pathlib import Path

from avenrae_desktop.bootstrap.places import free_folder
from avenrae_desktop.db.server.enrolment import Enrolment, write_enrolment
from avenrae_desktop.db.server.problems import ENROLMENT_NOT_WRITTEN
from avenrae_desktop.kernel.errors import Problem, RuleBroken, Unavailable, noop
from avenrae_desktop.kernel.files import ENROLMENT_SUFFIX
from avenrae_desktop.terminal.console import Console

ALREADY_THERE = Problem(
    "terminal.enrolment_there",
    noop("The file is there already"),
    noop("“{name}” was not replaced."),
    noop("Name another file with --enrolment, or allow it with --overwrite."),
)


def place_for(console: Console, asked: Path | None, practice_name: str, *, overwrite: bool) -> Path:
    """Where the file can be written; found out now, before anything is done. Raises RuleBroken, Unavailable."""
    path = asked if asked is not None else Path(f"{free_folder(Path(), practice_name).name}{ENROLMENT_SUFFIX}")
    replaces = overwrite or not path.exists()
    if not replaces and not (console.attended and console.confirms(f"{path} is there. Replace it?")):
        raise RuleBroken(ALREADY_THERE, name=str(path))
    beside = path.with_name(f".{path.name}.{os.getpid()}.try")
    try:
        beside.write_bytes(b"x" * 4096)
        beside.unlink()
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise Unavailable(ENROLMENT_NOT_WRITTEN, name=str(path)) from error
    return path


def write(console: Console, path: Path, enrolment: Enrolment) -> None:
    """Raises Unavailable."""
    write_enrolment(path, enrolment)
    console.say(f"Enrolment file for the desks (there is no secret in it): {path.absolute()}")
