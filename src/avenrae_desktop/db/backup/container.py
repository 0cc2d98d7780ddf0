"""The backup file: a readable head, then the data in sealed pieces, the manifest in the last one.

Each piece is AES-256-GCM under a key of this file alone. Its number, its kind and the whole head are bound to it:
whatever is altered, moved, left out or cut off is refused. The head carries the practice's key file, so that a
password or the recovery key of that day opens the backup, wherever it is.
"""

import contextlib
import hashlib
import json
import os
import struct
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from uuid import UUID

from avenrae_desktop.db.backup.manifest import Manifest, read_manifest
from avenrae_desktop.db.backup.problems import DAMAGED, NOT_A_BACKUP, TOO_NEW, UNREADABLE
from avenrae_desktop.db.keyfile import KeyFile, read_keys
from avenrae_desktop.kernel.errors import AppError, Unavailable

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SUFFIX = ".avbackup"
FORMAT = 1
PIECE = 1024 * 1024
_MAGIC = b"AVENRAE BACKUP\r\n\x1a\n"
_LARGEST_HEAD = 4 * 1024 * 1024
_LARGEST_MANIFEST = 4 * 1024 * 1024
_TAG = 16
_DATA, _MANIFEST = 1, 2
_LENGTH = struct.Struct(">I")
_FRAME = struct.Struct(">BI")


class Home(StrEnum):
    """Where the practice lived: an image of the encrypted file, or statements for a server."""

    FILE = "file"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Head:
    """What everybody can read of a backup; it is proven only when the backup is opened."""

    practice: UUID
    practice_name: str
    home: Home
    made_at: datetime
    salt: bytes
    keys: KeyFile


def new_head(keys: KeyFile, home: Home, made_at: datetime) -> Head:
    return Head(keys.practice, keys.practice_name, home, made_at.astimezone(UTC), os.urandom(32), keys)


class Sealer:
    """Writes a backup into an open file; it is whole only after `finish`."""

    def __init__(self, file: IO[bytes], head: Head, key: bytes) -> None:
        self._file = file
        raw = _head_bytes(head)
        file.write(raw)
        self._box, self._bound = _box(key, head), hashlib.sha256(raw).digest()
        self._waiting = bytearray()
        self._number = 0
        self.payload_bytes = 0

    def write(self, data: bytes) -> None:
        """Add data. Raises OSError."""
        self.payload_bytes += len(data)
        self._waiting += data
        while len(self._waiting) >= PIECE:
            self._seal(_DATA, bytes(self._waiting[:PIECE]))
            del self._waiting[:PIECE]

    def finish(self, manifest: Manifest) -> None:
        """End the backup and put it on the disk. Raises OSError."""
        if self._waiting:
            self._seal(_DATA, bytes(self._waiting))
            self._waiting.clear()
        self._seal(_MANIFEST, manifest.to_bytes())
        self._file.flush()
        os.fsync(self._file.fileno())

    def _seal(self, kind: int, plain: bytes) -> None:
        sealed = self._box.encrypt(_nonce(self._number, kind), plain, self._bound)
        self._number += 1
        self._file.write(_FRAME.pack(kind, len(sealed)))
        self._file.write(sealed)


class Opener:
    """Reads a backup. Nothing that `data` gave counts before `manifest` is there."""

    def __init__(self, path: Path) -> None:
        """Reads the head. Raises Unavailable."""
        self.path = path
        with self._telling(), path.open("rb") as file:
            self.head, raw = _read_head(file, path.name)
        self._bound = hashlib.sha256(raw).digest()
        self._after_head = len(raw)
        self.manifest: Manifest | None = None

    def data(self, key: bytes) -> Generator[bytes, None, None]:
        """The data, piece by piece, and then the manifest into `manifest`.

        Raises Unavailable as soon as a piece was altered or is missing.
        """
        self.manifest = None
        box, number = _box(key, self.head), 0
        with self._telling(), self.path.open("rb") as file:
            file.seek(self._after_head)
            while True:
                kind, plain = self._piece(file, box, number)
                number += 1
                if kind == _MANIFEST:
                    break
                yield plain
            if file.read(1):
                raise self._damaged()
        try:
            self.manifest = read_manifest(plain)
        except (ValueError, KeyError, TypeError):
            raise self._damaged() from None

    @contextlib.contextmanager
    def reading(self, key: bytes) -> Iterator[Iterator[bytes]]:
        """As `data`, for whoever passes it on: the file is closed with the block, however it ends."""
        pieces = self.data(key)
        try:
            yield pieces
        finally:
            pieces.close()

    def proven(self) -> Manifest:
        """The manifest, after `data` came to its end. Raises Unavailable where it did not."""
        if self.manifest is None:
            raise self._damaged()
        return self.manifest

    def _piece(self, file: IO[bytes], box: "AESGCM", number: int) -> tuple[int, bytes]:
        from cryptography.exceptions import InvalidTag

        frame = file.read(_FRAME.size)
        if len(frame) != _FRAME.size:
            raise self._damaged()
        kind, length = _FRAME.unpack(frame)
        largest = {_DATA: PIECE, _MANIFEST: _LARGEST_MANIFEST}.get(kind)
        if largest is None or not _TAG <= length <= largest + _TAG:
            raise self._damaged()
        sealed = file.read(length)
        try:
            return kind, box.decrypt(_nonce(number, kind), sealed, self._bound)
        except InvalidTag:
            raise self._damaged() from None

    def _damaged(self) -> AppError:
        return Unavailable(DAMAGED, name=self.path.name)

    def _telling(self) -> "_Reading":
        return _Reading(self.path.name)


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the system says when a file is read, in words."""

    name: str

    def __enter__(self) -> None:
        return

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError):
            raise Unavailable(UNREADABLE, name=self.name, detail=error.strerror or str(error)) from error


def _box(key: bytes, head: Head) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    info = b"avenrae backup|" + head.practice.bytes
    return AESGCM(HKDF(SHA256(), length=32, salt=head.salt, info=info).derive(key))


def _nonce(number: int, kind: int) -> bytes:
    """No two pieces under one key have the same number."""
    return struct.pack(">3xBQ", kind, number)


def _head_bytes(head: Head) -> bytes:
    plain: dict[str, Any] = {
        "format": FORMAT,
        "practice": str(head.practice),
        "practice_name": head.practice_name,
        "home": head.home.value,
        "made_at": head.made_at.isoformat(),
        "salt": head.salt.hex(),
        "keys": head.keys.to_bytes().decode(),
    }
    raw = json.dumps(plain, ensure_ascii=False).encode()
    return _MAGIC + _LENGTH.pack(len(raw)) + raw


def _read_head(file: IO[bytes], name: str) -> tuple[Head, bytes]:
    magic = file.read(len(_MAGIC))
    if magic != _MAGIC:
        raise Unavailable(NOT_A_BACKUP, name=name)
    length = file.read(_LENGTH.size)
    size = _LENGTH.unpack(length)[0] if len(length) == _LENGTH.size else 0
    raw = file.read(min(size, _LARGEST_HEAD))
    if len(raw) != size:
        raise Unavailable(DAMAGED, name=name)
    try:
        plain = json.loads(raw)
        found = plain["format"]
        if isinstance(found, int) and found > FORMAT:
            raise Unavailable(TOO_NEW, found=found, known=FORMAT)
        return _head(plain, name), magic + length + raw
    except AppError as error:
        raise error if error.problem is TOO_NEW else Unavailable(DAMAGED, name=name) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unavailable(DAMAGED, name=name) from None


def _head(plain: dict[str, Any], name: str) -> Head:
    made_at = datetime.fromisoformat(plain["made_at"])
    salt = bytes.fromhex(plain["salt"])
    if plain["format"] != FORMAT or made_at.tzinfo is None or len(salt) != 32:
        raise ValueError(plain["format"])
    keys = read_keys(plain["keys"].encode(), name, "")
    return Head(UUID(plain["practice"]), str(plain["practice_name"]), Home(plain["home"]), made_at, salt, keys)
