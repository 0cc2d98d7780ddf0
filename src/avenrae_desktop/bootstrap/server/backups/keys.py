"""What one computer needs to back up a practice server: the backups' key file, and the account that reads.

The key file lets in whoever made it, by the password they sign in with, and the recovery key on paper. The
account's password is sealed by the same key: neither lies readable on the disk.
"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from avenrae_desktop.bootstrap.server.administrator import Administrator, administrating
from avenrae_desktop.db import keyfile
from avenrae_desktop.db.backup.account import make_account
from avenrae_desktop.db.backup.dump_program import Account
from avenrae_desktop.db.keyfile import KeyFile, new_raw_key
from avenrae_desktop.kernel.errors import Problem, RuleBroken, Unavailable, noop
from avenrae_desktop.kernel.files import write_whole
from avenrae_desktop.kernel.ids import new_uuid

KEYS = "backup.keys"
ACCOUNT = "backup.account"
_NONCE = 12

NOT_SET_UP = Problem(
    "backup.not_set_up",
    noop("Backups are not set up on this computer"),
    noop("It has no account on the server that may read everything."),
    noop("Set them up once, with the account of the server's administrator: avenrae backup --set-up"),
)
ACCOUNT_DAMAGED = Problem(
    "backup.account_damaged",
    noop("The backup account's file is damaged"),
    noop("“{name}” cannot be read as it is."),
    noop("Set backups up on this computer once more; backups that were made stay."),
)


@dataclass(frozen=True, slots=True)
class ServerKeys:
    """Opened: ready to make backups."""

    keys: KeyFile
    account: Account
    key: bytes = field(repr=False)


def is_set_up(folder: Path) -> bool:
    return (folder / KEYS).is_file() and (folder / ACCOUNT).is_file()


def set_up(
    folder: Path, admin: Administrator, practice_name: str, sign_in_name: str, password: str, person: UUID
) -> str:
    """Make the account and the files; returns the recovery key to show once.

    Set up again, the old recovery key still fits the backups that were made before. Raises AppError.
    """
    folder.mkdir(parents=True, mode=0o700, exist_ok=True)
    key = new_raw_key()
    keys, shown = KeyFile(_same_practice(folder), practice_name).with_recovery_key(key)
    keys = keys.with_password(key, person, sign_in_name, sign_in_name, password, "")
    with administrating(admin) as connection:
        account = make_account(connection, admin.address)
    write_whole(folder / ACCOUNT, _sealed(account, key, keys.practice))
    keys.save(folder / KEYS)
    return shown


def open_keys(folder: Path, sign_in_name: str, password: str) -> ServerKeys:
    """Raises RuleBroken (not set up, wrong password), Unavailable."""
    if not is_set_up(folder):
        raise RuleBroken(NOT_SET_UP)
    keys = keyfile.load(folder / KEYS)
    key = keys.open_by_password(sign_in_name, password)
    return ServerKeys(keys, _opened(folder / ACCOUNT, key, keys.practice), key)


def _same_practice(folder: Path) -> UUID:
    """Backups made before stay on the same shelf."""
    return keyfile.load(folder / KEYS).practice if (folder / KEYS).is_file() else new_uuid()


def _sealed(account: Account, key: bytes, practice: UUID) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    plain = json.dumps([account.user, account.password]).encode()
    return nonce + AESGCM(key).encrypt(nonce, plain, b"avenrae backup account|" + practice.bytes)


def _opened(path: Path, key: bytes, practice: UUID) -> Account:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        raw = path.read_bytes()
        plain = AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], b"avenrae backup account|" + practice.bytes)
    except (OSError, InvalidTag, ValueError):
        raise Unavailable(ACCOUNT_DAMAGED, name=path.name) from None
    user, password = json.loads(plain)
    return Account(user, password)
