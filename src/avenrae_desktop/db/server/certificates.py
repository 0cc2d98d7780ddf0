"""A certificate for a practice server, with the names under which desks will call it."""

import datetime as dt
import ipaddress
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from avenrae_desktop.db.server.problems import BAD_HOST, CERTIFICATE_NOT_WRITTEN, NO_HOST
from avenrae_desktop.db.server.tls import fingerprint
from avenrae_desktop.kernel.clock_doubt import doubt_of
from avenrae_desktop.kernel.errors import RuleBroken, Unavailable
from avenrae_desktop.kernel.time import Clock, utc_now

# A server whose clock is behind must not refuse what was issued a moment ago.
CLOCK_MARGIN = dt.timedelta(days=1)
LONGEST_NAME = 253
_NAME = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?")


@dataclass(frozen=True, slots=True)
class Issued:
    """The files that were written, the fingerprint of the CA, and what goes into the server's configuration."""

    ca: Path
    certificate: Path
    key: Path
    fingerprint: str
    config_lines: str


def issue(folder: Path, names: Sequence[str], years: int = 5, clock: Clock = utc_now) -> Issued:
    """Write `ca.pem`, `server-cert.pem` and `server-key.pem` for a server of these names and IP addresses.

    The CA signs this one certificate and its key is then forgotten: nobody can ever sign another one by it.
    Raises RuleBroken (field "host") when there is no name or one that no computer can have, Unavailable when the
    folder cannot be written or the clock must be wrong: nobody would accept a certificate of 1970.
    """
    if not names:
        raise RuleBroken(NO_HOST, field="host")
    doubt = doubt_of(clock())
    if doubt is not None:
        raise doubt
    alternative = x509.SubjectAlternativeName([_general(name) for name in names])
    called = str(alternative[0].value)
    begin = clock() - CLOCK_MARGIN
    end = begin + CLOCK_MARGIN + dt.timedelta(days=365 * years)
    ca_key, server_key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca = _ca(ca_key, f"Avenrae practice {called}"[:64], begin, end)
    certificate = _leaf(server_key.public_key(), ca_key, ca, alternative, begin, end)
    issued = Issued(
        folder / "ca.pem",
        folder / "server-cert.pem",
        folder / "server-key.pem",
        fingerprint(_pem(ca)),
        _config(folder),
    )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        issued.ca.write_text(_pem(ca))
        issued.certificate.write_text(_pem(certificate))
        _write_secret(issued.key, _key_pem(server_key))
    except OSError as error:
        raise Unavailable(CERTIFICATE_NOT_WRITTEN, folder=str(folder)) from error
    return issued


def _ca(key: ec.EllipticCurvePrivateKey, name: str, begin: dt.datetime, end: dt.datetime) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = _begun(subject, subject, key.public_key(), begin, end)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    return builder.sign(key, hashes.SHA256())


def _leaf(
    public: ec.EllipticCurvePublicKey,
    ca_key: ec.EllipticCurvePrivateKey,
    ca: x509.Certificate,
    names: x509.SubjectAlternativeName,
    begin: dt.datetime,
    end: dt.datetime,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, str(names[0].value)[:64])])
    builder = _begun(subject, ca.subject, public, begin, end)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    builder = builder.add_extension(names, critical=False)
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    builder = builder.add_extension(purpose, critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key())
    return builder.add_extension(issuer, critical=False).sign(ca_key, hashes.SHA256())


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    begin: dt.datetime,
    end: dt.datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        pass
    try:
        ascii_name = name.encode("idna").decode()
    except UnicodeError:
        ascii_name = ""
    if len(ascii_name) > LONGEST_NAME or not _NAME.fullmatch(ascii_name):
        raise RuleBroken(BAD_HOST, field="host", name=name)
    return x509.DNSName(ascii_name)


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write_secret(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _config(folder: Path) -> str:
    return "\n".join(
        (
            "[mysqld]",
            f"ssl_ca={folder / 'ca.pem'}",
            f"ssl_cert={folder / 'server-cert.pem'}",
            f"ssl_key={folder / 'server-key.pem'}",
            "require_secure_transport=ON",
        )
    )
