"""The practice's own log: what the program did, kept where its owner can read it. Never client data."""

import contextlib

import sqlalchemy as sa

from avenrae_desktop.db.engine import WRITES
from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.tables import system_logs
from avenrae_desktop.kernel.errors import Unavailable
from avenrae_desktop.kernel.ids import new_uuid
from avenrae_desktop.kernel.time import Clock
from avenrae_desktop.kernel.values import LogLevel


def log(engine: sa.Engine, clock: Clock, level: LogLevel, source: str, message: str) -> None:
    """Add a line. A practice whose disk is full can still be opened and read: then the line is left out."""
    with contextlib.suppress(Unavailable), telling_faults(), engine.execution_options(**WRITES).begin() as c:
        c.execute(
            system_logs.insert().values(
                uuid=new_uuid(), level=level, source=source, message=message[:2000], created_at=clock()
            )
        )
