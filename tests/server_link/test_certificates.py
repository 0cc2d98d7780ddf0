"""Certificates: those that we make, and those that servers show."""

import datetime as dt
import ssl
import stat
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from avenrae_desktop.db.server import problems as p
from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.certificates import Issued, issue
from avenrae_desktop.db.server.tls import certificates_only, context_for, fingerprint, shown, shown_certificate
from avenrae_desktop.kernel.errors import RuleBroken, Unavailable
from tests.server_link.conftest import Server


def test_a_certificate_has_the_names_that_it_was_made_for(tmp_path: Path) -> None:
    names = ("db.example.org", "praxis-müller.local", "192.168.1.20", "fe80::1")
    made = issue(tmp_path / "new" / "folder", names, years=2)
    told = shown(made.certificate.read_text())
    assert told.names == (
        "db.example.org",
        "praxis-müller.local".encode("idna").decode(),
        "192.168.1.20",
        "fe80::1",
    )
    now = dt.datetime.now(dt.UTC)
    assert told.not_before < now - dt.timedelta(hours=23)
    assert now + dt.timedelta(days=729) < told.not_after < now + dt.timedelta(days=731)


def test_only_its_owner_may_read_the_key(tmp_path: Path) -> None:
    (tmp_path / "server-key.pem").write_text("something older, that anybody may read")
    made = issue(tmp_path, ("db",))
    assert stat.S_IMODE(made.key.stat().st_mode) == 0o600
    key = serialization.load_pem_private_key(made.key.read_bytes(), None)
    certificate = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    assert key.public_key() == certificate.public_key()


def test_the_key_of_the_ca_is_nowhere(tmp_path: Path) -> None:
    made = issue(tmp_path, ("db",))
    ca = x509.load_pem_x509_certificate(made.ca.read_bytes())
    key = serialization.load_pem_private_key(made.key.read_bytes(), None)
    assert key.public_key() != ca.public_key()
    assert {file.name for file in tmp_path.iterdir()} == {"ca.pem", "server-cert.pem", "server-key.pem"}


def test_what_goes_into_the_servers_configuration(issued: Issued) -> None:
    lines = issued.config_lines.splitlines()
    assert lines[0] == "[mysqld]"
    assert f"ssl_ca={issued.ca}" in lines
    assert f"ssl_cert={issued.certificate}" in lines
    assert f"ssl_key={issued.key}" in lines
    assert issued.fingerprint == fingerprint(issued.ca.read_text())


def test_a_fingerprint_as_openssl_writes_it(issued: Issued) -> None:
    der = ssl.PEM_cert_to_DER_cert(issued.ca.read_text())
    certificate = x509.load_der_x509_certificate(der)
    from cryptography.hazmat.primitives.hashes import SHA256

    assert fingerprint(issued.ca.read_text()).replace(":", "") == certificate.fingerprint(SHA256()).hex().upper()
    assert fingerprint(issued.ca.read_text()).count(":") == 31


@pytest.mark.parametrize("text", ["", "nonsense", "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----"])
def test_what_is_no_certificate(text: str) -> None:
    for read in (certificates_only, shown):
        with pytest.raises(RuleBroken) as refused:
            read(text)
        assert refused.value.problem is p.BAD_CERTIFICATE
    with pytest.raises(RuleBroken):
        context_for(ServerAddress((Host("db"),), "a", Trust.PINNED, text or "x"))


def test_no_name_and_no_folder(tmp_path: Path) -> None:
    with pytest.raises(RuleBroken):
        issue(tmp_path, ())
    (tmp_path / "file").write_text("")
    with pytest.raises(Unavailable) as refused:
        issue(tmp_path / "file" / "folder", ("db",))
    assert refused.value.problem is p.CERTIFICATE_NOT_WRITTEN


@pytest.mark.parametrize("name", ["", "a b", "ä" * 80, "a..b", "x" * 300], ids=range(5))
def test_a_name_that_no_certificate_can_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        issue(tmp_path, (name,))
    assert (refused.value.problem, refused.value.field) == (p.BAD_HOST, "host")


def test_how_a_context_verifies(issued: Issued) -> None:
    pem = issued.ca.read_text()
    by_name = context_for(ServerAddress((Host("db"),), "a", Trust.NAMES, pem))
    pinned = context_for(ServerAddress((Host("db"),), "a", Trust.PINNED, pem))
    assert by_name is not None
    assert pinned is not None
    for context in (by_name, pinned):
        assert context.verify_mode is ssl.CERT_REQUIRED
        assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
        assert len(context.get_ca_certs(binary_form=True)) == 1
    assert by_name.check_hostname
    assert not pinned.check_hostname
    assert context_for(ServerAddress((Host("127.0.0.1"),), "a", Trust.NONE)) is None


def test_the_certificate_that_a_server_shows(there: Server, run_folder: Path) -> None:
    seen = shown_certificate(there.address.hosts[0])
    own = (run_folder / there.kind.value / "tls" / "server-cert.pem").read_text()
    assert seen.fingerprint == fingerprint(own)
    assert seen.names == ("localhost", "127.0.0.1")
    assert seen.not_after > dt.datetime.now(dt.UTC)
