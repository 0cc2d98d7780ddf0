"""Servers that are not what they should be: scripts behind a port of this computer, and all that they heard."""

import contextlib
import os
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from typing import Self

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1

from avenrae_desktop.db.server.address import Host

SSL = 1 << 11
# Protocol 4.1, secure connection, plugin names, their data by length, connect with a database.
PLAIN = 1 | (1 << 3) | (1 << 9) | (1 << 15) | (1 << 19) | (1 << 21)
SSL_REQUEST = 36
"""Bytes of the request to encrypt, in which nothing about an account stands."""


class Talk:
    """One call: MySQL packets to and fro."""

    def __init__(self, sock: socket.socket, heard: bytearray) -> None:
        self.sock = sock
        self.heard = heard
        self.number = 0

    def send(self, payload: bytes) -> None:
        self.sock.sendall(len(payload).to_bytes(3, "little") + bytes([self.number % 256]) + payload)
        self.number += 1

    def read(self) -> bytes:
        """The next packet of the client; raises EOFError when it hangs up."""
        header = self._exactly(4)
        self.number = header[3] + 1
        return self._exactly(int.from_bytes(header[:3], "little"))

    def _exactly(self, length: int) -> bytes:
        data = b""
        while len(data) < length:
            more = self.sock.recv(length - len(data))
            if not more:
                raise EOFError
            self.heard += more
            data += more
        return data

    def greet(self, *, version: str = "9.7.4", tls: bool = True, plugin: str = "caching_sha2_password") -> None:
        capabilities, salt = PLAIN | (SSL if tls else 0), bytes(range(1, 21))
        self.send(
            b"\x0a"
            + version.encode()
            + b"\0"
            + struct.pack("<I", 7)
            + salt[:8]
            + b"\0"
            + struct.pack("<HBHHB", capabilities & 0xFFFF, 45, 2, capabilities >> 16, 21)
            + bytes(10)
            + salt[8:]
            + b"\0"
            + plugin.encode()
            + b"\0"
        )

    def encrypt(self, context: ssl.SSLContext) -> None:
        """After the client's request to encrypt."""
        self.read()
        self.sock = context.wrap_socket(self.sock, server_side=True)

    def switch(self, plugin: str) -> None:
        """Ask for the password in another way."""
        self.send(b"\xfe" + plugin.encode() + b"\0" + bytes(range(21, 41)) + b"\0")


class Rogue:
    """Listens as long as the block lasts; `script` talks to each caller on a thread of its own."""

    def __init__(self, script: Callable[[Talk], None]) -> None:
        self._script = script
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = [self._listener]
        self.heard = bytearray()
        """Everything that callers said, as it is when decrypted."""
        self.calls = 0
        self.host = Host("127.0.0.1", self._listener.getsockname()[1])

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._sockets:
            with contextlib.suppress(OSError):
                socket.socket.shutdown(each, socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join()

    def _begin(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self.calls += 1
                self._sockets.append(sock)
                self._begin(self._talk, sock)

    def _talk(self, sock: socket.socket) -> None:
        talk = Talk(sock, self.heard)
        with contextlib.suppress(OSError, EOFError):
            self._script(talk)
        self._sockets.append(talk.sock)
        with contextlib.suppress(OSError):
            talk.sock.close()


def listening(talk: Talk) -> None:
    """Hear whatever is still said, until the caller hangs up."""
    while True:
        talk.read()


def silent(talk: Talk) -> None:
    talk.sock.recv(1)


def waiting(talk: Talk) -> None:
    """Says nothing, whatever it is asked."""
    while talk.sock.recv(100):
        pass


def dripping(talk: Talk) -> None:
    """A right greeting, and then an answer of which a byte comes now and then."""
    talk.greet(tls=False)
    talk.read()
    talk.sock.sendall(b"\xff\xff\x00\x02")
    stop = threading.Event()
    while not stop.wait(0.05):
        talk.sock.sendall(b"\0")


def half(talk: Talk) -> None:
    talk.sock.sendall(b"\x4a\0\0\0\x0a9.7.4\0")


def garbage(talk: Talk) -> None:
    talk.sock.sendall(b"SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n")


def rude(talk: Talk) -> None:
    """Hangs up without a word."""


def full(talk: Talk) -> None:
    talk.send(b"\xff" + struct.pack("<H", 1040) + b"#08004Too many connections")


def wild(said: bytes, *, framed: bool) -> Callable[[Talk], None]:
    """After a right greeting says this, as a packet or as it is, and hangs up."""

    def script(talk: Talk) -> None:
        talk.greet(tls=False)
        talk.read()
        if framed:
            talk.send(said)
        else:
            talk.sock.sendall(said)
        talk.sock.shutdown(socket.SHUT_WR)
        listening(talk)

    return script


def greeting(
    *, version: str = "9.7.4", tls: bool = True, plugin: str = "caching_sha2_password"
) -> Callable[[Talk], None]:
    """Greets like this, then hears whatever is said."""

    def script(talk: Talk) -> None:
        talk.greet(version=version, tls=tls, plugin=plugin)
        listening(talk)

    return script


def asking_for(plugin: str, context: ssl.SSLContext | None) -> Callable[[Talk], None]:
    """Greets as MySQL does, encrypts with `context`, and then asks for the password by this plugin."""

    def script(talk: Talk) -> None:
        talk.greet(tls=context is not None)
        if context is not None:
            talk.encrypt(context)
        talk.read()
        talk.switch(plugin)
        listening(talk)

    return script


def with_own_key(found: list[bytes], *, tls: bool) -> Callable[[Talk], None]:
    """Plays MySQL's full authentication with a key of its own; `found` gets the password that was sealed by it."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    def script(talk: Talk) -> None:
        talk.greet(tls=tls)
        talk.read()
        talk.send(b"\x01\x04")
        talk.read()
        talk.send(b"\x01" + pem)
        sealed = key.decrypt(talk.read(), padding.OAEP(padding.MGF1(SHA1()), SHA1(), None))
        salt = bytes(range(1, 21))
        found.append(bytes(byte ^ salt[i % 20] for i, byte in enumerate(sealed)).rstrip(b"\0"))

    return script


def server_context(certificate: os.PathLike[str], key: os.PathLike[str]) -> ssl.SSLContext:
    """How a server shows this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def encrypting(context: ssl.SSLContext) -> Callable[[Talk], None]:
    """Greets, encrypts with `context`, then hears whatever is said."""

    def script(talk: Talk) -> None:
        talk.greet()
        talk.encrypt(context)
        listening(talk)

    return script
