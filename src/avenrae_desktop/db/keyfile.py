"""The key file of a practice: who can open its encrypted file, and with what.

A random raw key opens the file. Each person's password, and the recovery key on paper, wraps that same key
in an entry of its own (Argon2id, then AES-256-GCM), so that a password changes without touching the data.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import UUID

from avenrae_desktop.db.recovery_key import new_secret, read, spell
from avenrae_desktop.db.sealing import KEY_BYTES, derived, seal, secret_bytes, unseal
from avenrae_desktop.kernel.errors import AppError, Problem, RuleBroken, Unavailable, noop
from avenrae_desktop.kernel.files import write_whole
from avenrae_desktop.kernel.ids import new_uuid

FORMAT = 1

MISSING = Problem(
    "keys.missing",
    noop("The key file is missing"),
    noop("The folder of this practice has no file “{name}”. Without it nobody can open the practice."),
    noop("Put “{name}” back into {folder} from your last backup."),
)
DAMAGED = Problem(
    "keys.damaged",
    noop("The key file is damaged"),
    noop("“{name}” cannot be read as it is."),
    noop("Put “{name}” back into {folder} from your last backup."),
)
TOO_NEW = Problem(
    "keys.too_new",
    noop("This practice needs a newer program"),
    noop("Its key file was written by a newer version of Avenrae Desktop (format {found}, this is {known})."),
    noop("Install the newest version of the program; the file was not touched."),
)
NOT_SAVED = Problem(
    "keys.not_saved",
    noop("The key file could not be saved"),
    noop("The system refused to write “{name}”: {detail}"),
    noop("Check that the folder can be written and that the disk has room, then try again."),
)
WRONG_PASSWORD = Problem(
    "keys.wrong_password",
    noop("Wrong password"),
    noop("This is not the password of “{sign_in_name}”."),
    noop("Check Caps Lock and the keyboard's language. If it is lost, use the recovery key."),
)
WRONG_RECOVERY_KEY = Problem(
    "keys.wrong_recovery_key",
    noop("This recovery key does not fit"),
    noop("The key is well formed, but it does not belong to this practice."),
    noop("Look for the sheet that carries this practice's name; a newer sheet replaces an older one."),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """How much work one guess of a password takes (Argon2id)."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4


FULL_COST = Cost()
# For secrets that are known to everybody, or too random to be guessed at all.
LIGHT_COST = Cost(memory_kib=8 * 1024, passes=1, lanes=1)


@dataclass(frozen=True, slots=True)
class PasswordEntry:
    """A person's way in. `mark` tells which stored password hash it belongs to (see `mark_of`)."""

    id: UUID
    person: UUID
    sign_in_name: str
    display_name: str
    mark: str
    cost: Cost
    salt: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class RecoveryEntry:
    """The way in by the recovery key on paper."""

    id: UUID
    cost: Cost
    salt: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class ParkedEntry:
    """The way in of a person who is shut out, sealed by the raw key until they are let in again."""

    id: UUID
    person: UUID
    sign_in_name: str
    sealed: bytes


Entry = PasswordEntry | RecoveryEntry | ParkedEntry


def new_raw_key() -> bytes:
    return os.urandom(KEY_BYTES)


def mark_of(password_hash: str) -> str:
    """Tells whether key file and database speak of the same password, and gives nothing away."""
    return hashlib.sha256(password_hash.encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The content of a key file. Changes give a new value; `save` puts it on the disk whole."""

    practice: UUID
    practice_name: str
    is_demo: bool = False
    entries: tuple[Entry, ...] = ()

    @property
    def people(self) -> tuple[PasswordEntry, ...]:
        return tuple(e for e in self.entries if isinstance(e, PasswordEntry))

    def entry_of(self, sign_in_name: str) -> PasswordEntry | None:
        return next((e for e in self.people if e.sign_in_name == sign_in_name), None)

    def is_parked(self, sign_in_name: str) -> bool:
        return any(isinstance(e, ParkedEntry) and e.sign_in_name == sign_in_name for e in self.entries)

    def open_by_password(self, sign_in_name: str, password: str) -> bytes:
        """The raw key; raises RuleBroken for a wrong password or an unknown person. Takes about 0.2 s."""
        entry = self.entry_of(sign_in_name)
        key = None if entry is None else self._unwrap(entry, secret_bytes(password))
        if key is None:
            raise RuleBroken(WRONG_PASSWORD, field="password", sign_in_name=sign_in_name)
        return key

    def open_by_recovery_key(self, typed: str) -> bytes:
        """The raw key; raises RuleBroken and says whether it is a typing mistake or another practice's key."""
        secret = read(typed)
        for entry in self.entries:
            key = self._unwrap(entry, secret) if isinstance(entry, RecoveryEntry) else None
            if key is not None:
                return key
        raise RuleBroken(WRONG_RECOVERY_KEY, field="recovery_key")

    def with_password(
        self,
        key: bytes,
        person: UUID,
        sign_in_name: str,
        display_name: str,
        password: str,
        mark: str,
        cost: Cost | None = None,
    ) -> "KeyFile":
        """The person gets in with this password, and with no earlier one. The cost is the full one by default."""
        cost = cost or FULL_COST
        entry = PasswordEntry(
            new_uuid(), person, sign_in_name, display_name, mark, cost, os.urandom(16), sealed=b""
        )
        sealed = seal(_derive(secret_bytes(password), entry.salt, cost), key, self._bound_to(entry))
        kept = tuple(e for e in self.entries if getattr(e, "person", None) != person)
        return replace(self, entries=(*kept, replace(entry, sealed=sealed)))

    def with_recovery_key(self, key: bytes) -> tuple["KeyFile", str]:
        """A new recovery key, to show once; earlier ones stop working."""
        secret = new_secret()
        entry = RecoveryEntry(new_uuid(), LIGHT_COST, os.urandom(16), sealed=b"")
        sealed = seal(_derive(secret, entry.salt, entry.cost), key, self._bound_to(entry))
        kept = tuple(e for e in self.entries if not isinstance(e, RecoveryEntry))
        return replace(self, entries=(*kept, replace(entry, sealed=sealed))), spell(secret)

    def in_step(self, key: bytes, names: Mapping[UUID, str], shut_out: frozenset[UUID]) -> "KeyFile":
        """Display names as given; entries of people who are shut out parked, the others taken out again."""
        return replace(self, entries=tuple(self._step(e, key, names, shut_out) for e in self.entries))

    def _step(self, entry: Entry, key: bytes, names: Mapping[UUID, str], shut_out: frozenset[UUID]) -> Entry:
        if isinstance(entry, PasswordEntry):
            if entry.person in shut_out:
                return self._park(entry, key)
            return replace(entry, display_name=names.get(entry.person, entry.display_name))
        if isinstance(entry, ParkedEntry) and entry.person in names and entry.person not in shut_out:
            return self._take_out(entry, key)
        return entry

    def _park(self, entry: PasswordEntry, key: bytes) -> ParkedEntry:
        parked = ParkedEntry(entry.id, entry.person, entry.sign_in_name, sealed=b"")
        plain = json.dumps(_entry_to_json(entry)).encode()
        return replace(parked, sealed=seal(key, plain, self._bound_to(parked)))

    def _take_out(self, parked: ParkedEntry, key: bytes) -> Entry:
        plain = unseal(key, parked.sealed, self._bound_to(parked))
        return parked if plain is None else _entry_from_json(json.loads(plain))

    def _unwrap(self, entry: PasswordEntry | RecoveryEntry, secret: bytes) -> bytes | None:
        return unseal(_derive(secret, entry.salt, entry.cost), entry.sealed, self._bound_to(entry))

    def _bound_to(self, entry: Entry) -> bytes:
        # An entry copied to another practice, or renamed to another person, must not open.
        person = getattr(entry, "person", None)
        return f"avenrae|{self.practice}|{entry.id}|{type(entry).__name__}|{person}".encode()

    def to_bytes(self) -> bytes:
        """What stands in the file."""
        body = {
            "format": FORMAT,
            "practice": str(self.practice),
            "practice_name": self.practice_name,
            "is_demo": self.is_demo,
            "entries": [_entry_to_json(e) for e in self.entries],
        }
        return json.dumps({**body, "check": _check(body)}, ensure_ascii=False, indent=1).encode()

    def save(self, path: Path) -> None:
        """Write the file whole; raises Unavailable, then the old one is untouched."""
        try:
            write_whole(path, self.to_bytes())
        except OSError as error:
            raise Unavailable(NOT_SAVED, name=path.name, detail=error.strerror or str(error)) from error


def load(path: Path) -> KeyFile:
    """Read a key file; raises Unavailable if it is missing, damaged or made by a newer program."""
    names = {"name": path.name, "folder": str(path.parent)}
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise Unavailable(MISSING, **names) from None
    except OSError:
        raise Unavailable(DAMAGED, **names) from None
    return read_keys(raw, **names)


def read_keys(raw: bytes, name: str, folder: str) -> KeyFile:
    """The key file that `to_bytes` gave; raises Unavailable if it is damaged or made by a newer program."""
    names = {"name": name, "folder": folder}
    try:
        return _parse(json.loads(raw))
    except AppError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Unavailable(DAMAGED, **names) from None


def _parse(plain: dict[str, Any]) -> KeyFile:
    found = plain["format"]
    if isinstance(found, int) and found > FORMAT:
        raise Unavailable(TOO_NEW, found=found, known=FORMAT)
    if found != FORMAT or plain.pop("check") != _check(plain):
        raise ValueError(found)
    return KeyFile(
        practice=UUID(plain["practice"]),
        practice_name=str(plain["practice_name"]),
        is_demo=bool(plain["is_demo"]),
        entries=tuple(_entry_from_json(e) for e in plain["entries"]),
    )


def _check(body: dict[str, Any]) -> str:
    # Tells damage from a wrong password; it keeps nobody from writing a file of their own.
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


_KINDS: dict[str, type[Entry]] = {
    "password": PasswordEntry,
    "recovery": RecoveryEntry,
    "parked": ParkedEntry,
}
_COST_LIMITS = {"memory_kib": (8, 1024 * 1024), "passes": (1, 20), "lanes": (1, 16)}


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    plain: dict[str, Any] = {"kind": next(k for k, t in _KINDS.items() if isinstance(entry, t))}
    for name in type(entry).__dataclass_fields__:
        value = getattr(entry, name)
        if isinstance(value, Cost):
            plain["argon2id"] = {n: getattr(value, n) for n in _COST_LIMITS}
        else:
            plain[name] = value.hex() if isinstance(value, bytes) else str(value)
    return plain


def _entry_from_json(plain: dict[str, Any]) -> Entry:
    kind = _KINDS[plain["kind"]]
    values: dict[str, Any] = {}
    for name, field in kind.__dataclass_fields__.items():
        if field.type is Cost:
            values[name] = _cost(plain["argon2id"])
        elif field.type is bytes:
            values[name] = bytes.fromhex(plain[name])
        else:
            values[name] = UUID(plain[name]) if field.type is UUID else str(plain[name])
    return kind(**values)


def _cost(plain: dict[str, Any]) -> Cost:
    for name, (low, high) in _COST_LIMITS.items():
        # A forged cost could hang the program for hours.
        if not low <= plain[name] <= high:
            raise ValueError(name)
    return Cost(**{name: plain[name] for name in _COST_LIMITS})


def _derive(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    return derived(secret, salt, memory_kib=cost.memory_kib, passes=cost.passes, lanes=cost.lanes)
