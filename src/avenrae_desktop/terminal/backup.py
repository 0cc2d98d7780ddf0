"""`avenrae backup`: make a backup and prove it, or show what there is."""

import argparse
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from avenrae_desktop.bootstrap.backup.backups import Backups
from avenrae_desktop.bootstrap.backup.file_backups import FileBackups
from avenrae_desktop.bootstrap.places import Place
from avenrae_desktop.kernel.errors import NotAllowed
from avenrae_desktop.kernel.identity import NOT_ALLOWED
from avenrae_desktop.kernel.time import utc_now, zone_of
from avenrae_desktop.terminal.console import Console
from avenrae_desktop.terminal.progress import StepLines
from avenrae_desktop.terminal.which import open_file, place_of, signed_in

if TYPE_CHECKING:
    from avenrae_desktop.bootstrap.server.server_app import ServerApp

_MB = 1024 * 1024


def run(asked: argparse.Namespace, console: Console) -> int:
    """0 when there is a new, proven backup. Raises AppError; then older ones are as they were."""
    place = place_of(asked)
    if isinstance(place, Place):
        opened = open_file(asked, console, place)
        zone = zone_of(opened.settings.time_zone)
        backups = FileBackups(place, lambda: opened.keys, opened.key, utc_now, lambda: zone)
        return _done(asked, console, backups, zone)
    with signed_in(asked, console, place) as app:
        found = app.backups
        if found is None:
            raise NotAllowed(NOT_ALLOWED)
        return _done(asked, console, found, app.zone(), app)


def _done(
    asked: argparse.Namespace, console: Console, backups: Backups, zone: tzinfo, app: "ServerApp | None" = None
) -> int:
    if asked.to is not None:
        backups.choose_folder(asked.to)
    if asked.list:
        return _list(console, backups, zone)
    if app is not None and (asked.set_up or backups.needs_set_up):
        _set_up(asked, console, app)
    lines = StepLines(console)
    try:
        kept = backups.make(lines.tell)
    finally:
        lines.end()
    console.say(f"Backed up, read back and compared ({_size(kept.size)}):")
    console.say(f"  {kept.path}")
    return 0


def _set_up(asked: argparse.Namespace, console: Console, app: "ServerApp") -> None:
    from avenrae_desktop.bootstrap.server.backups.backups import ServerBackups

    backups = app.backups
    assert isinstance(backups, ServerBackups)  # noqa: S101 - of a server
    console.say("Backups are set up on this computer first, with the account of the server's administrator.")
    console.say("It is used once and stored nowhere.")
    user = console.value(asked.admin_user, "Administrator's MySQL account", str, "root")
    password = console.secret(f"Password of {user}", asked.admin_password_file)
    shown = backups.set_up(user, password, app.settings().practice_name)
    console.say("Write this recovery key down, and keep it away from this computer. It opens the backups when")
    console.say("your password is lost, and is shown only now:")
    console.say(f"  {shown}")


def _list(console: Console, backups: Backups, zone: tzinfo) -> int:
    """1 when the last good one is too old, so that a script can ring a bell."""
    state = backups.state()
    for kept in state.kept:
        console.say(f"  {_local(kept.made_at, zone)}  {_size(kept.size):>9}  {kept.path}")
    if state.overdue:
        console.say("There is no good backup of the last seven days.")
    return 1 if state.overdue else 0


def _local(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"


def _size(size: int) -> str:
    return f"{size / _MB:,.1f} MB"
