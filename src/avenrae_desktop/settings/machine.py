"""The settings of this computer, in one TOML file.

To add one: declare an `Option` below with its name in the file, its default, the title that people read, and
how it is read and written. A value that does not fit counts as its default; the rest of the file is kept.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from avenrae_desktop.kernel.errors import Problem, Unavailable, noop
from avenrae_desktop.kernel.files import write_whole

T = TypeVar("T")

NOT_SAVED = Problem(
    "machine.not_saved",
    noop("The settings of this computer could not be saved"),
    noop("The system refused to write “{file}”: {detail}"),
    noop("Check that the folder can be written and that the disk has room."),
)


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One setting. `read` makes the value of what the file holds and may raise ValueError; `plain` goes back."""

    name: str
    default: T
    title: str
    read: Callable[[Any], T]
    plain: Callable[[T], Any] = lambda value: value


@dataclass(frozen=True, slots=True)
class Remembered:
    """A practice that was opened on this computer."""

    folder: Path
    practice_name: str
    last_opened: datetime


def _one_of(*allowed: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in allowed:
            raise ValueError(value)
        return str(value)

    return read


def _between(low: float, high: float) -> Callable[[Any], float]:
    def read(value: Any) -> float:
        if not low <= value <= high:
            raise ValueError(value)
        return float(value)

    return read


def _zoom(value: Any) -> float:
    return 0.0 if value == 0 else _between(0.8, 2.1)(value)


def _read_practices(value: Any) -> tuple[Remembered, ...]:
    return tuple(
        Remembered(Path(each["folder"]), str(each["name"]), each["last_opened"].astimezone(UTC)) for each in value
    )


def _plain_practices(value: tuple[Remembered, ...]) -> list[dict[str, Any]]:
    return [
        {"folder": str(each.folder), "name": each.practice_name, "last_opened": each.last_opened.astimezone(UTC)}
        for each in value
    ]


def _read_servers(value: Any) -> dict[str, tuple[datetime, str]]:
    return {str(file): (each["last_opened"].astimezone(UTC), str(each["name"])) for file, each in value.items()}


def _plain_servers(value: dict[str, tuple[datetime, str]]) -> dict[str, dict[str, Any]]:
    return {file: {"last_opened": at.astimezone(UTC), "name": name} for file, (at, name) in value.items()}


def _read_views(value: Any) -> dict[str, dict[str, Any]]:
    """By person, whose uuid is another one in every practice."""
    return {str(person): dict(view) for person, view in value.items()}


THEME = Option("theme", "system", noop("Appearance"), _one_of("system", "light", "dark"))
ZOOM = Option("zoom", 0.0, noop("Size of everything on screen; 0 is as large as the system's font"), _zoom)
LAST_SIGN_IN_NAME = Option("last_sign_in_name", "", noop("Who signed in last"), str)
PRACTICES: Option[tuple[Remembered, ...]] = Option(
    "practices", (), noop("Practices opened on this computer"), _read_practices, _plain_practices
)
SERVERS: Option[dict[str, tuple[datetime, str]]] = Option(
    "servers",
    {},
    noop("When and by whom a practice server was opened last, by enrolment file"),
    _read_servers,
    _plain_servers,
)
CALENDAR_VIEWS: Option[dict[str, dict[str, Any]]] = Option(
    "calendar_views", {}, noop("How the calendar was last looked at"), _read_views
)
OPTIONS: tuple[Option[Any], ...] = (THEME, ZOOM, LAST_SIGN_IN_NAME, PRACTICES, SERVERS, CALENDAR_VIEWS)


class MachineSettings:
    """Reads once; every change is on the disk when `set` returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._plain = _load(path)

    def get(self, option: Option[T]) -> T:
        """The value, or the default where the file has none that fits."""
        if option.name not in self._plain:
            return option.default
        try:
            return option.read(self._plain[option.name])
        except (ValueError, TypeError, KeyError, AttributeError):
            return option.default

    def set(self, option: Option[T], value: T) -> None:
        """Remember the value. Raises ValueError for one that does not fit, Unavailable if it cannot be saved."""
        plain = option.plain(value)
        option.read(plain)
        # Another start of the program may have written meanwhile.
        self._plain = {**_load(self._path), option.name: plain}
        self._save()

    def _save(self) -> None:
        import tomli_w

        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._path, tomli_w.dumps(self._plain).encode())
        except OSError as error:
            detail = error.strerror or str(error)
            raise Unavailable(NOT_SAVED, file=str(self._path), detail=detail) from error


def _load(path: Path) -> dict[str, Any]:
    try:
        text = path.read_bytes()
    except OSError:
        return {}
    import tomllib  # its patterns take as long to build as the first picture's icons

    try:
        return tomllib.loads(text.decode("utf-8"))
    except ValueError:
        # Damaged: begin anew, and keep what it was for somebody who can read it.
        with contextlib.suppress(OSError):
            path.replace(path.with_name(f"{path.name}.damaged"))
        return {}
