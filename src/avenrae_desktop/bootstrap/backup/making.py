"""A backup, from the practice to its place on the shelf: copied, sealed, read back, compared, and then kept."""

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from pathlib import Path

import sqlalchemy as sa

from avenrae_desktop.bootstrap.backup.shelf import Kept, Shelf, telling_system
from avenrae_desktop.db.backup.container import Head, Home, Opener, Sealer, new_head
from avenrae_desktop.db.backup.dump_program import Account, Program
from avenrae_desktop.db.backup.file_copy import check_copy, copy
from avenrae_desktop.db.backup.manifest import Manifest
from avenrae_desktop.db.backup.scratch import check_dump
from avenrae_desktop.db.backup.server_copy import copy_server, unpacked
from avenrae_desktop.db.backup.watch import Step, Watch
from avenrae_desktop.db.keyfile import KeyFile
from avenrae_desktop.db.server.address import ServerAddress

_PIECE = 1024 * 1024
Fill = Callable[[Sealer, Path], Manifest]


def back_up_file(
    shelf: Shelf, database: Path, keys: KeyFile, key: bytes, now: datetime, zone: tzinfo, watch: Watch
) -> Kept:
    """Back up a practice file that others may be working in. Raises AppError; then nothing is left of it."""

    def fill(sealer: Sealer, work: Path) -> Manifest:
        state = copy(database, work / "copy.db", key, watch)
        for piece in _read(work / "copy.db", watch):
            sealer.write(piece)
        (work / "copy.db").unlink()
        return state.manifest(sealer.payload_bytes)

    return _made(shelf, new_head(keys, Home.FILE, now), key, fill, zone, watch)


def back_up_server(
    shelf: Shelf,
    engine: sa.Engine,
    address: ServerAddress,
    account: Account,
    program: Program | None,
    keys: KeyFile,
    key: bytes,
    now: datetime,
    zone: tzinfo,
    watch: Watch,
) -> Kept:
    """Back up a practice on a server; `engine` and `account` are the backup's own. Raises as `back_up_file`."""

    def fill(sealer: Sealer, _work: Path) -> Manifest:
        state = copy_server(engine, address, account, program, sealer.write, watch)
        return state.manifest(sealer.payload_bytes)

    return _made(shelf, new_head(keys, Home.SERVER, now), key, fill, zone, watch)


def check(opener: Opener, key: bytes, work: Path, watch: Watch) -> Manifest:
    """Restore the backup into `work` and compare it with its manifest. Raises Unavailable if it is not whole."""
    if opener.head.home is Home.FILE:
        restored = work / "restored.db"
        extract(opener, key, restored, watch)
        check_copy(restored, key, opener.proven(), watch)
    else:
        with opener.reading(key) as pieces:
            check_dump(unpacked(pieces, opener.path.name), work, watch, opener.proven)
    return opener.proven()


def extract(opener: Opener, key: bytes, target: Path, watch: Watch) -> None:
    """The practice file of a backup, as `target`. Raises Unavailable, OSError."""
    done, of = 0, opener.path.stat().st_size
    with target.open("xb") as file:
        for piece in opener.data(key):
            done += len(piece)
            watch.at(Step.CHECK, done, of)
            file.write(piece)


def _made(shelf: Shelf, head: Head, key: bytes, fill: Fill, zone: tzinfo, watch: Watch) -> Kept:
    with shelf.making() as work, telling_system(shelf.folder):
        part = work / "backup.part"
        part.touch(mode=0o600)
        with part.open("wb") as file:
            sealer = Sealer(file, head, key)
            sealer.finish(fill(sealer, work))
        # From the disk, as whoever needs it one day will read it.
        check(Opener(part), key, work, watch)
        kept = shelf.put(part, head)
    shelf.thin(head.made_at, zone)
    return kept


def _read(path: Path, watch: Watch) -> Iterator[bytes]:
    done, of = 0, path.stat().st_size
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            done += len(piece)
            watch.at(Step.SEAL, done, of)
            yield piece
