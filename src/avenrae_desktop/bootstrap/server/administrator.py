"""The administrator's MySQL account: used for one set-up, stored nowhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.server.address import ServerAddress
from avenrae_desktop.db.server.connect import practice_engine
from avenrae_desktop.db.server.tls import context_for


@dataclass(frozen=True, slots=True)
class Administrator:
    """Who sets up the server, and where. Only the caller keeps the password."""

    address: ServerAddress
    user: str
    password: str = field(repr=False)


@contextmanager
def engine_of(admin: Administrator, database: str) -> Iterator[sa.Engine]:
    """An engine with the administrator's account, gone after the block; "" opens no database."""
    address = replace(admin.address, database=database)
    engine = practice_engine(address, admin.user, admin.password, context_for(admin.address), pool_size=1)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def administrating(admin: Administrator, database: str = "") -> Iterator[sa.Connection]:
    """One connection on which each statement counts at once. Raises AppError."""
    with telling_faults(), engine_of(admin, database) as engine:
        once = engine.execution_options(isolation_level="AUTOCOMMIT")
        with once.connect() as connection:
            yield connection
