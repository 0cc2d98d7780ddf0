"""The administrator's MySQL account: used for one set-up, stored nowhere."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import sqlalchemy as sa

from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.server.address import ServerAddress
from avenrae_desktop.db.server.connect import practice_engine
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.kernel.errors import NotAllowed, Problem, Unavailable, noop

NO_RIGHT = Problem(
    "set_up.no_right",
    noop("The administrator's account may not do this"),
    noop("The server said: {detail}"),
    noop("Give the account the right, or use another one, and start again: it goes on where it was."),
)
REFUSED = Problem(
    "set_up.refused",
    noop("The server refused a step"),
    noop("It said: {detail}"),
    noop("Put it right on the server and start again: it goes on where it was."),
)
_NO_RIGHT = {1044, 1142, 1143, 1227, 1370, 1410, 1419}


@dataclass(frozen=True, slots=True)
class Administrator:
    """Who sets up the server, and where. Only the caller keeps the password."""

    address: ServerAddress
    user: str
    password: str = field(repr=False)


@contextmanager
def _telling() -> Iterator[None]:
    """Servers differ, and what one refuses in a set-up is for its administrator to read, not a fault of ours."""
    try:
        with telling_faults():
            yield
    except sa.exc.DBAPIError as error:
        code, text = (*error.orig.args, "", "")[:2] if error.orig is not None else ("", "")
        if code in _NO_RIGHT:
            raise NotAllowed(NO_RIGHT, detail=text) from error
        raise Unavailable(REFUSED, detail=text) from error


@contextmanager
def engine_of(admin: Administrator, database: str) -> Iterator[sa.Engine]:
    """An engine with the administrator's account, gone after the block; "" opens no database."""
    address = replace(admin.address, database=database)
    engine = practice_engine(address, admin.user, admin.password, context_for(admin.address), pool_size=1)
    try:
        with _telling():
            yield engine
    finally:
        engine.dispose()


@contextmanager
def administrating(admin: Administrator, database: str = "") -> Iterator[sa.Connection]:
    """One connection on which each statement counts at once. Raises AppError."""
    with engine_of(admin, database) as engine:
        once = engine.execution_options(isolation_level="AUTOCOMMIT")
        with once.connect() as connection:
            yield connection
