"""The server's driver connects through TLS that verifies: it talks to whom it should, and hangs up on others."""

import ssl
from dataclasses import replace
from pathlib import Path

from avenrae_desktop.db.server.address import Host, ServerAddress, Trust
from avenrae_desktop.db.server.certificates import issue
from avenrae_desktop.db.server.connect import practice_engine
from avenrae_desktop.db.server.problems import UNKNOWN_ISSUER, WRONG_NAME, WRONG_PASSWORD
from avenrae_desktop.db.server.tls import context_for
from avenrae_desktop.kernel.errors import AppError, Problem
from avenrae_desktop.selfcheck.finding import Found, NotAsItShouldBeError, expect
from avenrae_desktop.selfcheck.peer import Peer


def check(folder: Path) -> Found:
    """OpenSSL's version, and how the program met the right server, one of another issuer, one of another name."""
    ours = issue(folder / "ours", ["127.0.0.1"])
    named = issue(folder / "named", ["db.example.org"])
    met = {}
    peer = Peer(ours.certificate, ours.key)
    try:
        address = _address(peer, ours.ca)
        met["right"] = _met(address, WRONG_PASSWORD)
        expect(peer.signed_in == 1, "the server was not met through TLS")
        met["another issuer"] = _met(_address(peer, named.ca), UNKNOWN_ISSUER)
        met["another issuer's pin"] = _met(replace(_address(peer, named.ca), trust=Trust.PINNED), UNKNOWN_ISSUER)
    finally:
        peer.close()
    expect(peer.signed_in == 1, "something was said to a server that is not trusted")
    other = Peer(named.certificate, named.key)
    try:
        met["another name"] = _met(_address(other, named.ca), WRONG_NAME)
    finally:
        other.close()
    expect(other.signed_in == 0, "something was said to a server of another name")
    return {"openssl": ssl.OPENSSL_VERSION, "met": met}


def _address(peer: Peer, ca: Path) -> ServerAddress:
    pem = ca.read_text(encoding="ascii")
    return ServerAddress((Host("127.0.0.1", peer.port),), "avenrae_db", Trust.NAMES, pem)


def _met(address: ServerAddress, wanted: Problem) -> str:
    engine = practice_engine(address, "selfcheck", "a password of nobody", context_for(address))
    try:
        with engine.connect():
            raise NotAsItShouldBeError("a server that refuses everybody let us in")
    except AppError as error:
        expect(error.problem is wanted, f"{wanted.code} was to be expected, not {error.code}")
        return error.code
    finally:
        engine.dispose()
