"""One practice on each server for all tests here, made as an owner makes one, with an account for every role."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pymysql
import pytest
import sqlalchemy as sa

from avenrae_desktop.db.engine import server_engine
from tests.support.places import ServerKind
from tests.support.server_practice import ServerPractice, made_practice

SqlOf = Callable[[str], sa.Connection]


@pytest.fixture(scope="session", params=list(ServerKind), ids=str)
def practice(request: pytest.FixtureRequest, run_folder: Path) -> Iterator[ServerPractice]:
    with made_practice(ServerKind(request.param), run_folder) as made:
        yield made


@pytest.fixture
def root(practice: ServerPractice) -> Iterator[sa.Connection]:
    """The server's own administrator, in the practice's database."""
    engine = server_engine(practice.root)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def sql_of(practice: ServerPractice) -> Iterator[SqlOf]:
    """A person with a raw SQL client: `sql_of("healer")`."""
    with contextlib.ExitStack() as stack:
        yield lambda who: stack.enter_context(stack.enter_context(practice.engine(who)).connect())


def refusal(connection: sa.Connection, statement: str, *values: object) -> int:
    """The code of the server's refusal; 0 when the statement ran. What it did is taken back."""
    raw = connection.connection.dbapi_connection
    try:
        with raw.cursor() as cursor:
            cursor.execute(statement, values or None)
    except pymysql.err.MySQLError as error:
        return int(error.args[0])
    finally:
        raw.rollback()
    return 0
