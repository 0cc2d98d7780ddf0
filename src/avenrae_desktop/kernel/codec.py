"""Commands and outcomes as JSON: stored for idempotency and undo, later queued and sent."""

import dataclasses
import hashlib
import json
import types
import typing
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, get_args, get_origin, get_type_hints
from uuid import UUID

T = TypeVar("T")
SECRET = {"secret": True}  # metadata of a dataclass field that must never be stored in clear


def to_plain(value: Any, *, secrets: bool = True) -> Any:
    """Dataclasses, uuids, times, decimals, enums as JSON values; `secrets=False` drops secret fields."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: to_plain(getattr(value, f.name), secrets=secrets)
            for f in dataclasses.fields(value)
            if secrets or not f.metadata.get("secret")
        }
    match value:
        case Enum():
            return value.value
        case UUID() | Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case tuple() | list():
            return [to_plain(v, secrets=secrets) for v in value]
        case frozenset():
            return sorted(to_plain(v, secrets=secrets) for v in value)
        case dict():
            return {str(k): to_plain(v, secrets=secrets) for k, v in value.items()}
    return value


def from_plain(wanted: type[T], plain: Any) -> T:
    """Build the dataclass again from `to_plain`'s JSON values; raises KeyError, TypeError or ValueError."""
    hints = get_type_hints(wanted)
    fields = {f.name for f in dataclasses.fields(wanted) if f.init}  # type: ignore[arg-type]
    return wanted(**{name: _read(hints[name], value) for name, value in plain.items() if name in fields})


def row_to_plain(row: Any) -> dict[str, Any]:
    """The fields of a row that screens are given (a dataclass or a named tuple) as JSON values."""
    names = getattr(row, "_fields", None) or [f.name for f in dataclasses.fields(row)]
    return {name: to_plain(getattr(row, name)) for name in names}


def row_from_plain(wanted: type[T], plain: Any) -> T:
    """Build the row again; raises KeyError, TypeError or ValueError."""
    return wanted(**{name: _read(hint, plain[name]) for name, hint in get_type_hints(wanted).items()})


def _read(hint: Any, plain: Any) -> Any:
    if plain is None:
        return None
    origin = get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        return _read(next(h for h in get_args(hint) if h is not type(None)), plain)
    if origin in (tuple, frozenset):
        item = get_args(hint)[0]
        return origin(_read(item, v) for v in plain)
    if isinstance(hint, type):
        if dataclasses.is_dataclass(hint):
            return from_plain(hint, plain)
        if issubclass(hint, date):  # datetime too
            return hint.fromisoformat(plain)
        if issubclass(hint, (UUID, Decimal, Enum)):
            return hint(plain)
    return plain


def dumps(plain: Any) -> str:
    """One spelling for one value, so that hashes agree."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def body_hash(kind: str, command: Any) -> bytes:
    """SHA-256 over kind and body: tells a repeated command from another one under the same uuid.

    Secrets are left out: the hash is stored, and a PIN or password could be guessed from it.
    """
    return hashlib.sha256(f"{kind}\n{dumps(to_plain(command, secrets=False))}".encode()).digest()
