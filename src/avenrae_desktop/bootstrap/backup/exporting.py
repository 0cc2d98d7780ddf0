"""Exports by whoever is signed in: what their own rights let them read, and nothing more."""

from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa

from avenrae_desktop.db.backup.export import ExportFormat, export_table
from avenrae_desktop.db.backup.watch import Watch
from avenrae_desktop.db.server.problems import NO_RIGHT
from avenrae_desktop.db.server.rights import Right, Verb, rights_for
from avenrae_desktop.kernel.errors import NotAllowed
from avenrae_desktop.kernel.identity import Role


def export(
    engine: sa.Engine,
    roles: Iterable[Role] | None,
    table: sa.Table,
    target: Path,
    kind: ExportFormat,
    watch: Watch,
) -> int:
    """Write the table; returns how many rows. `roles` are the person's on a server, None on a file.

    Raises NotAllowed for a table that they may not read at all, and as `export_table`.
    """
    if roles is None:
        return export_table(engine, table, lambda _column: True, target, kind, watch)
    rights = rights_for(Role.ADMIN if Role.ADMIN in set(roles) else role for role in roles)
    whole = Right(table.name, Verb.SELECT) in rights
    readable = {c.name for c in table.c if whole or Right(table.name, Verb.SELECT, c.name) in rights}
    if not readable:
        raise NotAllowed(NO_RIGHT)
    return export_table(engine, table, readable.__contains__, target, kind, watch)
