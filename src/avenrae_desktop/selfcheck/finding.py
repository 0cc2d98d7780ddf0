"""What every check gives, and how it says that something is wrong."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

Found = Mapping[str, Any]
Check = Callable[[Path], Found]
"""Gets an empty folder; gives what it found, as plain values; raises whatever went wrong."""


class NotAsItShouldBeError(Exception):
    """A part of the program answers, but wrongly."""


def expect(holds: object, otherwise: str) -> None:
    """Raises NotAsItShouldBeError."""
    if not holds:
        raise NotAsItShouldBeError(otherwise)
