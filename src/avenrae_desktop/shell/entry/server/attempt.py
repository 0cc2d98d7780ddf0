"""Coming in to a server while somebody may change their mind: what opens too late is closed again."""

import contextlib
import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from avenrae_desktop.kernel.errors import AppError


class Closable(Protocol):
    """What was opened; an App of either home."""

    def close(self) -> None: ...


A = TypeVar("A", bound=Closable)


class GivenUp(Exception):
    """Nobody waits for this any more."""


class Attempt:
    """One try. `run` is for a thread of the runner, `give_up` for the screen; each may come first."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._opened: Closable | None = None
        self._given_up = False

    def run(self, open_it: Callable[[], A]) -> A:
        """What `open_it` gives; raises GivenUp, with it closed again, where nobody waits for it now."""
        opened = open_it()
        with self._turn:
            if not self._given_up:
                self._opened = opened
                return opened
        _close(opened)
        raise GivenUp

    def give_up(self) -> None:
        """Close what was opened, in the background, now or as soon as it is."""
        with self._turn:
            self._given_up = True
            opened, self._opened = self._opened, None
        if opened is not None:
            threading.Thread(target=_close, args=(opened,), daemon=True).start()

    def taken(self) -> None:
        """What was opened is in other hands now."""
        with self._turn:
            self._opened = None


def _close(opened: Closable) -> None:
    # The connection may be broken already: closing it is all that is left to do.
    with contextlib.suppress(AppError):
        opened.close()
