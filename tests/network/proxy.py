"""A TCP proxy that does what networks do: breaks a connection at any byte, lets packets vanish, refuses."""

import contextlib
import selectors
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

import pytest

from avenrae_desktop.db.server.address import Host

CHUNK = 65536
# Reset between the greeting and TLS, Python leaves the new SSLSocket to its collector (ssl.SSLSocket._create).
RESETS = pytest.mark.filterwarnings(
    "ignore:Exception ignored in. <ssl.SSLSocket:pytest.PytestUnraisableExceptionWarning"
)


class Way(StrEnum):
    UP = "up"  # what the program sends
    DOWN = "down"  # what the server answers


@dataclass
class Cut:
    """Breaks a connection after so many more bytes in one direction; the byte after these never arrives."""

    way: Way
    left: int
    done: threading.Event = field(default_factory=threading.Event)


class Proxy:
    """Listens on a port of its own as long as the `with` block lasts; `passed` counts the bytes of each way."""

    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self.passed = dict.fromkeys(Way, 0)
        self._lock = threading.Lock()
        self._pipes: set[_Pipe] = set()
        self._cut: Cut | None = None
        self._moving = threading.Event()
        self._moving.set()
        self._open = True
        self._thread = threading.Thread(target=self._accept, name="proxy")

    @property
    def host(self) -> Host:
        """Under a name that stands in the certificates of the test's servers."""
        return Host("localhost", self.port)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._open = False
        self._moving.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        self.break_all()
        for pipe in list(self._pipes):
            pipe.join()

    def cut(self, way: Way, after: int) -> Cut:
        """Break the connection that carries the byte after the next `after` bytes in this direction."""
        with self._lock:
            self._cut = Cut(way, after)
            return self._cut

    def freeze(self) -> None:
        """From now on nothing arrives and nobody is told: a cable pulled out, a laptop gone to sleep."""
        self._moving.clear()

    def thaw(self) -> None:
        self._moving.set()

    def break_all(self) -> None:
        """Reset every connection at once."""
        for pipe in list(self._pipes):
            pipe.reset()

    def _accept(self) -> None:
        while self._open:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(self._target, timeout=5)
            except OSError:
                _reset(near)
                continue
            pipe = _Pipe(self, near, far)
            self._pipes.add(pipe)
            pipe.start()

    # --- asked by the pipes -----------------------------------------------------------------------

    def wait_until_moving(self) -> None:
        self._moving.wait()

    def allowed(self, way: Way, wanted: int) -> tuple[int, Cut | None]:
        """How many of the bytes may pass; with the cut, if the connection breaks after them."""
        with self._lock:
            self.passed[way] += wanted
            cut = self._cut
            if cut is None or cut.way is not way:
                return wanted, None
            if cut.left >= wanted:
                cut.left -= wanted
                return wanted, None
            self._cut = None
            return cut.left, cut

    def forget(self, pipe: "_Pipe") -> None:
        self._pipes.discard(pipe)


class _Pipe(threading.Thread):
    """One connection, both ways."""

    def __init__(self, proxy: Proxy, near: socket.socket, far: socket.socket) -> None:
        super().__init__(name="proxy-pipe")
        self._proxy = proxy
        self._near, self._far = near, far
        for sock in (near, far):
            sock.settimeout(None)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def reset(self) -> None:
        """Wakes the thread, which then resets both ends."""
        for sock in (self._near, self._far):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RD)

    def run(self) -> None:
        try:
            with contextlib.suppress(OSError):
                self._carry()
        finally:
            _reset(self._near)
            _reset(self._far)
            self._proxy.forget(self)

    def _carry(self) -> None:
        with selectors.DefaultSelector() as ready:
            ready.register(self._near, selectors.EVENT_READ, (Way.UP, self._far))
            ready.register(self._far, selectors.EVENT_READ, (Way.DOWN, self._near))
            while True:
                for key, _ in ready.select():
                    way, onward = key.data
                    if not self._pass_on(way, key.fileobj, onward):
                        return

    def _pass_on(self, way: Way, source: object, onward: socket.socket) -> bool:
        assert isinstance(source, socket.socket)
        data = source.recv(CHUNK)
        self._proxy.wait_until_moving()
        if not data:
            return False
        allowed, cut = self._proxy.allowed(way, len(data))
        onward.sendall(data[:allowed])
        if cut is not None:
            cut.done.set()
        return cut is None


def _reset(sock: socket.socket) -> None:
    """Close it by RST: what the other side has not read yet is gone."""
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


@contextlib.contextmanager
def proxied(host: str, port: int) -> Iterator[Proxy]:
    with Proxy(host, port) as proxy:
        yield proxy
