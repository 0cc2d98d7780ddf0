"""Nobody gets the password by asking for it: neither with another certificate, nor in the clear, nor by a key."""

import ssl
from pathlib import Path

import pymysql
import pytest

from avenrae_desktop.db.server import problems as p
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.certificates import Issued
from avenrae_desktop.db.server.tls import shown_certificate
from avenrae_desktop.kernel.errors import AppError, Problem, RuleBroken, Unavailable
from tests.server_link import rogue
from tests.server_link.conftest import PASSWORD, refusal_of
from tests.server_link.rogue import SSL_REQUEST, Rogue

SECRET = PASSWORD.encode()
UNSAFE = [
    "mysql_clear_password",
    "dialog",
    "mysql_old_password",
    "client_ed25519",
    "parsec",
    "authentication_ldap_simple",
    "",
    "your password is over: call 555-0100 <b>now</b>",
]


def told(plugin: str) -> tuple[type[AppError], Problem]:
    """What a person reads who was asked like that: MySQL asks strangers in one of these ways too."""
    if plugin == "sha256_password":
        return RuleBroken, p.WRONG_PASSWORD
    return Unavailable, p.UNSAFE_SIGN_IN


def trusted(there: Rogue, pem: str, trust: Trust = Trust.NAMES) -> ServerAddress:
    return ServerAddress((Host("localhost", there.host.port),), "practice", trust, pem)


def in_the_open(there: Rogue) -> ServerAddress:
    return ServerAddress((there.host,), "practice", Trust.NONE)


def careless(there: Rogue, context: ssl.SSLContext | None = None) -> None:
    """PyMySQL left to itself."""
    with pytest.raises(pymysql.err.Error):
        pymysql.connect(
            host="localhost",
            port=there.host.port,
            user="anna",
            password=SECRET,
            read_timeout=0.3,
            **({"ssl": context} if context else {"ssl_disabled": True}),
        )


def test_the_rogues_bite(issued: Issued) -> None:
    """What the other tests prove is worth something: PyMySQL left to itself gives the password away."""
    with Rogue(rogue.asking_for("mysql_clear_password", None)) as there:
        careless(there)
    assert SECRET in there.heard
    found: list[bytes] = []
    with Rogue(rogue.with_own_key(found, tls=False)) as there:
        careless(there)
    assert found == [SECRET]
    context = ssl.create_default_context(cafile=str(issued.ca))
    own = rogue.server_context(issued.certificate, issued.key)
    with Rogue(rogue.asking_for("mysql_clear_password", own)) as there:
        careless(there, context)
    assert SECRET in there.heard


@pytest.mark.parametrize("trust", [Trust.NAMES, Trust.PINNED])
@pytest.mark.parametrize("plugin", ["caching_sha2_password", "mysql_clear_password", "sha256_password"])
def test_another_certificate_hears_not_even_the_name(
    issued: Issued, stranger: Issued, trust: Trust, plugin: str
) -> None:
    script = rogue.asking_for(plugin, rogue.server_context(stranger.certificate, stranger.key))
    with Rogue(script) as there:
        error = refusal_of(trusted(there, issued.ca.read_text(), trust))
    assert error.problem is p.UNKNOWN_ISSUER
    assert len(there.heard) == SSL_REQUEST
    assert b"anna" not in there.heard


@pytest.mark.parametrize("plugin", UNSAFE)
def test_asked_for_unsafely_before_tls(plugin: str) -> None:
    with Rogue(rogue.asking_for(plugin, None)) as there:
        error = refusal_of(in_the_open(there))
    assert (type(error), error.problem) == told(plugin)
    assert SECRET not in there.heard


@pytest.mark.parametrize("plugin", UNSAFE)
def test_asked_for_unsafely_after_tls(issued: Issued, plugin: str) -> None:
    context = rogue.server_context(issued.certificate, issued.key)
    with Rogue(rogue.asking_for(plugin, context)) as there:
        error = refusal_of(trusted(there, issued.ca.read_text()))
    assert (type(error), error.problem) == told(plugin)
    assert SECRET not in there.heard


@pytest.mark.parametrize("tls", [True, False])
def test_asked_for_as_mysql_asks_unknown_names(issued: Issued, tls: bool) -> None:
    context = rogue.server_context(issued.certificate, issued.key) if tls else None
    with Rogue(rogue.asking_for("sha256_password", context)) as there:
        error = refusal_of(trusted(there, issued.ca.read_text()) if tls else in_the_open(there))
    assert error.problem is p.WRONG_PASSWORD
    assert SECRET not in there.heard


@pytest.mark.parametrize("plugin", [*UNSAFE, "sha256_password"])
@pytest.mark.parametrize("tls", [True, False])
def test_greeted_unsafely(issued: Issued, plugin: str, tls: bool) -> None:
    with Rogue(rogue.greeting(plugin=plugin, tls=tls)) as there:
        address = trusted(there, issued.ca.read_text()) if tls else in_the_open(there)
        error = refusal_of(address)
    assert error.problem is p.UNSAFE_SIGN_IN
    assert "555-0100" not in error.texts()[1]
    assert there.heard == b""


def test_an_own_key_instead_of_tls(issued: Issued) -> None:
    """Whoever sits between may send a key and leave TLS away: with a certificate to check, nothing is sent."""
    found: list[bytes] = []
    with Rogue(rogue.with_own_key(found, tls=False)) as there:
        error = refusal_of(trusted(there, issued.ca.read_text()))
    assert error.problem is p.NO_TLS
    assert there.heard == b""
    assert found == []


def test_an_own_key_and_a_promise_of_tls(issued: Issued) -> None:
    """The greeting offers TLS, and then the conversation goes on in the open."""
    found: list[bytes] = []
    with Rogue(rogue.with_own_key(found, tls=True)) as there:
        error = refusal_of(trusted(there, issued.ca.read_text()))
    assert error.problem in (p.TLS_FAILED, p.SERVER_AWAY)
    assert SECRET not in there.heard
    assert b"anna" not in there.heard
    assert found == []


def test_asked_twice_to_change_the_way(issued: Issued) -> None:
    def script(talk: rogue.Talk) -> None:
        talk.greet(tls=False)
        talk.read()
        talk.switch("mysql_native_password")
        talk.read()
        talk.switch("mysql_clear_password")
        rogue.listening(talk)

    with Rogue(script) as there:
        error = refusal_of(in_the_open(there))
    assert isinstance(error, Unavailable)
    assert SECRET not in there.heard


def test_asked_for_a_file_of_this_computer(tmp_path: Path) -> None:
    """LOAD DATA LOCAL, asked for by the server in answer to the first statement."""
    private = tmp_path / "private"
    private.write_text("private words")

    def script(talk: rogue.Talk) -> None:
        talk.greet(tls=False)
        talk.read()
        talk.send(b"\0\0\0\x02\0\0\0")
        talk.read()
        talk.send(b"\xfb" + str(private).encode())
        rogue.listening(talk)

    with Rogue(script) as there:
        error = refusal_of(in_the_open(there))
    assert isinstance(error, Unavailable)
    assert b"private words" not in there.heard


def test_looking_at_a_certificate_tells_nothing(stranger: Issued) -> None:
    with Rogue(rogue.encrypting(rogue.server_context(stranger.certificate, stranger.key))) as there:
        shown = shown_certificate(there.host)
    assert shown.pem.split() == stranger.certificate.read_text().split()
    assert shown.names == ("localhost", "127.0.0.1")
    assert len(there.heard) == SSL_REQUEST
