"""A practice file restored from a backup: into a new folder, which appears when it has been compared."""

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from avenrae_desktop.bootstrap import places
from avenrae_desktop.bootstrap.backup.making import check, extract
from avenrae_desktop.bootstrap.backup.shelf import telling_system
from avenrae_desktop.db.backup.container import Home, Opener
from avenrae_desktop.db.backup.file_copy import check_copy
from avenrae_desktop.db.backup.manifest import Manifest
from avenrae_desktop.db.backup.problems import ALREADY_THERE, TOO_NEW
from avenrae_desktop.db.backup.watch import Watch
from avenrae_desktop.db.schema import SCHEMA_VERSION
from avenrae_desktop.kernel.errors import RuleBroken, Unavailable
from avenrae_desktop.kernel.files import sync_folder

_WORK = ".restoring-"
_LONG_AGO_S = 24 * 60 * 60


def restore_file(opener: Opener, key: bytes, target: Path, watch: Watch) -> Manifest:
    """Make the practice folder `target`, which must not be there yet: it appears whole or not at all.

    Raises RuleBroken, Unavailable; then nothing was changed anywhere.
    """
    if opener.head.home is not Home.FILE:
        raise ValueError(opener.head.home)
    target = target.absolute()
    _check_free(target)
    with _working(target.parent) as work, telling_system(target.parent):
        folder = work / "practice"
        folder.mkdir(mode=0o700)
        extract(opener, key, folder / places.DATABASE, watch)
        manifest = opener.proven()
        check_version(manifest)
        check_copy(folder / places.DATABASE, key, manifest, watch)
        opener.head.keys.save(folder / places.KEYS)
        _check_free(target)
        folder.rename(target)
        sync_folder(target.parent)
    return manifest


def try_backup(opener: Opener, key: bytes, where: Path, watch: Watch) -> Manifest:
    """Restore it below `where` for a moment, compare, and leave nothing. Raises Unavailable if it is not whole."""
    with _working(where) as work, telling_system(where):
        return check(opener, key, work, watch)


def check_version(manifest: Manifest) -> None:
    """Raise Unavailable for the practice of a newer program."""
    if manifest.schema_version > SCHEMA_VERSION:
        raise Unavailable(TOO_NEW, found=manifest.schema_version, known=SCHEMA_VERSION)


def _check_free(target: Path) -> None:
    if target.exists():
        raise RuleBroken(ALREADY_THERE, name=str(target))


@contextlib.contextmanager
def _working(parent: Path) -> Iterator[Path]:
    with telling_system(parent):
        parent.mkdir(parents=True, exist_ok=True)
        for left in parent.glob(f"{_WORK}*"):  # by a program that died
            if time.time() - left.stat().st_mtime > _LONG_AGO_S:
                shutil.rmtree(left, ignore_errors=True)
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=parent))
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
