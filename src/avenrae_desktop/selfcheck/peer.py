"""A server of a few lines that speaks MySQL's first words: our side of TLS can be tried without a real one."""

import contextlib
import socket
import ssl
import struct
import threading
from pathlib import Path

# Protocol 4.1, TLS, secure sign-in with a named plugin.
_CAPABILITIES = 0x1 | 0x8 | 0x200 | 0x800 | 0x2000 | 0x8000 | 0x80000
_REFUSAL = b"\xff" + struct.pack("<H", 1045) + b"#28000Access denied"
_PATIENCE_S = 10.0


class Peer:
    """Greets, goes over to TLS and refuses whoever comes. `signed_in` counts those who came through TLS."""

    def __init__(self, certificate: Path, key: Path) -> None:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(certificate, key)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(_PATIENCE_S)
        self.port: int = self._listener.getsockname()[1]
        self.signed_in = 0
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Shut the door and wait until nobody is inside."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(_PATIENCE_S)

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = self._listener.accept()
                caller.settimeout(_PATIENCE_S)
                # A caller who does not trust our certificate hangs up; the next one is welcome.
                with caller, contextlib.suppress(OSError):
                    self._refuse(caller)

    def _refuse(self, caller: socket.socket) -> None:
        _send(caller, 0, _greeting())
        _receive(caller)  # that it wants TLS
        with self._context.wrap_socket(caller, server_side=True) as sealed:
            number = _receive(sealed)
            self.signed_in += 1
            _send(sealed, number + 1, _REFUSAL)


def _greeting() -> bytes:
    low, high = _CAPABILITIES & 0xFFFF, _CAPABILITIES >> 16
    return (
        b"\x0a9.7.0\0"
        + struct.pack("<I", 1)
        + b"\x11" * 8
        + b"\0"
        + struct.pack("<HBHHB", low, 45, 2, high, 21)
        + bytes(10)
        + b"\x11" * 12
        + b"\0caching_sha2_password\0"
    )


def _send(sock: socket.socket, number: int, body: bytes) -> None:
    sock.sendall(struct.pack("<I", len(body))[:3] + bytes([number]) + body)


def _receive(sock: socket.socket) -> int:
    """Read one packet; gives its number."""
    head = _exactly(sock, 4)
    _exactly(sock, int.from_bytes(head[:3], "little"))
    return head[3]


def _exactly(sock: socket.socket, size: int) -> bytes:
    got = b""
    while len(got) < size:
        part = sock.recv(size - len(got))
        if not part:
            raise ConnectionAbortedError
        got += part
    return got
