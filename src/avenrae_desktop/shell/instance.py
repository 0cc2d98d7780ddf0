"""One window per user and data folder: a second start shows the first one's window."""

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCryptographicHash, QLockFile, QObject, QThread, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer

_WAIT_MS = 1500
_ANSWER_MS = 10_000
"""A first one that has just been started may still be loading: whoever double-clicks twice need not be told."""
_TRIES, _PAUSE_MS = 20, 100
_LONGEST_PATH = 100
"""The system's own limit for a socket is 107."""


def _private(name: str) -> str:
    """The name in a folder that is this user's alone, where the system has one: elsewhere others could take it."""
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    path = Path(folder, name)
    return str(path) if folder and path.parent.is_dir() and len(str(path)) <= _LONGEST_PATH else name


class SingleInstance(QObject):
    """`claim` says whether we are the first; `raise_asked` then comes with every further start."""

    raise_asked = Signal()

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        # Local server names are short and shared by all users of the machine.
        # Qt's own hash: Python's would load OpenSSL before the first picture.
        seal = QCryptographicHash.hash(str(data.resolve()).encode(), QCryptographicHash.Algorithm.Sha256)
        self._name = _private("avenrae-" + bytes(seal.toHex().data()).decode()[:24])
        self._lock: QLockFile | None = None
        self._server: QLocalServer | None = None

    def claim(self) -> bool:
        """True when no other program works with this data folder."""
        with contextlib.suppress(OSError):
            self._data.mkdir(parents=True, exist_ok=True)
        lock = QLockFile(str(self._data / "window.lock"))
        lock.setStaleLockTime(0)
        if not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError:
            return False
        # A read-only folder gives no lock: opening then says so on a page of its own.
        self._lock = lock
        return True

    def listen(self) -> None:
        """Hear of further starts from now on; those before wait until then."""
        from PySide6.QtNetwork import QLocalServer

        QLocalServer.removeServer(self._name)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        server.listen(self._name)
        self._server = server

    def wake_first(self) -> bool:
        """Ask the first one to show its window; whether it answered."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket()
        for _ in range(_TRIES):
            socket.connectToServer(self._name)
            if socket.waitForConnected(_WAIT_MS):
                break
            # It may have started a moment ago and not listen yet.
            QThread.msleep(_PAUSE_MS)
        else:
            return False
        return socket.waitForReadyRead(_ANSWER_MS) or socket.bytesAvailable() > 0

    def release(self) -> None:
        """Let the next start be the first."""
        if self._server is not None:
            self._server.close()
        if self._lock is not None:
            self._lock.unlock()

    def _on_connection(self) -> None:
        """Coming is the whole message; the answer says that it was heard."""
        assert self._server is not None  # noqa: S101 - it is the sender
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.write(b"ok\n")
            socket.flush()
            socket.deleteLater()
            self.raise_asked.emit()
