"""The way to the first window, watched: what the system lacks for it is told in words, and not by Qt's own abort.

It costs a sound start nothing: whoever finds out what is missing is loaded when something is.
"""

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from PySide6.QtCore import QMessageLogContext, QtMsgType
    from PySide6.QtWidgets import QApplication

FAILED = 1


def watched(start: Callable[[], int]) -> int:
    """The exit code of `start`; 1 where something failed that nobody caught, which is told before this returns."""
    before = sys.stderr
    sys.stderr = _Forgiving(before)
    try:
        return start()
    except Exception as error:  # noqa: BLE001 - ending without a word is the one thing that helps nobody
        from avenrae_desktop.shell.unfit.diagnosis import of_failure
        from avenrae_desktop.shell.unfit.telling import tell

        tell(*of_failure(error))
        return FAILED
    finally:
        sys.stderr = before


class _Forgiving:
    """What is said on the side. It may go to a file on a full disk, or nowhere: that ends no program."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        if self._stream is not None:
            with suppress(OSError, ValueError):
                self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        if self._stream is not None:
            with suppress(OSError, ValueError):
                self._stream.flush()

    def isatty(self) -> bool:
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        """Raises OSError where there is none."""
        if self._stream is None:
            raise OSError(errno.EBADF, "no such stream")
        return self._stream.fileno()


def application() -> "QApplication":
    """Qt's application. Where there is no screen for it, that is told, and the process ends with 1."""
    from PySide6.QtCore import qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    heard: list[str] = []

    def hear(kind: "QtMsgType", context: "QMessageLogContext", text: str) -> None:
        from PySide6.QtCore import QtMsgType, qFormatLogMessage

        heard.append(qFormatLogMessage(kind, context, text))
        if kind is QtMsgType.QtFatalMsg:
            # Qt ends the process as soon as this returns.
            _end(heard)

    before = qInstallMessageHandler(hear)
    try:
        made = QApplication(sys.argv[:1])
    finally:
        qInstallMessageHandler(before)
    for line in heard:
        sys.stderr.write(f"{line}\n")
    return made


def _end(heard: list[str]) -> None:
    from avenrae_desktop.shell.unfit.diagnosis import of_screen
    from avenrae_desktop.shell.unfit.telling import tell

    try:
        tell(of_screen(heard), heard)
    finally:
        os._exit(FAILED)
