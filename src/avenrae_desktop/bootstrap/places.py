"""Practices known on this computer: a folder with the encrypted file, or a server and how to reach it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from avenrae_desktop.db import keyfile
from avenrae_desktop.db.server.address import ServerAddress
from avenrae_desktop.kernel.errors import AppError, Problem, Unavailable, noop
from avenrae_desktop.kernel.text import search_key

DATABASE = "practice.db"
KEYS = "practice.keys"
LOCK = "practice.lock"
SLUG_LIMIT = 40
# Windows opens devices of these names, whatever the folder.
_RESERVED = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}

FOLDER_GONE = Problem(
    "places.folder_gone",
    noop("The folder of this practice cannot be reached"),
    noop("There is no folder {folder} now."),
    noop("If it is on another disk, connect it and try again."),
)
NO_PLACE = Problem(
    "places.no_place",
    noop("Nothing can be kept on this computer"),
    noop("The folder for practices cannot be made or written: {folder}."),
    noop("Check that your home folder is there, belongs to you and is not read-only. Then try again."),
)
ALREADY_OPEN = Problem(
    "places.already_open",
    noop("This practice is open already"),
    noop("Another window of Avenrae Desktop on this computer is working with it."),
    noop("Go on there, or close it first."),
)
NOBODY = Problem(
    "places.nobody",
    noop("Nobody signs in with this name"),
    noop("“{sign_in_name}” is not among the people who can open this practice."),
    noop("Choose a name from the list."),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A practice known on this computer; it may have gone away since."""

    folder: Path
    practice_name: str
    is_demo: bool = False
    last_opened: datetime | None = None
    last_entry: datetime | None = None
    """When something was last changed in it; known only of one that is open."""

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def keys(self) -> Path:
        return self.folder / KEYS

    @property
    def lock(self) -> Path:
        return self.folder / LOCK


@dataclass(frozen=True, slots=True)
class ServerPlace:
    """A practice on a server. `file` is this computer's copy of its enrolment file."""

    file: Path
    practice_name: str
    address: ServerAddress
    last_opened: datetime | None = None
    last_name: str = ""
    """The sign-in name that was typed last."""

    @property
    def is_demo(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """Somebody who can open a practice."""

    sign_in_name: str
    display_name: str


def load_keys(place: Place) -> keyfile.KeyFile:
    """The key file; raises Unavailable if the folder is gone or the file is missing, damaged or too new."""
    if not place.folder.is_dir():
        raise Unavailable(FOLDER_GONE, folder=str(place.folder))
    return keyfile.load(place.keys)


def name_in(folder: Path) -> str:
    """What the practice in the folder is called; the folder's name where its key file does not tell."""
    try:
        return keyfile.load(folder / KEYS).practice_name
    except AppError:
        return folder.name


def is_practice(folder: Path) -> bool:
    """Whether the folder is a finished practice, maybe a damaged one."""
    return not folder.name.startswith(".") and ((folder / KEYS).is_file() or (folder / DATABASE).is_file())


def free_folder(parent: Path, practice_name: str) -> Path:
    """A folder for a new practice that is not there yet, named after it in plain letters."""
    return free_file(parent, practice_name, "")


def free_file(parent: Path, practice_name: str, suffix: str) -> Path:
    """A path that is not there yet, named after the practice in plain letters."""
    slug = slug_of(practice_name)
    names = (f"{slug}{suffix}" if n == 1 else f"{slug}-{n}{suffix}" for n in range(1, 10_000))
    return next(parent / name for name in names if not (parent / name).exists())


def slug_of(practice_name: str) -> str:
    """The name in plain letters that every system takes for a file."""
    letters = "".join(c if c.isascii() and c.isalnum() else "-" for c in search_key(practice_name))
    slug = "-".join(filter(None, letters.split("-")))[:SLUG_LIMIT].strip("-")
    return f"practice-{slug}".strip("-") if not slug or slug in _RESERVED else slug
