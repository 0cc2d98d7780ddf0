"""Accounts of real servers: who comes in, who does not and why, and that no secret shows anywhere."""

import gc
import ssl
import traceback

import pytest
import sqlalchemy as sa

from avenrae_desktop.db.faults import telling_faults
from avenrae_desktop.db.server import problems as p
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.connect import host_of, practice_engine
from avenrae_desktop.db.server.tls import context_for, shown_certificate
from avenrae_desktop.kernel.errors import (
    AppError,
    MustChoosePassword,
    NotAllowed,
    RuleBroken,
    TryAgain,
    Unavailable,
)
from tests.server_link.conftest import PASSWORD, Connect, Server, refusal_of
from tests.support.places import ServerKind

NEW_PASSWORD = "Neun 9 Ziegen – alle"


def changed(address: ServerAddress, /, **fields: object) -> ServerAddress:
    return ServerAddress(
        **{  # type: ignore[arg-type]
            "hosts": address.hosts,
            "database": address.database,
            "trust": address.trust,
            "pem": address.pem,
            **fields,
        }
    )


def test_a_person_comes_in_over_tls(there: Server, engines: Connect) -> None:
    with there.account() as name:
        engine = engines(there.address, name)
        with engine.connect() as c:
            assert c.scalar(sa.text("SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1)")) == name
            assert c.execute(sa.text("SHOW STATUS LIKE 'Ssl_cipher'")).one()[1]
            assert c.execute(sa.text("SHOW STATUS LIKE 'Ssl_version'")).one()[1] in ("TLSv1.2", "TLSv1.3")
        assert host_of(engine) == str(there.address.hosts[0])


def test_the_settings_of_a_session(there: Server, engines: Connect) -> None:
    with there.account() as name, engines(there.address, name).connect() as c:
        assert c.get_isolation_level() == "READ COMMITTED"
        row = c.execute(
            sa.text(
                "SELECT @@time_zone, @@autocommit, @@innodb_lock_wait_timeout, @@wait_timeout, "
                "@@character_set_client, @@character_set_results, @@sql_mode"
            )
        ).one()
        assert row[:6] == ("+00:00", 1, 5, 120, "utf8mb4", "utf8mb4")
        assert {"STRICT_TRANS_TABLES", "ONLY_FULL_GROUP_BY"} <= set(row[6].split(","))
        assert c.scalar(sa.text("SELECT :words"), {"words": "Grün € 😀"}) == "Grün € 😀"
        assert c.dialect.name == "mysql"
        assert c.dialect.is_mariadb == there.mariadb  # type: ignore[attr-defined]


def test_one_context_for_all_connections(there: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []
    used: list[ssl.SSLContext] = []
    real_init, real_wrap = ssl.SSLContext.__new__, ssl.SSLContext.wrap_socket

    def new(cls: type, *args: object, **kwargs: object) -> object:
        made.append(real_init(cls, *args, **kwargs))
        return made[-1]

    def wrap(self: ssl.SSLContext, *args: object, **kwargs: object) -> ssl.SSLSocket:
        used.append(self)
        return real_wrap(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(ssl.SSLContext, "__new__", new)
    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", wrap)
    with there.account() as name:
        engine = practice_engine(there.address, name, PASSWORD, context_for(there.address), pool_size=4)
        connections = [engine.connect() for _ in range(4)]
        for connection in connections:
            connection.close()
        engine.dispose()
        with engine.connect():
            pass
        engine.dispose()
    assert len(made) == 1
    assert used == [made[0]] * 5


@pytest.mark.parametrize("trust", [Trust.NAMES, Trust.PINNED])
def test_by_the_ca_or_by_the_certificate_itself(there: Server, engines: Connect, trust: Trust) -> None:
    shown = shown_certificate(there.address.hosts[0])
    for pem in (there.address.pem, shown.pem):
        with there.account() as name, engines(changed(there.address, trust=trust, pem=pem), name).connect() as c:
            assert c.scalar(sa.text("SELECT 1")) == 1


def test_on_this_computer_without_tls(there: Server, engines: Connect) -> None:
    address = ServerAddress((Host("127.0.0.1", there.address.hosts[0].port),), there.address.database, Trust.NONE)
    with there.account("") as name:
        for _ in range(2):
            with engines(address, name).connect() as c:
                assert not c.execute(sa.text("SHOW STATUS LIKE 'Ssl_cipher'")).one()[1]
    with there.account("REQUIRE SSL") as name:
        assert refusal_of(address, name).problem is p.WRONG_PASSWORD


def test_through_a_socket(there: Server, engines: Connect) -> None:
    path = str(there.run("SELECT @@socket")[0][0])
    with there.account("") as name:
        for _ in range(2):
            with engines(ServerAddress((Host(path),), there.address.database, Trust.NONE), name).connect() as c:
                assert c.scalar(sa.text("SELECT 1")) == 1


@pytest.mark.parametrize("wrong", ["Falsch 13 falsch", "grün-7 wörter €", "Grün-7 Wörter € "])
def test_a_wrong_password(there: Server, wrong: str) -> None:
    with there.account() as name:
        error = refusal_of(there.address, name, wrong)
    assert (type(error), error.problem, error.field) == (RuleBroken, p.WRONG_PASSWORD, "password")


def test_a_name_that_nobody_has(there: Server) -> None:
    """MySQL asks some of them for other ways to sign in, as if it knew them."""
    for number in range(12):
        error = refusal_of(there.address, f"nobody_{number}")
        assert (type(error), error.problem, error.field) == (RuleBroken, p.WRONG_PASSWORD, "password")


def test_no_such_practice(there: Server) -> None:
    with there.account() as name:
        there.run(f"GRANT ALL ON *.* TO '{name}'@'%'")
        error = refusal_of(changed(there.address, database="no_such"), name)
        assert (type(error), error.problem) == (Unavailable, p.NO_SUCH_PRACTICE)
        assert "no_such" in error.texts()[1]


def test_no_right_to_the_practice(there: Server) -> None:
    with there.account(rights="") as name:
        error = refusal_of(there.address, name)
    assert (type(error), error.problem) == (NotAllowed, p.NO_SUCH_PRACTICE)


def test_a_closed_account(there: Server) -> None:
    with there.account("REQUIRE SSL ACCOUNT LOCK") as name:
        error = refusal_of(there.address, name)
    assert (type(error), error.problem) == (NotAllowed, p.ACCOUNT_LOCKED)


def test_an_account_that_is_closed_at_work(there: Server, engines: Connect) -> None:
    with there.account() as name:
        engine = engines(there.address, name)
        with engine.connect() as c:
            number = c.scalar(sa.text("SELECT CONNECTION_ID()"))
        there.run(f"ALTER USER '{name}'@'%' ACCOUNT LOCK", f"KILL {number}")
        with pytest.raises(NotAllowed) as refused, telling_faults(), engine.connect():
            pass
    assert refused.value.problem is p.ACCOUNT_LOCKED


@pytest.mark.parametrize("kind", [ServerKind.MYSQL], indirect=True, ids=str)
def test_too_many_wrong_passwords(there: Server) -> None:
    with there.account("REQUIRE SSL FAILED_LOGIN_ATTEMPTS 2 PASSWORD_LOCK_TIME 1") as name:
        for _ in range(2):
            refusal_of(there.address, name, "Falsch 13 falsch")
        error = refusal_of(there.address, name)
    assert (type(error), error.problem) == (NotAllowed, p.TOO_MANY_TRIES)


@pytest.mark.parametrize("kind", [ServerKind.MYSQL], indirect=True, ids=str)
def test_a_window_that_asks_on_does_not_lock_the_account(there: Server, engines: Connect) -> None:
    """Somebody changed the password at another desk: this one is told so each second, the server is asked once."""
    with there.account("REQUIRE SSL FAILED_LOGIN_ATTEMPTS 2 PASSWORD_LOCK_TIME 1") as name:
        engine = engines(there.address, name, "Falsch 13 falsch")
        for _ in range(5):
            with pytest.raises(RuleBroken) as refused, engine.connect():
                pass
            assert refused.value.problem is p.WRONG_PASSWORD
        with engines(there.address, name).connect() as c:
            assert c.scalar(sa.text("SELECT 1")) == 1


def test_as_many_connections_as_the_account_may_have(there: Server, engines: Connect) -> None:
    with there.account("REQUIRE SSL WITH MAX_USER_CONNECTIONS 1") as name:
        engine = engines(there.address, name)
        with engine.connect():
            error = refusal_of(there.address, name)
    assert (type(error), error.problem) == (TryAgain, p.SERVER_FULL)


def test_a_one_time_code(there: Server, engines: Connect) -> None:
    """It is recognised; with it one can choose a password of one's own, and nothing else."""
    with there.account("REQUIRE SSL PASSWORD EXPIRE") as name:
        error = refusal_of(there.address, name)
        assert (type(error), error.problem) == (MustChoosePassword, p.PASSWORD_EXPIRED)
        engine = engines(there.address, name, expired_ok=True)
        with engine.connect() as c:
            with pytest.raises(MustChoosePassword), telling_faults():
                c.execute(sa.text("SELECT 1"))
            choose = "SET PASSWORD = PASSWORD(:new)" if there.mariadb else "ALTER USER USER() IDENTIFIED BY :new"
            c.execute(sa.text(choose), {"new": NEW_PASSWORD})
            settings = c.execute(sa.text("SELECT @@autocommit, @@time_zone, @@wait_timeout")).one()
        assert tuple(settings) == (1, "+00:00", 120)
        with engines(there.address, name, NEW_PASSWORD).connect() as c:
            assert c.scalar(sa.text("SELECT 1")) == 1
        assert refusal_of(there.address, name).problem is p.WRONG_PASSWORD


def test_a_password_that_is_changed_at_work(there: Server) -> None:
    current = [PASSWORD]
    with there.account() as name:
        engine = practice_engine(there.address, name, lambda: current[0], context_for(there.address))
        with engine.connect():
            pass
        there.run(f"ALTER USER '{name}'@'%' IDENTIFIED BY '{NEW_PASSWORD}'")
        engine.dispose()
        with pytest.raises(RuleBroken), engine.connect():
            pass
        current[0] = NEW_PASSWORD
        with engine.connect() as c:
            assert c.scalar(sa.text("SELECT 1")) == 1
        engine.dispose()


def test_a_missing_right_is_told(there: Server, engines: Connect) -> None:
    there.run("CREATE TABLE things (id INT PRIMARY KEY, hidden INT)")
    with there.account(rights="EXECUTE") as name:
        there.run(f"GRANT SELECT (id) ON {there.address.database}.things TO '{name}'@'%'")
        with engines(there.address, name).connect() as c:
            c.execute(sa.text("SELECT id FROM things"))
            for statement in ("SELECT hidden FROM things", "DELETE FROM things"):
                with pytest.raises(NotAllowed) as refused, telling_faults():
                    c.execute(sa.text(statement))
                assert refused.value.problem is p.NO_RIGHT


def test_no_secret_shows(there: Server, engines: Connect) -> None:
    with there.account() as name:
        engine = engines(there.address, name)
        with engine.connect() as c:
            texts = [repr(each) for each in (engine, engine.url, engine.pool, c, engine.dialect)]
            texts += [str(engine.url), engine.url.render_as_string(hide_password=False)]
            with pytest.raises(sa.exc.DBAPIError) as bug:
                c.execute(sa.text("SELECT nothing FROM nowhere"))
            texts += [str(bug.value), repr(bug.value), "".join(traceback.format_exception(bug.value))]
        engine.dispose()
        there.run(f"ALTER USER '{name}'@'%' IDENTIFIED BY '{NEW_PASSWORD}'")
        with pytest.raises(AppError) as refused, engine.connect():
            pass
        error = refused.value
        texts += [str(error), repr(error), "".join(traceback.format_exception(error)), *error.texts()]
    assert PASSWORD not in "\n".join(texts)
    assert name not in "\n".join(error.texts())


def test_connections_that_fail_leave_nothing_open(there: Server) -> None:
    def sockets() -> int:
        gc.collect()
        return sum(isinstance(each, ssl.SSLSocket) and each.fileno() != -1 for each in gc.get_objects())

    before = sockets()
    with there.account() as name:
        for _ in range(3):
            refusal_of(there.address, name, "Falsch 13 falsch")
    assert sockets() == before


def test_the_servers_idea_of_a_packet(there: Server, engines: Connect) -> None:
    """Too much at once is refused before it is sent, and the connection goes on."""
    with there.account() as name, engines(there.address, name).connect() as c:
        number, most = c.execute(sa.text("SELECT CONNECTION_ID(), @@max_allowed_packet")).one()
        with pytest.raises(RuleBroken) as refused, telling_faults():
            c.execute(sa.text("SELECT LENGTH(:text)"), {"text": "x" * (most + 1)})
        assert refused.value.problem is p.TOO_LARGE
        assert c.scalar(sa.text("SELECT LENGTH(:text)"), {"text": "x" * 1_000_000}) == 1_000_000
        assert c.scalar(sa.text("SELECT CONNECTION_ID()")) == number


def test_no_value_shows_in_an_error(there: Server, engines: Connect) -> None:
    """What goes into a statement may be a new password, or what a client has told."""
    with there.account() as name, engines(there.address, name).connect() as c:
        with pytest.raises(sa.exc.DBAPIError) as bug:
            c.execute(sa.text("SELECT nothing FROM nowhere WHERE a = :secret"), {"secret": NEW_PASSWORD})
        text = "".join(traceback.format_exception(bug.value))
    assert "nowhere" in text
    assert NEW_PASSWORD not in text


def test_failures_do_not_use_up_the_pool(there: Server) -> None:
    current = ["Falsch 13 falsch"]
    with there.account() as name:
        context = context_for(there.address)
        engine = practice_engine(there.address, name, lambda: current[0], context, pool_size=1)
        for _ in range(2):
            for _ in range(15):
                with pytest.raises(RuleBroken), engine.connect():
                    pass
            current[0] = PASSWORD
            with engine.connect() as c:
                number = c.scalar(sa.text("SELECT CONNECTION_ID()"))
            current[0] = "Falsch 13 falsch"
            there.run(f"KILL {number}")  # the next one finds it dead, and has to connect
        engine.dispose()
