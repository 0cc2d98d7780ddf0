"""The backups of a practice that somebody has opened, wherever its data is."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from avenrae_desktop.bootstrap.backup.restoring import try_backup
from avenrae_desktop.bootstrap.backup.shelf import Kept, Shelf, telling_system
from avenrae_desktop.db.backup.container import Opener
from avenrae_desktop.db.backup.rotation import is_overdue
from avenrae_desktop.db.backup.watch import Told, Watch
from avenrae_desktop.kernel.files import write_whole
from avenrae_desktop.kernel.time import Clock

ELSEWHERE = "elsewhere.json"


@dataclass(frozen=True, slots=True)
class BackupState:
    """What a screen shows. `overdue`: no good one for more than seven days, or never."""

    folder: Path
    kept: tuple[Kept, ...]
    needs_set_up: bool
    overdue: bool

    @property
    def last_good(self) -> datetime | None:
        return self.kept[0].made_at if self.kept else None


class Backups(ABC):
    """Blocking calls for any thread but the screen's; `stop` for that one."""

    on_server = False

    def __init__(self, home: Path, clock: Clock, zone: Callable[[], tzinfo]) -> None:
        """`home` is where they stand unless another folder was chosen."""
        self.home = home
        self._clock, self._zone = clock, zone
        self._under_way: set[Watch] = set()

    @property
    def folder(self) -> Path:
        """Where they stand."""
        try:
            return Path(json.loads((self.home / ELSEWHERE).read_text(encoding="utf-8"))["folder"])
        except (OSError, ValueError, KeyError, TypeError):
            return self.home

    def choose_folder(self, folder: Path) -> None:
        """From now on they are made there, on a stick for example; those made before stay. Raises Unavailable."""
        with telling_system(self.home):
            self.home.mkdir(parents=True, mode=0o700, exist_ok=True)
            write_whole(self.home / ELSEWHERE, json.dumps({"folder": str(folder.absolute())}).encode())

    def state(self) -> BackupState:
        """What there is. Opens no backup: whether it is whole was proven when it was made."""
        shelf = self._shelf()
        kept = () if shelf is None else shelf.kept()
        last = kept[0].made_at if kept else None
        return BackupState(self.folder, kept, self.needs_set_up, is_overdue(last, self._clock()))

    @property
    def needs_set_up(self) -> bool:
        """Whether a server's administrator must say yes first."""
        return False

    def make(self, told: Told | None = None) -> Kept:
        """Back up and prove it. Raises AppError; then older backups are as they were."""
        with self._watching(told) as watch:
            return self._make(watch)

    def check(self, path: Path, told: Told | None = None) -> None:
        """Restore a backup of this practice for a moment and compare it. Raises Unavailable if it is not whole."""
        with self._watching(told) as watch:
            opener = Opener(path)
            try_backup(opener, self._key(opener), self.folder, watch)

    @abstractmethod
    def restore(self, path: Path, told: Told | None = None) -> Path:
        """Make a new practice folder of a backup; returns it. The open practice stays untouched."""

    def stop(self) -> None:
        """End what is under way."""
        for watch in tuple(self._under_way):
            watch.stop()

    def _watching(self, told: Told | None) -> "_Watching":
        return _Watching(Watch(told), self._under_way)

    @abstractmethod
    def _shelf(self) -> Shelf | None: ...

    @abstractmethod
    def _make(self, watch: Watch) -> Kept: ...

    @abstractmethod
    def _key(self, opener: Opener) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _Watching:
    watch: Watch
    under_way: set[Watch]

    def __enter__(self) -> Watch:
        self.under_way.add(self.watch)
        return self.watch

    def __exit__(self, *_: object) -> None:
        self.under_way.discard(self.watch)
