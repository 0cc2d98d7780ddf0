"""Encrypted connections: the one context of an opened practice, and the certificate that a server shows."""

import hashlib
import re
import ssl
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.problems import BAD_CERTIFICATE, NO_TLS
from avenrae_desktop.db.server.wire import Deadline, greeting, reach, to_tls
from avenrae_desktop.kernel.errors import RuleBroken, Unavailable

if TYPE_CHECKING:
    from cryptography import x509

_BLOCK = re.compile(r"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Shown:
    """A server's certificate, for a person to look at. Nobody has vouched for it yet."""

    pem: str
    fingerprint: str
    subject: str
    names: tuple[str, ...]
    not_before: datetime
    not_after: datetime


def context_for(address: ServerAddress) -> ssl.SSLContext | None:
    """How every connection to the practice is verified; None where nothing leaves this computer.

    Made once for an opened practice: reading the certificates costs more than connecting. Raises RuleBroken
    when `address.pem` is no certificate.
    """
    if address.trust is Trust.NONE:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = address.trust is Trust.NAMES
    if not address.pem:
        context.load_default_certs()
        return context
    try:
        context.load_verify_locations(cadata="\n".join(_blocks(address.pem)))
    except (ssl.SSLError, ValueError) as error:
        raise RuleBroken(BAD_CERTIFICATE, field="host") from error
    # What a person has pinned is trusted as it is, even if it is not a CA. The certificates that MySQL makes for
    # itself lack extensions on which newer Pythons insist.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def certificates_only(pem: str) -> str:
    """The certificates of a PEM text and nothing else of it. Raises RuleBroken when there is none."""
    blocks = _blocks(pem)
    for block in blocks:
        # By OpenSSL itself: this runs before the first page of a computer that knows a server, and loading
        # `cryptography` for it would hold that page up by a quarter of a second.
        try:
            ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=block)
        except (ssl.SSLError, ValueError) as error:
            raise RuleBroken(BAD_CERTIFICATE, field="host") from error
    return "\n".join(blocks) + "\n"


def _blocks(pem: str) -> list[str]:
    blocks = _BLOCK.findall(pem)
    if not blocks:
        raise RuleBroken(BAD_CERTIFICATE, field="host")
    return blocks


def fingerprint(pem: str) -> str:
    """SHA-256 of the first certificate, as two people read it to each other: "AB:CD:...". Raises RuleBroken."""
    first = _BLOCK.search(pem)
    if first is None:
        raise RuleBroken(BAD_CERTIFICATE, field="host")
    try:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(first[0])).digest().hex(":").upper()
    except ValueError as error:
        raise RuleBroken(BAD_CERTIFICATE, field="host") from error


def shown_certificate(host: Host, timeout_s: float = 5) -> Shown:
    """The certificate that the server shows, unverified. Nothing about any account is sent to it.

    Raises Unavailable in words when there is no such server, or none that offers TLS.
    """
    deadline = Deadline(timeout_s)
    with reach(host, deadline, id) as plain:
        greeted = greeting(plain, host, deadline)
        if not greeted.offers_tls:
            raise Unavailable(NO_TLS, host=host.name)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        with to_tls(plain, host, context, deadline) as secured:
            der = secured.getpeercert(binary_form=True)
    if not der:
        raise Unavailable(NO_TLS, host=host.name)
    return shown(ssl.DER_cert_to_PEM_cert(der))


def shown(pem: str) -> Shown:
    """What a certificate says about itself. Raises RuleBroken."""
    certificate = _parsed(pem)
    return Shown(
        pem=pem,
        fingerprint=fingerprint(pem),
        subject=certificate.subject.rfc4514_string(),
        names=_names(certificate),
        not_before=certificate.not_valid_before_utc,
        not_after=certificate.not_valid_after_utc,
    )


def _parsed(pem: str) -> "x509.Certificate":
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificate(pem.encode())
    except ValueError as error:
        raise RuleBroken(BAD_CERTIFICATE, field="host") from error


def _names(certificate: "x509.Certificate") -> tuple[str, ...]:
    from cryptography import x509

    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return ()
    ips = [str(ip) for ip in found.get_values_for_type(x509.IPAddress)]
    return (*found.get_values_for_type(x509.DNSName), *ips)
