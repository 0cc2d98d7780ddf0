"""Whatever is wrong with a server or the way to it: the right words, in time, and the password stays here."""

import contextlib
import datetime as dt
import http.server
import socket
import ssl
import threading
import time
from collections.abc import Iterator

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from avenrae_desktop.db.server import problems as p
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.certificates import Issued
from avenrae_desktop.db.server.connection import UnderWay
from avenrae_desktop.db.server.driver import Login, connected
from avenrae_desktop.db.server.tls import shown_certificate
from avenrae_desktop.db.server.wire import Deadline
from avenrae_desktop.kernel.errors import AppError, LinkLost, Problem, RuleBroken, TryAgain, Unavailable
from tests.server_link import rogue
from tests.server_link.conftest import PASSWORD, refusal_of
from tests.server_link.rogue import SSL_REQUEST, Rogue, Talk


def open_address(host: Host) -> ServerAddress:
    return ServerAddress((host,), "practice", Trust.NONE)


def named(rogue: Rogue, pem: str) -> ServerAddress:
    """By the name for which the tests' certificates are."""
    return ServerAddress((Host("localhost", rogue.host.port),), "practice", Trust.NAMES, pem)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def web_server() -> Iterator[Host]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield Host("127.0.0.1", server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


def test_a_host_that_does_not_exist(issued: Issued) -> None:
    address = ServerAddress((Host("no-such-host.invalid"),), "practice", Trust.NAMES, issued.ca.read_text())
    error = refusal_of(address)
    assert (type(error), error.problem) == (LinkLost, p.UNKNOWN_HOST)
    assert "no-such-host.invalid" in error.texts()[1]


def test_a_port_where_nothing_is() -> None:
    error = refusal_of(open_address(Host("127.0.0.1", closed_port())))
    assert (type(error), error.problem) == (LinkLost, p.NOTHING_THERE)


def test_a_socket_where_nothing_is() -> None:
    assert refusal_of(open_address(Host("/nowhere/mysqld.sock"))).problem is p.NOTHING_THERE


def test_a_network_that_swallows_everything(monkeypatch: pytest.MonkeyPatch, issued: Issued) -> None:
    """A listener whose queue is full answers no more calls, as a host behind a firewall does not."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        host = Host("127.0.0.1", listener.getsockname()[1])
        with contextlib.ExitStack() as callers:
            for _ in range(3):
                caller = callers.enter_context(socket.socket())
                caller.setblocking(False)
                caller.connect_ex((host.name, host.port))
            before = time.monotonic()
            error = refusal_of(ServerAddress((host,), "practice", Trust.PINNED, issued.ca.read_text()))
    assert (type(error), error.problem) == (LinkLost, p.NOT_REACHED)
    assert time.monotonic() - before < 4


def test_a_web_server_at_that_port() -> None:
    with web_server() as host:
        error = refusal_of(open_address(host))
        assert (type(error), error.problem) == (Unavailable, p.NOT_A_DATABASE)
        with pytest.raises(Unavailable) as shown:
            shown_certificate(host, timeout_s=0.3)
        assert shown.value.problem is p.NOT_A_DATABASE


def test_a_server_that_says_nothing() -> None:
    with Rogue(rogue.waiting) as there:
        error = refusal_of(open_address(there.host))
    assert (type(error), error.problem) == (LinkLost, p.SILENT)


@pytest.mark.parametrize(
    ("script", "problem", "kind"),
    [
        (rogue.silent, p.SILENT, LinkLost),
        (rogue.waiting, p.SILENT, LinkLost),
        (rogue.rude, p.NOTHING_THERE, LinkLost),
        (rogue.garbage, p.NOT_A_DATABASE, Unavailable),
        (rogue.half, p.SILENT, LinkLost),
        (rogue.full, p.SERVER_FULL, TryAgain),
        (rogue.dripping, p.SERVER_AWAY, LinkLost),
        (rogue.greeting(version="5.7.44", tls=False), p.TOO_OLD, Unavailable),
        (rogue.greeting(version="5.5.5-10.6.18-MariaDB", tls=False), p.TOO_OLD, Unavailable),
        (rogue.greeting(version="oddball", tls=False), p.NOT_A_DATABASE, Unavailable),
    ],
    ids=[
        "hangs up",
        "silent",
        "rude",
        "garbage",
        "half",
        "full",
        "dripping",
        "old MySQL",
        "old MariaDB",
        "odd version",
    ],
)
def test_what_answers_is_no_server_for_us(script: object, problem: Problem, kind: type[AppError]) -> None:
    login, before = Login("anna", lambda: PASSWORD, "practice"), time.monotonic()
    with Rogue(script) as there, pytest.raises(AppError) as refused:  # type: ignore[arg-type]
        connected(there.host, login, None, Deadline(0.6), UnderWay())
    assert (type(refused.value), refused.value.problem) == (kind, problem)
    assert time.monotonic() - before < 2
    assert PASSWORD.encode() not in there.heard


def test_too_old_names_what_it_is() -> None:
    with Rogue(rogue.greeting(version="5.7.44-log")) as there:
        told = refusal_of(open_address(there.host)).texts()[1]
    assert "MySQL 5.7.44" in told
    with Rogue(rogue.greeting(version="5.5.5-10.6.18-MariaDB-1")) as there:
        told = refusal_of(open_address(there.host)).texts()[1]
    assert "MariaDB 10.6.18" in told


def test_a_server_without_tls_hears_nothing(issued: Issued) -> None:
    with Rogue(rogue.greeting(tls=False)) as there:
        error = refusal_of(named(there, issued.ca.read_text()))
        with pytest.raises(Unavailable) as shown:
            shown_certificate(there.host)
    assert (type(error), error.problem) == (Unavailable, p.NO_TLS)
    assert shown.value.problem is p.NO_TLS
    assert there.heard == b""


def leaf(folder: object, name: str, begin: int, end: int) -> tuple[str, ssl.SSLContext]:
    """A certificate that vouches for itself, valid from `begin` to `end` days from now."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + dt.timedelta(days=begin))
        .not_valid_after(now + dt.timedelta(days=end))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for name_, content in (("c.pem", pem), ("k.pem", secret)):
        (folder / name_).write_bytes(content)  # type: ignore[operator]
    return pem.decode(), rogue.server_context(folder / "c.pem", folder / "k.pem")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("name", "begin", "end", "trust", "problem"),
    [
        ("localhost", -20, -1, Trust.NAMES, p.CERTIFICATE_EXPIRED),
        ("localhost", -20, -1, Trust.PINNED, p.CERTIFICATE_EXPIRED),
        ("localhost", 2, 20, Trust.NAMES, p.CERTIFICATE_NOT_YET),
        ("db.example.org", -2, 20, Trust.NAMES, p.WRONG_NAME),
    ],
)
def test_a_certificate_that_does_not_hold(
    tmp_path: object, name: str, begin: int, end: int, trust: Trust, problem: Problem
) -> None:
    pem, context = leaf(tmp_path, name, begin, end)
    with Rogue(rogue.encrypting(context)) as there:
        error = refusal_of(ServerAddress((Host("localhost", there.host.port),), "practice", trust, pem))
    assert (type(error), error.problem) == (Unavailable, problem)
    assert len(there.heard) == SSL_REQUEST


def test_an_ip_address_that_the_certificate_does_not_name(tmp_path: object) -> None:
    pem, context = leaf(tmp_path, "localhost", -2, 20)
    with Rogue(rogue.encrypting(context)) as there:
        error = refusal_of(ServerAddress((there.host,), "practice", Trust.NAMES, pem))
    assert error.problem is p.WRONG_NAME


@pytest.mark.parametrize("trust", [Trust.NAMES, Trust.PINNED])
def test_a_certificate_that_nobody_knows(issued: Issued, stranger: Issued, trust: Trust) -> None:
    context = rogue.server_context(stranger.certificate, stranger.key)
    with Rogue(rogue.encrypting(context)) as there:
        pem = issued.ca.read_text()
        error = refusal_of(ServerAddress((Host("localhost", there.host.port),), "practice", trust, pem))
        assert (type(error), error.problem) == (Unavailable, p.UNKNOWN_ISSUER)
        assert len(there.heard) == SSL_REQUEST
        # The leaf that is pinned is another one of the same name.
        pinned = issued.certificate.read_text()
        error = refusal_of(ServerAddress((Host("localhost", there.host.port),), "practice", Trust.PINNED, pinned))
        assert error.problem is p.UNKNOWN_ISSUER


def test_without_a_ca_only_those_that_this_computer_trusts(stranger: Issued) -> None:
    with Rogue(rogue.encrypting(rogue.server_context(stranger.certificate, stranger.key))) as there:
        assert refusal_of(named(there, "")).problem is p.UNKNOWN_ISSUER


def test_no_way_to_encrypt(issued: Issued) -> None:
    def babble(talk: Talk) -> None:
        talk.greet()
        talk.read()
        talk.sock.sendall(b"this is no TLS at all")

    with Rogue(babble) as there:
        error = refusal_of(named(there, issued.ca.read_text()))
    assert (type(error), error.problem) == (Unavailable, p.TLS_FAILED)


def test_tls_that_is_too_old(issued: Issued) -> None:
    context = rogue.server_context(issued.certificate, issued.key)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.warns(DeprecationWarning, match="TLSv1"):
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    with Rogue(rogue.encrypting(context)) as there:
        assert refusal_of(named(there, issued.ca.read_text())).problem is p.TLS_FAILED


def test_a_local_name_that_leads_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a certificate nothing leaves this computer, whatever the system says `localhost` is."""
    with Rogue(rogue.greeting(tls=False)) as there:
        monkeypatch.setattr(
            "avenrae_desktop.db.server.driver.is_this_computer", lambda sock: sock.family == socket.AF_UNIX
        )
        assert refusal_of(open_address(there.host)).problem is p.NOT_THIS_COMPUTER
    assert there.heard == b""


def test_an_address_that_could_not_be_trusted_cannot_be_made() -> None:
    with pytest.raises(RuleBroken) as refused:
        ServerAddress((Host("127.0.0.1"), Host("db.example.org")), "practice", Trust.NONE)
    assert (refused.value.problem, refused.value.field) == (p.TLS_NEEDED, "host")
    with pytest.raises(RuleBroken):
        ServerAddress((Host("db.example.org"),), "practice", Trust.PINNED)
    with pytest.raises(RuleBroken):
        ServerAddress((), "practice", Trust.NAMES, "x")


@given(
    st.sampled_from([b"", b"\x00", b"\x01", b"\x01\x03", b"\xff\x15\x04", b"\xfemysql_native_password\0"]),
    st.binary(max_size=40),
    st.booleans(),
)
def test_wild_answers_end_in_words(begin: bytes, end: bytes, framed: bool) -> None:
    login = Login("anna", lambda: PASSWORD, "practice")
    with Rogue(rogue.wild(begin + end, framed=framed)) as there, pytest.raises(AppError):
        connected(there.host, login, None, Deadline(0.5), UnderWay())
