"""What real errors of both servers mean for the command that was under way."""

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pymysql
import pytest
import sqlalchemy as sa

from avenrae_desktop.db.engine import WRITES
from avenrae_desktop.db.faults import BUSY, telling_faults, translate
from avenrae_desktop.db.server import problems as p
from avenrae_desktop.db.server.verdicts import Verdict, verdict_of
from avenrae_desktop.kernel.errors import (
    AppError,
    LinkLost,
    NotAllowed,
    Problem,
    RuleBroken,
    TryAgain,
    Unavailable,
)
from tests.server_link.conftest import Connect, Server


@pytest.fixture
def name(there: Server) -> Iterator[str]:
    there.run(
        "CREATE TABLE things (id INT PRIMARY KEY, words VARCHAR(10) NOT NULL, CHECK (id < 100))",
        "INSERT INTO things VALUES (1, 'one'), (2, 'two')",
    )
    with there.account() as name:
        yield name


@pytest.fixture
def engine(there: Server, name: str, engines: Connect) -> sa.Engine:
    return engines(there.address, name)


def failing(connection: sa.Connection, statement: str) -> sa.exc.DBAPIError:
    with pytest.raises(sa.exc.DBAPIError) as failed:
        connection.execute(sa.text(statement))
    return failed.value


def code(error: sa.exc.DBAPIError) -> int:
    number: int = error.orig.args[0]  # type: ignore[union-attr]
    return number


def told(error: sa.exc.DBAPIError) -> tuple[type[AppError], Problem] | None:
    found = translate(error)
    return None if found is None else (type(found), found.problem)


def test_a_deadlock(engine: sa.Engine) -> None:
    """Each holds what the other wants: one of them is chosen to fail."""
    both = threading.Barrier(2)

    def change(order: tuple[int, int]) -> sa.exc.DBAPIError | None:
        try:
            with engine.execution_options(**WRITES).begin() as c:
                for number, thing in enumerate(order):
                    c.execute(sa.text("UPDATE things SET words = 'new' WHERE id = :id"), {"id": thing})
                    if number == 0:
                        both.wait(10)
        except sa.exc.DBAPIError as error:
            return error
        return None

    with ThreadPoolExecutor(2) as pool:
        failed = [error for error in pool.map(change, [(1, 2), (2, 1)]) if error is not None]
    assert len(failed) == 1
    assert (code(failed[0]), verdict_of(failed[0])) == (1213, Verdict.RETRY)
    assert told(failed[0]) == (TryAgain, BUSY)
    assert not failed[0].connection_invalidated


def test_a_lock_that_is_waited_for_too_long(engine: sa.Engine) -> None:
    with engine.execution_options(**WRITES).connect() as holder, engine.connect() as waiter:
        holder.execute(sa.text("UPDATE things SET words = 'mine' WHERE id = 1"))
        waiter.execute(sa.text("SET SESSION innodb_lock_wait_timeout = 1"))
        error = failing(waiter, "UPDATE things SET words = 'yours' WHERE id = 1")
    assert (code(error), verdict_of(error)) == (1205, Verdict.RETRY)
    assert told(error) == (TryAgain, BUSY)


@pytest.mark.parametrize(
    ("statement", "known"),
    [
        ("INSERT INTO things VALUES (3, NULL)", None),
        ("INSERT INTO things VALUES (100, 'many')", None),
        ("INSERT INTO things VALUES (3, 'far too many words')", None),
        ("SELECT nothing FROM nowhere", None),
        ("SELEKT 1", None),
        ("SELECT * FROM mysql.user", (NotAllowed, p.NO_RIGHT)),
        ("SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'avenrae:something'", None),
    ],
)
def test_a_final_answer(engine: sa.Engine, statement: str, known: object) -> None:
    with engine.connect() as c:
        error = failing(c, statement)
        assert c.scalar(sa.text("SELECT 1")) == 1
    assert verdict_of(error) is Verdict.ANSWER
    assert told(error) == known


def test_an_option_that_has_nothing_to_do_with_reading() -> None:
    """1290 has several meanings."""
    error = pymysql.err.OperationalError(
        1290, "The MySQL server is running with the --secure-file-priv option so it cannot execute this statement"
    )
    assert verdict_of(error) is Verdict.ANSWER
    assert told(sa.exc.OperationalError("SELECT 1", {}, error)) is None


def test_a_transaction_that_may_only_read(engine: sa.Engine) -> None:
    with engine.connect() as c:
        c.execute(sa.text("SET SESSION TRANSACTION READ ONLY"))
        c.commit()
        error = failing(c, "UPDATE things SET words = 'new' WHERE id = 1")
    assert (code(error), verdict_of(error)) == (1792, Verdict.READ_ONLY)
    assert told(error) == (LinkLost, p.READ_ONLY)
    assert error.connection_invalidated


def test_a_connection_that_was_killed(there: Server, engine: sa.Engine) -> None:
    """The call fails, its connection and all others of the pool are let go of, and the next one works."""
    with engine.connect() as other:
        first = other.scalar(sa.text("SELECT CONNECTION_ID()"))
        with engine.connect() as c:
            there.run(f"KILL {c.scalar(sa.text('SELECT CONNECTION_ID()'))}")
            error = failing(c, "UPDATE things SET words = 'new' WHERE id = 1")
    assert verdict_of(error) is Verdict.UNKNOWN
    assert told(error) == (LinkLost, p.SERVER_AWAY)
    assert error.connection_invalidated
    with engine.connect() as c:
        assert c.scalar(sa.text("SELECT CONNECTION_ID()")) != first


def test_killed_while_it_waits(there: Server, engine: sa.Engine) -> None:
    with engine.connect() as c, ThreadPoolExecutor(1) as pool:
        number = c.scalar(sa.text("SELECT CONNECTION_ID()"))
        waiting = pool.submit(failing, c, "SELECT SLEEP(20)")
        while there.run(
            f"SELECT COUNT(*) FROM information_schema.processlist WHERE id = {number} AND info LIKE '%SLEEP%'"
        ) == [(0,)]:
            pass
        there.run(f"KILL {number}")
        error = waiting.result(10)
    assert verdict_of(error) is Verdict.UNKNOWN
    assert told(error) == (LinkLost, p.SERVER_AWAY)


def test_an_idle_connection_that_was_closed(there: Server, engine: sa.Engine) -> None:
    """It is found out before anything is sent on it."""
    with engine.connect() as c:
        number = c.scalar(sa.text("SELECT CONNECTION_ID()"))
        c.execute(sa.text("SET SESSION wait_timeout = 1"))
    until = threading.Event()
    while there.run(f"SELECT COUNT(*) FROM information_schema.processlist WHERE id = {number}") != [(0,)]:
        until.wait(0.05)
    with telling_faults(), engine.connect() as c:
        assert c.scalar(sa.text("SELECT CONNECTION_ID()")) != number


def test_an_answer_that_takes_too_long(there: Server, name: str, engines: Connect) -> None:
    engine = engines(there.address, name, timeout_s=0.5)
    with engine.connect() as c:
        error = failing(c, "SELECT SLEEP(5)")
    assert (code(error), verdict_of(error)) == (2013, Verdict.UNKNOWN)
    assert told(error) == (LinkLost, p.SERVER_AWAY)


def test_a_server_that_is_away_is_no_bug(there: Server) -> None:
    """Also for an engine that is reached by a plain address."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    engine = sa.create_engine(there.root.set(drivername="mysql+pymysql", port=port))
    with pytest.raises(LinkLost) as lost, telling_faults(), engine.connect():
        pass
    assert lost.value.problem is p.SERVER_AWAY


@pytest.mark.parametrize(
    ("number", "verdict", "known"),
    [
        (1040, Verdict.RETRY, (TryAgain, p.SERVER_FULL)),
        (1226, Verdict.RETRY, (TryAgain, p.SERVER_FULL)),
        (1020, Verdict.RETRY, (TryAgain, BUSY)),
        (1467, Verdict.RETRY, (TryAgain, BUSY)),
        (1053, Verdict.UNKNOWN, (LinkLost, p.SERVER_AWAY)),
        (2003, Verdict.UNKNOWN, (LinkLost, p.SERVER_AWAY)),
        (2006, Verdict.UNKNOWN, (LinkLost, p.SERVER_AWAY)),
        (2055, Verdict.UNKNOWN, (LinkLost, p.SERVER_AWAY)),
        (3100, Verdict.UNKNOWN, (LinkLost, p.SERVER_AWAY)),
        (3101, Verdict.UNKNOWN, (LinkLost, p.SERVER_AWAY)),
        (4031, Verdict.UNKNOWN, (LinkLost, p.SERVER_AWAY)),
        (1836, Verdict.READ_ONLY, (LinkLost, p.READ_ONLY)),
        (1047, Verdict.READ_ONLY, (LinkLost, p.READ_ONLY)),
        (3032, Verdict.READ_ONLY, (LinkLost, p.READ_ONLY)),
        (1153, Verdict.ANSWER, (RuleBroken, p.TOO_LARGE)),
        (1114, Verdict.ANSWER, (Unavailable, p.SERVER_DISK_FULL)),
        (1062, Verdict.ANSWER, None),
        (3819, Verdict.ANSWER, None),
        (4025, Verdict.ANSWER, None),
    ],
)
def test_those_that_no_test_can_provoke(
    number: int, verdict: Verdict, known: tuple[type[AppError], Problem] | None
) -> None:
    error = pymysql.err.OperationalError(number, "as a server would say it")
    assert verdict_of(error) is verdict
    assert told(sa.exc.OperationalError("COMMIT", {}, error)) == known


def test_what_is_no_error_of_a_server_has_no_verdict() -> None:
    for error in (ValueError(2013), RuleBroken(p.TOO_LARGE), sa.exc.InvalidRequestError("2013")):
        assert verdict_of(error) is None
    assert verdict_of(pymysql.err.ProgrammingError("Cursor closed")) is None
    assert verdict_of(pymysql.err.InterfaceError(0, "")) is Verdict.UNKNOWN
    assert verdict_of(pymysql.err.Error("Already closed")) is Verdict.UNKNOWN
