"""The folder in which the backups of a practice stand: what is there, what may go, and one maker at a time."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from uuid import UUID

from avenrae_desktop.bootstrap.places import slug_of
from avenrae_desktop.db.backup.container import SUFFIX, Head, Home, Opener
from avenrae_desktop.db.backup.problems import BUSY, refused_by_system
from avenrae_desktop.db.backup.rotation import is_overdue, to_keep
from avenrae_desktop.kernel.errors import AppError, Unavailable
from avenrae_desktop.kernel.files import sync_folder
from avenrae_desktop.settings.lock_file import FileLock

_WORK = ".making-backup"
_LOCK = ".backup.lock"


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup that passed its test when it was made. `size` is in bytes."""

    path: Path
    made_at: datetime
    size: int
    practice_name: str
    home: Home


@dataclass(frozen=True, slots=True)
class Shelf:
    """`practice` is the uuid in its key file: other practices' backups in the folder are left alone."""

    folder: Path
    practice: UUID

    def kept(self) -> tuple[Kept, ...]:
        """What is there, newest first; files that are no backup of this practice are left out."""
        try:
            files = sorted(self.folder.glob(f"*{SUFFIX}"))
        except OSError:
            return ()
        found = (look_at(file) for file in files)
        mine = [kept for head, kept in filter(None, found) if head.practice == self.practice]
        return tuple(sorted(mine, key=lambda each: each.made_at, reverse=True))

    def last_good(self) -> datetime | None:
        """When the newest one was made."""
        return max((each.made_at for each in self.kept()), default=None)

    def is_overdue(self, now: datetime) -> bool:
        """Whether the last good one is more than seven days old."""
        return is_overdue(self.last_good(), now)

    @contextlib.contextmanager
    def making(self) -> Iterator[Path]:
        """A folder to make a backup in, on the same disk; gone afterwards. Raises Unavailable."""
        work = self.folder / _WORK
        with telling_system(self.folder):
            self.folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            lock = FileLock(self.folder / _LOCK)
            if not lock.acquire():
                raise Unavailable(BUSY, folder=str(self.folder))
            try:
                shutil.rmtree(work, ignore_errors=True)  # by a program that died
                work.mkdir(mode=0o700)
                yield work
            finally:
                shutil.rmtree(work, ignore_errors=True)
                lock.release()

    def put(self, part: Path, head: Head) -> Kept:
        """A proven backup takes its place."""
        at = head.made_at.astimezone(UTC)
        name = f"{slug_of(head.practice_name)}-{at:%Y%m%d-%H%M%S}"
        names = (f"{name}{SUFFIX}" if n == 1 else f"{name}-{n}{SUFFIX}" for n in range(1, 10_000))
        target = next(self.folder / each for each in names if not (self.folder / each).exists())
        part.replace(target)
        sync_folder(self.folder)
        return Kept(target, head.made_at, target.stat().st_size, head.practice_name, head.home)

    def thin(self, now: datetime, zone: tzinfo) -> tuple[Path, ...]:
        """Take away what is older than it is kept: 12 days, 10 weeks, 9 months. Returns what went."""
        there = self.kept()
        keep = to_keep((each.made_at for each in there), now, zone)
        gone = tuple(each.path for each in there if each.made_at not in keep)
        for path in gone:
            with contextlib.suppress(OSError):  # another time
                path.unlink()
        return gone


def look_at(file: Path) -> tuple[Head, Kept] | None:
    """What a backup says of itself, unproven; None for what is no backup."""
    try:
        head = Opener(file).head
        return head, Kept(file, head.made_at, file.stat().st_size, head.practice_name, head.home)
    except (AppError, OSError):
        return None


@contextlib.contextmanager
def telling_system(folder: Path) -> Iterator[None]:
    """Turn what the system raises (disk full, read-only, gone) into words about backups and exports."""
    try:
        yield
    except OSError as error:
        raise refused_by_system(error, folder) from error
