"""`avenrae export TABLE`: one table for other programs."""

import argparse
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from avenrae_desktop.bootstrap.backup.exporting import export
from avenrae_desktop.bootstrap.places import Place
from avenrae_desktop.db.backup.export import ExportFormat, table_named
from avenrae_desktop.db.backup.watch import Watch
from avenrae_desktop.db.engine import sqlcipher_engine
from avenrae_desktop.kernel.identity import Role
from avenrae_desktop.kernel.time import utc_now
from avenrae_desktop.terminal.console import Console
from avenrae_desktop.terminal.progress import StepLines
from avenrae_desktop.terminal.which import open_file, place_of, signed_in


def run(asked: argparse.Namespace, console: Console) -> int:
    """Raises AppError; then there is no new file."""
    kind = ExportFormat(asked.format)
    table = table_named(asked.table)
    target: Path = asked.out or Path(f"{table.name}-{_today().isoformat()}.{kind}")
    place = place_of(asked)
    if isinstance(place, Place):
        opened = open_file(asked, console, place)
        engine = sqlcipher_engine(place.database, opened.key)
        try:
            return _export(console, engine, None, table, target, kind)
        finally:
            engine.dispose()
    with signed_in(asked, console, place) as app:
        return _export(console, app.session.engine, app.actor.roles, table, target, kind)


def _export(
    console: Console,
    engine: sa.Engine,
    roles: frozenset[Role] | None,
    table: sa.Table,
    target: Path,
    kind: ExportFormat,
) -> int:
    lines = StepLines(console)
    try:
        rows = export(engine, roles, table, target, kind, Watch(lines.tell))
    finally:
        lines.end()
    console.say(f"{rows:,} rows of {table.name}:")
    console.say(f"  {target.absolute()}")
    console.say("It is not encrypted. Keep it where only you can read it, and delete it when it is used.")
    return 0


def _today() -> date:
    return utc_now().astimezone().date()
