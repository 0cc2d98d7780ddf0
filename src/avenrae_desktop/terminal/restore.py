"""`avenrae restore`: a practice from a backup, into a new folder or a new database; or only its test."""

import argparse
import tempfile
from pathlib import Path

from avenrae_desktop.areas.accounts.people import normal_sign_in_name
from avenrae_desktop.bootstrap import places
from avenrae_desktop.bootstrap.backup.restoring import restore_file, try_backup
from avenrae_desktop.bootstrap.server.administrator import Administrator
from avenrae_desktop.db.backup.container import Home, Opener
from avenrae_desktop.db.backup.manifest import Manifest
from avenrae_desktop.db.backup.watch import Watch
from avenrae_desktop.settings.paths import user_paths
from avenrae_desktop.terminal.console import Console
from avenrae_desktop.terminal.progress import StepLines


def run(asked: argparse.Namespace, console: Console) -> int:
    """Raises AppError; then nothing was changed anywhere."""
    opener = Opener(asked.file)
    head = opener.head
    where = "a server" if head.home is Home.SERVER else "one computer"
    console.say(f"{head.practice_name}, on {where}, backed up {head.made_at:%Y-%m-%d %H:%M} UTC")
    key = _key(asked, console, opener)
    lines = StepLines(console)
    watch = Watch(lines.tell)
    try:
        if asked.check:
            with tempfile.TemporaryDirectory(dir=asked.scratch) as scratch:
                manifest = try_backup(opener, key, Path(scratch), watch)
            lines.end()
            return _said(console, "It is whole:", manifest)
        if head.home is Home.SERVER:
            return _to_server(asked, console, opener, key, watch, lines)
        return _to_folder(asked, console, opener, key, watch, lines)
    finally:
        lines.end()


def _key(asked: argparse.Namespace, console: Console, opener: Opener) -> bytes:
    keys = opener.head.keys
    if asked.recovery_key_file is not None:
        return keys.open_by_recovery_key(console.secret("Recovery key", asked.recovery_key_file))
    known = ", ".join(person.sign_in_name for person in keys.people)
    console.say(f"It opens with the password that {known} had then, or with the recovery key.")
    name = console.value(asked.user, "Sign-in name (nothing for the recovery key)", normal_sign_in_name)
    if not name:
        return keys.open_by_recovery_key(console.secret("Recovery key", None))
    return keys.open_by_password(name, console.secret(f"Password of {name}", asked.password_file))


def _to_folder(
    asked: argparse.Namespace, console: Console, opener: Opener, key: bytes, watch: Watch, lines: StepLines
) -> int:
    practices = user_paths().practices
    target: Path = asked.folder or places.free_folder(practices, opener.head.practice_name)
    manifest = restore_file(opener, key, target, watch)
    lines.end()
    _said(console, "Restored and compared:", manifest)
    console.say(f"  {target.absolute()}")
    if target.parent == practices:
        console.say("It is in the program's list now.")
    else:
        console.say(f"To have it in the program's list, move the folder to {practices}")
    return 0


def _to_server(
    asked: argparse.Namespace, console: Console, opener: Opener, key: bytes, watch: Watch, lines: StepLines
) -> int:
    from avenrae_desktop.bootstrap.server.backups.restore import restore_server
    from avenrae_desktop.terminal.server.address import address_of
    from avenrae_desktop.terminal.server.files import place_for, write

    address = address_of(asked, console)
    user = console.value(asked.admin_user, "Administrator's MySQL account", str, "root")
    admin = Administrator(address, user, console.secret(f"Password of {user}", asked.admin_password_file))
    file = place_for(console, asked.new_enrolment, opener.head.practice_name, overwrite=False)
    name = asked.sign_in_name or ""
    restored = restore_server(opener, key, admin, name, watch, keep_accounts=asked.keep_accounts)
    lines.end()
    _said(console, "Restored and compared:", restored.manifest)
    write(console, file, restored.enrolment)
    if restored.code:
        console.say(f"“{restored.sign_in_name}” signs in with this one-time code, within 24 hours:")
        console.say(f"  {restored.code}")
    if restored.without_account:
        console.say(f"New codes (Settings, Team) are needed by: {', '.join(restored.without_account)}")
    return 0


def _said(console: Console, words: str, manifest: Manifest) -> int:
    console.say(f"{words} {manifest.rows:,} rows in {len(manifest.tables)} tables.")
    return 0
