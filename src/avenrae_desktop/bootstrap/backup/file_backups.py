"""The backups of a practice on this computer."""

from collections.abc import Callable
from datetime import tzinfo
from pathlib import Path

from avenrae_desktop.bootstrap import places
from avenrae_desktop.bootstrap.backup.backups import Backups
from avenrae_desktop.bootstrap.backup.making import back_up_file
from avenrae_desktop.bootstrap.backup.restoring import restore_file
from avenrae_desktop.bootstrap.backup.shelf import Kept, Shelf
from avenrae_desktop.db.backup.container import Opener
from avenrae_desktop.db.backup.watch import Told, Watch
from avenrae_desktop.db.keyfile import KeyFile
from avenrae_desktop.kernel.time import Clock


class FileBackups(Backups):
    """Of a practice on this computer: sealed with its own key."""

    def __init__(
        self,
        place: places.Place,
        keys: Callable[[], KeyFile],
        key: bytes,
        clock: Clock,
        zone: Callable[[], tzinfo],
    ) -> None:
        super().__init__(place.folder / "backups", clock, zone)
        self._place, self._keys, self._raw_key = place, keys, key

    def restore(self, path: Path, told: Told | None = None) -> Path:
        with self._watching(told) as watch:
            opener = Opener(path)
            target = places.free_folder(self._place.folder.parent, opener.head.practice_name)
            restore_file(opener, self._key(opener), target, watch)
        return target

    def _shelf(self) -> Shelf:
        return Shelf(self.folder, self._keys().practice)

    def _make(self, watch: Watch) -> Kept:
        keys, now = self._keys(), self._clock()
        return back_up_file(self._shelf(), self._place.database, keys, self._raw_key, now, self._zone(), watch)

    def _key(self, opener: Opener) -> bytes:
        return self._raw_key
