"""A network that breaks at the worst moment: a loopback relay to a server that loses a connection at COMMIT."""

import contextlib
import socket
import threading
import time
from enum import Enum
from typing import Self

from sqlalchemy import URL

COMMIT = b"\x03COMMIT"


class Cut(Enum):
    """What has become of the COMMIT when the client sees its connection die."""

    BEFORE = "it never reached the server"
    AFTER = "it was done, the answer was lost"
    LATE = "it is still on its way, and will be done"


class Cutter:
    """Relays to the server of `url`; `arm` makes the next COMMIT lose its connection. `cuts` counts them."""

    def __init__(self, url: URL) -> None:
        self._server = (url.host or "", url.port or 0)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = url.set(port=self._listener.getsockname()[1])
        self._armed: Cut | None = None
        self.cuts = 0
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []

    def arm(self, cut: Cut) -> None:
        self._armed = cut

    def __enter__(self) -> Self:
        self._begin(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        for each in (self._listener, *self._sockets):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join()

    def _begin(self, target: object, *args: socket.socket) -> None:
        thread = threading.Thread(target=target, args=args)  # type: ignore[arg-type]
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._server)
                self._sockets += [client, server]
                self._begin(self._to_server, client, server)
                self._begin(self._to_client, client, server)

    def _to_server(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65536):
                if data[4:] == COMMIT and self._armed is not None:
                    self._cut(self._armed, data, client, server)
                    return
                server.sendall(data)
            server.shutdown(socket.SHUT_RDWR)

    def _to_client(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := server.recv(65536):
                client.sendall(data)

    def _cut(self, cut: Cut, commit: bytes, client: socket.socket, server: socket.socket) -> None:
        self._armed = None
        self.cuts += 1
        client.shutdown(socket.SHUT_WR if cut is Cut.LATE else socket.SHUT_RDWR)
        if cut is Cut.LATE:
            time.sleep(0.3)
        if cut is not Cut.BEFORE:
            server.sendall(commit)
            time.sleep(0.1)
        server.shutdown(socket.SHUT_RDWR)
